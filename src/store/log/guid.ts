/**
 * GUIDs as four 32-bit words and back. Only the canonical form (36 characters, lower case, as Graph writes it) has words:
 * everything else must be kept as text, so that what comes out is always what went in.
 */

export type GuidWords = Uint32Array;

const LENGTH = 36;
const DASH = 0x2d;

/** Which of the 32 hexadecimal digits stands at each of the 36 places; -1 for a dash. */
const digitAt: Int8Array = Int8Array.from({ length: LENGTH }, (_, place) => {
  const dashesBefore = [8, 13, 18, 23].filter((dash) => dash < place).length;
  return [8, 13, 18, 23].includes(place) ? -1 : place - dashesBefore;
});

/** Where the digit stands in the text, by number of the digit. */
const placeOf: Int8Array = new Int8Array(32);
digitAt.forEach((digit, place) => {
  if (digit >= 0) placeOf[digit] = place;
});

const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Value of a lower-case hexadecimal digit by its character code; -1 for every other character. */
function hexValue(characterCode: number): number {
  if (characterCode >= 0x30 && characterCode <= 0x39) return characterCode - 0x30;
  return characterCode >= 0x61 && characterCode <= 0x66 ? characterCode - 0x57 : -1;
}

/** Writes the words of a canonical GUID into `into`; false when the text is none. */
export function parseGuid(text: string, into: GuidWords): boolean {
  if (text.length !== LENGTH) return false;
  for (const dash of [8, 13, 18, 23]) if (text.charCodeAt(dash) !== DASH) return false;
  let word = 0;
  for (let digit = 0; digit < 32; digit++) {
    const value = hexValue(text.charCodeAt(placeOf[digit] ?? 0));
    if (value < 0) return false;
    word = (word << 4) | value;
    if ((digit & 7) === 7) into[digit >>> 3] = word;
  }
  return true;
}

export function formatGuid(a: number, b: number, c: number, d: number): string {
  return `${hex(a >>> 16)}${hex(a)}-${hex(b >>> 16)}-${hex(b)}-${hex(c >>> 16)}-${hex(c)}${hex(d >>> 16)}${hex(d)}`;
}

/** The lower 16 bits as four digits. */
function hex(word: number): string {
  return `${pairs[(word >>> 8) & 0xff]}${pairs[word & 0xff]}`;
}

/**
 * Pieces of text at certain places of a GUID. A piece is there when `(word ^ value) & mask` is 0 for each of the words that
 * it touches. For all pieces at once: the word that tells most of each, as three numbers (word, mask, value); then the rest.
 */
export interface GuidPieces {
  readonly firsts: Int32Array;
  readonly rests: readonly (readonly WordPiece[])[];
}

interface WordPiece {
  readonly word: number;
  readonly mask: number;
  readonly value: number;
}

/** The text as the beginning of a GUID; none when it cannot be. */
export function beginningsOf(texts: readonly string[]): GuidPieces {
  return piecesFrom(texts.map((text) => pieceAt(text, 0)));
}

/** The text anywhere in a GUID; none when it cannot be. */
export function partsOf(text: string): GuidPieces {
  return piecesFrom(Array.from({ length: LENGTH }, (_, place) => pieceAt(text, place)));
}

function piecesFrom(pieces: readonly (readonly WordPiece[] | null)[]): GuidPieces {
  const possible = pieces.filter((piece) => piece !== null);
  const firsts = possible.flatMap(([first]) => (first ? [first.word, first.mask, first.value] : [0, 0, 0]));
  return { firsts: Int32Array.from(firsts), rests: possible.map((piece) => piece.slice(1)) };
}

/** How the text looks as a part of a GUID that starts at character `place`; null when it cannot stand there. */
function pieceAt(text: string, place: number): readonly WordPiece[] | null {
  if (text.length + place > LENGTH) return null;
  const words = [0, 1, 2, 3].map((word) => ({ word, mask: 0, value: 0, digits: 0 }));
  for (let at = 0; at < text.length; at++) {
    const digit = digitAt[place + at] ?? -1;
    const value = hexValue(text.charCodeAt(at));
    if (digit < 0 ? text.charCodeAt(at) !== DASH : value < 0) return null;
    const word = words[digit >> 3];
    if (!word) continue;
    const shift = 28 - 4 * (digit & 7);
    word.mask |= 0xf << shift;
    word.value |= value << shift;
    word.digits++;
  }
  return words.filter(({ digits }) => digits > 0).sort((a, b) => b.digits - a.digits);
}
