/** The keyboard of a real person on a real line: glued keys, split sequences, lone Esc, pastes, replies of the terminal. */

import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import { readKeys } from '../../src/ui/input.ts';
import type { KeyPress } from '../../src/ui/keys/key-press.ts';
import { GROUND, type ParserState, parse } from '../../src/ui/keys/parser.ts';
import { LARGEST_PASTE_BYTES } from '../../src/ui/keys/paste.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { VirtualTerminal } from '../support/virtual-terminal.ts';

const ESC = '\x1b';

/** What a terminal sends, and the name of the key. */
const KEYS: readonly (readonly [sent: string, name: string])[] = [
  ['j', 'j'],
  ['G', 'G'],
  ['/', '/'],
  ['[', '['],
  [' ', 'space'],
  ['é', 'é'],
  ['日', '日'],
  ['😀', '😀'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
  ['\x7f', 'backspace'],
  ['\b', 'backspace'],
  ['\x00', 'ctrl+space'],
  ['\x03', 'ctrl+c'],
  ['\x06', 'ctrl+f'],
  ['\x1a', 'ctrl+z'],
  ['\x1d', 'ctrl+]'],
  // xterm, normal and application mode
  [`${ESC}[A`, 'up'],
  [`${ESC}[B`, 'down'],
  [`${ESC}[C`, 'right'],
  [`${ESC}[D`, 'left'],
  [`${ESC}OA`, 'up'],
  [`${ESC}OD`, 'left'],
  [`${ESC}[H`, 'home'],
  [`${ESC}OF`, 'end'],
  [`${ESC}[1~`, 'home'],
  [`${ESC}[3~`, 'delete'],
  [`${ESC}[4~`, 'end'],
  [`${ESC}[5~`, 'pageup'],
  [`${ESC}[6~`, 'pagedown'],
  [`${ESC}[Z`, 'shift+tab'],
  [`${ESC}[1;2D`, 'shift+left'],
  [`${ESC}[1;3D`, 'alt+left'],
  [`${ESC}[1;5C`, 'ctrl+right'],
  [`${ESC}[1;6C`, 'ctrl+shift+right'],
  [`${ESC}[5;5~`, 'ctrl+pageup'],
  [`${ESC}OP`, 'f1'],
  [`${ESC}[15~`, 'f5'],
  [`${ESC}[24~`, 'f12'],
  [`${ESC}OM`, 'enter'],
  [`${ESC}Op`, '0'],
  [`${ESC}[27;5;106~`, 'ctrl+j'],
  [`${ESC}[106;5u`, 'ctrl+j'],
  [`${ESC}[13;2u`, 'shift+enter'],
  // rxvt
  [`${ESC}[7~`, 'home'],
  [`${ESC}[8~`, 'end'],
  [`${ESC}[a`, 'shift+up'],
  [`${ESC}Od`, 'ctrl+left'],
  [`${ESC}[5$`, 'shift+pageup'],
  [`${ESC}[6^`, 'ctrl+pagedown'],
  // Linux console
  [`${ESC}[[A`, 'f1'],
  [`${ESC}[[E`, 'f5'],
  // Alt
  [`${ESC}j`, 'alt+j'],
  [`${ESC}é`, 'alt+é'],
  [`${ESC}\r`, 'alt+enter'],
  [`${ESC}\x06`, 'ctrl+alt+f'],
  [`${ESC}${ESC}[A`, 'alt+up'],
];

/** What is no key: replies of the terminal, mouse, focus, unknown sequences. */
const SWALLOWED: readonly string[] = [
  `${ESC}[?62;22c`,
  `${ESC}[>41;354;0c`,
  `${ESC}[12;40R`,
  `${ESC}[0n`,
  `${ESC}[?2026;2$y`,
  `${ESC}]11;rgb:0000/0000/0000${ESC}\\`,
  `${ESC}]10;rgb:ffff/ffff/ffff\x07`,
  `${ESC}P>|XTerm(390)${ESC}\\`,
  `${ESC}P1$r0m${ESC}\\`,
  `${ESC}_Gi=31;OK${ESC}\\`,
  `${ESC}[I`,
  `${ESC}[O`,
  `${ESC}[M !!`,
  `${ESC}[<0;10;20M`,
  `${ESC}[201~`,
  `${ESC}[99~`,
  `${ESC}[1;2;3;4z`,
  `${ESC}[[Q`,
];

describe('keys', () => {
  test.each(KEYS)('%j is %s', (sent, name) => {
    expect(keysOf([bytes(sent)])).toEqual([{ kind: 'key', name }]);
  });

  test.each(SWALLOWED)('%j is no key and leaks no letter', (sent) => {
    expect(keysOf([bytes(`a${sent}b`)])).toEqual([key('a'), key('b')]);
  });

  test('bytes that are not UTF-8 are dropped, and what follows is not', () => {
    expect(keysOf([Uint8Array.of(0x61, 0xff, 0xe9, 0x6a, 0xc3, 0x28, 0x80, 0x62)])).toEqual([
      key('a'),
      key('j'),
      key('('),
      key('b'),
    ]);
  });

  test('control characters in two bytes are dropped', () => {
    expect(keysOf([bytes('a\u009bb')])).toEqual([key('a'), key('b')]);
  });

  test('a reply that is cut off by another sequence is given up', () => {
    expect(keysOf([bytes(`${ESC}]11;rgb${ESC}[Aj`)])).toEqual([key('up'), key('j')]);
  });

  test('any keys, cut at any places, are the same keys', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...KEYS).map(([sent, name]) => ({ sent, keys: [key(name)] })) },
      { weight: 1, arbitrary: fc.constantFrom(...SWALLOWED).map((sent) => ({ sent, keys: [] })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('text', 'two\nlines', '', `${ESC}[A`, `${ESC}[20`, '日本').map((text) => ({
          sent: `${ESC}[200~${text}${ESC}[201~`,
          keys: [{ kind: 'paste' as const, text: text.replaceAll(ESC, '') }],
        })),
      },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat({ max: 200 })), (pieces, cuts) => {
        const all = bytes(pieces.map(({ sent }) => sent).join(''));
        expect(keysOf(cutAt(all, cuts))).toEqual(pieces.flatMap(({ keys }) => keys));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('pastes', () => {
  test('line breaks become newlines and control characters go', () => {
    expect(keysOf([bytes(`${ESC}[200~a\r\nb\rc\td${ESC}[31m\x00\x7fe${ESC}[201~`)])).toEqual([
      { kind: 'paste', text: 'a\nb\nc\td[31me' },
    ]);
  });

  test('a paste larger than a mebibyte is cut, and nothing of it becomes keys', () => {
    const chunk = new Uint8Array(1000).fill(0x61);
    const chunks = [bytes(`${ESC}[200~`), ...new Array<Uint8Array>(1100).fill(chunk), bytes(`${ESC}[201~j`)];
    const [paste, after, ...more] = keysOf(chunks);
    expect(paste?.kind === 'paste' && paste.text.length).toBe(LARGEST_PASTE_BYTES);
    expect(after).toEqual(key('j'));
    expect(more).toEqual([]);
  });
});

describe('reading', () => {
  let stop = (): void => {};
  afterEach(() => stop());

  function reading() {
    const clock = new ManualClock(0);
    const terminal = new VirtualTerminal(20, 2);
    const keys: string[] = [];
    stop = readKeys({
      terminal,
      clock,
      onKey: (pressed) => keys.push(pressed.kind === 'key' ? pressed.name : `paste:${pressed.text}`),
    });
    return { clock, terminal, keys };
  }

  test('Esc alone is a key after 50 ms, not before', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(ESC);
    await clock.advance(49);
    expect(keys).toEqual([]);
    await clock.advance(1);
    expect(keys).toEqual(['esc']);
  });

  test('two quick Esc are two keys', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(ESC);
    terminal.type(ESC);
    await clock.advance(50);
    expect(keys).toEqual(['esc', 'esc']);
  });

  test.each([
    ['[A', 'up'],
    ['OB', 'down'],
    ['[1;5C', 'ctrl+right'],
    ['[5~', 'pageup'],
  ])('%s that comes late after its Esc is still %s', async (late, name) => {
    const { clock, terminal, keys } = reading();
    terminal.type(ESC);
    await clock.advance(200);
    for (const character of late) terminal.type(character);
    expect(keys).toEqual(['esc', name]);
  });

  test('letters after an Esc are letters', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(ESC);
    await clock.advance(100);
    terminal.type('[');
    await clock.advance(50);
    terminal.type('Oj');
    expect(keys).toEqual(['esc', '[', 'O', 'j']);
  });

  test('a bracket and a letter typed right after an Esc are a bracket and a letter', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(ESC);
    await clock.advance(100);
    terminal.type('[a');
    expect(keys).toEqual(['esc', '[', 'a']);
  });

  test('[ and A long after an Esc are two keys', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(ESC);
    await clock.advance(600);
    terminal.type('[A');
    expect(keys).toEqual(['esc', '[', 'A']);
  });

  test('a sequence that is never finished is given up without a letter', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(`${ESC}[1;`);
    await clock.advance(1000);
    terminal.type('j');
    expect(keys).toEqual(['j']);
  });

  test('Alt+] and Alt+[ do not swallow the keys after them', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(`${ESC}]`);
    terminal.type('j');
    terminal.type(`${ESC}[`);
    await clock.advance(1000);
    terminal.type('k');
    expect(keys).toEqual(['alt+]', 'j', 'alt+[', 'k']);
  });

  test('a paste without an end is told after five seconds', async () => {
    const { clock, terminal, keys } = reading();
    terminal.type(`${ESC}[200~half`);
    await clock.advance(5000);
    terminal.type('j');
    expect(keys).toEqual(['paste:half', 'j']);
  });

  test('what has arrived while the program was busy is read before Esc is given up on', async () => {
    const terminal = new VirtualTerminal(20, 2);
    const keys: KeyPress[] = [];
    // Time was up long ago for everybody who waits.
    const clock = { now: () => 0, moment: () => momentAt(0), wait: () => Promise.resolve() };
    stop = readKeys({ terminal, clock, onKey: (pressed) => keys.push(pressed) });
    terminal.type(ESC);
    await Promise.resolve().then(() => {});
    terminal.type('[A');
    await settle();
    expect(keys).toEqual([key('up')]);
  });

  test('no key after the one that stopped the reading', async () => {
    const clock = new ManualClock(0);
    const terminal = new VirtualTerminal(20, 2);
    const keys: KeyPress[] = [];
    stop = readKeys({
      terminal,
      clock,
      onKey: (pressed) => {
        keys.push(pressed);
        stop();
      },
    });
    terminal.type('qj');
    terminal.type('k');
    await settle();
    expect(keys).toEqual([key('q')]);
    expect(terminal.isRead).toBe(false);
    expect(clock.waiting).toBe(0);
  });
});

function key(name: string): KeyPress {
  return { kind: 'key', name };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function keysOf(chunks: readonly Uint8Array[]): readonly KeyPress[] {
  let state: ParserState = GROUND;
  const all: KeyPress[] = [];
  for (const chunk of chunks) {
    const [next, keys] = parse(state, chunk);
    state = next;
    all.push(...keys);
  }
  return all;
}

function cutAt(all: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const places = [0, ...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
  return places.slice(1).map((place, index) => all.subarray(places[index], place));
}
