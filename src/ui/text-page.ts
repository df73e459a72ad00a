/** A text over the whole screen, from its first column on and without anything beside it, so that a mouse can select it. */
import { type Line, piece } from './line.ts';
import { eachGlyph } from './screen/width.ts';

/** The text, which is harmless already, in lines of at most `columns` cells. */
export function plainTextLines(text: string, columns: number): readonly Line[] {
  return text.split('\n').flatMap((line) => chunks(line, Math.max(2, columns)).map((part): Line => [piece(part)]));
}

/** Cut wherever it must be, as a terminal would do it. */
function chunks(line: string, width: number): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let room = width;
  let end = 0;
  eachGlyph(line, (_glyph, cells, _reach, glyphEnd) => {
    if (cells > room) {
      parts.push(line.slice(start, end));
      start = end;
      room = width;
    }
    room -= cells;
    end = glyphEnd;
  });
  return [...parts, line.slice(start)];
}
