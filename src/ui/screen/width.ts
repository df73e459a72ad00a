/**
 * How many cells a piece of text takes, and how sure that is. Splits text into graphemes with string-width's tables. Terminals
 * disagree about many of them, so two rules: what is made of several code points, and emoji, get the most cells that any
 * terminal uses, so that nothing of them is ever covered; letters and signs of ambiguous width (Greek, Cyrillic, box lines)
 * count as 1, as nearly everywhere. Must not draw, and must not be handed escape sequences.
 */
import stringWidth from 'string-width';
import { eachGrapheme } from '../../signup/graphemes.ts';

export interface Glyph {
  /** What is written to the terminal: one grapheme, without control characters. */
  readonly text: string;
  /** Cells that it is given, at least 1. */
  readonly width: number;
  /**
   * 0 when every terminal uses `width` cells for it; otherwise the most that some terminal may use. After such a glyph the
   * cursor may be anywhere.
   */
  readonly reach: number;
}

/** Stands for what must not or cannot be drawn. */
const REPLACEMENT = '\u{fffd}';

/**
 * Letters and symbols that stand alone: between two of them there is always a grapheme boundary (UAX #29), so that they
 * need no segmenter. Combining marks, emoji and joiners are not among them.
 */
const STANDALONE: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0x2ff],
  [0x370, 0x377],
  [0x386, 0x482],
  [0x48a, 0x52f],
  [0x1d00, 0x1dbf],
  [0x1e00, 0x1eff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x20a0, 0x20bf],
  [0x2190, 0x22ff],
  [0x2500, 0x25fc],
  [0x2713, 0x2718],
  [0x2800, 0x28ff],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xff5e],
];

/** Wide since before terminals disagreed about emoji: ideographs, kana, Hangul, full-width forms. */
const SURELY_WIDE: readonly (readonly [number, number])[] = [
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/** Alone, some terminals hang these on the cell before: Hangul vowels and final consonants, and a few marks. */
const HANGING: readonly (readonly [number, number])[] = [
  [0x6de, 0x6de],
  [0x1160, 0x11ff],
  [0x1734, 0x1734],
  [0x302e, 0x302f],
  [0xd7b0, 0xd7ff],
];

const UNKNOWN = 0;
const NARROW = 1;
const WIDE = 2;
const AMBIGUOUS = 3;
const JOINS = 4;
const kinds = new Uint8Array(0x10000);

const MOST_REMEMBERED = 4096;
const remembered = new Map<string, Glyph | null>();

/**
 * Calls `visit` with each grapheme of `text` that takes room, from left to right, until it gives false: its text, width and
 * reach (see `Glyph`), and where it ends in `text` (code units). Graphemes of no width are left out; control characters
 * come as U+FFFD.
 */
export function eachGlyph(
  text: string,
  visit: (glyph: string, width: number, reach: number, end: number) => unknown,
): void {
  let i = 0;
  let goesOn = true;
  while (goesOn && i < text.length) {
    const kind = kindOf(text.charCodeAt(i));
    if (kind !== JOINS && (i + 1 === text.length || kindOf(text.charCodeAt(i + 1)) !== JOINS)) {
      goesOn = visit(text.charAt(i), kind === WIDE ? 2 : 1, kind === AMBIGUOUS ? 2 : 0, ++i) !== false;
      continue;
    }
    // What joins is split into graphemes up to the next place between two letters that stand alone.
    const joined = (grapheme: string): boolean => {
      i += grapheme.length;
      const glyph = glyphOf(grapheme);
      goesOn = glyph === null || visit(glyph.text, glyph.width, glyph.reach, i) !== false;
      return goesOn && (kindOf(text.charCodeAt(i - 1)) === JOINS || kindOf(text.charCodeAt(i)) === JOINS);
    };
    eachGrapheme(text, joined, i);
  }
}

/** Cells that `text` takes when it is drawn in one line. */
export function textWidth(text: string): number {
  let total = 0;
  eachGlyph(text, (_glyph, width) => {
    total += width;
    return true;
  });
  return total;
}

/** Cells that `text` leaves of `width`; less than 0 when it is wider, which is found out without looking at all of it. */
export function roomBeside(text: string, width: number): number {
  let room = width;
  eachGlyph(text, (_glyph, cells) => {
    room -= cells;
    return room >= 0;
  });
  return room;
}

/** The longest beginning of `text` that takes at most `width` cells; a wide character is never halved. */
export function cutToWidth(text: string, width: number): string {
  return text.slice(0, lengthInWidth(text, width));
}

/** Code units of the longest beginning of `text` that takes at most `width` cells. Looks no further than that. */
export function lengthInWidth(text: string, width: number): number {
  let length = 0;
  let room = width;
  eachGlyph(text, (_glyph, cells, _reach, end) => {
    room -= cells;
    if (room >= 0) length = end;
    return room > 0;
  });
  return length;
}

function kindOf(code: number): number {
  const known = kinds[code] ?? JOINS;
  if (known !== UNKNOWN) return known;
  const kind = classify(code);
  kinds[code] = kind;
  return kind;
}

function classify(code: number): number {
  if (!within(STANDALONE, code)) return JOINS;
  const glyph = glyphOf(String.fromCharCode(code));
  if (glyph === null) return JOINS;
  if (glyph.width === 2) return glyph.reach === 0 ? WIDE : JOINS;
  return glyph.reach === 0 ? NARROW : AMBIGUOUS;
}

function glyphOf(grapheme: string): Glyph | null {
  const known = remembered.get(grapheme);
  if (known !== undefined) return known;
  const glyph = measure(grapheme);
  // The text comes from outside: a bound, so that ever new graphemes cannot fill the memory.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(grapheme, glyph);
  return glyph;
}

/** Null: takes no room, so there is no cell to put it in. */
function measure(grapheme: string): Glyph | null {
  if (/\p{Cc}/u.test(grapheme)) return { text: REPLACEMENT, width: 1, reach: 2 };
  const width = stringWidth(grapheme);
  if (width === 0) return null;
  const [first = '', ...rest] = grapheme;
  if (rest.length === 0 && within(HANGING, pointOf(first))) return { text: REPLACEMENT, width: 1, reach: 2 };
  if (rest.every(isPlainMark)) return ofOne(grapheme, first, width);
  const most = Math.max(width, grapheme.includes(AS_EMOJI) ? 2 : 1, [...grapheme].reduce(addMostCells, 0));
  return { text: grapheme, width: most, reach: most };
}

/** A letter, with marks that change nothing. */
function ofOne(grapheme: string, base: string, width: number): Glyph {
  if (within(SURELY_WIDE, pointOf(base)) && width === 2) return { text: grapheme, width, reach: 0 };
  // Terminals guess differently about emoji, and about what was not assigned when they were made.
  if (width === 2 || isGuessed(base)) return { text: grapheme, width: 2, reach: 2 };
  const isNarrow = stringWidth(base, { ambiguousIsNarrow: false }) === 1;
  return { text: grapheme, width, reach: isNarrow && pointOf(base) < 0x10000 ? 0 : 2 };
}

/** Asks for the coloured form of a sign, which is two cells wide where it is known. */
const AS_EMOJI = '\ufe0f';

/** What terminals that know nothing of graphemes add up, at most: marks may be none or one cell, the others one or two. */
function addMostCells(sum: number, character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return sum;
  if (/^\p{Mc}$/u.test(character) || within(HANGING, pointOf(character))) return sum + 1;
  const isNarrow = stringWidth(character, { ambiguousIsNarrow: false }) === 1;
  return sum + (isNarrow && pointOf(character) < 0x10000 && !isGuessed(character) ? 1 : 2);
}

function isGuessed(character: string): boolean {
  return pointOf(character) > 0xff && /[\p{Extended_Pictographic}\p{Cn}\p{RI}]/u.test(character);
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * Whether `glyph` is written straight after `run`, in which something doubtful stands, wherever the terminal's cursor is: so
 * that a word stays one word, and a line one line. What follows otherwise is put in its own place. `isNextWord`: there is
 * a space between them.
 */
export function continuesRun(run: Glyph, glyph: string, isNextWord: boolean): boolean {
  // Made of several code points, or an emoji: there is room for all of it, and the next word begins where it should.
  if (run.reach === run.width) return !isNextWord;
  // Words of ambiguous letters may take twice their room, which the next word must not take back.
  if (/^\p{L}/u.test(run.text)) return true;
  return !isNextWord && run.text.startsWith(glyph);
}

/** The combining marks that every terminal knows. */
function isPlainMark(mark: string): boolean {
  return pointOf(mark) >= 0x300 && pointOf(mark) <= 0x36f;
}

function within(ranges: readonly (readonly [number, number])[], code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}
