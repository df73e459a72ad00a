/** How many cells text takes, and which glyphs terminals disagree about. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cutToWidth, eachGlyph, textWidth } from '../../../src/ui/screen/width.ts';

const SURE = 0;

function glyphsOf(text: string): readonly (readonly [string, number, number])[] {
  const glyphs: (readonly [string, number, number])[] = [];
  eachGlyph(text, (glyph, width, reach) => glyphs.push([glyph, width, reach]));
  return glyphs;
}

describe('glyphs', () => {
  test.each([
    [
      'plain letters',
      'ab',
      [
        ['a', 1, SURE],
        ['b', 1, SURE],
      ],
    ],
    [
      'ideographs and kana',
      '日あ',
      [
        ['日', 2, SURE],
        ['あ', 2, SURE],
      ],
    ],
    ['full width', 'Ａ', [['Ａ', 2, SURE]]],
    [
      'a letter with a mark',
      'xe\u0301x',
      [
        ['x', 1, SURE],
        ['e\u0301', 1, SURE],
        ['x', 1, SURE],
      ],
    ],
    ['ambiguous width, perhaps two cells', '…', [['…', 1, 2]]],
    ['an emoji, perhaps one cell', '😀', [['😀', 2, 2]]],
    ['a family, perhaps six cells', '👨\u200d👩\u200d👧', [['👨\u200d👩\u200d👧', 6, 6]]],
    ['a flag', '🇩🇪', [['🇩🇪', 4, 4]]],
    ['a conjunct of Devanagari, one cell or two', 'क\u094dष', [['क\u094dष', 2, 2]]],
    ['a syllable with a vowel sign of its own', 'कि', [['कि', 2, 2]]],
    ['a syllable of Hangul in parts', '\u1100\u1161', [['\u1100\u1161', 3, 3]]],
    ['a letter that may be wide', 'Я', [['Я', 1, 2]]],
    ['a sign that may be an emoji', '☎', [['☎', 2, 2]]],
    ['a symbol as emoji', '❤\ufe0f', [['❤\ufe0f', 2, 2]]],
    [
      'what takes no room is left out',
      'a\u200b\u202eb\u00ad',
      [
        ['a', 1, SURE],
        ['b', 1, SURE],
      ],
    ],
    [
      'control characters are never obeyed',
      'a\x1b[2J',
      [
        ['a', 1, SURE],
        ['\ufffd', 1, 2],
        ['[', 1, SURE],
        ['2', 1, SURE],
        ['J', 1, SURE],
      ],
    ],
    ['a vowel of Hangul alone', '\u1161', [['\ufffd', 1, 2]]],
  ] as const)('%s', (_name, text, expected) => {
    expect(glyphsOf(text)).toEqual(expected);
  });
});

const someText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('é', '日', '…', '👍🏽', 'e\u0301'),
    ),
  )
  .map((parts) => parts.join(''));

test('the width is that of string-width, or more where a terminal may use more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sum = glyphsOf(text).reduce((total, [glyph, width, reach]) => {
        const measured = stringWidth(glyph);
        const isAmple = width === reach && width > measured;
        return total + (isAmple ? measured : width);
      }, 0);
      expect(sum).toBe(stringWidth(text, { countAnsiEscapeCodes: true }));
    }),
  );
});

test('a cut text fits, begins the same, and could not be longer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 20 }), (text, width) => {
      const cut = cutToWidth(text, width);
      expect(textWidth(cut)).toBeLessThanOrEqual(width);
      const glyphs = glyphsOf(text);
      const kept = glyphsOf(cut);
      expect(kept).toEqual(glyphs.slice(0, kept.length));
      const following = glyphs[kept.length];
      if (following) expect(textWidth(cut) + following[1]).toBeGreaterThan(width);
    }),
  );
});

test('no text draws a control character', () => {
  fc.assert(
    fc.property(someText, (text) => {
      for (const [glyph, width] of glyphsOf(text)) {
        expect(glyph).not.toMatch(/\p{Cc}/u);
        expect(width).toBeGreaterThan(0);
      }
    }),
  );
});
