/**
 * Elapsed time: moments on a clock that nobody can set. Waits, intervals, budgets, ages and deadlines are counted in it. A moment is
 * opaque, so that it is never mistaken for a time of the log (milliseconds since the epoch). Pure.
 */

declare const moment: unique symbol;

/** A point of elapsed time; only good for comparing it with another one. */
export interface Moment {
  readonly [moment]: true;
}

/** What the clocks say at one point: the time of the log, and the moment of elapsed time. */
export interface Now {
  /** By the log's clock, in milliseconds since the epoch. */
  readonly logMs: number;
  readonly moment: Moment;
}

/** The moment at this reading, in milliseconds, of a clock that only goes forward. */
export function momentAt(ms: number): Moment {
  return ms as unknown as Moment;
}

/** Milliseconds from one moment to another; negative when the other was before. */
export function msBetween(from: Moment, to: Moment): number {
  return (to as unknown as number) - (from as unknown as number);
}

export function later(than: Moment, ms: number): Moment {
  return momentAt((than as unknown as number) + ms);
}

/** What the log's clock showed at a moment. */
export function logMsAt(now: Now, moment: Moment): number {
  return now.logMs + msBetween(now.moment, moment);
}

/** The reading, in milliseconds, that `momentAt` makes the same moment of: for writing it down. */
export function readingOf(at: Moment): number {
  return at as unknown as number;
}
