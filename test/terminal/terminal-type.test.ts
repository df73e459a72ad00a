/** Which terminals are taken for what. */
import { expect, test } from 'vitest';
import { modernTerminal, terminalTypeOf } from '../../src/terminal/terminal-type.ts';

test.each([
  'xterm',
  'xterm-256color',
  'screen',
  'tmux-256color',
  'rxvt-unicode',
  'alacritty',
  'foot',
  'never-heard-of',
])('%s is modern', (TERM) => {
  expect(terminalTypeOf({ TERM })).toEqual(modernTerminal);
});

test.each(['', 'dumb', 'dumb-emacs-ansi', 'unknown', 'vt52'])('%j has lines only', (TERM) => {
  expect(terminalTypeOf({ TERM })).toMatchObject({ canDraw: false, colour: false, clipboard: false });
});

test('nothing named and nothing at all are the same, but on Windows, which never names any', () => {
  expect(terminalTypeOf({}).canDraw).toBe(false);
  expect(terminalTypeOf({ OS: 'Windows_NT' })).toEqual(modernTerminal);
  expect(terminalTypeOf({ OS: 'Windows_NT', TERM: 'dumb' }).canDraw).toBe(false);
});

test.each([
  ['vt100', { canDraw: true, colour: false, unicode: false, movesLines: false, movesToColumn: false }],
  ['vt100-nav', { canDraw: true, movesLines: false }],
  ['vt102', { movesLines: true, erasesCells: false }],
  ['vt220', { colour: false, unicode: true, erasesCells: true, hidesCursor: true, alternateScreen: false }],
  ['vt420', { erasesCells: true, dim: false }],
  ['linux', { colour: true, dim: true, movesToColumn: true, alternateScreen: false, clipboard: false }],
  ['ansi', { colour: true, dim: false, endsAttributes: false, hidesCursor: false }],
  ['eterm-color', { colour: true, unicode: true, erasesCells: false, alternateScreen: false }],
])('%s', (TERM, expected) => {
  expect(terminalTypeOf({ TERM })).toMatchObject(expected);
});
