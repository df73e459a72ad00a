import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownLines, shownText, visibleStart, visibleText } from '../../src/signup/visible-text.ts';

describe('text from the log', () => {
  it.each([
    ['an escape sequence', '\x1b[2Jgone', '␛[2Jgone'],
    ['a title sequence', '\x1b]0;x\x07', '␛]0;x␇'],
    ['C1 controls', 'a\x9b31m', 'a\\u{9b}31m'],
    ['newline, return and tab', 'a\r\n\tb', 'a␍␊␉b'],
    ['NUL and DEL', '\0\x7f', '␀␡'],
    ['a bidirectional override', 'moc.\u202elive', 'moc.\\u{202e}live'],
    ['isolates and marks', '\u2066\u2069\u200e\u200f\u061c', '\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}'],
    ['zero width', 'a\u200bd\u200cm\u2060i\ufeffn', 'a\\u{200b}d\\u{200c}m\\u{2060}i\\u{feff}n'],
    ['a joiner between letters', 'a\u200db', 'a\\u{200d}b'],
    ['a joiner on one side of a picture only', '👩\u200da\u200d👩', '👩\\u{200d}a\\u{200d}👩'],
    ['a soft hyphen', 'ad\u00admin', 'ad\\u{ad}min'],
    ['separators', '\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\\u{d800}b\\u{dc00}'],
    ['tags', '🏴\u{e0067}\u{e007f}', '🏴\\u{e0067}\\u{e007f}'],
    ['private use', '\ue000\u{f0000}\u{10fffd}', '\\u{e000}\\u{f0000}\\u{10fffd}'],
    ['fillers', '\u3164\u115f\uffa0', '\\u{3164}\\u{115f}\\u{ffa0}'],
    ['a selector that selects nothing', 'a\ufe0f1\ufe0f', 'a\\u{fe0f}1\\u{fe0f}'],
    ['noncharacters', '\uffff\ufdd0', '\\u{ffff}\\u{fdd0}'],
  ])('shows %s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it.each([
    'ana@example.org',
    'Zoë Müller ñandú',
    'Δοκιμή Проверка',
    'مثال ١٢٣ דוגמה',
    'उदाहरण ตัวอย่าง',
    '例え 예시 例子',
    '\u0600\u06dd',
    'e\u0301 and a\u00a0space',
    '👩‍👩‍👧 👍🏽 👩🏽‍💻 ❤️ ❤️‍🔥 1️⃣ 🇦🇹 ☎︎',
  ])('leaves %s as it is', (text) => {
    expect(visibleText(text)).toBe(text);
  });

  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)))
      .map((units) => units.join('')),
    fc
      .array(fc.constantFrom('\u200d', '\ufe0f', '👩', '🏽', '1', '\u20e3', '\x1b', '\u202e', 'a', '\ud83d', '\ue001'))
      .map((parts) => parts.join('')),
  );

  it('never lets out a character that is obeyed or cannot be seen', () => {
    // Written down once more, by ranges, so that this judges the expression that the program uses.
    const isForbidden = (code: number): boolean =>
      code < 0x20 ||
      (code >= 0x7f && code <= 0x9f) ||
      code === 0xad ||
      code === 0x61c ||
      (code >= 0x200b && code <= 0x200f && code !== 0x200d) ||
      (code >= 0x2028 && code <= 0x202e) ||
      (code >= 0x2060 && code <= 0x206f) ||
      (code >= 0xd800 && code <= 0xf8ff) ||
      code === 0xfeff ||
      (code >= 0xfff9 && code <= 0xfffb) ||
      (code & 0xfffe) === 0xfffe ||
      (code >= 0xe0000 && code <= 0xe0fff) ||
      code >= 0xf0000;
    fc.assert(
      fc.property(nasty, (text) => {
        const bad = [...visibleText(text)].filter((character) => isForbidden(character.codePointAt(0) ?? 0));
        expect(bad).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is done once: what comes out goes through unchanged', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
      { numRuns: 1000 },
    );
  });

  /** All of it as one expression: slower by far, and without a table that could be wrong. */
  const dangerous = new RegExp(
    [
      String.raw`(?!(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic}))`,
      String.raw`(?!(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f])`,
      String.raw`(?!(?<=[0-9#*])\ufe0f(?=\u20e3))`,
      String.raw`(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])`,
      String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]`,
    ].join(''),
    'gu',
  );

  it('replaces those characters and no others', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const kept = text.split(dangerous);
        let at = 0;
        const shown = visibleText(text);
        for (const part of kept) {
          at = shown.indexOf(part, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += part.length;
        }
        expect(shown === text).toBe(kept.length === 1);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a long text', () => {
  it.each([
    ['as long as may be', 'x'.repeat(10), 'x'.repeat(10)],
    ['longer', 'x'.repeat(1_010), `${'x'.repeat(10)}… 1,000 more characters`],
    ['with an emoji where it is cut', `${'x'.repeat(9)}👩\u200d👩xx`, `${'x'.repeat(9)}… 7 more characters`],
    ['with controls', '\x1b'.repeat(20), `${'␛'.repeat(10)}… 10 more characters`],
  ])('is shown as far as there is room, and says how much follows: %s', (_, text, shown) => {
    expect(shownText(text, 10)).toBe(shown);
  });

  it('keeps its lines, where it is meant to have several', () => {
    expect(shownLines('a\nb\x1b\nc', 100)).toBe('a\nb␛\nc');
    expect(shownLines('a\nb\nc', 3)).toBe('a\nb\n… 2 more characters');
  });

  it('says nothing where it is cut anyway', () => {
    expect(visibleStart('\x1bxxxx', 3)).toBe('␛xx');
  });
});
