/**
 * Decides what the feed does next. Pure. The rule: everything is a stretch of the log that is read newest first; news
 * before anything else; what a person asked for and what happens by itself take turns, so that neither starves.
 */
import { addSpan } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import type { Page } from './pages.ts';
import {
  backfillGaps,
  catchUpGaps,
  edgeMs,
  LATEST_ARRIVAL_MS,
  POLL_OVERLAP_MS,
  REREAD_EVERY_MS,
  type ReadState,
  topMs,
  unsettledSpans,
  withWindow,
} from './read-state.ts';
import { openWindow, type Slice, type Turn, takePage, type WindowRead, withSlice } from './window-read.ts';

export interface Demand {
  /** No requests but those that a person starts. */
  readonly paused: boolean;
  /** Pages of backfill wanted in all; Infinity = the whole range. */
  readonly backfillPages: number;
  /** Grows when a person wants to see news now. */
  readonly refreshes: number;
}

export type Plan =
  | { readonly kind: 'read'; readonly state: ReadState; readonly window: WindowRead & { readonly slice: Slice } }
  /** Nothing to do before `untilMs` (null: before the demand changes). */
  | { readonly kind: 'wait'; readonly untilMs: number | null };

/** Takes the state, what is wanted and the time of this machine; gives the next step, with the window that it opens. */
export function planRead(state: ReadState, demand: Demand, nowMs: number): Plan {
  const opened = openDue(state, demand, nowMs);
  const turn = chooseTurn(opened, demand, nowMs);
  if (turn === null) return { kind: 'wait', untilMs: nextWakeMs(opened, demand) };
  const window = opened.windows[turn] ?? openGap(opened, turn, nowMs);
  if (window === null) return { kind: 'wait', untilMs: nextWakeMs(opened, demand) };
  const sliced = withSlice(window, opened.spanLimitMs, nowMs);
  return { kind: 'read', state: { ...withWindow(opened, turn, sliced), lastTurn: turn }, window: sliced };
}

/** Whether there is anything left above what was read, now or later. */
function canPoll(state: ReadState): boolean {
  return state.pollIntervalMs !== null && (state.untilMs === null || (edgeMs(state) ?? 0) < state.untilMs);
}

/** Opens the windows whose time has come: a poll, or the reading again of what may have changed. */
function openDue(before: ReadState, demand: Demand, nowMs: number): ReadState {
  let state = before;
  const { pollIntervalMs } = state;
  if (pollIntervalMs === null) return state;
  const refreshing = demand.refreshes > state.refreshes;
  // When the clock was set back, the next poll would be far away.
  const due = !demand.paused && canPoll(state) && nowMs >= Math.min(state.nextPollAtMs, nowMs + pollIntervalMs);
  // The first page of the backfill shows the newest rows, too.
  const backfillIsFirst =
    state.covered.length === 0 && state.windows.backfill === null && hasBackfill(state, demand, nowMs);
  if (refreshing || (due && !backfillIsFirst && !mustFinish(state.windows.poll))) {
    state = { ...openPoll(state, refreshing, nowMs), refreshes: demand.refreshes };
  }
  if (!demand.paused && nowMs >= state.nextRereadAtMs && state.windows.reread === null) {
    const span = unsettledSpans(state)[0];
    const window = span ? openWindow(span, 'reread', 'poll') : null;
    state = { ...withWindow(state, 'reread', window), nextRereadAtMs: nowMs + REREAD_EVERY_MS };
  }
  return state;
}

/** A poll that was not read to its end is replaced by the next, unless nothing of it counts as read before its end. */
function mustFinish(poll: WindowRead | null): boolean {
  return poll !== null && !poll.newestFirst;
}

function openPoll(state: ReadState, refreshing: boolean, nowMs: number): ReadState {
  const toMs = topMs(state, nowMs);
  const newest = state.covered.find((span) => span.toMs === edgeMs(state));
  const edge = newest?.toMs ?? topMs(state, state.startedAtMs);
  // The overlap never reaches below the newest stretch: what is missing there is read by itself.
  const overlapMs = Math.max(toMs - POLL_OVERLAP_MS, newest?.fromMs ?? Number.NEGATIVE_INFINITY);
  const fromMs = Math.max(state.sinceMs, Math.min(edge, overlapMs));
  const nextPollAtMs = nowMs + (state.pollIntervalMs ?? 0);
  if (fromMs > toMs) return { ...state, nextPollAtMs };
  const window = openWindow({ fromMs, toMs }, 'poll', refreshing ? 'user' : 'poll', Math.max(fromMs, edge));
  return { ...withWindow(state, 'poll', window), nextPollAtMs };
}

/** Whether older pages are wanted, and there are any. */
function hasBackfill(state: ReadState, demand: Demand, nowMs: number): boolean {
  if (state.backfillPages >= demand.backfillPages) return false;
  return state.windows.backfill !== null || backfillGaps(state, nowMs).length > 0;
}

export function pollHasNews(state: ReadState): boolean {
  const { poll } = state.windows;
  return poll !== null && (poll.slice === null || !poll.newestFirst || poll.reachedMs > poll.newsFromMs);
}

/** Who is next: news, then a person's backfill and the automatic reading in turns. */
function chooseTurn(state: ReadState, demand: Demand, nowMs: number): Turn | null {
  const { windows, lastTurn } = state;
  const mayRead = (window: WindowRead | null) => window !== null && (!demand.paused || window.priority === 'user');
  const poll = mayRead(windows.poll);
  const news = poll && pollHasNews(state);
  const automatic: Turn[] = [];
  if (poll) automatic.push('poll');
  if (!news && !demand.paused) {
    if (windows.catchUp !== null || catchUpGaps(state).length > 0) automatic.push('catchUp');
    if (windows.reread !== null) automatic.push('reread');
  }
  const backfill = hasBackfill(state, demand, nowMs);
  const isNewPoll = news && windows.poll?.nextUrl === null;
  if (backfill && !isNewPoll && (automatic.length === 0 || lastTurn !== 'backfill')) return 'backfill';
  const last = lastTurn === null ? -1 : automatic.indexOf(lastTurn);
  return (isNewPoll ? 'poll' : automatic[(last + 1) % automatic.length]) ?? null;
}

function openGap(state: ReadState, turn: Turn, nowMs: number): WindowRead | null {
  const gap = turn === 'catchUp' ? catchUpGaps(state)[0] : backfillGaps(state, nowMs)[0];
  return gap ? openWindow(gap, turn, turn === 'backfill' ? 'user' : 'poll') : null;
}

function nextWakeMs(state: ReadState, demand: Demand): number | null {
  if (demand.paused) return null;
  const wakes = [
    ...(canPoll(state) ? [state.nextPollAtMs] : []),
    ...(unsettledSpans(state).length > 0 ? [state.nextRereadAtMs] : []),
  ];
  return wakes.length === 0 ? null : Math.min(...wakes);
}

export type PageOfReading =
  | { readonly kind: 'taken'; readonly state: ReadState; readonly covered: Span | null }
  | { readonly kind: 'circle' };

/** Takes the page that `window` asked for into the state. */
export function takePageOf(
  state: ReadState,
  window: WindowRead & { readonly slice: Slice },
  page: Page,
): PageOfReading {
  const askedAtMs = window.slice.askedAtMs + state.offsetMs;
  const taken = takePage(window, page, askedAtMs);
  if (taken.kind === 'circle') return taken;
  const { covered } = taken;
  const { turn } = window;
  const settled = covered && { ...covered, toMs: Math.min(covered.toMs, askedAtMs - LATEST_ARRIVAL_MS) };
  const showsNews = turn === 'backfill' && window.nextUrl === null && state.covered.length === 0;
  const next: ReadState = {
    ...withWindow(state, turn, taken.done ? null : taken.window),
    covered: covered ? addSpan(state.covered, covered) : state.covered,
    settled: settled ? addSpan(state.settled, settled) : state.settled,
    backfillPages: state.backfillPages + (turn === 'backfill' && page.events.length > 0 ? 1 : 0),
    nextPollAtMs: showsNews ? window.slice.askedAtMs + (state.pollIntervalMs ?? 0) : state.nextPollAtMs,
    spanLimitMs: longerLimitMs(state, window, page),
  };
  // Another stretch may wait to be read again; it need not wait for the next beat.
  const more = turn === 'reread' && taken.done && unsettledOlderThan(next, window.fromMs);
  return { kind: 'taken', state: more ? withWindow(next, 'reread', more) : next, covered };
}

function unsettledOlderThan(state: ReadState, timeMs: number): WindowRead | null {
  const span = unsettledSpans(state).find((other) => other.toMs <= timeMs);
  return span ? openWindow(span, 'reread', 'poll') : null;
}

/** Below this, a shorter stretch is not easier to answer. */
const SHORTEST_SPAN_MS = 10 * 60_000;

/** Once a stretch as long as the limit was answered to its end, slightly longer ones are tried. */
function longerLimitMs({ spanLimitMs }: ReadState, { slice }: { readonly slice: Slice }, page: Page): number {
  return page.nextUrl === null && slice.toMs - slice.fromMs >= spanLimitMs ? spanLimitMs * 1.25 : spanLimitMs;
}

/**
 * Gives up the window of a request that failed; what it did not read is a gap again, and due at once. `tookTooLong`
 * halves the stretches that are asked for.
 */
export function dropWindow(
  state: ReadState,
  window: WindowRead & { readonly slice: Slice },
  tookTooLong: boolean,
  nowMs: number,
): ReadState {
  const spanMs = window.reachedMs - window.slice.fromMs;
  return {
    ...withWindow(state, window.turn, null),
    nextPollAtMs: window.turn === 'poll' ? nowMs : state.nextPollAtMs,
    nextRereadAtMs: window.turn === 'reread' ? nowMs : state.nextRereadAtMs,
    spanLimitMs: tookTooLong && spanMs > SHORTEST_SPAN_MS ? Math.max(SHORTEST_SPAN_MS, spanMs / 2) : state.spanLimitMs,
  };
}
