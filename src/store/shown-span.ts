/** The stretch of time that is shown, and the one of the same length before it. */
import type { Span } from '../facts/reading.ts';
import { readingFor } from '../signup/attempt-range.ts';
import type { State } from './state.ts';

type Input = Pick<State, 'filter' | 'nowMs'>;

const DAY_MS = 86_400_000;
const DEFAULT_RANGE_MS = DAY_MS;
/** Graph keeps sign-ups for at least this long. */
const KEPT_MS = 7 * DAY_MS;

/** The start of the range that is shown. */
export function sinceOf(state: Input): number {
  return state.filter.since?.atMs ?? state.nowMs - DEFAULT_RANGE_MS;
}

/** The range that is shown. */
export function shownSpan(state: Input): Span {
  // What lies in the future has not happened yet.
  const toMs = Math.min(state.filter.until?.atMs ?? state.nowMs, state.nowMs);
  return { fromMs: Math.min(sinceOf(state), toMs), toMs };
}

/** The range of the same length that ends where the shown one begins. */
export function spanBefore(state: Input): Span {
  const { fromMs, toMs } = shownSpan(state);
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
}

/** Whether Graph still has all of it, whatever the plan of the tenant. */
export function isKept(span: Span, nowMs: number): boolean {
  return span.fromMs >= nowMs - KEPT_MS;
}

/** What has to be read to count the attempts of a range, as far as Graph keeps it: nothing is older than `keptFromMs` (null: all is). */
export function readingBefore(range: Span, keptFromMs: number | null): Span {
  const { fromMs } = readingFor(range);
  return { fromMs: Math.min(range.fromMs, Math.max(fromMs, keptFromMs ?? fromMs)), toMs: range.toMs };
}
