/** Changing the filter: what is loaded is filtered at once, the past is read anew for what Graph can decide. */
import type { Filter } from '../filter/filter.ts';
import { resolveFlows } from '../filter/flows.ts';
import { continueFollowers } from './followers.ts';
import { freshInsight } from './insight.ts';
import { coveredOf, feedKeyOf } from './select-feed-request.ts';
import type { State } from './state.ts';
import { noNews, restartBackfill, settleCursor } from './table-cursor.ts';
import { freshMatches } from './unit.ts';

/** Slices of the log (4,096 events each) that are looked at before a key or a frame has its turn. */
const SLICES_A_TURN = 24;

const LONGEST_HISTORY = 50;

export function applyFilter(state: State, wanted: Filter): State {
  const filter = state.flows.kind === 'known' ? resolveFlows(wanted, state.flows.flows).filter : wanted;
  if (filter === state.filter) return state;
  const past = [...state.filterHistory.past, state.filter].slice(-LONGEST_HISTORY);
  const matches = freshMatches(state, filter);
  const table = { ...state.table, news: noNews };
  const filterHistory = { past, future: [] };
  const changed: State = { ...state, filter, filterHistory, matches, table, filterChanges: state.filterChanges + 1 };
  const insight = changed.insight && freshInsight(changed);
  return continueMatching(feedChanged(state, { ...changed, insight }));
}

/** The state `after` a change of what is read: when that is another feed, it starts anew. */
export function feedChanged(before: State, after: State): State {
  return feedKeyOf(after) === feedKeyOf(before) ? after : withNewFeed(after);
}

/** Another feed counts its pages anew, and is as fresh as what was read for its filter before. */
export function withNewFeed(state: State): State {
  const { load } = state.feed;
  const upToMs = coveredOf(state)[0]?.toMs ?? null;
  // Graph's wait is for all feeds.
  const feed = { ...state.feed, upToMs, load: load.kind === 'throttled' ? load : ({ kind: 'loading' } as const) };
  return restartBackfill({ ...state, feed });
}

/** Looks at more of the log, the newest first, when a filter has not seen all of it yet. */
export function continueMatching(state: State): State {
  let slices = 0;
  const mayGoOn = () => ++slices < SLICES_A_TURN;
  continueFollowers(state, mayGoOn);
  return settleCursor({ ...state, version: state.version + 1 });
}
