/** Whatever frames come, in whatever order and size, the terminal shows exactly the last one. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { compose } from '../../../src/ui/screen/compose.ts';
import { placeholders } from '../../../src/ui/screen/paint-slots.ts';
import type { PaintedLine } from '../../../src/ui/screen/painted-line.ts';
import { Screen } from '../../../src/ui/screen/screen.ts';
import { sgrBetween } from '../../../src/ui/screen/sgr.ts';
import { COLOURS, PLAIN, type Style, showsOnBlanks, style } from '../../../src/ui/screen/style.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { VirtualTerminal, type WidthTable } from '../../support/virtual-terminal.ts';

type Step =
  | { readonly kind: 'frame'; readonly lines: readonly PaintedLine[] }
  | { readonly kind: 'painted'; readonly lines: readonly PaintedLine[]; readonly x: number; readonly width: number }
  | {
      readonly kind: 'scroll';
      readonly by: number;
      readonly from: number;
      readonly foot: number;
      readonly lines: readonly PaintedLine[];
    }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'repaint' }
  | { readonly kind: 'suspend' };

const someStyle: fc.Arbitrary<Style> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(PLAIN) },
  {
    weight: 2,
    arbitrary: fc
      .record(
        {
          fg: fc.constantFrom(...COLOURS),
          bg: fc.constantFrom(...COLOURS),
          bold: fc.boolean(),
          dim: fc.boolean(),
          italic: fc.boolean(),
          underline: fc.boolean(),
          inverse: fc.boolean(),
        },
        { requiredKeys: [] },
      )
      .map(style),
  },
);

const someText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'row', '  ', '              ', '42', '-', '.') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('日', '本語', 'ｆｕｌｌ', '한글', 'é', 'e\u0301', 'か\u3099', '…', '▌', '✗'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '😀',
          '👨\u200d👩\u200d👧',
          '❤\ufe0f',
          '🇩🇪',
          '👍🏽',
          '1\ufe0f\u20e3',
          'क्षि',
          'क्षत्रिय',
          '\u1100\u1161',
          '𝒳',
          'Нина',
          'ΩΩ',
          '☎',
          '──',
        ),
      },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

const someLine: fc.Arbitrary<PaintedLine> = fc.array(fc.record({ text: someText, style: someStyle }), { maxLength: 3 });
const someLines = fc.oneof(fc.array(someLine, { maxLength: 14 }), fc.array(someLine, { minLength: 10, maxLength: 10 }));

const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('frame' as const), lines: someLines }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('painted' as const),
      lines: someLines,
      x: fc.nat({ max: 12 }),
      width: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('scroll' as const),
      by: fc.integer({ min: -4, max: 4 }),
      from: fc.nat({ max: 3 }),
      foot: fc.nat({ max: 3 }),
      lines: someLines,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      columns: fc.integer({ min: 2, max: 40 }),
      rows: fc.integer({ min: 1, max: 14 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'repaint' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'suspend' as const }) },
);

/** A terminal that knows emoji, draws ambiguous letters wide or not, but does not join code points. */
const widths = (version: string, ambiguousIsNarrow: boolean): WidthTable => ({
  version,
  cellsOf: (codePoint) => {
    const width = stringWidth(String.fromCodePoint(codePoint), { ambiguousIsNarrow });
    return width === 0 ? 0 : width === 1 ? 1 : 2;
  },
});

/** A terminal that has an opinion of its own, by `seed`, about all that terminals disagree about. */
const opinionated = (seed: number): WidthTable => ({
  version: `opinion ${seed}`,
  cellsOf: (codePoint) => {
    const text = String.fromCodePoint(codePoint);
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(text)) return 0;
    const isOther = ((Math.imul(codePoint, 0x9e3779b1) ^ seed) >>> 7) % 2 === 1;
    if (/\p{Mc}|[\u1160-\u11ff]/u.test(text)) return isOther ? 1 : 0;
    const isSure = /[\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uff01-\uff60]/u.test(text);
    const narrow = stringWidth(text, { ambiguousIsNarrow: false }) <= 1;
    const isGuess = /\p{Extended_Pictographic}|\p{RI}|[\u{10000}-\u{2ffff}]/u.test(text) && codePoint > 0xff;
    if (isSure) return 2;
    return narrow && !isGuess ? 1 : isOther ? 2 : 1;
  },
});

describe.each([
  ['a terminal of Unicode 6', undefined],
  ['a terminal that knows emoji', widths('new', true)],
  ['a terminal on which what is ambiguous is wide', widths('wide', false)],
])('%s', (_name, table) => {
  test('shows exactly the last frame, whatever came before', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 1, maxLength: 8 }), async (steps) => {
        await showsTheLastFrame(steps, new VirtualTerminal(30, 10, table));
      }),
      { numRuns: 150 },
    );
  });
});

test('a terminal with any opinion on widths shows every other cell of the last frame', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someStep, { minLength: 1, maxLength: 8 }), fc.nat(), async (steps, seed) => {
      await showsTheLastFrame(steps, new VirtualTerminal(30, 10, opinionated(seed)));
    }),
    { numRuns: 150 },
  );
});

test('no word loses a letter, whatever its terminal makes of it', async () => {
  const words = ['क्षत्रिय', 'कि', '👨\u200d👩\u200d👧', '🇩🇪', '\u1100\u1161\u11a8', '❤\ufe0f', 'மொழி', 'ภาษา', 'Нина'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...words), fc.constantFrom(...words), fc.nat(), async (first, second, seed) => {
      const terminal = new VirtualTerminal(40, 2, opinionated(seed));
      const clock = new ManualClock(0);
      const screen = new Screen({ terminal, clock, colour: true });
      for (const frame of [`${second.padEnd(14)}| before`, `${first}|\n${second} ${first} | end`]) {
        screen.show(frame.replaceAll('|', ''.padEnd(8)));
        await clock.advance(20);
      }
      await terminal.shown();
      const [top, bottom] = terminal.lines().map((line) => line.replaceAll(' ', ''));
      expect([top, bottom]).toEqual([first, `${second}${first}end`]);
    }),
  );
});

async function showsTheLastFrame(steps: readonly Step[], terminal: VirtualTerminal): Promise<void> {
  const clock = new ManualClock(0);
  const screen = new Screen({ terminal, clock, colour: true });
  const slot = screen.slots.open();
  let lines: readonly PaintedLine[] = [];
  let frame = '';
  for (const step of steps) {
    switch (step.kind) {
      case 'frame':
        lines = step.lines;
        frame = lines.map(ansi).join('\n');
        break;
      case 'painted':
        screen.slots.set(slot, step.lines, step.width);
        frame = placeholders(slot, step.lines.length)
          .split('\n')
          .map(
            (row, y) => `${'left of the box'.slice(0, step.x).padEnd(step.x)}${row}${' '.repeat(step.width - 1)}${y}`,
          )
          .join('\n');
        break;
      case 'scroll':
        lines = scrolled(lines, step);
        frame = lines.map(ansi).join('\n');
        break;
      case 'resize':
        terminal.resize(step.columns, step.rows);
        screen.repaint();
        break;
      case 'repaint':
        terminal.feed('\x1b[3;3Hsomething else wrote this');
        screen.repaint();
        break;
      case 'suspend':
        screen.suspend();
        terminal.feed('\x1b[41m$ ls\x1b[m\r\n');
        screen.resume();
        break;
    }
    screen.show(frame);
    await clock.advance(20);
    await terminal.shown();
    expectShown(terminal, screen, frame);
  }
  screen.close();
  await settle();
}

function expectShown(terminal: VirtualTerminal, screen: Screen, frame: string): void {
  const grid = compose(frame, screen.slots, { ...terminal.size, colour: true });
  const expected: string[] = [];
  const actual: string[] = [];
  for (let y = 0; y < grid.rows; y++) {
    let spread = { until: 0, glyph: '' };
    for (let x = 0; x < grid.columns; x++) {
      const i = y * grid.columns + x;
      const reach = grid.reaches[i] ?? 0;
      if (reach > 0) spread = { until: Math.max(spread.until, x + reach), glyph: spread.glyph + grid.glyphs[i] };
      let start = i;
      while (grid.glyphs[start] === '') start--;
      const cell = terminal.cell(x, y);
      const wanted = grid.glyphs[i] ?? '';
      const text = cell.text === '' && cell.width === 1 ? ' ' : cell.text;
      // What is inside the cells of a glyph that terminals disagree about is theirs, as long as it is of that glyph, and so
      // is what is blank behind it, as far as it may reach; its neighbours are ours.
      const doubtful = grid.reaches[start] !== 0;
      const isBehind = !doubtful && wanted === ' ' && grid.styles[i] === PLAIN && x < spread.until;
      const ofGlyph = [...text].every((part) => spread.glyph.includes(part));
      const same = doubtful || isBehind ? text === ' ' || ofGlyph : text === wanted;
      const isTheirs = isBehind || (doubtful && (start !== i || text === ' '));
      if (same && isTheirs) continue;
      expected.push(`${x},${y} ${wanted} ${grid.styles[i]}`);
      actual.push(`${x},${y} ${same ? wanted : text} ${text === ' ' ? looks(cell.style) : cell.style}`);
    }
  }
  expect(actual).toEqual(expected);
  expect(terminal.scrolledLines).toBe(0);
}

/** On a space only some of a style is seen. */
function looks(packed: Style): Style {
  return showsOnBlanks(packed) ? packed : PLAIN;
}

/** A head and a foot that stay, and the lines between them moved up or down; new ones come in. */
function scrolled(
  lines: readonly PaintedLine[],
  { by, from, foot, lines: more }: Extract<Step, { readonly kind: 'scroll' }>,
): readonly PaintedLine[] {
  const to = Math.max(from, lines.length - foot);
  const moving = lines.slice(from, to);
  const count = Math.min(Math.abs(by), moving.length);
  const incoming = Array.from({ length: count }, (_, index) => more[index] ?? []);
  const moved =
    by > 0 ? [...moving.slice(count), ...incoming] : [...incoming, ...moving.slice(0, moving.length - count)];
  return [...lines.slice(0, from), ...moved, ...lines.slice(to)];
}

function ansi(line: PaintedLine): string {
  return line.map((run) => `${sgrBetween(PLAIN, run.style)}${run.text}\x1b[0m`).join('');
}
