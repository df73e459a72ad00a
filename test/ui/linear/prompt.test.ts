/** What is typed, on a line that only grows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editLine, type LineEdit, lineOf } from '../../../src/store/line-edit.ts';
import { type Prompt, written } from '../../../src/ui/linear/prompt.ts';

const search = (edit: LineEdit | string): Prompt => ({
  label: 'search: ',
  edit: typeof edit === 'string' ? lineOf(edit) : edit,
});

describe('a prompt', () => {
  test.each<[string, Prompt | null, Prompt | null, readonly string[], string]>([
    ['opens with its label', null, search(''), [], 'search: '],
    ['opens behind what there is to say', null, search('x'), ['Filter.'], 'Filter.\nsearch: x'],
    ['grows by what is typed', search('an'), search('ana'), [], 'a'],
    ['grows by what is pasted', search('a'), search('abcd'), [], 'bcd'],
    ['begins a new line when something is taken away', search('ana'), search('an'), [], '\nsearch: an'],
    [
      'begins a new line when the middle changes',
      search('ana'),
      search({ text: 'anna', cursor: 2 }),
      [],
      '\nsearch: anna',
    ],
    ['stays when nothing changes', search('ana'), search('ana'), [], ''],
    ['says where the cursor went', search('ana'), search({ text: 'ana', cursor: 1 }), [], '\nbefore n\nsearch: ana'],
    [
      'says when it went to the end',
      search({ text: 'ana', cursor: 1 }),
      search('ana'),
      [],
      '\nat the end\nsearch: ana',
    ],
    ['gives way to what is said, and comes back', search('an'), search('an'), ['Failed.'], '\nFailed.\nsearch: an'],
    ['ends its line when it closes', search('an'), null, ['1 of 3.'], '\n1 of 3.\n'],
    ['makes hostile text visible', search(''), search('\u001b[2J'), [], '␛[2J'],
  ])('%s', (_, before, after, lines, text) => {
    expect(written(before, after, lines)).toBe(text);
  });

  test('without one, lines are lines', () => {
    expect(written(null, null, ['one', 'two'])).toBe('one\ntwo\n');
    expect(written(null, null, [])).toBe('');
  });

  test('ends in all that was typed, whatever the keys', () => {
    const keys = fc.constantFrom(
      'a',
      'é',
      '😀',
      'space',
      'backspace',
      'delete',
      'left',
      'right',
      'home',
      'end',
      'ctrl+w',
    );
    fc.assert(
      fc.property(fc.array(keys), (pressed) => {
        let edit = lineOf('');
        let output = written(null, search(edit), []);
        for (const key of pressed) {
          const next = editLine(edit, key) ?? edit;
          output += written(search(edit), search(next), []);
          edit = next;
        }
        expect(output.split('\n').at(-1)).toBe(`search: ${edit.text}`);
      }),
    );
  });
});
