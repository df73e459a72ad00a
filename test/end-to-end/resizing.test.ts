/** The window is pulled while the program runs: nothing is lost, and what is on the screen is what belongs there. */
import { describe, expect } from 'vitest';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import type { VirtualTerminal } from '../support/virtual-terminal.ts';
import { isAllRead, isAtRow, placeOf, quit, settled } from './reading.ts';
import { type Stage, scenario, test } from './stage.ts';

/** The embedded tenant, with a range that has passed: the rows stay as they are, and so does all else after a while. */
async function startStill(stage: Stage): Promise<PseudoTerminal> {
  const terminal = stage.start(['--demo', '3', '--since', '8h', '--until', '4h', 'outcome:succeeded']);
  await terminal.waitFor(isAllRead);
  terminal.press('j'.repeat(60));
  await terminal.waitFor(isAtRow(61));
  return terminal;
}

/** Every cell with its colours, but for the end of the first line, where minutes pass. */
function cellsOf(screen: VirtualTerminal): string {
  const { columns, rows } = screen.size;
  const cells = Array.from({ length: columns * rows }, (_, index) => {
    const { text, style } = screen.cell(index % columns, Math.floor(index / columns));
    return `${text || ' '}${Object.values(style).join()}`;
  });
  return [...cells.slice(0, 20), ...cells.slice(columns)].join('\n');
}

/** Pulls the window, which loses what was on it, and resolves when all that belongs there now has been drawn. */
async function resizeTo(terminal: PseudoTerminal, columns: number, rows: number): Promise<void> {
  const { screen } = terminal;
  terminal.resize(columns, rows);
  screen.feed('\x1b[2J');
  if (columns < 40 || rows < 10) return terminal.waitFor(`${columns}x${rows} is too small`);
  await terminal.waitFor(() => / q quit/.test(screen.lines()[rows - 1] ?? ''));
  await settled(terminal);
}

/** Compares the screen with what ^L draws over rubbish, which is everything anew. */
async function expectAsRepainted(terminal: PseudoTerminal): Promise<void> {
  const { screen } = terminal;
  const before = cellsOf(screen);
  screen.feed('\x1b[0;41m\x1b[2J\x1b[5;5Hrubbish\x1b[3;7r\x1b[1;4m');
  await screen.shown();
  terminal.press('\x0c');
  await terminal.waitFor(() => cellsOf(screen) === before);
}

describe.concurrent('resizing', scenario, () => {
  test('leaves at each size what a full repaint draws, and the cursor on its event', async ({ stage }) => {
    const terminal = await startStill(stage);
    await terminal.waitFor('budget ▯▯▯▯');
    const { screen } = terminal;
    const cursorLine = () => screen.lines().find((line) => line.startsWith('▌')) ?? '';
    const before = cursorLine();
    for (const [columns, rows] of [
      [80, 24],
      [60, 20],
      [30, 8],
      [80, 24],
      [200, 50],
      [120, 40],
    ] as const) {
      await resizeTo(terminal, columns, rows);
      await expectAsRepainted(terminal);
    }
    expect(placeOf(screen)?.row).toBe(61);
    expect(cursorLine()).toBe(before);
    expect(await quit(terminal)).toBe(0);
  });

  test('keeps the open event and the filter', async ({ stage }) => {
    const terminal = await startStill(stage);
    const { screen } = terminal;
    terminal.press('\r');
    await terminal.waitFor('Same correlation ID');
    const correlationId = /Corr\. ID +(\S+)/.exec(screen.text())?.[1] ?? '';
    expect(correlationId).toMatch(/^[0-9a-f-]{36}$/);
    await terminal.waitFor('budget ▯▯▯▯');
    for (const [columns, rows] of [
      [30, 8],
      [80, 24],
      [180, 40],
      [120, 40],
    ] as const) {
      await resizeTo(terminal, columns, rows);
      await expectAsRepainted(terminal);
    }
    expect(screen.text()).toContain(correlationId);
    expect(placeOf(screen)?.row).toBe(61);
    expect(screen.lines()[1]).toContain('outcome:succeeded');
  });

  test('to a size that is too small loses no key', async ({ stage }) => {
    const terminal = await startStill(stage);
    terminal.press('/ex');
    await terminal.waitFor('search: ex');
    await resizeTo(terminal, 30, 8);
    terminal.press('ample.org');
    terminal.resize(120, 40);
    await terminal.waitFor('search: example.org');
    terminal.press('\x1b');
    await terminal.waitFor(isAtRow(61));
  });

  test('many times in a row ends at the last size', async ({ stage }) => {
    const terminal = await startStill(stage);
    await terminal.waitFor('budget ▯▯▯▯');
    for (let step = 0; step < 40; step++) terminal.resize(60 + step, 15 + (step % 12));
    await resizeTo(terminal, 110, 30);
    await expectAsRepainted(terminal);
    expect(placeOf(terminal.screen)?.row).toBe(61);
  });
});
