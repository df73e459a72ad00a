/** Styles as terminals spell them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySgr, sgrBetween } from '../../../src/ui/screen/sgr.ts';
import { COLOURS, PLAIN, style, styleParts } from '../../../src/ui/screen/style.ts';

const someStyle = fc
  .record({
    fg: fc.option(fc.constantFrom(...COLOURS), { nil: undefined }),
    bg: fc.option(fc.constantFrom(...COLOURS), { nil: undefined }),
    bold: fc.boolean(),
    dim: fc.boolean(),
    italic: fc.boolean(),
    underline: fc.boolean(),
    inverse: fc.boolean(),
  })
  .map((parts) => ({ parts, packed: style(parts) }));

test.each([
  ['31', style({ fg: 'red' })],
  ['1;4', style({ bold: true, underline: true })],
  ['97;100', style({ fg: 'whiteBright', bg: 'blackBright' })],
  ['38;5;9', style({ fg: 'redBright' })],
  ['38;5;196', style({ fg: 'redBright' })],
  ['48;5;244', style({ bg: 'blackBright' })],
  ['38;2;0;210;3;1', style({ fg: 'green', bold: true })],
  ['48:2:255:255:250', style({ bg: 'whiteBright' })],
  ['31;39', PLAIN],
  ['1;2;22', PLAIN],
  ['7;4;', PLAIN],
  ['9;53', PLAIN],
])('%s', (parameters, expected) => {
  expect(applySgr(PLAIN, parameters)).toBe(expected);
});

test.each([
  [PLAIN, PLAIN, ''],
  [style({ bold: true, fg: 'red' }), PLAIN, '\x1b[m'],
  [PLAIN, style({ fg: 'cyan' }), '\x1b[36m'],
  [style({ fg: 'cyan' }), style({ fg: 'red' }), '\x1b[31m'],
  [style({ bold: true }), style({ dim: true }), '\x1b[0;2m'],
  [style({ bold: true, fg: 'red', bg: 'blue' }), style({ dim: true, fg: 'red', bg: 'blue' }), '\x1b[22;2m'],
  [style({ fg: 'red', bg: 'blue', italic: true, underline: true }), style({ bold: true }), '\x1b[0;1m'],
])('from %i to %i it takes %j', (from, to, expected) => {
  expect(sgrBetween(from, to)).toBe(expected);
});

test('from any style, or an unknown one, to any other', () => {
  fc.assert(
    fc.property(someStyle, someStyle, (from, to) => {
      expect(obey(from.packed, sgrBetween(from.packed, to.packed))).toBe(to.packed);
      expect(obey(from.packed, sgrBetween(null, to.packed))).toBe(to.packed);
      expect(styleParts(to.packed)).toEqual(to.parts);
    }),
  );
});

function obey(current: number, sequence: string): number {
  return sequence === '' ? current : applySgr(current, sequence.slice(2, -1));
}
