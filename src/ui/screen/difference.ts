/**
 * From what the terminal shows to what it should show, in the fewest bytes: moves lines that moved, then writes the cells
 * that changed. Pure. It relies on automatic wrapping being off and never scrolls the terminal.
 *
 * Lines are moved with "delete lines" and "insert lines" (CSI M, CSI L) rather than in a scroll region with CSI S and T:
 * as many bytes, the cursor ends where the new line begins, and the Linux console knows them.
 */
import { modernTerminal, type TerminalType } from '../../terminal/terminal-type.ts';
import { blankGrid, type Grid, isBlank, sameCell } from './grid.ts';
import { Pen, type PenState } from './pen.ts';
import { applyShift, findShift, type Shift } from './shift.ts';
import { PLAIN, showsOnBlanks } from './style.ts';

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
export function difference(
  previous: Grid | null,
  next: Grid,
  pen: PenState,
  type: TerminalType = modernTerminal,
): Difference {
  const writer = new Pen(next.columns, type, pen);
  let shown = previous;
  if (shown === null || shown.columns !== next.columns || shown.rows !== next.rows) {
    writer.clearScreen();
    shown = blankGrid(next.columns, next.rows);
  }
  const shift = type.movesLines ? findShift(shown, next) : null;
  if (shift) {
    moveLines(writer, next.rows, shift);
    shown = applyShift(shown, shift);
  }
  for (let y = 0; y < next.rows; y++) drawRow(writer, shown, next, y, type);
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

function drawRow(writer: Pen, shown: Grid, next: Grid, y: number, { erasesCells }: TerminalType): void {
  const { columns } = next;
  const row = y * columns;
  const tail = blankTail(next, row);
  // Up to here something may be left of a glyph that was wider than it was thought to be.
  let staleUntil = 0;
  // Up to here a new one may have covered what is not blank; what is blank has been emptied before it.
  let coveredUntil = 0;
  let emptiedUntil = 0;
  let x = 0;
  const pass = (cells: number) => {
    for (const end = x + cells; x < end; x++) {
      if (!sameCell(shown, row + x, next, row + x)) staleUntil = Math.max(staleUntil, x + reachAt(shown, row + x));
    }
  };
  while (x < columns) {
    const i = row + x;
    const isSame = sameCell(shown, i, next, i);
    const isDone = isBlank(next, i) ? x < emptiedUntil : x >= coveredUntil && isSame && x >= staleUntil;
    if (isDone || (isSame && isBlank(next, i) && x >= staleUntil)) {
      pass(1);
      continue;
    }
    goTo(writer, next, x, y);
    if (x >= tail && changedTail(shown, next, row, x, staleUntil) >= ERASE_TAIL_FROM) {
      writer.eraseToEndOfLine();
      return;
    }
    const blanks = erasesCells && x < tail ? blankRun(next, row, x) : 0;
    if (blanks >= ERASE_BLANKS_FROM) {
      writer.eraseCells(blanks);
      pass(blanks);
      continue;
    }
    const glyph = next.glyphs[i] ?? ' ';
    const style = next.styles[i] ?? PLAIN;
    const width = widthAt(next, row, x);
    const most = reachAt(next, i);
    if (most === 0) {
      writer.write(glyph, width, style);
    } else {
      emptiedUntil = Math.min(x + most, x + width + blankRun(next, row, x + width));
      const isUnclean = hasInk(shown, row + x + 1, row + emptiedUntil) || x < staleUntil || showsOnBlanks(style);
      // What does not fit before the edge, terminals leave out.
      const mayNotShow = x + most > columns && (x < coveredUntil || !isBlank(shown, i));
      if ((isUnclean && emptiedUntil > x + 1) || mayNotShow) {
        for (let at = x; at < emptiedUntil; at++) writer.write(' ', 1, at < x + width ? style : PLAIN);
        writer.moveTo(x, y);
      }
      writer.writeDoubtful(glyph, style);
      coveredUntil = Math.max(coveredUntil, x + most);
    }
    pass(width);
  }
}

function reachAt(grid: Grid, index: number): number {
  return grid.reaches[index] ?? 0;
}

function hasInk(grid: Grid, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (!isBlank(grid, i)) return true;
  }
  return false;
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
function changedTail(shown: Grid, next: Grid, row: number, from: number, staleUntil: number): number {
  let x = next.columns - 1;
  while (x >= from && x >= staleUntil && sameCell(shown, row + x, next, row + x)) x--;
  return x - from + 1;
}

function widthAt(grid: Grid, row: number, x: number): number {
  let width = 1;
  while (x + width < grid.columns && grid.glyphs[row + x + width] === '') width++;
  return width;
}
