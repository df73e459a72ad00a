/**
 * From what the terminal shows to what it should show, in the fewest bytes: moves lines that moved, then writes the cells
 * that changed. Pure. It relies on automatic wrapping being off and never scrolls the terminal.
 *
 * Lines are moved with "delete lines" and "insert lines" (CSI M, CSI L) rather than in a scroll region with CSI S and T:
 * as many bytes, the cursor ends where the new line begins, and the Linux console knows them.
 */
import { blankGrid, type Grid, isBlank, sameCell } from './grid.ts';
import { Pen, type PenState } from './pen.ts';
import { applyShift, findShift, type Shift } from './shift.ts';
import { PLAIN } from './style.ts';

export interface Difference {
  /** What to write; empty when nothing changed. */
  readonly bytes: string;
  /** Where the terminal's cursor is then. */
  readonly pen: PenState;
}

/** From this many on, erasing blanks is shorter than writing them. */
const ERASE_BLANKS_FROM = 12;
const ERASE_TAIL_FROM = 4;

/**
 * The bytes that turn `previous` into `next`, for a terminal whose cursor is as `pen` says. `previous` is null when it is
 * not known what the terminal shows (or its size changed): then everything is cleared and drawn.
 */
export function difference(previous: Grid | null, next: Grid, pen: PenState): Difference {
  const writer = new Pen(next.columns, pen);
  let shown = previous;
  if (shown === null || shown.columns !== next.columns || shown.rows !== next.rows) {
    writer.clearScreen();
    shown = blankGrid(next.columns, next.rows);
  }
  const shift = findShift(shown, next);
  if (shift) {
    moveLines(writer, next.rows, shift);
    shown = applyShift(shown, shift);
  }
  for (let y = 0; y < next.rows; y++) drawRow(writer, shown, next, y);
  return { bytes: writer.bytes, pen: writer.state };
}

function moveLines(writer: Pen, rows: number, { top, bottom, by }: Shift): void {
  const count = Math.abs(by);
  const [deleteAt, insertAt] = by > 0 ? [top, bottom - count + 1] : [bottom - count + 1, top];
  // Lines that leave at the bottom of the screen, or come in there, need no second step.
  if (by > 0 || bottom < rows - 1) {
    writer.moveTo(0, deleteAt);
    writer.deleteLines(count);
  }
  if (by < 0 || bottom < rows - 1) {
    writer.moveTo(0, insertAt);
    writer.insertLines(count);
  }
}

function drawRow(writer: Pen, shown: Grid, next: Grid, y: number): void {
  const { columns } = next;
  const row = y * columns;
  const tail = blankTail(next, row);
  // A glyph of doubtful width may have covered the cells up to here; blanks among them only matter after a cluster.
  let coveredUntil = 0;
  let blanksCoveredUntil = 0;
  let x = 0;
  while (x < columns) {
    const i = row + x;
    const covered = x < (isBlank(next, i) ? blanksCoveredUntil : coveredUntil);
    if (!covered && sameCell(shown, i, next, i)) {
      x++;
      continue;
    }
    goTo(writer, next, x, y);
    if (x >= tail && changedTail(shown, next, row, x, blanksCoveredUntil) >= ERASE_TAIL_FROM) {
      writer.eraseToEndOfLine();
      return;
    }
    const blanks = x < tail ? blankRun(next, row, x) : 0;
    if (blanks >= ERASE_BLANKS_FROM) {
      writer.eraseCells(blanks);
      x += blanks;
      continue;
    }
    const glyph = next.glyphs[i] ?? ' ';
    const style = next.styles[i] ?? PLAIN;
    const most = next.reaches[i] ?? 0;
    const width = widthAt(next, row, x);
    if (most === 0) {
      writer.write(glyph, width, style);
    } else {
      writer.writeDoubtful(glyph, width, style);
      coveredUntil = Math.max(coveredUntil, x + most);
      if ([...glyph].length > 1) blanksCoveredUntil = Math.max(blanksCoveredUntil, x + most);
    }
    x += width;
  }
}

/** Goes to (x, y): by writing the cells in between once more where that is shorter than a move. */
function goTo(writer: Pen, next: Grid, x: number, y: number): void {
  const from = writer.state;
  if (from.y !== y || from.x === null || from.x > x || x - from.x >= writer.costOfMove(x, y)) {
    writer.moveTo(x, y);
    return;
  }
  const row = y * next.columns;
  for (let i = row + from.x; i < row + x; i++) {
    const glyph = next.glyphs[i] ?? '';
    const style = next.styles[i] ?? PLAIN;
    const fits = glyph === ' ' ? writer.fitsBlank(style) : style === from.style && /^[!-~]$/.test(glyph);
    if (!fits) {
      writer.moveTo(x, y);
      return;
    }
  }
  for (let i = row + from.x; i < row + x; i++) writer.write(next.glyphs[i] ?? ' ', 1, next.styles[i] ?? PLAIN);
}

/** The first column from which the row is blank to its end. */
function blankTail(grid: Grid, row: number): number {
  let x = grid.columns;
  while (x > 0 && isBlank(grid, row + x - 1)) x--;
  return x;
}

function blankRun(grid: Grid, row: number, from: number): number {
  let x = from;
  while (x < grid.columns && isBlank(grid, row + x)) x++;
  return x - from;
}

/** Cells from `from` to the last one in the row that has to be written. */
function changedTail(shown: Grid, next: Grid, row: number, from: number, coveredUntil: number): number {
  let x = next.columns - 1;
  while (x >= from && x >= coveredUntil && sameCell(shown, row + x, next, row + x)) x--;
  return x - from + 1;
}

function widthAt(grid: Grid, row: number, x: number): number {
  let width = 1;
  while (x + width < grid.columns && grid.glyphs[row + x + width] === '') width++;
  return width;
}
