/** What the feed knows about its reading: what was read, what is being read, when the next look is due. Pure. */
import { addSpan } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import { gapsIn, subtractSpans } from './gaps.ts';
import type { Turn, WindowRead } from './window-read.ts';

/** Events turn up out of order, up to this long after their time. Microsoft gives no figure; reports stay below it. */
export const LATEST_ARRIVAL_MS = 60 * 60_000;
/** A window that could still change is read again this often. */
export const REREAD_EVERY_MS = 5 * 60_000;
/** Each poll reads this much again, because most late rows are only a little late. */
export const POLL_OVERLAP_MS = 5 * 60_000;

export interface ReadState {
  readonly sinceMs: number;
  readonly untilMs: number | null;
  /** Null reads the range once. */
  readonly pollIntervalMs: number | null;
  /** By the clock of this machine, as all times that are not event times. */
  readonly startedAtMs: number;
  /** Server's clock minus this machine's. */
  readonly offsetMs: number;
  readonly covered: readonly Span[];
  /** Read so late that nothing can turn up in it any more. */
  readonly settled: readonly Span[];
  readonly windows: { readonly [turn in Turn]: WindowRead | null };
  readonly nextPollAtMs: number;
  readonly nextRereadAtMs: number;
  readonly backfillPages: number;
  /** The last `refreshes` of the demand that was answered. */
  readonly refreshes: number;
  readonly lastTurn: Turn | null;
  /** Longest stretch to ask for at once; shrinks when Graph takes too long. */
  readonly spanLimitMs: number;
}

export interface ReadingRange {
  readonly sinceMs: number;
  readonly untilMs: number | null;
  readonly pollIntervalMs: number | null;
  readonly covered: readonly Span[];
}

export function startReading(range: ReadingRange, refreshes: number, nowMs: number): ReadState {
  const covered = range.covered.reduce<readonly Span[]>(addSpan, []);
  return {
    sinceMs: range.sinceMs,
    untilMs: range.untilMs,
    pollIntervalMs: range.pollIntervalMs,
    startedAtMs: nowMs,
    offsetMs: 0,
    covered,
    // When these were read is not known, only that it was not before their end.
    settled: covered.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.max(fromMs, toMs - LATEST_ARRIVAL_MS) })),
    windows: { poll: null, catchUp: null, reread: null, backfill: null },
    nextPollAtMs: nowMs,
    nextRereadAtMs: covered.length > 0 ? nowMs : nowMs + REREAD_EVERY_MS,
    backfillPages: 0,
    refreshes,
    lastTurn: null,
    spanLimitMs: Number.POSITIVE_INFINITY,
  };
}

/** The upper end of what can be read at `nowMs` (this machine's clock), as an event time. */
export function topMs(state: ReadState, nowMs: number): number {
  return Math.min(nowMs + state.offsetMs, state.untilMs ?? Number.POSITIVE_INFINITY);
}

/** The newest event time that was read up to, or null while nothing was read. */
export function edgeMs(state: ReadState): number | null {
  return state.covered.length === 0 ? null : Math.max(...state.covered.map((span) => span.toMs));
}

/** Where live reading begins: holes above are read by themselves, what is below is backfill. */
function liveFromMs(state: ReadState): number {
  const startMs = topMs(state, state.startedAtMs);
  return Math.max(state.sinceMs, Math.min(startMs, ...state.covered.map((span) => span.fromMs)));
}

/** Older stretches that were not read, newest first. */
export function backfillGaps(state: ReadState, nowMs: number): readonly Span[] {
  const { sinceMs, covered } = state;
  if (state.pollIntervalMs === null) return gapsIn(covered, { fromMs: sinceMs, toMs: topMs(state, state.startedAtMs) });
  const toMs = covered.length === 0 ? topMs(state, nowMs) : liveFromMs(state);
  return gapsIn(covered, { fromMs: sinceMs, toMs });
}

/** Holes between what was read and the newest edge: after throttling, failures or a suspended machine. */
export function catchUpGaps(state: ReadState): readonly Span[] {
  const toMs = edgeMs(state);
  if (toMs === null || state.pollIntervalMs === null) return [];
  return gapsIn(state.covered, { fromMs: liveFromMs(state), toMs });
}

/** Stretches in which late rows may have turned up since they were read, newest first. */
export function unsettledSpans(state: ReadState): readonly Span[] {
  if (state.pollIntervalMs === null) return [];
  const wanted = { fromMs: state.sinceMs, toMs: state.untilMs ?? Number.POSITIVE_INFINITY };
  return subtractSpans(state.covered, state.settled)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, wanted.fromMs), toMs: Math.min(toMs, wanted.toMs) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

/** Brings the estimate of the server's clock into what its whole-second `Date` allows, and leaves it alone otherwise. */
export function withServerTime(
  state: ReadState,
  answer: { readonly serverTimeMs: number | null; readonly askedAtMs: number; readonly answeredAtMs: number },
): ReadState {
  const { serverTimeMs, askedAtMs, answeredAtMs } = answer;
  if (serverTimeMs === null) return state;
  const leastMs = serverTimeMs - answeredAtMs;
  const mostMs = serverTimeMs + 1000 - askedAtMs;
  return { ...state, offsetMs: Math.max(leastMs, Math.min(state.offsetMs, mostMs)) };
}

export function withWindow(state: ReadState, turn: Turn, window: WindowRead | null): ReadState {
  return { ...state, windows: { ...state.windows, [turn]: window } };
}
