/** When the name of a weekday is enough to tell a day. Pure. */
import type { Span } from './reading.ts';

const LONGEST_MS = 6 * 86_400_000;

/** What a time is seen among: what is now, and the range that is shown if there is one; milliseconds since the epoch. */
export interface AmongTimes {
  readonly nowMs: number;
  readonly range?: Span;
}

/**
 * Whether "Sat" can only be one day: the time, the range that is shown and now lie within six days. Of a longer range every time
 * gets its date, so that times next to each other are written alike.
 */
export function weekdayTells(timeMs: number, { nowMs, range }: AmongTimes): boolean {
  const times = range ? [timeMs, nowMs, range.fromMs, range.toMs] : [timeMs, nowMs];
  return Math.max(...times) - Math.min(...times) <= LONGEST_MS;
}
