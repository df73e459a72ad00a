/** What the feed knows about its reading: what was read, what is being read, when the next look is due. Pure. */
import { addSpan } from '../facts/coverage.ts';
import { logMsAt, type Moment, type Now } from '../facts/moment.ts';
import type { Span } from '../facts/reading.ts';
import { gapsIn, subtractSpans } from './gaps.ts';
import type { Turn, WindowRead } from './window-read.ts';

/** Events turn up out of order, up to this long after their time. Microsoft gives no figure; reports stay below it. */
export const LATEST_ARRIVAL_MS = 60 * 60_000;
/** Most late rows are at most five minutes late: this much is read again more often than the rest of the hour. */
export const RECENT_MS = 6 * 60_000;
/** Of a log with so many events that this would take minutes, less: what is a minute late is then found within minutes, too. */
export const RECENT_PAGES = 10;

export interface ReadState {
  readonly sinceMs: number;
  readonly untilMs: number | null;
  /** Null reads the range once. */
  readonly pollIntervalMs: number | null;
  readonly startedAt: Moment;
  readonly covered: readonly Span[];
  /** Read so late that nothing can turn up in it any more. */
  readonly settled: readonly Span[];
  readonly windows: { readonly [turn in Turn]: WindowRead | null };
  readonly nextPollAt: Moment;
  /** Polls since late rows were last looked for. */
  readonly pollsInARow: number;
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

export function startReading(range: ReadingRange, refreshes: number, startedAt: Moment): ReadState {
  const covered = range.covered.reduce<readonly Span[]>(addSpan, []);
  return {
    sinceMs: range.sinceMs,
    untilMs: range.untilMs,
    pollIntervalMs: range.pollIntervalMs,
    startedAt,
    covered,
    // When these were read is not known, only that it was not before their end.
    settled: covered.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.max(fromMs, toMs - LATEST_ARRIVAL_MS) })),
    windows: { poll: null, catchUp: null, recent: null, reread: null, backfill: null },
    nextPollAt: startedAt,
    pollsInARow: 0,
    backfillPages: 0,
    refreshes,
    lastTurn: null,
    spanLimitMs: Number.POSITIVE_INFINITY,
  };
}

/** The upper end of what can be read when the log's clock shows `logMs`. */
export function topMs({ untilMs }: ReadState, logMs: number): number {
  return Math.min(logMs, untilMs ?? Number.POSITIVE_INFINITY);
}

/** The upper end when the reading began, by what is known of the log's clock now. */
export function firstTopMs(state: ReadState, now: Now): number {
  return topMs(state, logMsAt(now, state.startedAt));
}

/** The newest event time that was read up to, or null while nothing was read. */
export function edgeMs(state: ReadState): number | null {
  return state.covered.length === 0 ? null : Math.max(...state.covered.map((span) => span.toMs));
}

/** Where live reading begins: holes above are read by themselves, what is below is backfill. */
function liveFromMs(state: ReadState, now: Now): number {
  return Math.max(state.sinceMs, Math.min(firstTopMs(state, now), ...state.covered.map((span) => span.fromMs)));
}

/** What is known of the log's clock changes by as much with every answer: a range that ends now has no gap at its end. */
const LEAST_GAP_MS = 1000;

/** Older stretches that were not read, newest first. */
export function backfillGaps(state: ReadState, now: Now): readonly Span[] {
  const { sinceMs, covered } = state;
  if (state.pollIntervalMs === null) {
    const [firstMs, edge] = [firstTopMs(state, now), edgeMs(state)];
    const toMs = edge !== null && firstMs - edge < LEAST_GAP_MS ? Math.min(edge, firstMs) : firstMs;
    return gapsIn(covered, { fromMs: sinceMs, toMs });
  }
  const toMs = covered.length === 0 ? topMs(state, now.logMs) : liveFromMs(state, now);
  return gapsIn(covered, { fromMs: sinceMs, toMs });
}

/** Holes between what was read and the newest edge: news that are being read, or what throttling, failures or a suspended machine left. */
export function catchUpGaps(state: ReadState, now: Now): readonly Span[] {
  const toMs = edgeMs(state);
  if (toMs === null || state.pollIntervalMs === null) return [];
  return gapsIn(state.covered, { fromMs: liveFromMs(state, now), toMs });
}

/** Up to when everything that Graph shows has been read, without a hole; null while nothing was read. */
export function completeToMs(state: ReadState, now: Now): number | null {
  return catchUpGaps(state, now).at(-1)?.fromMs ?? edgeMs(state);
}

/** Stretches in which late rows may have turned up since they were read, newest first. */
export function unsettledSpans(state: ReadState): readonly Span[] {
  if (state.pollIntervalMs === null) return [];
  const wanted = { fromMs: state.sinceMs, toMs: state.untilMs ?? Number.POSITIVE_INFINITY };
  return subtractSpans(state.covered, state.settled)
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, wanted.fromMs), toMs: Math.min(toMs, wanted.toMs) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

/**
 * No event older than this is read again: nothing is being read or will be below it. Whoever remembers what was told can
 * forget up to here.
 */
export function settledBelowMs(state: ReadState, now: Now): number {
  const { windows } = state;
  const open = [windows.poll, windows.catchUp, windows.recent, windows.reread, windows.backfill];
  return Math.min(
    now.logMs - LATEST_ARRIVAL_MS,
    ...open.flatMap((window) => (window === null ? [] : [window.slice?.fromMs ?? window.fromMs, window.fromMs])),
    ...[...unsettledSpans(state), ...catchUpGaps(state, now), ...backfillGaps(state, now)].map(({ fromMs }) => fromMs),
  );
}

export function withWindow(state: ReadState, turn: Turn, window: WindowRead | null): ReadState {
  return { ...state, windows: { ...state.windows, [turn]: window } };
}
