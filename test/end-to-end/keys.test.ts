/** The keyboard over a bad line: what is glued, cut, held or pasted arrives as what it was, once. */
import { describe, expect } from 'vitest';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { isAllRead, isAtRow, placeOf, quit, settled } from './reading.ts';
import { type Stage, scenario, test } from './stage.ts';

/** The embedded tenant, with a range that has passed: the rows stay as they are. */
async function startAtTable(stage: Stage): Promise<PseudoTerminal> {
  const terminal = stage.start(['--demo', '3', '--since', '5h', '--until', '2h']);
  await terminal.waitFor(isAllRead);
  return terminal;
}

function rowOf({ screen }: PseudoTerminal): number {
  return placeOf(screen)?.row ?? 0;
}

/** A program that gets half a sequence waits for the rest, but not for ever: slower than this is no fair trial. */
const FAIR_MS = 300;
const MOST_TRIALS = 30;

/**
 * Types `sequence` in two pieces, the second when the first has been read: the `j` in front of it has moved the cursor.
 * Resolves with the rows that the sequence moved.
 */
async function movedByCut(terminal: PseudoTerminal, sequence: string, cut: number): Promise<number> {
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    terminal.press('g');
    await terminal.waitFor(isAtRow(1));
    const startMs = performance.now();
    terminal.press(`j${sequence.slice(0, cut)}`);
    await terminal.waitFor(isAtRow(2));
    // The last `j` shows that the rest has been read as well.
    terminal.press(`${sequence.slice(cut)}j`);
    if (performance.now() - startMs > FAIR_MS) continue;
    await terminal.waitFor((screen) => (placeOf(screen)?.row ?? 0) > 2);
    await settled(terminal);
    return rowOf(terminal) - 3;
  }
  throw new Error('this machine is too busy to type half a key');
}

describe.concurrent('keys', scenario, () => {
  test('that are glued into one write all count, in order', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    terminal.press('jjjj\r');
    await terminal.waitFor('Same correlation ID');
    expect(rowOf(terminal)).toBe(5);
    terminal.press('\x1b[B\x1b[Bkj\x1b');
    await terminal.waitFor((screen) => !screen.text().includes('Same correlation ID'));
    expect(rowOf(terminal)).toBe(7);
    // Search, filter and back, to the end and the start, and out of the search: one q is left that asks.
    terminal.press('/example.org\rfqGgqq');
    await terminal.waitFor('Press q again to quit.');
  });

  test('that are held count each time, glued or apart', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    terminal.press('j'.repeat(200));
    await terminal.waitFor(isAtRow(201));
    for (let i = 0; i < 200; i++) terminal.press('k');
    await terminal.waitFor(isAtRow(1));
    terminal.press('\x1b[B'.repeat(200));
    await terminal.waitFor(isAtRow(201));
    for (let i = 0; i < 200; i++) terminal.press('\x1bOA');
    await terminal.waitFor(isAtRow(1));
    await settled(terminal);
    expect(rowOf(terminal)).toBe(1);
  });

  test('whose sequences are cut anywhere are put together again', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    terminal.press('j\x1b[6~j');
    await terminal.waitFor((screen) => (placeOf(screen)?.row ?? 0) > 3);
    await settled(terminal);
    const page = rowOf(terminal) - 3;
    expect(page).toBeGreaterThan(20);
    for (const [sequence, rows] of [
      ['\x1b[B', 1],
      ['\x1bOB', 1],
      ['\x1b[6~', page],
    ] as const) {
      for (let cut = 1; cut < sequence.length; cut++) {
        expect(await movedByCut(terminal, sequence, cut), `cut after ${cut} of ${JSON.stringify(sequence)}`).toBe(rows);
      }
    }
  });

  test('whose Esc comes far ahead of the rest are both: Esc, and the key', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      terminal.press('g/zzz\r');
      await terminal.waitFor('"zzz" is in none of the loaded rows');
      terminal.press('/');
      await terminal.waitFor('search:');
      const startMs = performance.now();
      terminal.press('\x1b');
      await terminal.waitFor((screen) => !screen.text().includes('search:'));
      terminal.press('[B');
      if (performance.now() - startMs > FAIR_MS) continue;
      await terminal.waitFor(isAtRow(2));
      return;
    }
    throw new Error('this machine is too busy to type half a key');
  });

  test('beyond ASCII that are cut in the middle of a character are put together again', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    terminal.press('/');
    await terminal.waitFor('search:');
    let typed = '';
    for (const character of ['é', '日', '𝒳']) {
      const bytes = Buffer.from(character);
      for (let cut = 1; cut < bytes.length; cut++) {
        terminal.press(Buffer.concat([Buffer.from('a'), bytes.subarray(0, cut)]));
        await terminal.waitFor(`search: ${typed}a`);
        terminal.press(Buffer.concat([bytes.subarray(cut), Buffer.from('b')]));
        typed += `a${character}b`;
        await terminal.waitFor(`search: ${typed}`);
      }
    }
  });
});

describe.concurrent('a paste', scenario, () => {
  test('is text in the search, line breaks and escape sequences included', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    terminal.press('/');
    await terminal.waitFor('search:');
    terminal.press('a\x1b[20');
    await terminal.waitFor('search: a');
    terminal.press('0~na.q\rq\x1b[Bq\x1b[20');
    terminal.press('1~z');
    await terminal.waitFor(/search: ana\.q.*q.*qz/);
    terminal.press('\x1b');
    await terminal.waitFor((screen) => !screen.text().includes('search:'));
    expect(rowOf(terminal)).toBe(1);
  });

  test('runs nothing at the table', async ({ stage }) => {
    const terminal = await startAtTable(stage);
    await settled(terminal);
    const before = terminal.screen.text();
    terminal.press('\x1b[200~qq\rjjj/x\x03\x03\x1a\x1b[B\x1b[201~');
    terminal.press('j');
    await terminal.waitFor(isAtRow(2));
    await settled(terminal);
    terminal.press('k');
    await terminal.waitFor(isAtRow(1));
    const withoutHeader = (text: string) => text.split('\n').slice(1).join('\n').replace('following', '         ');
    expect(withoutHeader(terminal.screen.text())).toBe(withoutHeader(before));
    expect(await quit(terminal)).toBe(0);
  });
});
