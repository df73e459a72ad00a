/** A line being typed, with its cursor as a reversed cell. */
import type { LineEdit } from '../store/line-edit.ts';
import { type Line, piece, told } from './line.ts';

export function promptLine(label: string, { text, cursor }: LineEdit): Line {
  const points = [...text];
  return [
    piece(label, 'strong'),
    told(points.slice(0, cursor).join('')),
    told(points[cursor] ?? ' ', 'found'),
    told(points.slice(cursor + 1).join('')),
  ];
}

/** The part of a long line that has the cursor in it, for `width` cells; what is far behind them is left out. */
export function aroundCursor({ text, cursor }: LineEdit, width: number): LineEdit {
  const points = [...text];
  const first = Math.max(0, Math.min(cursor - Math.floor(width / 2), points.length - width + 1));
  // Some take no cell at all, such as the parts of a letter.
  return { text: points.slice(first, first + 8 * width).join(''), cursor: cursor - first };
}
