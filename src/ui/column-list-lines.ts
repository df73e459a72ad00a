/** The list of columns, over the table: which are shown, in which order, and which one the table is sorted by. */
import type { State } from '../store/state.ts';
import type { ColumnName } from '../store/table-view.ts';
import { tellsOf, titleOf } from './event-columns.ts';
import type { Glyphs } from './glyphs.ts';
import type { Line } from './line.ts';
import { type ListRow, listLines } from './panel-lines.ts';
import { plannedColumns } from './table-lines.ts';

/** Exactly `height` lines. */
export function columnListLines(state: State, column: ColumnName, height: number, glyphs: Glyphs): readonly Line[] {
  const { columns, sort } = state.view;
  const drawn = new Set(plannedColumns(state, glyphs).columns.map(({ name }) => name));
  const rows = columns.map(({ name, shown }): ListRow => {
    const box = shown ? '[x] ' : '[ ] ';
    const direction = name === 'time' ? (sort.ascending ? 'oldest first' : 'newest first') : 'sorted by this';
    const sorted = sort.column === name ? `${glyphs.sorted[sort.ascending ? 'up' : 'down']} ${direction}` : '';
    // A column that is scrolled off comes back by itself; one without room needs another to go.
    const noRoom = shown && !drawn.has(name) && state.table.columnOffset === 0 ? 'no room for it' : '';
    return [
      box,
      `${titleOf(name).padEnd(10)} ${tellsOf(name).padEnd(38)}`,
      [sorted, noRoom].filter(Boolean).join('  '),
    ];
  });
  const at = columns.findIndex(({ name }) => name === column);
  return listLines(state, ' Columns, from left to right', rows, at, height, glyphs);
}
