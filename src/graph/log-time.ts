/**
 * What time it is in the log. Pure. There are three witnesses: the `Date` of Graph's answers, this computer's clock, and the
 * events themselves. Graph is believed, unless the events contradict it; this computer's clock is the guess before the first
 * answer, and the fallback. Between answers, log time advances with elapsed time.
 */
import { type Moment, msBetween } from '../facts/moment.ts';

export interface LogTime {
  /** A fixed moment that the readings below refer to. */
  readonly at: Moment;
  /** What this computer's clock said then. */
  readonly computerMs: number;
  /** What Graph's clock said then; null before its first answer with a `Date`. */
  readonly graphMs: number | null;
  /** Which of the two is believed. */
  readonly source: 'computer' | 'graph';
  /** Graph's clock agreed with this computer's or with the events: it is not doubted any more. */
  readonly confirmed: boolean;
  /** The newest event seen: it cannot be earlier than that. */
  readonly newestEventMs: number;
  /** Answers in a row whose `Date` fitted neither what was known nor this computer's clock. */
  readonly strays: number;
}

export interface TimedAnswer {
  readonly askedAt: Moment;
  readonly answeredAt: Moment;
  /** Header `Date`, whole seconds, in milliseconds since the epoch; null when there was none. */
  readonly serverTimeMs: number | null;
  /** This computer's clock at the answer. */
  readonly computerMs: number;
  /** Times of the events in the answer. */
  readonly newestEventMs: number | null;
}

/** Clocks that differ by less are as good as equal. */
export const CLOCK_TOLERANCE_MS = 60_000;
/** A `Date` this far ahead of all events is doubted when this computer's clock fits them. */
const AHEAD_MS = 30 * 60_000;
/** An event this young fits a clock. */
const YOUNG_MS = 5 * 60_000;
/** Times of events further ahead than this are mistakes. */
const ABSURD_MS = 24 * 60 * 60_000;
/** A `Date` that fits nothing is believed once it was repeated this often. */
const STRAYS = 3;

export function guessedLogTime(at: Moment, computerMs: number): LogTime {
  const newestEventMs = Number.NEGATIVE_INFINITY;
  return { at, computerMs, graphMs: null, source: 'computer', confirmed: false, newestEventMs, strays: 0 };
}

/** The log's time at a moment, in milliseconds since the epoch. */
export function logTimeAt(time: LogTime, moment: Moment): number {
  const sinceMs = msBetween(time.at, moment);
  const believedMs = time.source === 'graph' && time.graphMs !== null ? time.graphMs : time.computerMs;
  return Math.max(believedMs + sinceMs, time.newestEventMs);
}

/** The latest time that it can be by any of the witnesses: live reading asks up to here. */
export function latestTimeAt(time: LogTime, moment: Moment): number {
  const sinceMs = msBetween(time.at, moment);
  return Math.max(time.computerMs + sinceMs, (time.graphMs ?? Number.NEGATIVE_INFINITY) + sinceMs, time.newestEventMs);
}

/** Takes an answer of Graph into account. */
export function withAnswer(before: LogTime, answer: TimedAnswer): LogTime {
  const { answeredAt } = answer;
  const sinceMs = msBetween(before.at, answeredAt);
  // Readings refer to this answer from now on. This computer's clock may have been set since, which only matters as a check on `Date`.
  const computerMs = answer.serverTimeMs === null ? before.computerMs + sinceMs : answer.computerMs;
  const graphMs = before.graphMs === null ? null : before.graphMs + sinceMs;
  const moved = withEvents({ ...before, at: answeredAt, computerMs, graphMs }, answer.newestEventMs);
  return judged(withDate(moved, answer));
}

function withEvents(time: LogTime, newestMs: number | null): LogTime {
  if (newestMs === null || newestMs <= time.newestEventMs) return time;
  const isAbsurd = newestMs > latestTimeAt(time, time.at) + ABSURD_MS;
  return isAbsurd ? time : { ...time, newestEventMs: newestMs };
}

/** Brings Graph's clock into what its whole-second `Date` and the round trip allow, and leaves it alone otherwise. */
function withDate(time: LogTime, { serverTimeMs, askedAt, answeredAt }: TimedAnswer): LogTime {
  if (serverTimeMs === null) return time;
  const leastMs = serverTimeMs;
  const mostMs = serverTimeMs + 1000 + msBetween(askedAt, answeredAt);
  const graphMs = Math.max(leastMs, Math.min(time.graphMs ?? time.computerMs, mostMs));
  const fitsComputer = isNear(graphMs, time.computerMs);
  const isStray = time.confirmed && time.graphMs !== null && !isNear(graphMs, time.graphMs) && !fitsComputer;
  if (isStray && time.strays + 1 < STRAYS) return { ...time, strays: time.strays + 1 };
  return { ...time, graphMs, strays: 0 };
}

/** Decides whom to believe. */
function judged(time: LogTime): LogTime {
  const { graphMs, computerMs, newestEventMs, confirmed } = time;
  if (graphMs === null) return { ...time, source: 'computer' };
  if (newestEventMs > graphMs + CLOCK_TOLERANCE_MS) return { ...time, source: 'computer', confirmed: false };
  const computerFits =
    newestEventMs > computerMs - YOUNG_MS &&
    newestEventMs < computerMs + CLOCK_TOLERANCE_MS &&
    graphMs - newestEventMs > AHEAD_MS;
  if (computerFits && !confirmed) return { ...time, source: 'computer' };
  const isConfirmed = confirmed || isNear(graphMs, computerMs) || newestEventMs > graphMs - YOUNG_MS;
  return { ...time, source: 'graph', confirmed: isConfirmed };
}

function isNear(aMs: number, bMs: number): boolean {
  return Math.abs(aMs - bMs) <= CLOCK_TOLERANCE_MS;
}
