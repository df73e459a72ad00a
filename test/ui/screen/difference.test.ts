/** What is sent for a change, byte by byte. */
import { describe, expect, test } from 'vitest';
import { compose } from '../../../src/ui/screen/compose.ts';
import { difference } from '../../../src/ui/screen/difference.ts';
import type { Grid } from '../../../src/ui/screen/grid.ts';
import { PaintSlots } from '../../../src/ui/screen/paint-slots.ts';

const AT_HOME = { x: 0, y: 0, style: 0 };
const slots = new PaintSlots();

function screen(...lines: readonly string[]): Grid {
  return compose(lines.join('\n'), slots, { columns: 40, rows: 8, colour: true });
}

function sent(before: Grid, after: Grid): string {
  return difference(before, after, AT_HOME).bytes;
}

describe('a small change', () => {
  test('nothing changed: nothing is sent', () => {
    expect(sent(screen('a', 'b'), screen('a', 'b'))).toBe('');
  });

  test('one letter', () => {
    expect(sent(screen('abc', 'abc'), screen('abc', 'abX'))).toBe('\x1b[2;3HX');
  });

  test('a short gap is written again, a long one is skipped', () => {
    expect(sent(screen('', 'abcdefghijklmnop'), screen('', 'XbYdefghijklmnoZ'))).toBe('\x1b[BXbY\x1b[16GZ');
  });

  test('the end of a line is erased', () => {
    expect(sent(screen('keep this text'), screen('keep'))).toBe('\x1b[6G\x1b[K');
  });

  test('a few cells at the end are written over', () => {
    expect(sent(screen('keep it'), screen('keep'))).toBe('\x1b[6G  ');
  });

  test('a background is not erased away', () => {
    expect(sent(screen('\x1b[41m          \x1b[m'), screen('\x1b[41m  \x1b[m'))).toBe('\x1b[3G\x1b[K');
  });

  test('a style is switched once for what follows each other', () => {
    expect(sent(screen('abcd'), screen('\x1b[31mab\x1b[1mcd\x1b[m'))).toBe('\x1b[31mab\x1b[1mcd');
  });

  test('after a glyph of doubtful width the column is told anew', () => {
    expect(sent(screen('a'), screen('…b'))).toBe('…\x1b[2Gb');
  });

  test('the cells of an emoji are emptied before it is drawn', () => {
    expect(sent(screen('aaa b'), screen('😀  b'))).toBe('  \r😀\x1b[3G ');
  });

  test('a word with a cluster is written in one go, and what follows it in its place', () => {
    expect(sent(screen('a'), screen('\u0915\u094d\u0937\u092f b'))).toBe('\u0915\u094d\u0937\u092f\x1b[5Gb');
  });

  test('a word in letters that some terminals draw wide is written in one go, too', () => {
    expect(sent(screen(''), screen('Нина А.  b'))).toBe('Нина А.\x1b[10Gb');
  });

  test('what a word may have left behind its end is erased', () => {
    expect(sent(screen('Нина'), screen('Ян'))).toBe('    \rЯн\x1b[5G\x1b[K');
  });
});

describe('lines that moved', () => {
  const FOOT = 'a foot that is long enough to stay';
  const row = (n: number) => `${n}${'abcdefghijklmnopqrstuvwxyz'.slice(n)}`;
  const before = screen('head', row(1), row(2), row(3), row(4), row(5), row(6), FOOT);

  test('up: one line is deleted, one inserted and drawn', () => {
    expect(sent(before, screen('head', row(2), row(3), row(4), row(5), row(6), row(7), FOOT))).toBe(
      `\x1b[B\x1b[M\x1b[7H\x1b[L${row(7)}`,
    );
  });

  test('down', () => {
    expect(sent(before, screen('head', row(0), row(1), row(2), row(3), row(4), row(5), FOOT))).toBe(
      `\x1b[7H\x1b[M\x1b[2H\x1b[L${row(0)}`,
    );
  });

  test('up to the bottom of the screen: nothing has to be inserted', () => {
    const whole = screen('head', row(1), row(2), row(3), row(4), row(5), row(6), row(7));
    const after = screen('head', row(2), row(3), row(4), row(5), row(6), row(7), row(8));
    expect(sent(whole, after)).toBe(`\x1b[B\x1b[M\x1b[8H${row(8)}`);
  });

  test('with a mark that stays in its row, which is not drawn for that', () => {
    const marked = (rows: readonly number[]) =>
      screen('head', ...rows.map((n, index) => `${index === rows.length - 1 ? '>' : ' '}${row(n)}`), FOOT);
    expect(sent(marked([1, 2, 3, 4, 5, 6]), marked([2, 3, 4, 5, 6, 7]))).toBe(
      `\x1b[B\x1b[M\x1b[7H\x1b[L\x1b[A \x1b[7H>${row(7)}`,
    );
  });
});

test('an unknown screen is cleared and drawn', () => {
  expect(difference(null, screen('ab'), { x: null, y: null, style: null }).bytes).toBe('\x1b[m\x1b[2J\x1b[Hab');
});
