/**
 * A line of text being typed, as a value. Editing happens here and not in a component, so that keys that arrive together
 * are applied one after the other and what was typed survives whatever the screen does.
 */

export interface LineEdit {
  readonly text: string;
  /** Place of the cursor, counted in code points. */
  readonly cursor: number;
}

export const emptyLine: LineEdit = { text: '', cursor: 0 };

const LONGEST_LINE = 10_000;

export function lineOf(text: string): LineEdit {
  return { text, cursor: [...text].length };
}

/** Types `text` at the cursor; line breaks of a paste become spaces. */
export function insertText(line: LineEdit, text: string): LineEdit {
  const typed = [...text.replace(/\s*[\r\n]+\s*/g, ' ')];
  const points = [...line.text];
  points.splice(line.cursor, 0, ...typed);
  const kept = points.slice(0, LONGEST_LINE);
  return { text: kept.join(''), cursor: Math.min(line.cursor + typed.length, kept.length) };
}

/** Applies an editing key; null when the key does not edit (Enter, Esc, unknown ones). */
export function editLine(line: LineEdit, key: string): LineEdit | null {
  const points = [...line.text];
  const { cursor } = line;
  const without = (from: number, to: number): LineEdit => {
    points.splice(from, to - from);
    return { text: points.join(''), cursor: from };
  };
  switch (key) {
    case 'backspace':
      return cursor === 0 ? line : without(cursor - 1, cursor);
    case 'delete':
      return cursor === points.length ? line : without(cursor, cursor + 1);
    case 'ctrl+u':
      return without(0, cursor);
    case 'ctrl+k':
      return without(cursor, points.length);
    case 'ctrl+w':
      return without(startOfWord(points, cursor), cursor);
    case 'left':
      return { ...line, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { ...line, cursor: Math.min(points.length, cursor + 1) };
    case 'home':
    case 'ctrl+a':
      return { ...line, cursor: 0 };
    case 'end':
    case 'ctrl+e':
      return { ...line, cursor: points.length };
    case 'space':
      return insertText(line, ' ');
    default:
      return [...key].length === 1 ? insertText(line, key) : null;
  }
}

function startOfWord(points: readonly string[], cursor: number): number {
  let at = cursor;
  while (at > 0 && points[at - 1] === ' ') at--;
  while (at > 0 && points[at - 1] !== ' ') at--;
  return at;
}
