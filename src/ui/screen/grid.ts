/**
 * The screen as cells. A cell holds a glyph (empty for the cells that a wide glyph to its left covers), a style and how
 * far the glyph may reach. A glyph may be a whole word, where terminals disagree about the widths of its letters. Must not know escape sequences.
 */
import { PLAIN, type Style, showsOnBlanks } from './style.ts';
import { continuesRun, eachGlyph, type Glyph } from './width.ts';

/** Cell (x, y) is at index `y * columns + x` of each array. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: string[];
  readonly styles: Uint32Array;
  readonly reaches: Uint16Array;
}

/** A grid of untouched cells. */
export function blankGrid(columns: number, rows: number): Grid {
  const size = columns * rows;
  return {
    columns,
    rows,
    glyphs: new Array<string>(size).fill(' '),
    styles: new Uint32Array(size),
    reaches: new Uint16Array(size),
  };
}

/**
 * Writes `text` from (x, y), at most up to column `limit` (not included), and returns the column after it. A wide glyph
 * that does not fit before the limit becomes spaces.
 */
export function drawText(grid: Grid, x: number, y: number, text: string, style: Style, limit: number): number {
  const end = Math.min(limit, grid.columns);
  let column = x;
  let run: Glyph | null = null;
  let spaces = 0;
  eachGlyph(text, (glyph, width, reach) => {
    if (column >= end) return false;
    const own = { text: glyph, width, reach };
    if (column + width > end) {
      fillBlank(grid, column, y, end, style);
    } else if (glyph === ' ') {
      putGlyph(grid, column, y, own, style);
      spaces += 1;
    } else if (run !== null && spaces <= 1 && continuesRun(run, glyph, spaces === 1)) {
      const start: number = column - spaces - run.width;
      run = joined(spaces === 1 ? joined(run, BLANK) : run, own);
      putGlyph(grid, start, y, run, style);
      spaces = 0;
    } else {
      putGlyph(grid, column, y, own, style);
      run = reach === 0 ? null : own;
      spaces = 0;
    }
    column += width;
    return true;
  });
  return Math.min(column, end);
}

function joined(run: Glyph, { text, width, reach }: Glyph): Glyph {
  return { text: run.text + text, width: run.width + width, reach: run.reach + (reach === 0 ? width : reach) };
}

const BLANK: Glyph = { text: ' ', width: 1, reach: 0 };

/** Fills the cells from `from` to `to` (not included) with spaces. */
export function fillBlank(grid: Grid, from: number, y: number, to: number, style: Style): void {
  for (let x = from; x < to; x++) putGlyph(grid, x, y, BLANK, style);
}

/** Whether the cell at this index looks untouched. */
export function isBlank(grid: Grid, index: number): boolean {
  return grid.glyphs[index] === ' ' && grid.styles[index] === PLAIN;
}

/** Whether two cells, of the same or of different grids, look the same. */
export function sameCell(a: Grid, indexA: number, b: Grid, indexB: number): boolean {
  return a.glyphs[indexA] === b.glyphs[indexB] && a.styles[indexA] === b.styles[indexB];
}

function putGlyph(grid: Grid, x: number, y: number, { text, width, reach }: Glyph, style: Style): void {
  const { glyphs, styles, reaches } = grid;
  const row = y * grid.columns;
  const at = row + x;
  if (glyphs[at] === '') blankOut(grid, at - 1, -1, row);
  for (let i = at + 1; i < at + width; i++) {
    glyphs[i] = '';
    styles[i] = style;
    reaches[i] = 0;
  }
  if (x + width < grid.columns && glyphs[at + width] === '') blankOut(grid, at + width, 1, row + grid.columns);
  glyphs[at] = text;
  // A space looks the same in every style that only concerns ink: one way to write it, so that it compares equal.
  styles[at] = text === ' ' && !showsOnBlanks(style) ? PLAIN : style;
  reaches[at] = reach;
}

/** What is left of a wide glyph that was written over: the cells from `from` in one direction become spaces. */
function blankOut(grid: Grid, from: number, step: 1 | -1, end: number): void {
  const { glyphs, styles, reaches } = grid;
  for (let i = from; step === 1 ? i < end : i >= end; i += step) {
    const covered = glyphs[i] === '';
    if (step === 1 && !covered) return;
    glyphs[i] = ' ';
    if (!showsOnBlanks(styles[i] ?? PLAIN)) styles[i] = PLAIN;
    reaches[i] = 0;
    if (step === -1 && !covered) return;
  }
}
