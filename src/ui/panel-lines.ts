/** What panels over the table have in common: a rule, a title, and a list around the row under the cursor. */
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cutLine, type Line, piece, told } from './line.ts';

/** A key or label, the text, and what is less important. */
export type ListRow = readonly [label: string, text: string, aside: string];

/** A title and as many rows as fit, around the one under the cursor: exactly `height` lines. */
export function listLines(
  state: Pick<State, 'size'>,
  title: string,
  rows: readonly ListRow[],
  cursor: number,
  height: number,
  glyphs: Glyphs,
): readonly Line[] {
  const { columns } = state.size;
  const room = Math.max(1, height - 2);
  const top = Math.max(0, Math.min(cursor - Math.floor(room / 2), rows.length - room));
  const shown = rows.slice(top, top + room).map(([label, text, aside], index): Line => {
    const underCursor = top + index === cursor;
    return [
      underCursor ? piece(`${glyphs.cursor} `, 'cursor') : piece('  '),
      piece(label, underCursor ? 'accent' : 'dim'),
      told(text, underCursor ? 'accent' : 'plain'),
      told(aside, 'dim'),
    ];
  });
  const more = rows.length > room ? piece(`   ${cursor + 1} of ${rows.length}`, 'dim') : piece('');
  return filled([rule(columns, glyphs), [piece(title, 'strong'), more], ...shown], height, columns, glyphs);
}

export function rule(width: number, glyphs: Glyphs): Line {
  return [piece(glyphs.rule.repeat(width), 'dim')];
}

/** Exactly `height` lines, each cut to the width of the screen. */
export function filled(lines: readonly Line[], height: number, columns: number, glyphs: Glyphs): readonly Line[] {
  return Array.from({ length: height }, (_, index) => cutLine(lines[index] ?? [], columns, glyphs.ellipsis));
}
