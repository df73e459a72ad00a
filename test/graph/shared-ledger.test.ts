/** The request budget in a file that processes share. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBudget } from '../../src/graph/budget.ts';
import type { LedgerTrouble } from '../../src/graph/shared-ledger.ts';
import { sharedLedger } from '../../src/graph/shared-ledger.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';
import { mostStartsWithin } from './run-feed.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entra-signups-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let processes = 0;

/** A process with a budget of its own, and the file that it shares. */
function processOn(path: string, clock: ManualClock) {
  const troubles: LedgerTrouble[] = [];
  const ledger = sharedLedger(path, (trouble) => troubles.push(trouble));
  const budget = createBudget({ clock, newId: () => `process ${++processes}`, ledger });
  const startsMs: number[] = [];
  const ask = async () => {
    const ticket = await budget.start('user', new AbortController().signal);
    startsMs.push(clock.now());
    ticket?.sent();
  };
  return { ask, startsMs, troubles };
}

/** Turns the clock until all have started. */
async function untilStarted(clock: ManualClock, count: number, started: () => number): Promise<void> {
  while (started() < count) {
    const before = started();
    await until(
      () => started() > before || clock.waiting > 0,
      () => `${started()} of ${count} have started`,
    );
    if (clock.nextWakeMs !== null && started() === before) await clock.advance(clock.nextWakeMs - clock.now());
  }
}

describe('the shared ledger', () => {
  test('holds two processes to four starts in any ten seconds, and is for its owner alone', async () => {
    const clock = new ManualClock(1_000_000);
    const path = join(folder, 'data', 'requests.json');
    const [one, other] = [processOn(path, clock), processOn(path, clock)];
    for (let n = 0; n < 6; n++) for (const each of [one, other]) void each.ask();
    await untilStarted(clock, 12, () => one.startsMs.length + other.startsMs.length);
    const startsMs = [...one.startsMs, ...other.startsMs];
    expect(mostStartsWithin(startsMs, 10_000)).toBe(4);
    expect(statSync(path).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect([...one.troubles, ...other.troubles]).toEqual([]);
  });

  test('that was damaged is begun again', async () => {
    const path = join(folder, 'requests.json');
    writeFileSync(path, '{"starts": [{"id": 1}, null, "x"], "waiting": 7', { mode: 0o600 });
    const one = processOn(path, new ManualClock(1_000_000));
    await one.ask();
    await until(
      () => JSON.parse(readFileSync(path, 'utf8')).starts[0]?.isSent === true,
      () => readFileSync(path, 'utf8'),
    );
    expect(one.troubles).toEqual([]);
  });

  test('that is not there to be had leaves each process to itself, and says so once', async () => {
    const clock = new ManualClock(1_000_000);
    const path = join(folder, 'requests.json');
    mkdirSync(path);
    const one = processOn(path, clock);
    for (let n = 0; n < 5; n++) void one.ask();
    await untilStarted(clock, 5, () => one.startsMs.length);
    expect(mostStartsWithin(one.startsMs, 10_000)).toBe(4);
    expect(one.troubles).toEqual(['refused']);
  });

  test('knows nothing of what a computer did before it was restarted', async () => {
    const path = join(folder, 'requests.json');
    const start = { id: 'a', owner: 'b', isAutomatic: false, atMs: 9_000_000, isSent: true };
    const before = { starts: [start, start, start, start], waiting: [], hold: { sinceMs: 8e6, untilMs: 9e9 } };
    writeFileSync(path, JSON.stringify(before), { mode: 0o600 });
    const clock = new ManualClock(1_000_000);
    const one = processOn(path, clock);
    await one.ask();
    expect(one.startsMs).toEqual([1_000_000]);
  });
});
