/**
 * Decides what the feed does next. Pure. The rule: everything is a stretch of the log that is read newest first; news
 * before anything else; what a person asked for and what happens by itself take turns, so that neither starves. What is left over
 * goes into reading the last hour again, for late rows: the last minutes and the rest of the hour in turns.
 */
import { addSpan } from '../facts/coverage.ts';
import { later, logMsAt, type Moment, msBetween, type Now } from '../facts/moment.ts';
import type { Span } from '../facts/reading.ts';
import type { Priority } from './budget-window.ts';
import type { Page } from './pages.ts';
import {
  backfillGaps,
  catchUpGaps,
  edgeMs,
  firstTopMs,
  LATEST_ARRIVAL_MS,
  RECENT_MS,
  RECENT_PAGES,
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
  /** Nothing to do before `until` (null: before the demand changes). */
  | { readonly kind: 'wait'; readonly until: Moment | null };

/** Takes the state, what is wanted and what time it is; gives the next step, with the window that it opens. */
export function planRead(state: ReadState, demand: Demand, now: Now): Plan {
  const opened = openDue(state, demand, now);
  const turn = chooseTurn(opened, demand, now);
  if (turn === null) return { kind: 'wait', until: nextWake(opened, demand) };
  const window = opened.windows[turn] ?? openGap(opened, turn, now);
  if (window === null) return { kind: 'wait', until: nextWake(opened, demand) };
  const sliced = withSlice(window, opened.spanLimitMs, now.moment);
  return { kind: 'read', state: { ...withWindow(opened, turn, sliced), lastTurn: turn }, window: sliced };
}

/** Whether there is anything left above what was read, now or later. */
function canPoll(state: ReadState): boolean {
  return state.pollIntervalMs !== null && (state.untilMs === null || (edgeMs(state) ?? 0) < state.untilMs);
}

/** Opens the windows whose time has come. A poll that was begun is finished first: the next one covers what came meanwhile. */
function openDue(state: ReadState, demand: Demand, now: Now): ReadState {
  if (state.pollIntervalMs === null) return state;
  if (demand.refreshes > state.refreshes) {
    return { ...openPoll(state, 'user', now), refreshes: demand.refreshes };
  }
  if (demand.paused || msBetween(state.nextPollAt, now.moment) < 0) return state;
  // The first page of the backfill shows the newest rows, too.
  const backfillIsFirst =
    state.covered.length === 0 && state.windows.backfill === null && hasBackfill(state, demand, now);
  if (backfillIsFirst || state.windows.poll !== null) return state;
  if (canPoll(state)) return isRereadDue(state) ? skipPoll(state, now) : openPoll(state, 'poll', now);
  // Of a range that is over, only late rows are missing.
  return openReread({ ...state, nextPollAt: later(now.moment, state.pollIntervalMs) });
}

/** Frequent polls can use up the budget; after so many in a row, one gives way to what else is to be read. */
const MOST_POLLS_IN_A_ROW = 2;

function isRereadDue({ pollsInARow, windows }: ReadState): boolean {
  return pollsInARow >= MOST_POLLS_IN_A_ROW && (windows.recent !== null || windows.reread !== null);
}

function skipPoll(state: ReadState, now: Now): ReadState {
  return { ...state, pollsInARow: 0, nextPollAt: later(now.moment, state.pollIntervalMs ?? 0) };
}

/** A poll asks for the news and, below, for all that may still change: of most logs that is one page. */
function openPoll(state: ReadState, priority: Priority, now: Now): ReadState {
  const toMs = topMs(state, now.logMs);
  const edge = edgeMs(state) ?? firstTopMs(state, now);
  const newest = unsettledSpans(state)[0];
  // What lies below a hole is read by itself.
  const again = newest !== undefined && newest.toMs === edge ? newest.fromMs : edge;
  const fromMs = Math.max(state.sinceMs, Math.min(edge, again));
  const nextPollAt = later(now.moment, state.pollIntervalMs ?? 0);
  const next = { ...state, nextPollAt, pollsInARow: state.pollsInARow + 1 };
  if (fromMs > toMs) return next;
  return withWindow(next, 'poll', openWindow({ fromMs, toMs }, 'poll', priority, Math.max(fromMs, edge)));
}

function openReread(state: ReadState): ReadState {
  const span = state.windows.reread === null ? unsettledSpans(state)[0] : undefined;
  return span ? withWindow(state, 'reread', openWindow(span, 'reread', 'reread')) : state;
}

/** Whether older pages are wanted, and there are any. */
function hasBackfill(state: ReadState, demand: Demand, now: Now): boolean {
  if (state.backfillPages >= demand.backfillPages) return false;
  return state.windows.backfill !== null || backfillGaps(state, now).length > 0;
}

/** Whether news are known to be missing: a poll is under way, or one left a hole. */
export function isMissingNews(state: ReadState, now: Now): boolean {
  return state.windows.poll !== null || catchUpGaps(state, now).length > 0;
}

/** Who is next: news, then a person's backfill and the automatic reading in turns. */
function chooseTurn(state: ReadState, demand: Demand, now: Now): Turn | null {
  const { windows, lastTurn } = state;
  const automatic = automaticTurns(state, demand, now);
  const isNewPoll = automatic[0] === 'poll' && windows.poll?.nextUrl === null;
  const backfill = hasBackfill(state, demand, now);
  if (backfill && !isNewPoll && (automatic.length === 0 || lastTurn !== 'backfill')) return 'backfill';
  const last = lastTurn === null ? -1 : automatic.indexOf(lastTurn);
  return automatic[(last + 1) % automatic.length] ?? null;
}

/** News; else what is missing of them; else late rows. */
function automaticTurns({ windows, ...state }: ReadState, demand: Demand, now: Now): readonly Turn[] {
  if (windows.poll !== null && (!demand.paused || windows.poll.priority === 'user')) return ['poll'];
  if (demand.paused) return [];
  if (windows.catchUp !== null || catchUpGaps({ ...state, windows }, now).length > 0) return ['catchUp'];
  return (['recent', 'reread'] as const).filter((turn) => windows[turn] !== null);
}

function openGap(state: ReadState, turn: Turn, now: Now): WindowRead | null {
  const gap = turn === 'catchUp' ? catchUpGaps(state, now)[0] : backfillGaps(state, now)[0];
  return gap ? openWindow(gap, turn, turn === 'backfill' ? 'user' : 'poll') : null;
}

function nextWake(state: ReadState, demand: Demand): Moment | null {
  if (demand.paused || state.pollIntervalMs === null) return null;
  return canPoll(state) || unsettledSpans(state).length > 0 ? state.nextPollAt : null;
}

export type PageOfReading =
  | { readonly kind: 'taken'; readonly state: ReadState; readonly covered: Span | null }
  | { readonly kind: 'circle' };

/** Takes the page that `window` asked for into the state. */
export function takePageOf(
  state: ReadState,
  window: WindowRead & { readonly slice: Slice },
  page: Page,
  now: Now,
): PageOfReading {
  const askedAtMs = logMsAt(now, window.slice.askedAt);
  const taken = takePage(window, page, askedAtMs);
  if (taken.kind === 'circle') return taken;
  const { covered } = taken;
  const { turn } = window;
  const settled = covered && { ...covered, toMs: Math.min(covered.toMs, askedAtMs - LATEST_ARRIVAL_MS) };
  const showsNews = turn === 'backfill' && window.nextUrl === null && state.covered.length === 0;
  const pollIntervalMs = state.pollIntervalMs ?? 0;
  const next: ReadState = {
    ...withWindow(state, turn, taken.done || isEnough(taken.window) ? null : taken.window),
    covered: covered ? addSpan(state.covered, covered) : state.covered,
    settled: settled ? addSpan(state.settled, settled) : state.settled,
    backfillPages: state.backfillPages + (turn === 'backfill' && page.events.length > 0 ? 1 : 0),
    nextPollAt: showsNews ? later(window.slice.askedAt, pollIntervalMs) : state.nextPollAt,
    pollsInARow: turn === 'recent' || turn === 'reread' ? 0 : state.pollsInARow,
    spanLimitMs: longerLimitMs(state, window, page),
  };
  if (turn === 'poll') return { kind: 'taken', state: newsRead(next, now), covered };
  // Another stretch may wait to be read again; it need not wait for the next poll.
  const more = turn === 'reread' && taken.done && unsettledOlderThan(next, window.fromMs);
  return { kind: 'taken', state: more ? withWindow(next, 'reread', more) : next, covered };
}

/** The last minutes are read again from their top before the reading gets too far from it. */
function isEnough({ turn, followed }: WindowRead): boolean {
  return turn === 'recent' && followed.size >= RECENT_PAGES;
}

/** A poll whose news have been read makes way for the next; what is left of it, in which late rows may be, goes on by itself. */
function newsRead(state: ReadState, now: Now): ReadState {
  const { poll, recent, reread } = state.windows;
  if (poll === null) return openOlderReread(state);
  if (poll.slice === null || !poll.newestFirst || poll.reachedMs > poll.newsFromMs) return state;
  const rest = { ...poll, priority: 'reread' as const };
  const recentFromMs = Math.max(rest.fromMs, now.logMs - RECENT_MS);
  const done = withWindow(state, 'poll', null);
  if (rest.reachedMs <= recentFromMs) {
    return reread === null ? withWindow(done, 'reread', { ...rest, turn: 'reread' }) : done;
  }
  const slice = { ...poll.slice, fromMs: Math.max(poll.slice.fromMs, recentFromMs) };
  const begun =
    recent === null ? withWindow(done, 'recent', { ...rest, turn: 'recent', fromMs: recentFromMs, slice }) : done;
  if (reread !== null || rest.fromMs >= recentFromMs) return begun;
  return withWindow(begun, 'reread', openWindow({ fromMs: rest.fromMs, toMs: recentFromMs }, 'reread', 'reread'));
}

/** A poll that read all of the last stretch leaves older ones. */
function openOlderReread(state: ReadState): ReadState {
  if (state.windows.reread !== null) return state;
  const older = unsettledOlderThan(state, unsettledSpans(state)[0]?.fromMs ?? Number.NEGATIVE_INFINITY);
  return older ? withWindow(state, 'reread', older) : state;
}

function unsettledOlderThan(state: ReadState, timeMs: number): WindowRead | null {
  const span = unsettledSpans(state).find((other) => other.toMs <= timeMs);
  return span ? openWindow(span, 'reread', 'reread') : null;
}

/** Below this, a shorter stretch is not easier to answer. */
const SHORTEST_SPAN_MS = 10 * 60_000;

/** Once a stretch as long as the limit was answered to its end, slightly longer ones are tried. */
function longerLimitMs({ spanLimitMs }: ReadState, { slice }: { readonly slice: Slice }, page: Page): number {
  return page.nextUrl === null && slice.toMs - slice.fromMs >= spanLimitMs ? spanLimitMs * 1.25 : spanLimitMs;
}

/** What is there may be what makes the requests fail. */
const MOST_FAILURES_AT_ONE_PLACE = 3;

/**
 * Gives up the window of a request that failed; what it did not read is a gap again, and due at once. Looking for late rows goes on
 * where it was: of a log with many pages an hour, it would hardly ever come to the end otherwise.
 * `tookTooLong` halves the stretches that are asked for.
 */
export function dropWindow(
  state: ReadState,
  window: WindowRead & { readonly slice: Slice },
  tookTooLong: boolean,
  moment: Moment,
): ReadState {
  const spanMs = window.reachedMs - window.slice.fromMs;
  const isDue = window.turn === 'poll' || (window.turn !== 'backfill' && !canPoll(state));
  const failures = window.failures + 1;
  const goesOn = window.turn === 'reread' && failures < MOST_FAILURES_AT_ONE_PLACE;
  return {
    ...withWindow(state, window.turn, goesOn ? { ...window, slice: null, failures } : null),
    nextPollAt: isDue && msBetween(moment, state.nextPollAt) > 0 ? moment : state.nextPollAt,
    spanLimitMs: tookTooLong && spanMs > SHORTEST_SPAN_MS ? Math.max(SHORTEST_SPAN_MS, spanMs / 2) : state.spanLimitMs,
  };
}
