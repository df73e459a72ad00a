/**
 * Makes text from the log safe to show: everything a terminal could obey, or a reader could not see, becomes visible.
 * Ordinary text of every script stays as it is. It must be the last step before text leaves the program.
 *
 * A value can have a million characters. What people look at is cut before anything else is done to it (`shownText`,
 * `visibleStart`); only exports make a whole value visible.
 */
import { characterSet, oncePerCharacter, replaceCharacters } from './character-set.ts';
import { placeToCut } from './graphemes.ts';

/** The most that is shown, searched and said of one value, in code units. Longer ones are cut, and say so. */
export const MOST_SHOWN = 4_000;

const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/*
 * Every character that must not get out:
 * - Cc, Cf: control and format characters (C0, DEL, C1, zero width, bidirectional, tags), but not the Arabic, Syriac
 *   and Kaithi number signs, which are Cf and yet drawn;
 * - Zl, Zp: line and paragraph separators; Cs: lone surrogates; Co: private use (the screen uses these itself);
 * - ignorable characters (fillers, variation selectors, the grapheme joiner) and noncharacters.
 */
const DANGEROUS = new RegExp(
  [
    String.raw`(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])`,
    String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`,
  ].join(''),
  'u',
);

const isDangerous = characterSet((character) => DANGEROUS.test(character));

const JOINER = 0x200d;
const TEXT_STYLE = 0xfe0e;
const EMOJI_STYLE = 0xfe0f;

/** Spared, because emoji are made of them: a joiner between two pictures, a selector behind a picture or in a keycap. */
const IN_EMOJI = new RegExp(
  [
    String.raw`(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]`,
    String.raw`(?<=[0-9#*])\ufe0f(?=\u20e3)`,
  ].join('|'),
  'uy',
);

/**
 * Takes any text and gives text without a single character that a terminal obeys or a reader cannot see: ESC becomes
 * `␛`, a newline `␊`, a bidirectional override `\u{202e}`. What comes out goes through unchanged a second time. One pass
 * over the whole text: a million characters take tens of milliseconds, so what is drawn again and again is cut before.
 */
export function visibleText(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return replaceCharacters(text, isDangerous, (codePoint, at) =>
    isPartOfEmoji(text, codePoint, at) ? null : pictureOf(codePoint),
  );
}

/** The same for a text that is meant to have several lines: its line breaks stay. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visibleText(line))
    .join('\n');
}

/** The beginning of a text, made visible: at most `most` code units of it, for a place that cuts what it gets anyway. */
export function visibleStart(text: string, most: number): string {
  return visibleText(text.length <= most ? text : text.slice(0, placeToCut(text, most)));
}

/** A value as people see it: whole as long as it has at most `most` code units, else its beginning and how much follows. */
export function shownText(text: string, most: number = MOST_SHOWN): string {
  if (text.length <= most) return visibleText(text);
  const end = placeToCut(text, most);
  return `${visibleText(text.slice(0, end))}… ${moreCharacters(text.length - end)}`;
}

/** The same for a text that is meant to have several lines. */
export function shownLines(text: string, most: number): string {
  if (text.length <= most) return visibleLines(text);
  const end = placeToCut(text, most);
  return `${visibleLines(text.slice(0, end))}\n… ${moreCharacters(text.length - end)}`;
}

function moreCharacters(count: number): string {
  return `${count.toLocaleString('en')} more characters`;
}

function isPartOfEmoji(text: string, codePoint: number, at: number): boolean {
  if (codePoint !== JOINER && codePoint !== TEXT_STYLE && codePoint !== EMOJI_STYLE) return false;
  IN_EMOJI.lastIndex = at;
  return IN_EMOJI.test(text);
}

const pictureOf = oncePerCharacter((codePoint) => {
  if (codePoint < 0x20) return String.fromCodePoint(0x2400 + codePoint);
  return codePoint === 0x7f ? '␡' : `\\u{${codePoint.toString(16)}}`;
});
