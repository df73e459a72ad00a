/** Searching the loaded rows: a word typed at the prompt, then from hit to hit. */

import { emptyLine, lineOf } from './line-edit.ts';
import { nextMatch, placeOfHit } from './log/search.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { cursorRow, moveTo, rowCount } from './table-cursor.ts';

export function searchOpen(state: State): State {
  return { ...state, overlay: { kind: 'search', edit: emptyLine } };
}

export function searchCancel(state: State): State {
  return { ...state, overlay: null };
}

/** Puts the word that was searched for last into the prompt. */
export function searchRecall(state: State): State {
  return { ...state, overlay: { kind: 'search', edit: lineOf(state.lastSearch) } };
}

/** Takes the typed word and goes to the first hit at or below the cursor; an empty word ends the search. */
export function searchAccept(state: State): State {
  if (state.overlay?.kind !== 'search') return state;
  const search = state.overlay.edit.text.trim();
  const next = { ...state, overlay: null, search, hit: null, lastSearch: search === '' ? state.lastSearch : search };
  return search === '' ? next : find(next, 'older', true);
}

/** Ends the search; its word can be recalled. */
export function endSearch(state: State): State {
  return { ...state, search: '', hit: null };
}

export function searchNext(direction: 'older' | 'newer'): (state: State) => State {
  return (state) =>
    state.search === '' ? noticed(state, 'Nothing is searched for: / starts.') : find(state, direction, false);
}

function find(state: State, direction: 'older' | 'newer', includeCursor: boolean): State {
  const { log, matches, search } = state;
  const count = rowCount(state);
  const step = direction === 'older' ? -1 : 1;
  const cursorRank = count - 1 - Math.max(0, cursorRow(state));
  const rank = nextMatch(log, matches, search, includeCursor ? cursorRank : cursorRank + step, step);
  if (rank >= 0) return { ...moveTo(state, count - 1 - rank, false), hit: placeOfHit(log, matches, search, rank) };
  const { of } = placeOfHit(log, matches, search, 0);
  if (of === 0) return noticed({ ...state, hit: { at: 0, of: 0 } }, `"${search}" is in none of the loaded rows.`);
  const [where, key] = direction === 'older' ? ['below', 'N'] : ['above', 'n'];
  return noticed(state, `"${search}" is not ${where} the cursor; ${key} goes the other way.`);
}
