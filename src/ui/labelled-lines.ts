/** A label and its text beside it, as the pane has them. */
import { shownText } from '../signup/visible-text.ts';
import { type Line, piece, type Tone, wrapText } from './line.ts';

const LABEL_WIDTH = 11;

/** A label and its text, wrapped under itself; of a very long text the beginning, and how much more there is. */
export function field(label: string, text: string, width: number, tone: Tone = 'plain'): readonly Line[] {
  return wrapText(shownText(text), Math.max(10, width - LABEL_WIDTH - 3)).map((part, index) => [
    piece(`  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}`, 'dim'),
    piece(part, tone),
  ]);
}

/** The same, or nothing without a text. */
export function optional(label: string, text: string | null, width: number): readonly Line[] {
  return text === null || text === '' ? [] : field(label, text, width);
}
