import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editLine, emptyLine, insertText, type LineEdit, lineOf } from '../../src/store/line-edit.ts';

const press = (line: LineEdit, keys: readonly string[]) =>
  keys.reduce((current, key) => editLine(current, key) ?? current, line);

describe('a line being typed', () => {
  it.each([
    [['a', 'b', 'left', 'c'], 'acb', 2],
    [['a', 'b', 'home', 'delete', 'end', 'c'], 'bc', 2],
    [['a', 'space', 'b', 'ctrl+w', 'c'], 'a c', 3],
    [['a', 'b', 'ctrl+u', 'c'], 'c', 1],
    [['a', 'b', 'c', 'left', 'left', 'ctrl+k'], 'a', 1],
    [['backspace', 'a', 'right', 'right'], 'a', 1],
    [['é', '👩', 'backspace'], 'é', 1],
  ])('%j gives %s', (keys, text, cursor) => {
    expect(press(emptyLine, keys)).toEqual({ text, cursor });
  });

  it('takes Enter, Esc and unknown keys for no edit', () => {
    for (const key of ['enter', 'esc', 'f5', 'alt+x', 'ctrl+g']) expect(editLine(lineOf('a'), key)).toBeNull();
  });

  it('holds any text that is typed key by key, wherever the cursor stands between', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), (typed) => {
        const points = typed.flatMap((text) => [...text]).filter((point) => point >= ' ');
        expect(points.reduce((line, point) => insertText(line, point), emptyLine).text).toBe(points.join(''));
      }),
    );
  });

  it('keeps its cursor within the text, whatever is pressed', () => {
    const keys = fc.constantFrom(
      'a',
      'é',
      'left',
      'right',
      'home',
      'end',
      'backspace',
      'delete',
      'ctrl+w',
      'ctrl+u',
      'ctrl+k',
    );
    fc.assert(
      fc.property(fc.array(keys), (pressed) => {
        const { text, cursor } = press(emptyLine, pressed);
        expect(cursor).toBeGreaterThanOrEqual(0);
        expect(cursor).toBeLessThanOrEqual([...text].length);
      }),
    );
  });
});
