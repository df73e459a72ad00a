/** Loading the whole range because somebody asked for it, as long as there is room for what comes. */
import { noticed } from './notice.ts';
import type { State } from './state.ts';

/** More pages than this nobody asks for one by one. */
const MANY = 1_000_000;

/** Loads the rest of the range, however many pages that takes; again: stops, and keeps what came. */
export function loadAll(state: State): State {
  const { backfill } = state.feed;
  if (backfill.complete) return noticed(state, 'All of the range is loaded.');
  if (isLoadingAll(state)) return wanting(state, backfill.pagesRead);
  return isFull(state) ? full(state) : wanting(state, Number.MAX_SAFE_INTEGER);
}

/** Whether the rest of the range is being loaded because somebody asked for it. */
export function isLoadingAll({ feed }: Pick<State, 'feed'>): boolean {
  return !feed.backfill.complete && feed.backfill.pagesWanted > MANY;
}

/** Stops it when events have been dropped to make room: all that came from now on would be dropped. */
export function stopLoadingWhenFull(state: State): State {
  return isLoadingAll(state) && isFull(state) ? full(wanting(state, state.feed.backfill.pagesRead)) : state;
}

function wanting(state: State, pagesWanted: number): State {
  const { backfill } = state.feed;
  return { ...state, feed: { ...state.feed, backfill: { ...backfill, pagesWanted } } };
}

function isFull({ log, settings }: State): boolean {
  return log.size >= settings.maxEvents;
}

function full(state: State): State {
  const most = state.settings.maxEvents.toLocaleString('en');
  return noticed(state, `There is room for ${most} events, and it is used up. --max-events makes more.`);
}
