/** Searching the loaded rows: a word typed at the prompt, then from hit to hit. */

import { emptyLine, lineOf } from './line-edit.ts';
import { nextMatch } from './log/search.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { cursorRow, moveTo, rowCount } from './table-cursor.ts';

export function searchOpen(state: State): State {
  return { ...state, overlay: { kind: 'search', edit: state.search === '' ? emptyLine : lineOf(state.search) } };
}

export function searchCancel(state: State): State {
  return { ...state, overlay: null };
}

/** Takes the typed word and goes to the first hit at or below the cursor; an empty word ends the search. */
export function searchAccept(state: State): State {
  if (state.overlay?.kind !== 'search') return state;
  const search = state.overlay.edit.text.trim();
  const next = { ...state, overlay: null, search };
  return search === '' ? next : find(next, 'older', true);
}

export function searchNext(direction: 'older' | 'newer'): (state: State) => State {
  return (state) =>
    state.search === '' ? noticed(state, 'Nothing is searched for: / starts.') : find(state, direction, false);
}

function find(state: State, direction: 'older' | 'newer', includeCursor: boolean): State {
  const count = rowCount(state);
  const step = direction === 'older' ? -1 : 1;
  const cursorRank = count - 1 - Math.max(0, cursorRow(state));
  const rank = nextMatch(state.log, state.matches, state.search, includeCursor ? cursorRank : cursorRank + step, step);
  if (rank >= 0) return moveTo(state, count - 1 - rank, false);
  const where = direction === 'older' ? 'below' : 'above';
  return noticed(state, `"${state.search}" is not in the loaded rows ${where} the cursor.`);
}
