/**
 * A line of the screen as pieces of text, each with a tone (what it means, not how it looks). Everything that comes from the
 * log or from a server passes through `told`, which makes it harmless; our own words go in as they are.
 */
import { LONGEST_GRAPHEME } from '../signup/graphemes.ts';
import { MOST_SHOWN, visibleStart, visibleText } from '../signup/visible-text.ts';
import { cutToWidth, roomBeside, textWidth } from './screen/width.ts';

export type Tone = 'plain' | 'dim' | 'strong' | 'good' | 'bad' | 'warn' | 'accent' | 'cursor' | 'found' | 'title';

export interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Piece[];

export const blankLine: Line = [];

/** More than any letter of any script takes. */
const CODE_UNITS_A_CELL = LONGEST_GRAPHEME / 2;

/** Words of ours. */
export function piece(text: string, tone: Tone = 'plain'): Piece {
  return { text, tone };
}

/**
 * Text from outside: made visible, never obeyed. Of a long one the beginning is enough, since a line has an end: what can
 * stand in `cells`, where the caller knows how many there are.
 */
export function told(text: string, tone: Tone = 'plain', cells: number = Number.POSITIVE_INFINITY): Piece {
  return { text: visibleStart(text, Math.min(MOST_SHOWN, CODE_UNITS_A_CELL * (cells + 1))), tone };
}

/** The text cut or padded to `width` cells; what is cut ends in `ellipsis`. */
export function cell(from: Piece, width: number, ellipsis: string, align: 'left' | 'right' = 'left'): Piece {
  const missing = roomBeside(from.text, width);
  if (missing < 0) return { ...from, text: cutWith(from.text, width, ellipsis) };
  const padding = ' '.repeat(missing);
  return { ...from, text: align === 'left' ? from.text + padding : padding + from.text };
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** Cuts the line to `width` cells; a line that fits is given back as it is. Looks no further than that. */
export function cutLine(line: Line, width: number, ellipsis: string): Line {
  let left = width;
  for (const [index, part] of line.entries()) {
    const room = roomBeside(part.text, left);
    if (room < 0) return [...line.slice(0, index), { ...part, text: cutWith(part.text, left, ellipsis) }];
    left = room;
  }
  return line;
}

/** `left` and `right` at the two edges of a line of `width` cells; when both do not fit, the left one is cut. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth >= width) return cutLine(right, width, ellipsis);
  const room = width - rightWidth - 1;
  const cut = cutLine(left, room, ellipsis);
  return [...cut, piece(' '.repeat(width - rightWidth - lineWidth(cut))), ...right];
}

/** The line on as many lines as it needs, broken between pieces; only a piece that is wider by itself is cut. */
export function foldLine(line: Line, width: number, ellipsis: string): readonly Line[] {
  const lines: Piece[][] = [[]];
  for (const part of line) {
    const last = lines.at(-1) ?? [];
    const room = width - lineWidth(last);
    const text = textWidth(part.text) <= room ? part.text : part.text.trimEnd();
    if (last.length === 0 || textWidth(text) <= room) last.push({ ...part, text });
    else lines.push([{ ...part, text: part.text.trimStart() }]);
  }
  return lines.map((each) => cutLine(each, width, ellipsis));
}

/** Breaks text into lines of at most `width` cells, at spaces where there are any; one line when that is infinite. */
export function wrapText(text: string, width: number): readonly string[] {
  if (width === Number.POSITIVE_INFINITY) return [text];
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (roomBeside(joined, width) >= 0) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    while (roomBeside(current, width) < 0) {
      const head = cutToWidth(current, width);
      // A single character that is wider than the line would not get shorter.
      if (head === '') break;
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  if (current !== '' || lines.length === 0) lines.push(current);
  return lines;
}

/** No ID is as long; of what stands in place of one, both ends are enough. */
const LONGEST_ID = 256;

/** An ID from outside, made visible and shortened in the middle, so that both ends can be compared: `f4414243…16a6b8`. */
export function shortenMiddle(from: string, width: number, ellipsis: string): string {
  const ends = from.length <= LONGEST_ID ? from : from.slice(0, LONGEST_ID / 2) + from.slice(-LONGEST_ID / 2);
  const id = visibleText(ends);
  if (id.length <= width) return id;
  const room = Math.max(2, width - textWidth(ellipsis));
  const head = Math.ceil(room / 2);
  return `${id.slice(0, head)}${ellipsis}${id.slice(id.length - (room - head))}`;
}

/** `text` cut to exactly `width` cells, its end replaced by `ellipsis` where that fits. */
function cutWith(text: string, width: number, ellipsis: string): string {
  const mark = textWidth(ellipsis) < width ? ellipsis : '';
  const kept = cutToWidth(text, width - textWidth(mark)) + mark;
  // Half of a wide character is not drawn: its place stays empty.
  return kept + ' '.repeat(width - textWidth(kept));
}
