/** Changing the filter: what is loaded is filtered at once, the past is read anew for what Graph can decide. */
import type { Filter } from '../filter/filter.ts';
import { Matches } from './log/matches.ts';
import type { State } from './state.ts';
import { restartBackfill, settleCursor } from './table-cursor.ts';

/** Slices of the log (4,096 events each) that are looked at before a key or a frame has its turn. */
const SLICES_A_TURN = 24;

export function applyFilter(state: State, filter: Filter): State {
  const matches = new Matches(state.log, filter);
  const changed = restartBackfill({ ...state, filter, matches, filterChanges: state.filterChanges + 1 });
  return continueMatching(changed);
}

/** Looks at more of the log, the newest first, when a filter has not seen all of it yet. */
export function continueMatching(state: State): State {
  let slices = 0;
  state.matches.continueBuild(() => ++slices < SLICES_A_TURN);
  return settleCursor({ ...state, version: state.version + 1 });
}
