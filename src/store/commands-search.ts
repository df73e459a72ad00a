/** Searching the loaded rows: a word typed at the prompt, then from hit to hit. */

import { withFollowers } from './followers.ts';
import { emptyLine, lineOf } from './line-edit.ts';
import type { Matches } from './log/matches.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { cursorRow, moveTo } from './table-cursor.ts';

type Direction = 'older' | 'newer';

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
  const lastSearch = search === '' ? state.lastSearch : search;
  const next: State = { ...state, overlay: null, search, seeking: null, lastSearch };
  return search === '' ? next : find(withFollowers(next), 'older', true);
}

/** Ends the search; its word can be recalled. */
export function endSearch(state: State): State {
  return { ...state, search: '', seeking: null };
}

export function searchNext(direction: Direction): (state: State) => State {
  return (state) =>
    state.search === '' ? noticed(state, 'Nothing is searched for: / starts.') : find(state, direction, false);
}

/** More of the log has been looked through: a search that waited for a hit may have one now. */
export function seekOn(state: State): State {
  return state.seeking === null ? state : find(state, state.seeking, true);
}

export interface HitPlace {
  /** Which of the hits the cursor is on, counted from the top of the table. */
  readonly at: number;
  readonly of: number;
  /** There may be more: not all rows have been looked at. */
  readonly soFar: boolean;
}

/** Where the cursor is among the hits; null when it is on none. */
export function hitPlace({ followers, table, log }: Pick<State, 'followers' | 'table' | 'log'>): HitPlace | null {
  const hits = followers.hits?.matches;
  const position = table.cursorId === null ? -1 : log.positionOf(table.cursorId);
  const rank = hits && position >= 0 ? hits.rankOf(position) : -1;
  return hits && rank >= 0 ? { at: hits.size - rank, of: hits.size, soFar: !hits.isComplete } : null;
}

function find(state: State, direction: Direction, includeCursor: boolean): State {
  const hits = state.followers.hits?.matches;
  if (!hits) return state;
  const row = hitFrom(state, hits, direction, includeCursor);
  const { search } = state;
  if (row !== null) return moveTo({ ...state, seeking: null }, row, false);
  if (!hits.isComplete) return noticed({ ...state, seeking: direction }, `Looking for "${search}" ...`);
  const done: State = { ...state, seeking: null };
  if (hits.size === 0) return noticed(done, `"${search}" is in none of the loaded rows.`);
  const [where, key] = direction === 'older' ? ['below', 'N'] : ['above', 'n'];
  return noticed(done, `"${search}" is not ${where} the cursor; ${key} goes the other way.`);
}

/** The row of the next hit in a direction; null when there is none. */
function hitFrom(state: State, hits: Matches, direction: Direction, includeCursor: boolean): number | null {
  const { matches } = state;
  const last = matches.size - 1;
  const cursorRank = last - Math.max(0, cursorRow(state));
  const cursor = matches.at(cursorRank);
  const own = hits.rankOf(cursor);
  if (own >= 0 && includeCursor) return last - cursorRank;
  const step = direction === 'older' ? -1 : 1;
  const rankInTable = (rank: number) => matches.rankOf(hits.at(rank));
  let rank = own >= 0 ? own + step : hits.nearest(cursor);
  // The nearest one may be on the other side.
  if (own < 0 && rank >= 0 && (rankInTable(rank) - cursorRank) * step < 0) rank += step;
  return rank < 0 || rank >= hits.size ? null : last - rankInTable(rank);
}
