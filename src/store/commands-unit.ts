/** Turning the table from events to attempts and back. */
import { continueMatching, feedChanged } from './apply-filter.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { noNews } from './table-cursor.ts';
import { freshMatches } from './unit.ts';

/** The cursor stays on its event, or on the attempt that it is part of. */
export function toggleUnit(state: State): State {
  if (state.shown !== 'signUps') return noticed(state, 'Attempts are made of sign-ups alone: V, then 1, shows those.');
  const unit = state.unit === 'events' ? 'attempts' : 'events';
  const turned: State = { ...state, unit, table: { ...state.table, news: noNews, columnOffset: 0 } };
  return continueMatching(feedChanged(state, { ...turned, matches: freshMatches(turned, state.filter) }));
}
