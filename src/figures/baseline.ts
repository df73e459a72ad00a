/** What is held against right now: how things were before. Pure. */
import { FOLLOW_UP_MS } from '../signup/attempt.ts';
import type { TimeRange } from '../signup/attempt-range.ts';
import { LATELY_MS } from './horizons.ts';

/** Without a range before, a range as long as this has enough of its own to be held against its last hour. */
const LONG_MS = 3 * LATELY_MS;

/**
 * The attempts that began before both ranges and are looked at for the sake of right now: those of the two hours before the range, which
 * are read anyway. Null when the range before has them all.
 */
export function earlierThan(range: TimeRange, before: TimeRange | null): TimeRange | null {
  const earlier = { fromMs: range.fromMs - FOLLOW_UP_MS, toMs: before?.fromMs ?? range.fromMs };
  return earlier.fromMs < earlier.toMs ? earlier : null;
}

/** The stretch that right now is held against: never the last hour, so that what has gone wrong within it is not taken for usual. */
export function baselineOf(range: TimeRange, before: TimeRange | null, nowMs: number): TimeRange {
  const latestMs = nowMs - LATELY_MS;
  if (before === null && latestMs - range.fromMs >= LONG_MS - LATELY_MS)
    return { fromMs: range.fromMs, toMs: latestMs };
  const fromMs = Math.min(before?.fromMs ?? range.fromMs, range.fromMs - FOLLOW_UP_MS);
  return { fromMs, toMs: Math.min(range.fromMs, latestMs) };
}
