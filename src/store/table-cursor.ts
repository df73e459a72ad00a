/**
 * The cursor of the table. It is an event, not a line: whatever arrives, it stays on its event, and its event stays on its
 * line of the screen. Rows are counted from the top: row 0 is the newest event, or the first one of another order.
 */
import { tableRows } from './layout.ts';
import { freshBackfill, type State, type Table } from './state.ts';
import { isNewestFirst } from './unit.ts';

type Rows = Pick<State, 'matches' | 'log'>;

export function rowCount(state: Rows): number {
  return state.matches.size;
}

/** The position in the log of the event in row `row`; -1 when there is none. */
export function positionOfRow(state: Rows, row: number): number {
  const { matches } = state;
  return row < 0 || row >= matches.size ? -1 : matches.at(matches.size - 1 - row);
}

/**
 * The row of the cursor's event. When the filter hides it, the row where it would stand; -1 when there are no rows or the
 * event is not in the log (any more).
 */
export function cursorRow(state: Rows & Pick<State, 'table'>): number {
  const { matches, log, table } = state;
  if (table.cursorId === null || matches.size === 0) return -1;
  const position = log.positionOf(table.cursorId);
  if (position < 0) return -1;
  const rank = matches.rankOf(position);
  return matches.size - 1 - (rank >= 0 ? rank : matches.nearest(position));
}

/** First row in the window of the table. */
export function topRow(state: State): number {
  const count = rowCount(state);
  const height = tableRows(state);
  const at = Math.max(0, cursorRow(state));
  const wanted = at - Math.min(state.table.cursorRow, height - 1);
  return Math.max(0, Math.min(wanted, Math.max(0, count - height)));
}

/** Puts the cursor on a row (clamped), scrolling no more than needed. Row 0 by an edge key follows; others hold. */
export function moveTo(state: State, row: number, follow: boolean): State {
  return wantOlderNearEnd(placeAt(state, row, follow));
}

function placeAt(state: State, row: number, follow: boolean): State {
  const count = rowCount(state);
  if (count === 0) return { ...state, table: { ...state.table, cursorId: null, cursorRow: 0, follow: true } };
  const height = tableRows(state);
  const target = Math.max(0, Math.min(row, count - 1));
  const top = topRow(state);
  const newTop = target < top ? target : target >= top + height ? target - height + 1 : top;
  return {
    ...state,
    table: {
      ...state.table,
      cursorId: idOfRow(state, target),
      cursorRow: target - newTop,
      follow,
      news: newsAfter(state, newTop),
    },
  };
}

/** What came in is seen once the top is, where it came in. */
function newsAfter(state: State, newTop: number): Table['news'] {
  return newTop === 0 && isNewestFirst(state) ? noNews : state.table.news;
}

/** Moves the window and the cursor together by `lines`, as paging does: the cursor keeps its line of the screen. */
export function scrollBy(state: State, lines: number): State {
  const count = rowCount(state);
  const from = cursorRow(state);
  if (count === 0 || from < 0) return state;
  const height = tableRows(state);
  const top = topRow(state);
  const newTop = Math.max(0, Math.min(top + lines, Math.max(0, count - height)));
  // At an edge the window cannot move on: the cursor goes the rest of the way.
  const target = Math.max(0, Math.min(newTop === top ? from + lines : newTop + (from - top), count - 1));
  return wantOlderNearEnd({
    ...state,
    table: {
      ...state.table,
      cursorId: idOfRow(state, target),
      cursorRow: Math.max(0, Math.min(target - newTop, height - 1)),
      follow: false,
      news: newsAfter(state, newTop),
    },
  });
}

export const noNews: Table['news'] = { rows: 0, failed: 0 };

/** To the first row, and stays there as others come. */
export function follow(state: State): State {
  return moveTo({ ...state, table: { ...state.table, cursorRow: 0 } }, 0, true);
}

/**
 * After rows came or went: a following cursor goes to the first row, a held one stays; one whose event is hidden or gone
 * goes to the nearest row that is left.
 */
export function settleCursor(state: State): State {
  const settled = settledCursor(state);
  // While polling is paused, only what a person does asks Graph for more.
  return settled.feed.paused ? settled : wantOlderNearEnd(settled);
}

function settledCursor(state: State): State {
  if (rowCount(state) === 0) return state;
  if (state.table.follow) return placeAt({ ...state, table: { ...state.table, cursorRow: 0 } }, 0, true);
  // Its event may be among those that have not been looked at yet.
  if (!state.matches.isComplete && state.log.positionOf(state.table.cursorId ?? '') >= 0) return state;
  const row = cursorRow(state);
  const at = row < 0 ? rowCount(state) - 1 : row;
  const id = idOfRow(state, at);
  const top = topRow(state);
  if (id === state.table.cursorId && at - top === state.table.cursorRow) return state;
  return { ...state, table: { ...state.table, cursorId: id, cursorRow: at - top } };
}

/**
 * Asks for one more page of the past when the loaded rows end within a screen of what is seen. In another order the end of the
 * rows is not the end of what was read.
 */
function wantOlderNearEnd(state: State): State {
  const { backfill } = state.feed;
  if (backfill.complete || backfill.pagesWanted > backfill.pagesRead || !state.matches.isComplete) return state;
  if (!isNewestFirst(state)) return state;
  // Older events would be dropped as they came.
  if (state.log.size >= state.settings.maxEvents) return state;
  const height = tableRows(state);
  if (topRow(state) + 2 * height < rowCount(state)) return state;
  return { ...state, feed: { ...state.feed, backfill: { ...backfill, pagesWanted: backfill.pagesRead + 1 } } };
}

/** Starts the count of pages anew, as every new feed does. */
export function restartBackfill(state: State): State {
  return { ...state, feed: { ...state.feed, backfill: freshBackfill } };
}

function idOfRow(state: Rows, row: number): string | null {
  const position = positionOfRow(state, row);
  return position < 0 ? null : state.log.id(position);
}
