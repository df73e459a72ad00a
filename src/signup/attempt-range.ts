/**
 * Which attempts a range of time has. An attempt belongs to the range that it starts in, so that ranges side by side
 * share none and lose none. To know where one starts, and how it went on, some time on both sides is read as well. Pure.
 */
import { IN_PROGRESS_MS } from './attempt.ts';
import type { Attempt } from './attempts-of.ts';

/** Read before the range and after it. An attempt that says nothing for as long as this is given up. */
export const READ_AROUND_MS = IN_PROGRESS_MS;

/** From `fromMs` up to but not including `toMs`, in milliseconds since the epoch. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whether the first event of it that was read lies in the range. */
export function startsIn({ startMs }: Attempt, { fromMs, toMs }: TimeRange): boolean {
  return startMs >= fromMs && startMs < toMs;
}

/**
 * Whether its beginning is probably missing, because the log was read from `readFromMs` on: the first event that was read
 * is none that a sign-up begins with, and stands near to where the reading stopped.
 */
export function isCutAt({ shape, startMs }: Attempt, readFromMs: number): boolean {
  return shape.beginsMidway && startMs < readFromMs + READ_AROUND_MS;
}
