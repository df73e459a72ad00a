/**
 * A frame of Ink and the painted rows → cells. Ink's frame is text with styles and line breaks; a concealed placeholder
 * in it stands for a painted row. Pure; must not know what the terminal shows now.
 */
import type { TerminalType } from '../../terminal/terminal-type.ts';
import { blankGrid, drawText, fillBlank, type Grid } from './grid.ts';
import type { PaintSlots } from './paint-slots.ts';
import { applySgr } from './sgr.ts';
import { CONCEAL, DIM, ITALIC, PLAIN, type Style, showsOnBlanks, withoutColour } from './style.ts';

export interface ComposeOptions {
  readonly columns: number;
  readonly rows: number;
  /** Without colour, bold, dim, italic, underline and inverse stay. */
  readonly colour: boolean;
  /** What the terminal is; a modern one when not given. */
  readonly type?: TerminalType;
}

/**
 * The cells of a frame: what is wider or higher than the screen is cut off. Spaces of Ink that would fall on a painted
 * row leave it as it is, so that a painted row may lie under text of Ink.
 */
export function compose(frame: string, slots: PaintSlots, { columns, rows, colour, type }: ComposeOptions): Grid {
  const grid = blankGrid(columns, rows);
  const lines = frame.split('\n', rows);
  let current = PLAIN;
  lines.forEach((line, y) => {
    current = composeLine(grid, y, line, slots, current);
  });
  if (!colour) restyle(grid, withoutColour);
  if (type?.dim === false) restyle(grid, (style) => style & ~(DIM | ITALIC));
  if (type?.unicode === false) keepAscii(grid);
  return grid;
}

function restyle({ styles }: Grid, change: (style: Style) => Style): void {
  styles.forEach((style, index) => {
    styles[index] = change(style);
  });
}

/** A question mark in each cell that the terminal has no sign for. */
function keepAscii({ glyphs, reaches }: Grid): void {
  glyphs.forEach((glyph, index) => {
    if (!/^[ -~]$/.test(glyph)) glyphs[index] = '?';
  });
  reaches.fill(0);
}

/** Gives the style that is on at the end of the line. */
function composeLine(grid: Grid, y: number, line: string, slots: PaintSlots, before: Style): Style {
  let style = before;
  let x = 0;
  let paintedUntil = 0;
  let at = 0;
  while (at < line.length) {
    const escapeAt = line.indexOf('\x1b', at);
    const text = line.slice(at, escapeAt === -1 ? undefined : escapeAt);
    if ((style & CONCEAL) !== 0) {
      for (const placeholder of text) {
        paintedUntil = Math.max(paintedUntil, drawRow(grid, x, y, placeholder, slots));
        x++;
      }
    } else if (text !== '') {
      x = drawOver(grid, x, y, text, style, paintedUntil);
    }
    if (escapeAt === -1) break;
    const end = endOfSequence(line, escapeAt);
    if (line[escapeAt + 1] === '[' && line[end - 1] === 'm') style = applySgr(style, line.slice(escapeAt + 2, end - 1));
    at = end;
  }
  return style;
}

/** Draws the painted row that a placeholder stands for; gives the column after it. */
function drawRow(grid: Grid, x: number, y: number, placeholder: string, slots: PaintSlots): number {
  const row = slots.rowOf(placeholder);
  if (!row) return x;
  const limit = Math.min(x + row.width, grid.columns);
  let column = x;
  for (const { text, style } of row.line) column = drawText(grid, column, y, text, style, limit);
  fillBlank(grid, column, y, limit, PLAIN);
  return limit;
}

/** Draws text of Ink; its spaces before `paintedUntil` show what is painted there. */
function drawOver(grid: Grid, x: number, y: number, text: string, style: Style, paintedUntil: number): number {
  let column = x;
  let rest = text;
  while (rest !== '' && column < paintedUntil) {
    const word = showsOnBlanks(style) ? 0 : rest.search(/[^ ]/);
    const spaces = word === -1 ? rest.length : word;
    const transparent = Math.min(spaces, paintedUntil - column);
    column += transparent;
    rest = rest.slice(transparent);
    if (column >= paintedUntil || rest === '') break;
    const space = rest.indexOf(' ', 1);
    const end = space === -1 ? rest.length : space;
    column = drawText(grid, column, y, rest.slice(0, end), style, grid.columns);
    rest = rest.slice(end);
  }
  return rest === '' ? column : drawText(grid, column, y, rest, style, grid.columns);
}

/** Index after the escape sequence that begins at `start`: CSI to its final byte, a string to BEL or ST, else two characters. */
function endOfSequence(line: string, start: number): number {
  const kind = line[start + 1];
  if (kind === '[') {
    let end = start + 2;
    while (end < line.length && !/[@-~]/.test(line.charAt(end))) end++;
    return end + 1;
  }
  if (kind === ']') {
    const bell = line.indexOf('\x07', start);
    const terminator = line.indexOf('\x1b\\', start);
    if (bell !== -1 && (terminator === -1 || bell < terminator)) return bell + 1;
    return terminator === -1 ? line.length : terminator + 2;
  }
  return start + 2;
}
