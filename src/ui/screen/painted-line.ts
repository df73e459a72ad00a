/**
 * Finished lines: text that is already clean and laid out, in runs of one style each. Builds, measures, pads and cuts
 * them by display width. Must not know where on the screen a line goes.
 */
import { PLAIN, type Style } from './style.ts';
import { cutToWidth, textWidth } from './width.ts';

export interface PaintedRun {
  /** Printable text: no escape sequences, no line breaks. */
  readonly text: string;
  readonly style: Style;
}

/** One line, its runs from left to right. */
export type PaintedLine = readonly PaintedRun[];

/** A run; plain unless a style is given. */
export function run(text: string, style: Style = PLAIN): PaintedRun {
  return { text, style };
}

/** `line`, cut or padded to exactly `width` cells; the padding is in `padStyle`, plain unless told. */
export function fitLine(line: PaintedLine, width: number, padStyle: Style = PLAIN): PaintedLine {
  const runs: PaintedRun[] = [];
  let room = width;
  for (const { text, style } of line) {
    const cells = textWidth(text);
    const kept = cells > room ? cutToWidth(text, room) : text;
    if (kept !== '') runs.push({ text: kept, style });
    room -= cells > room ? textWidth(kept) : cells;
    // What is left over behind half a wide character is padding: nothing further to the right may slip into it.
    if (cells > textWidth(kept)) break;
  }
  if (room > 0) runs.push({ text: ' '.repeat(room), style: padStyle });
  return runs;
}
