/**
 * Which attempts belong to a range of time: those whose first event lies in it, its start included and its end not. Ranges side by
 * side share none and lose none. See docs/definitions.md. Pure.
 */
import { FOLLOW_UP_MS } from './attempt.ts';
import { type Attempt, attemptsOf } from './attempts-of.ts';
import type { LogEvent } from './event.ts';

/** `fromMs` included, `toMs` not; in milliseconds since the epoch. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What has to be read to count a range: attempts that began before it must be known as such, and the last ones followed to their end. */
export function readingFor({ fromMs, toMs }: TimeRange): TimeRange {
  return { fromMs: fromMs - FOLLOW_UP_MS, toMs: toMs + FOLLOW_UP_MS };
}

/** Whether a moment lies in the range. */
export function isIn(timeMs: number, { fromMs, toMs }: TimeRange): boolean {
  return timeMs >= fromMs && timeMs < toMs;
}

/**
 * The attempts of a range, from events in any order, each once. Events outside of what has to be read for the range are left out, so
 * that the answer does not depend on how much more was read. `lookBackMs`: how much before the range is looked at.
 */
export function attemptsIn(
  events: Iterable<LogEvent>,
  range: TimeRange,
  lookBackMs: number = FOLLOW_UP_MS,
): readonly Attempt[] {
  const reading = { ...readingFor(range), fromMs: range.fromMs - lookBackMs };
  const near: LogEvent[] = [];
  for (const event of events) if (event.timeMs >= reading.fromMs && event.timeMs <= reading.toMs) near.push(event);
  return attemptsOf(near).filter(({ startMs }) => isIn(startMs, range));
}

/**
 * Whether the beginning of an attempt is probably missing, because the log is known from `knownFromMs` on only: its first known event
 * is none that a sign-up begins with, and an earlier one may lie before that moment.
 */
export function isCutAt({ shape, startMs }: Pick<Attempt, 'shape' | 'startMs'>, knownFromMs: number): boolean {
  return shape.beginsMidway && startMs < knownFromMs + FOLLOW_UP_MS;
}
