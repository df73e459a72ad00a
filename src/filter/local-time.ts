/**
 * Which instant a written local time means. When the clocks go back, an hour of local times comes twice, and when they go
 * forward, one does not come at all: nobody can tell what is meant then, so the person is asked. Pure.
 */
import { instantsOf, offsetAt, skipOver, type WallTime, wallTimeAt } from './zone-time.ts';

/** Which of two instants a local time means, as written behind it. */
export type Occurrence = 'first' | 'second';

/** Why a local time stands for no single instant. Neither text has a full stop at its end. */
export interface Unresolved {
  readonly ok: false;
  readonly reason: 'twice' | 'skipped';
  /** A sentence: what was written and why it is not clear, with both instants or the change of the clocks. */
  readonly message: string;
  /** A sentence: what to write instead. */
  readonly advice: string;
}

interface LocalTime {
  readonly written: string;
  readonly wall: WallTime;
  /** IANA name. */
  readonly timeZone: string;
}

/** The instants that the wall time can mean; a word chooses between two. */
export function instantsMeant(wall: WallTime, occurrence: Occurrence | null, timeZone: string): readonly number[] {
  const instants = instantsOf(wall, timeZone);
  if (occurrence === null) return instants;
  return occurrence === 'first' ? instants.slice(0, 1) : instants.slice(-1);
}

/** The one instant of those that are possible, or what to ask the person. */
export function resolved(
  instants: readonly number[],
  time: LocalTime,
): { readonly ok: true; readonly atMs: number } | Unresolved {
  const [first, second] = instants;
  if (first === undefined) return skipped(time);
  return second === undefined ? { ok: true, atMs: first } : twice(time, first, second);
}

function twice({ written, wall, timeZone }: LocalTime, firstMs: number, secondMs: number): Unresolved {
  const clock = clockOf(wall);
  const withOffset = (ms: number) => `${clock}${offsetOf(ms, timeZone)}`;
  return {
    ok: false,
    reason: 'twice',
    message: `"${written}" comes twice in ${timeZone}, at ${withOffset(firstMs)} and, after the clocks go back, at ${withOffset(secondMs)}`,
    advice: `Write "${written} first", "${written} second", or the offset: ${dateOf(wall)}T${withOffset(firstMs)} or ${dateOf(wall)}T${withOffset(secondMs)}`,
  };
}

function skipped({ written, wall, timeZone }: LocalTime): Unresolved {
  const changeMs = skipOver(wall, timeZone);
  const after = wallTimeAt(changeMs, timeZone);
  const last = wallTimeAt(changeMs - (wall.second === 0 ? 60_000 : 1000), timeZone);
  const jump = wallTimeAt(changeMs + offsetAt(changeMs - 1000, timeZone), 'UTC');
  return {
    ok: false,
    reason: 'skipped',
    message: `"${written}" does not exist in ${timeZone}: the clocks go forward from ${clockOf(jump)} to ${clockOf(after)}`,
    advice: `Write "${dateOf(last)} ${clockOf(last)}" or "${dateOf(after)} ${clockOf(after)}"`,
  };
}

function dateOf({ year, month, day }: WallTime): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** `02:30`, with seconds where there are any. */
function clockOf({ hour, minute, second }: WallTime): string {
  return `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${second < 10 ? '0' : ''}${second}`}`;
}

/** `+01:00`. */
function offsetOf(ms: number, timeZone: string): string {
  const minutes = Math.round(offsetAt(ms, timeZone) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
