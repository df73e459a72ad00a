/** What is sent for the clipboard, and through what: read back by a model of tmux and of GNU screen. */
import { describe, expect, test } from 'vitest';
import { clipboardRouteOf, clipboardSequence } from '../../src/terminal/clipboard.ts';

const esc = '\x1b';
const inTmux = { TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0' };

const sent = (text: string, environment: Record<string, string>) =>
  clipboardSequence(text, clipboardRouteOf(environment));

/** The texts in the sequences of OSC 52 that reach whoever reads them. */
function textsIn(output: string): readonly string[] {
  const sequences = output.matchAll(new RegExp(`${esc}\\]52;c;([A-Za-z0-9+/=]*)\x07`, 'g'));
  return [...sequences].map(([, encoded = '']) => Buffer.from(encoded, 'base64').toString());
}

/** What comes in device control strings: those of tmux without their prefix, with each ESC halved. */
function handedOn(output: string, prefix: '' | 'tmux;'): { readonly inside: string; readonly outside: string } {
  const strings = new RegExp(`${esc}P((?:${esc}${esc}|[^${esc}]|${esc}(?!\\\\))*)${esc}\\\\`, 'g');
  const parts = [...output.matchAll(strings)].map(([, content = '']) => content);
  const own = parts.filter((part) => part.startsWith('tmux;') === (prefix === 'tmux;'));
  const inside = own.map((part) => (prefix === '' ? part : part.slice(prefix.length).replaceAll(esc + esc, esc)));
  return { inside: inside.join(''), outside: output.replaceAll(strings, '') };
}

describe('a text for the clipboard', () => {
  test('goes straight to a terminal', () => {
    expect(textsIn(sent('Zoë', { TERM: 'xterm-256color' }))).toEqual(['Zoë']);
  });

  test.each([
    ['inside tmux', inTmux],
    ['inside tmux with the name of screen', { TERM: 'screen-256color', TMUX: '/tmp/tmux-0/default,1,0' }],
    ['over SSH from tmux', { TERM: 'tmux-256color' }],
  ])('goes to tmux itself and through it %s', (_, environment) => {
    const { inside, outside } = handedOn(sent('Zoë', environment), 'tmux;');
    expect(textsIn(outside)).toEqual(['Zoë']);
    expect(textsIn(inside)).toEqual(['Zoë']);
  });

  test('goes through GNU screen in parts that it keeps, and not past them', () => {
    const long = 'correlation '.repeat(1000);
    const output = sent(long, { TERM: 'screen', STY: '123.pts-0' });
    const { inside, outside } = handedOn(output, '');
    expect([textsIn(inside), outside]).toEqual([[long], '']);
    for (const [part] of output.matchAll(new RegExp(`${esc}P[^]*?${esc}\\\\`, 'g')))
      expect(part.length).toBeLessThan(768);
  });

  test('goes both ways where it is not known which of the two is outside, a long one only where it does no harm', () => {
    const short = handedOn(sent('short', { TERM: 'screen-256color' }), '');
    expect([textsIn(short.inside), textsIn(short.outside)]).toEqual([['short'], ['short']]);
    const long = handedOn(sent('x'.repeat(1000), { TERM: 'screen-256color' }), '');
    expect([textsIn(long.inside), long.outside]).toEqual([['x'.repeat(1000)], '']);
  });

  test.each([
    [{ TERM: 'linux' }, /of the kind linux has no clipboard/],
    [{ TERM: 'vt220' }, /set TERM/],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, /macOS/],
  ])('goes nowhere with %o, and it is known why', (environment, reason) => {
    expect(sent('text', environment)).toBe('');
    expect(clipboardRouteOf(environment)).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) });
  });
});
