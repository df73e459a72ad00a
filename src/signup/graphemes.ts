/**
 * Splits text into graphemes (what a reader takes for one character) at a cost that grows with the length of the text. Ask
 * `Intl.Segmenter` about a whole text and each step costs as much as the text is long: 64,000 letters take three seconds.
 */
import { characterSet } from './character-set.ts';

/**
 * Code units that the segmenter sees at a time, and the most that one grapheme may have. The longest emoji sequences have
 * about 20; Unicode's stream-safe format allows 30 combining marks (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format).
 */
export const LONGEST_GRAPHEME = 64;

const segmenter = new Intl.Segmenter();

/**
 * Characters that neither join the one before nor the one after: no marks, joiners, Hangul parts, flags. Between two of them
 * there is always a boundary (https://unicode.org/reports/tr29/#Grapheme_Cluster_Boundary_Rules), so nobody has to be asked.
 */
const standsAlone = characterSet(
  (character) =>
    !/\p{Cc}/u.test(character) && countOf(`a${character}a`) === 3 && countOf(`${character}${character}`) === 2,
);

function countOf(text: string): number {
  return [...segmenter.segment(text)].length;
}

/**
 * Calls `visit` with each grapheme between `from` and `to` (code units, `to` not included), from left to right, until it
 * gives false. A grapheme of more than `LONGEST_GRAPHEME` code units comes in several pieces.
 */
export function eachGrapheme(
  text: string,
  visit: (grapheme: string) => boolean,
  from = 0,
  to: number = text.length,
): void {
  for (let at = from; at < to; ) {
    const next = at + lengthAt(text, at);
    if (isAlone(text, at) && (next >= to || isAlone(text, next))) {
      if (!visit(text.slice(at, next))) return;
      at = next;
      continue;
    }
    const end = endOfWindow(text, next, Math.min(at + LONGEST_GRAPHEME, to));
    for (const { segment, index } of segmenter.segment(text.slice(at, end))) {
      // The last one may go on behind the window: then the next window begins with it.
      if (index > 0 && end < to && at + segment.length === end) break;
      if (!visit(segment)) return;
      at += segment.length;
    }
  }
}

/** The first place from `next` on where there is a boundary for sure, or the end that is given. */
function endOfWindow(text: string, next: number, most: number): number {
  for (let at = next; at < most; ) {
    const after = at + lengthAt(text, at);
    if (isAlone(text, at) && after < text.length && isAlone(text, after)) return Math.min(after, most);
    at = after;
  }
  return betweenCharacters(text, most);
}

function isAlone(text: string, at: number): boolean {
  return standsAlone(text.codePointAt(at) ?? 0);
}

function lengthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Where to cut a text so that at most `most` code units remain and no grapheme is torn (but for one without end). */
export function placeToCut(text: string, most: number): number {
  if (text.length <= most) return text.length;
  const from = betweenCharacters(text, Math.max(0, most - LONGEST_GRAPHEME));
  const around = segmenter.segment(text.slice(from, most + LONGEST_GRAPHEME)).containing(most - from);
  const start = from + (around?.index ?? 0);
  return start > from ? start : betweenCharacters(text, most);
}

/** The place itself, or the one before when it is between the two halves of a surrogate pair. */
function betweenCharacters(text: string, place: number): number {
  return place > 0 && isHigh(text.charCodeAt(place - 1)) && isLow(text.charCodeAt(place)) ? place - 1 : place;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
