/** Changing the filter from the table: time ranges on digits, all conditions off and on, back and forth, only the hits. */
import type { Term } from '../filter/filter.ts';
import { parseDuration } from '../filter/time-point.ts';
import { setRange } from '../filter/toggle.ts';
import { applyFilter } from './apply-filter.ts';
import { followNewest } from './commands-columns.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';

/** Shows what happened since `text` ago, up to now. */
export function rangeOf(text: string): (state: State) => State {
  return (state) => {
    const lengthMs = parseDuration(text);
    if (lengthMs === null) return state;
    return applyFilter(state, setRange(state.filter, { text, atMs: state.nowMs - lengthMs }, null));
  };
}

/** Back to now: no end of the range, polling on, the newest event at the top and under the cursor. */
export function goLive(state: State): State {
  const polling = state.feed.paused ? { ...state, feed: { ...state.feed, paused: false } } : state;
  const open = polling.filter.until ? applyFilter(polling, { ...polling.filter, until: null }) : polling;
  return followNewest(open);
}

/** Takes all conditions off and keeps them, or puts them on again. The time range stays. */
export function toggleFilter(state: State): State {
  const { filter, shelvedTerms } = state;
  if (filter.terms.length > 0) {
    const off = applyFilter({ ...state, shelvedTerms: filter.terms }, { ...filter, terms: [] });
    return noticed(off, 'All conditions are off; D puts them on again.');
  }
  if (shelvedTerms.length === 0) return noticed(state, 'There are no conditions: f or : makes one.');
  return applyFilter({ ...state, shelvedTerms: [] }, { ...filter, terms: shelvedTerms });
}

/** To the filter before this one (-1), or to the one after it (1). */
export function filterHistory(step: -1 | 1): (state: State) => State {
  return (state) => {
    const { past, future } = state.filterHistory;
    const target = step < 0 ? past.at(-1) : future[0];
    if (!target) return noticed(state, step < 0 ? 'There is no earlier filter.' : 'There is no later filter.');
    const moved = applyFilter(state, target);
    const filterHistory =
      step < 0
        ? { past: past.slice(0, -1), future: [state.filter, ...future] }
        : { past: [...past, state.filter], future: future.slice(1) };
    return { ...moved, filterHistory };
  };
}

/** Shows only the rows that the search finds, or all again. */
export function onlyHits(state: State): State {
  const { filter, search } = state;
  const isSearch = (term: Term) => term.kind === 'text' && !term.negated && term.text === search;
  if (search === '') return noticed(state, 'Nothing is searched for: / starts.');
  if (filter.terms.some(isSearch)) {
    return applyFilter(state, { ...filter, terms: filter.terms.filter((term) => !isSearch(term)) });
  }
  const term: Term = { kind: 'text', text: search, negated: false };
  return applyFilter(state, { ...filter, terms: [...filter.terms, term] });
}
