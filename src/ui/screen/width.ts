/**
 * How many cells a piece of text takes, and how sure that is. Splits text into graphemes with string-width's tables
 * (ambiguous width counts as 1). Must not draw, and must not be handed escape sequences.
 */
import stringWidth from 'string-width';

export interface Glyph {
  /** What is written to the terminal: one grapheme, without control characters. */
  readonly text: string;
  /** Cells that it takes, at least 1. */
  readonly width: number;
  /**
   * 0 when every terminal agrees on `width`; otherwise the most cells that some terminal may use for it. After such a
   * glyph the cursor may be anywhere.
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

const segmenter = new Intl.Segmenter();
const MOST_REMEMBERED = 4096;
const remembered = new Map<string, Glyph | null>();

/**
 * Calls `visit` with each grapheme of `text` that takes room, from left to right, with its width and reach (see
 * `Glyph`). Graphemes of no width are left out; control characters come as U+FFFD.
 */
export function eachGlyph(text: string, visit: (glyph: string, width: number, reach: number) => void): void {
  let i = 0;
  while (i < text.length) {
    const kind = kindOf(text.charCodeAt(i));
    if (kind !== JOINS && (i + 1 === text.length || kindOf(text.charCodeAt(i + 1)) !== JOINS)) {
      visit(text.charAt(i), kind === WIDE ? 2 : 1, kind === AMBIGUOUS ? 2 : 0);
      i++;
      continue;
    }
    // Everything up to the next place between two letters that stand alone goes through the segmenter.
    let end = i + 1;
    while (
      end < text.length &&
      (kindOf(text.charCodeAt(end - 1)) === JOINS || kindOf(text.charCodeAt(end)) === JOINS)
    ) {
      end++;
    }
    for (const { segment } of segmenter.segment(text.slice(i, end))) {
      const glyph = glyphOf(segment);
      if (glyph !== null) visit(glyph.text, glyph.width, glyph.reach);
    }
    i = end;
  }
}

/** Cells that `text` takes when it is drawn in one line. */
export function textWidth(text: string): number {
  let total = 0;
  eachGlyph(text, (_glyph, width) => {
    total += width;
  });
  return total;
}

/** The longest beginning of `text` that takes at most `width` cells; a wide character is never halved. */
export function cutToWidth(text: string, width: number): string {
  let kept = '';
  let room = width;
  eachGlyph(text, (glyph, cells) => {
    if (cells > room) room = 0;
    if (room === 0) return;
    kept += glyph;
    room -= cells;
  });
  return kept;
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
  const points = [...grapheme].map((character) => character.codePointAt(0) ?? 0);
  const [first = 0, ...rest] = points;
  if (rest.length === 0 && within(HANGING, first)) return { text: REPLACEMENT, width: 1, reach: 2 };
  const base = reachOfOne(first);
  if (rest.every(isPlainMark)) return { text: grapheme, width, reach: base };
  const most = points.reduce((sum, point) => sum + mostCells(point), 0);
  return { text: grapheme, width, reach: Math.min(255, Math.max(width, most)) };
}

function reachOfOne(point: number): number {
  const text = String.fromCodePoint(point);
  if (within(SURELY_WIDE, point)) return stringWidth(text) === 2 ? 0 : 2;
  const narrow = point < 0x10000 && stringWidth(text, { ambiguousIsNarrow: false }) === 1;
  // Terminals guess differently about emoji, and about what was not assigned when they were made.
  return narrow && !/[\p{Extended_Pictographic}\p{Cn}]/u.test(text) ? 0 : 2;
}

function mostCells(point: number): number {
  if (point === 0x200d || (point >= 0xfe00 && point <= 0xfe0f) || isPlainMark(point)) return 0;
  return point < 0x300 ? 1 : 2;
}

/** The combining marks that every terminal knows. */
function isPlainMark(point: number): boolean {
  return point >= 0x300 && point <= 0x36f;
}

function within(ranges: readonly (readonly [number, number])[], code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}
