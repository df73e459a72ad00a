/**
 * A row of Graph as JSON that can be walked and written again: `JSON.parse` takes thousands of levels and any number, but
 * whoever walks them by recursion, `JSON.stringify` included, runs out of stack, and writes `null` for a number such as
 * 1e400. A field that has such a value is kept, with words in place of the value. Everything else stays as Graph sent it.
 */
import type { JsonObject } from './event.ts';

/** Levels of objects and lists in one field. Graph's own rows have fewer than ten. */
export const MOST_LEVELS = 100;

/** Stands in place of the value of a field that is left out. */
export const LEFT_OUT_VALUE = `(left out by entra-signups: more than ${MOST_LEVELS} levels deep, or a number without bounds)`;

export interface SafeRow {
  readonly row: JsonObject;
  /** Names of the fields whose values were left out; nearly always none. */
  readonly leftOut: readonly string[];
}

/** Takes a row as it was parsed. Gives the same object when nothing has to be left out. Never throws. */
export function safeRow(row: JsonObject): SafeRow {
  const leftOut = Object.keys(row).filter((name) => !isSafe(row[name], MOST_LEVELS));
  if (leftOut.length === 0) return { row, leftOut };
  const fields = Object.entries(row).map(([name, value]) => [name, leftOut.includes(name) ? LEFT_OUT_VALUE : value]);
  // Defines fields, whatever they are called; to assign to `__proto__` would not.
  return { row: Object.fromEntries(fields), leftOut };
}

/** `levels`: how many it may have. Goes no deeper than that. */
function isSafe(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return (Array.isArray(value) ? value : Object.values(value)).every((part: unknown) => isSafe(part, levels - 1));
}
