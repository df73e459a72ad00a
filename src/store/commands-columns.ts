/** Choosing the columns of the table, their order, and the one that it is sorted by. */
import { continueMatching } from './apply-filter.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { follow, noNews, settleCursor } from './table-cursor.ts';
import { type ColumnChoice, type ColumnName, newestFirst, type Sort, shownColumns } from './table-view.ts';
import { freshMatches, isNewestFirst } from './unit.ts';

/** The list of columns, with the cursor on the first one. */
export function columnsOpen(state: State): State {
  return openOn(state, state.view.columns[0]?.name ?? state.view.sort.column);
}

/** The same list, with the cursor on the column that the table is sorted by. */
export function sortOpen(state: State): State {
  return openOn(state, state.view.sort.column);
}

const ofEvents = 'Columns and sorting are those of events: a goes back to them.';

function openOn(state: State, column: ColumnName): State {
  if (state.unit === 'attempts') return noticed(state, ofEvents);
  return settleCursor({ ...state, overlay: { kind: 'columnList', column } });
}

export function columnsClose(state: State): State {
  return settleCursor({ ...state, overlay: null });
}

export function columnsMove(by: number): (state: State) => State {
  return withColumn((state, column) => {
    const { columns } = state.view;
    const at = columns.findIndex(({ name }) => name === column);
    const next = columns[Math.max(0, Math.min(columns.length - 1, at + by))];
    return next ? { ...state, overlay: { kind: 'columnList', column: next.name } } : state;
  });
}

/** Moves the column itself; the cursor goes with it. */
export function columnsShift(by: 1 | -1): (state: State) => State {
  return withColumn((state, column) => {
    const { columns } = state.view;
    const at = columns.findIndex(({ name }) => name === column);
    const [own, other] = [columns[at], columns[at + by]];
    if (!own || !other) return state;
    return withColumns(
      state,
      columns.map((choice) => (choice === own ? other : choice === other ? own : choice)),
    );
  });
}

export const columnsToggle = withColumn((state, column) => {
  const { columns } = state.view;
  const [only, ...others] = shownColumns(state.view);
  if (only === column && others.length === 0) return noticed(state, 'The last column stays: a table needs one.');
  return withColumns(
    state,
    columns.map((choice) => (choice.name === column ? { ...choice, shown: !choice.shown } : choice)),
  );
});

/** Sorts by the column under the cursor of the list; by the same one again: the other way round. */
export const columnsSort = withColumn((state, column) => sortBy(state, sortAgain(state.view.sort, column)));

/** Sorts by the next shown column, or the one before. */
export function sortByNext(by: 1 | -1): (state: State) => State {
  return (state) => {
    if (state.unit === 'attempts') return noticed(state, ofEvents);
    const shown = shownColumns(state.view);
    const at = shown.indexOf(state.view.sort.column);
    const next = shown[at < 0 ? 0 : (at + by + shown.length) % shown.length];
    if (next === undefined || next === state.view.sort.column) return state;
    return sortBy(state, sortAgain(state.view.sort, next));
  };
}

/** Time begins with the newest, all others with the smallest value. */
function sortAgain(sort: Sort, column: ColumnName): Sort {
  return { column, ascending: sort.column === column ? !sort.ascending : column !== 'time' };
}

/** Puts the rows in another order. A held cursor stays on its event, one that follows goes to the first row. */
export function sortBy(state: State, sort: Sort): State {
  const sorted = { ...state, view: { ...state.view, sort }, table: { ...state.table, news: noNews } };
  return continueMatching({ ...sorted, matches: freshMatches(sorted, state.filter) });
}

/** To the newest event, in the order in which newer ones come in above it, and stays there. */
export function followNewest(state: State): State {
  return follow(isNewestFirst(state) ? state : sortBy(state, newestFirst));
}

function withColumns(state: State, columns: readonly ColumnChoice[]): State {
  return { ...state, view: { ...state.view, columns }, table: { ...state.table, columnOffset: 0 } };
}

function withColumn(change: (state: State, column: ColumnName) => State): (state: State) => State {
  return (state) => (state.overlay?.kind === 'columnList' ? change(state, state.overlay.column) : state);
}
