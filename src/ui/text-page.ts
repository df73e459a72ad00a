/** A text over the whole screen, from its first column on and without anything beside it, so that a mouse can select it. */
import { type Line, piece } from './line.ts';
import { cutToWidth } from './screen/width.ts';

/** The text, which is harmless already, in lines of at most `columns` cells. */
export function plainTextLines(text: string, columns: number): readonly Line[] {
  return text.split('\n').flatMap((line) => chunks(line, Math.max(2, columns)).map((part): Line => [piece(part)]));
}

/** Cut wherever it must be, as a terminal would do it. */
function chunks(line: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (let rest = line; ; ) {
    const part = cutToWidth(rest, width);
    parts.push(part);
    rest = rest.slice(part.length);
    if (rest === '' || part === '') return parts;
  }
}
