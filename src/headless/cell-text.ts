/** The text of one cell of a printed table: what is shown of a value, how wide it is, and how it is cut. Pure. */
import stringWidth from 'string-width';
import { eachGrapheme } from '../signup/graphemes.ts';
import { shownText } from '../signup/visible-text.ts';

/** More of a value is in no table, whatever its width; `ndjson`, `json` and `csv` have all of it. In code units. */
export const MOST_IN_CELL = 1_000;

const PLAIN_ASCII = /^[ -~]*$/;

/** A value as a cell shows it: nothing in it is obeyed, and of a very long one it says how much is left out. */
export function cellText(value: string): string {
  return shownText(value, MOST_IN_CELL);
}

/** Graphemes come from outside: a bound, so that ever new ones cannot fill the memory. */
const MOST_REMEMBERED = 4096;
const widths = new Map<string, number>();

function graphemeWidth(grapheme: string): number {
  const known = widths.get(grapheme);
  if (known !== undefined) return known;
  const width = stringWidth(grapheme);
  if (widths.size >= MOST_REMEMBERED) widths.clear();
  widths.set(grapheme, width);
  return width;
}

/** Columns of the terminal that a text takes; more than `most` are not counted. */
export function cellWidth(text: string, most: number = Number.POSITIVE_INFINITY): number {
  if (PLAIN_ASCII.test(text)) return text.length;
  let width = 0;
  eachGrapheme(text, (grapheme) => {
    width += graphemeWidth(grapheme);
    return width <= most;
  });
  return width;
}

/** Cut to a width in terminal columns, between what a reader takes for letters. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (cellWidth(text, width) <= width) return text;
  let kept = '';
  let room = width - 1;
  eachGrapheme(text, (grapheme) => {
    room -= graphemeWidth(grapheme);
    if (room >= 0) kept += grapheme;
    return room >= 0;
  });
  return kept + ellipsis;
}
