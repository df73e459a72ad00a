/** Values out of JSON of which nobody knows the shape: what is missing or odd becomes null or empty. Never throws. */
import type { JsonObject } from './event.ts';

/** Neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for whatever is none. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A text that is not empty, a number as text, or null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** Graph's type is Int32; some services write numbers as text. Anything else counts as absent. */
export function int32Of(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*-?\d{1,10}\s*$/.test(value) ? Number(value) : value;
  // `| 0` leaves an Int32 alone and nothing else; it also turns -0 into 0.
  return typeof number === 'number' && (number | 0) === number ? number | 0 : null;
}
