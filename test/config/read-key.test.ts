/** Keys as people spell them. */
import { describe, expect, test } from 'vitest';
import { readKey } from '../../src/config/read-key.ts';
import { keyTable } from '../../src/store/keys.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { keyName } from '../../src/ui/key-names.ts';

describe('a key is read', () => {
  test.each([
    ['j', 'j'],
    ['G', 'G'],
    ['é', 'é'],
    ['-', '-'],
    ['+', '+'],
    ['^', '^'],
    [' ', 'space'],
    ['Space', 'space'],
    ['ctrl+f', 'ctrl+f'],
    ['Ctrl-F', 'ctrl+f'],
    ['^F', 'ctrl+f'],
    ['ctrl+-', 'ctrl+-'],
    ['ctrl++', 'ctrl++'],
    ['alt+J', 'alt+J'],
    ['alt+ctrl+x', 'ctrl+alt+x'],
    ['Shift-Tab', 'shift+tab'],
    ['shift+alt+Up', 'alt+shift+up'],
    ['PgDn', 'pagedown'],
    ['Escape', 'esc'],
    ['Return', 'enter'],
    ['F12', 'f12'],
    ['↓', 'down'],
  ])('%s as %s', (written, key) => {
    expect(readKey(written)).toEqual({ ok: true, key });
  });

  test('as the key table and the help screen spell it', () => {
    for (const key of keyTable.flatMap(({ keys }) => keys)) {
      expect(readKey(key)).toEqual({ ok: true, key });
      for (const ascii of [true, false]) expect(readKey(keyName(key, glyphsOf(ascii)))).toEqual({ ok: true, key });
    }
  });
});

describe('a key is refused', () => {
  test.each([
    ['', 'there is no key ""', /^e\.g\./],
    ['gg', 'there is no key "gg"', /^e\.g\./],
    ['pgedown', 'there is no key "pgedown"', /^Did you mean pagedown\?$/],
    ['ctrl+entr', 'there is no key "ctrl+entr"', /^Did you mean enter\?$/],
    ['f13', 'there is no key "f13"', /^Did you mean f1/],
    ['meta+x', 'there is no key "meta+x"', /^e\.g\./],
    ['shift+j', '"shift+j": with characters, Shift is part of the character', /^Write "J"$/],
    ['ctrl+i', 'a terminal cannot tell "ctrl+i" from tab', /^$/],
    ['^M', 'a terminal cannot tell "^M" from enter', /^$/],
    ['ctrl+[', 'a terminal cannot tell "ctrl+[" from esc', /^$/],
    ['\u001b', 'there is no key "\u001b"', /^e\.g\./],
  ])('%j', (written, message, advice) => {
    expect(readKey(written)).toEqual({ ok: false, message, advice: expect.stringMatching(advice) });
  });
});
