/** Lines that were made to be drawn, as lines to be read: without columns, padding and tones. Pure. */
import type { Line } from '../line.ts';

/** Wider than any text: nothing is wrapped or cut. */
export const UNWRAPPED = 100_000;

export function plainText(line: Line): string {
  return line
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A label in the first piece and its text in the others: `Code: 50181 wrong e-mail code`. */
export function labelledText(line: Line): string {
  const [label, ...text] = line;
  const name = label === undefined ? '' : plainText([label]);
  const said = plainText(text);
  return name === '' || said === '' ? plainText(line) : `${name}: ${said}`;
}

/** Without those that are empty. */
export function readable(lines: readonly Line[], textOf: (line: Line) => string): readonly string[] {
  return lines.map(textOf).filter((text) => text !== '');
}
