/**
 * Makes text from the log safe to show: everything a terminal could obey, or a reader could not see, becomes visible.
 * Ordinary text of every script stays as it is. It must be the last step before text leaves the program.
 */

const PLAIN_ASCII = /^[\x20-\x7e]*$/;

/*
 * Every character that must not get out:
 * - Cc, Cf: control and format characters (C0, DEL, C1, zero width, bidirectional, tags), but not the Arabic, Syriac
 *   and Kaithi number signs, which are Cf and yet drawn;
 * - Zl, Zp: line and paragraph separators; Cs: lone surrogates; Co: private use (the screen uses these itself);
 * - ignorable characters (fillers, variation selectors, the grapheme joiner) and noncharacters.
 * Spared, because emoji are made of them: a joiner between two pictures, a selector behind a picture or in a keycap.
 */
const DANGEROUS = new RegExp(
  [
    String.raw`(?!(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic}))`,
    String.raw`(?!(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f])`,
    String.raw`(?!(?<=[0-9#*])\ufe0f(?=\u20e3))`,
    String.raw`(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])`,
    String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`,
  ].join(''),
  'gu',
);

/**
 * Takes any text and gives text without a single character that a terminal obeys or a reader cannot see: ESC becomes
 * `␛`, a newline `␊`, a bidirectional override `\u{202e}`. What comes out goes through unchanged a second time.
 */
export function visibleText(text: string): string {
  return PLAIN_ASCII.test(text) ? text : text.replace(DANGEROUS, pictureOf);
}

/** The same for a text that is meant to have several lines: its line breaks stay. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visibleText(line))
    .join('\n');
}

function pictureOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`;
}
