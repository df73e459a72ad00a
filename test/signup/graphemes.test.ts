/** Graphemes are those of `Intl.Segmenter`, at a cost that grows with the text and not with its square. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eachGrapheme, LONGEST_GRAPHEME, placeToCut } from '../../src/signup/graphemes.ts';
import { hostileUnits, textOf } from '../support/hostile-texts.ts';

function graphemesOf(text: string): readonly string[] {
  const found: string[] = [];
  eachGrapheme(text, (grapheme) => found.push(grapheme) > 0);
  return found;
}

const whole = new Intl.Segmenter();
const parts = [
  'a',
  ' ',
  '\r',
  '\n',
  'e\u0301',
  '\u0301',
  '👩',
  '\u200d',
  '🏽',
  '🇦',
  '🇹',
  '\u1100',
  '\u1161',
  '\u11a8',
  '가',
  'ש',
  '漢',
  '\u0e33',
  '\u0600',
  '\u0915',
  '\u094d',
  '\ud83d',
  '\udc69',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...parts), { maxLength: 200 }).map((units) => units.join('')),
);

describe('graphemes', () => {
  test('are those of the segmenter, as long as none is longer than any that is real', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = [...whole.segment(text)].map(({ segment }) => segment);
        fc.pre(expected.every(({ length }) => length < LONGEST_GRAPHEME));
        expect(graphemesOf(text)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(hostileUnits)('are all of the text, and none is too long: %s', (_, unit) => {
    const text = textOf(unit, 5_000);
    expect(graphemesOf(text).join('')).toBe(text);
    expect(Math.max(...graphemesOf(text).map(({ length }) => length))).toBeLessThanOrEqual(LONGEST_GRAPHEME);
  });

  test('are looked at no further than they are wanted', () => {
    let asked = 0;
    eachGrapheme('ש\u05b0'.repeat(1_000_000), () => ++asked < 3);
    expect(asked).toBe(3);
  });

  test('can be asked about a part of a text', () => {
    const found: string[] = [];
    eachGrapheme('abe\u0301cd', (grapheme) => found.push(grapheme) > 0, 1, 5);
    expect(found).toEqual(['b', 'e\u0301', 'c']);
  });

  test('are not torn by a cut, but for one without end', () => {
    fc.assert(
      fc.property(anyText, fc.nat(220), (text, most) => {
        const place = placeToCut(text, most);
        expect(place).toBeLessThanOrEqual(Math.max(most, 0));
        expect(place).toBeGreaterThan(Math.min(text.length, most) - LONGEST_GRAPHEME - 2);
        expect(text.slice(0, place) + text.slice(place)).toBe(text);
      }),
    );
    expect(placeToCut('ab👩\u200d👩c', 4)).toBe(2);
    expect(placeToCut('\u0301'.repeat(1_000), 500)).toBe(500);
    expect(placeToCut('😀'.repeat(1_000), 501)).toBe(500);
  });
});
