/**
 * What is wrong with a command line or a settings file, and where: the message, the line as it was typed, and carets
 * under the place.
 */
import { visibleText } from '../signup/visible-text.ts';

/** A stretch of one word of a command line: the word's index, then offset and length in its UTF-16 units. */
export interface Place {
  readonly words: readonly string[];
  readonly index: number;
  readonly from: number;
  readonly length: number;
}

/** A stretch of one line of a file, in its UTF-16 units. */
export interface LinePlace {
  readonly line: string;
  readonly from: number;
  readonly length: number;
}

export interface Complaint {
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** What to type instead; several lines are allowed. Empty when nothing useful can be said. */
  readonly advice: string;
  readonly place: Place | LinePlace | null;
}

/** Thrown where an argument cannot be taken, and caught where all of them are read; it never leaves the options. */
export class UsageError extends Error {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.message);
    this.complaint = complaint;
  }
}

/** The whole of the word at `index`. */
export function wholeWord(words: readonly string[], index: number): Place {
  return { words, index, from: 0, length: words[index]?.length ?? 0 };
}

/** A complaint as lines for stderr, with a line feed at the end. */
export function printComplaint({ message, advice, place }: Complaint): string {
  const lines = [`entra-signups: ${visibleText(message)}`];
  if (place !== null) lines.push(...pointAt(place));
  if (advice !== '') lines.push(...advice.split('\n').map(visibleText));
  return `${lines.join('\n')}\n`;
}

function pointAt(place: Place | LinePlace): readonly string[] {
  if ('line' in place) return pointIntoLine(place);
  const { words, index, from, length } = place;
  const before = words.slice(0, index).map((word) => `${quoted(word)} `);
  const word = words[index] ?? '';
  const opening = quoted(word) === visibleText(word) ? '' : "'";
  const indent = `  ${before.join('')}${opening}${visibleText(word.slice(0, from))}`;
  const carets = Math.max(1, visibleText(word.slice(from, from + length)).length);
  const after = words.slice(index + 1).map((next) => ` ${quoted(next)}`);
  return [`  ${before.join('')}${quoted(word)}${after.join('')}`, `${' '.repeat(indent.length)}${'^'.repeat(carets)}`];
}

function pointIntoLine({ line, from, length }: LinePlace): readonly string[] {
  const indent = line.search(/\S|$/);
  const before = visibleText(line.slice(indent, from));
  const carets = Math.max(1, visibleText(line.slice(from, from + length)).length);
  return [`  ${visibleText(line.slice(indent))}`, `  ${' '.repeat(before.length)}${'^'.repeat(carets)}`];
}

/** A word as it could be typed in a shell. */
function quoted(word: string): string {
  const visible = visibleText(word);
  return /^[\w@%+=:,./*-]+$/.test(visible) ? visible : `'${visible}'`;
}
