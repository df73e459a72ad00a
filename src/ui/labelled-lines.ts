/** A label and its text beside it, as the pane has them. */
import { visibleText } from '../signup/visible-text.ts';
import { type Line, piece, type Tone, told, wrapText } from './line.ts';

const LABEL_WIDTH = 11;

/** A label and its text, wrapped under itself. */
export function field(label: string, text: string, width: number, tone: Tone = 'plain'): readonly Line[] {
  return wrapText(visibleText(text), Math.max(10, width - LABEL_WIDTH - 3)).map((part, index) => [
    piece(`  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}`, 'dim'),
    told(part, tone),
  ]);
}

/** The same, or nothing without a text. */
export function optional(label: string, text: string | null, width: number): readonly Line[] {
  return text === null || text === '' ? [] : field(label, text, width);
}
