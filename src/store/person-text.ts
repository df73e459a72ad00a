/** Leaving a person out of a text: what they signed up with, and the ID of the account that was made. Pure. */
import { visibleText } from '../signup/visible-text.ts';

/** The words by which an attempt tells who it was. */
export type Person = readonly string[];

const LEFT_OUT = '(left out)';

/** Takes text from outside, not yet made visible, and gives it without what was to be left out of it. */
export type LeaveOut = (text: string) => string;

/**
 * Prepares leaving these words out of texts, whatever letter case they are written in; null leaves texts as they are. It
 * makes no pattern of the words: one of 100,000 characters overflows the stack of the engine.
 */
export function leavingOut(person: Person | null): LeaveOut {
  if (person === null) return (text) => text;
  const words = person.flatMap((word) => [word, visibleText(word), JSON.stringify(word).slice(1, -1)]);
  // The longest first: an address can begin with another one.
  const wanted = [...new Set(words.map(folded))].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  return (text) => {
    const searched = folded(text);
    let left = '';
    for (let at = 0; ; ) {
      const found = firstOf(wanted, searched, at);
      if (found === null) return left + text.slice(at);
      left += text.slice(at, found.at) + LEFT_OUT;
      at = found.at + found.length;
    }
  };
}

/** Where the first of the words stands from `from` on, and how long it is; of several at one place the longest. */
function firstOf(words: readonly string[], text: string, from: number): { at: number; length: number } | null {
  let first: { at: number; length: number } | null = null;
  for (const word of words) {
    const at = text.indexOf(word, from);
    if (at >= 0 && (first === null || at < first.at)) first = { at, length: word.length };
  }
  return first;
}

/**
 * Without the difference between small and capital letters, and as long as the text, so that places in both are the same.
 * One letter only has a small form that is longer, and one has two.
 */
function folded(text: string): string {
  const small = text.replaceAll('\u0130', 'i').toLowerCase().replaceAll('\u03c2', '\u03c3');
  return small.length === text.length ? small : text;
}
