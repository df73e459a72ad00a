import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { later, momentAt } from '../../src/facts/moment.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { BUDGET_WINDOW_MS, type Priority } from '../../src/graph/budget-window.ts';
import { type LedgerStore, memoryLedger } from '../../src/graph/ledger-store.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { mostStartsWithin } from './run-feed.ts';

const START_MS = 1_000_000;
/** A signal that is never aborted. */
const never = () => new AbortController().signal;

interface Setting {
  readonly clock?: ManualClock;
  readonly ledger?: LedgerStore;
  readonly automaticShare?: number;
  /** How long a request takes from its grant until it leaves. */
  readonly connectMs?: number;
}

let processes = 0;

/** One process. */
function setUp({ clock = new ManualClock(START_MS), connectMs = 0, ...options }: Setting = {}) {
  const budget = createBudget({ clock, newId: () => `process ${++processes}`, ...options });
  const starts: { readonly name: string; readonly atMs: number }[] = [];
  const ask = async (name: string, priority: Priority, signal = never()) => {
    const ticket = await budget.start(priority, signal);
    if (ticket !== null && connectMs > 0) await clock.wait(connectMs);
    starts.push({ name: ticket === null ? `${name} cancelled` : name, atMs: clock.now() - START_MS });
    ticket?.sent();
  };
  return { clock, budget, starts, ask };
}

describe('the request budget', () => {
  test('lets four requests of a person start at once and the fifth when the first has left the window', async () => {
    const { clock, starts, ask } = setUp();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void ask(name, 'user');
    await clock.advance(BUDGET_WINDOW_MS - 1);
    expect(starts.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    await clock.advance(1);
    expect(starts.at(-1)).toEqual({ name: 'e', atMs: BUDGET_WINDOW_MS });
  });

  test('keeps one start free for a person when polls come in numbers', async () => {
    const { clock, starts, ask } = setUp();
    for (const name of ['a', 'b', 'c', 'd']) void ask(name, 'poll');
    await clock.advance(3_000);
    expect(starts.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    void ask('person', 'user');
    await settle();
    expect(starts.at(-1)).toEqual({ name: 'person', atMs: 3_000 });
  });

  test('what a person asks for goes before polls that have waited longer', async () => {
    const { clock, starts, ask } = setUp();
    for (const name of ['a', 'b', 'c', 'd']) void ask(name, 'user');
    void ask('poll', 'poll');
    void ask('person', 'user');
    await clock.advance(20_000);
    expect(starts.slice(4).map(({ name }) => name)).toEqual(['person', 'poll']);
  });

  test('nothing starts while Graph asked to wait, and then what waited does', async () => {
    const { clock, budget, starts, ask } = setUp();
    void ask('before', 'poll');
    await settle();
    budget.holdUntil(momentAt(START_MS + 41_000));
    budget.holdUntil(momentAt(START_MS + 5_000));
    void ask('person', 'user');
    void ask('poll', 'poll');
    await clock.advance(40_999);
    expect(starts.map(({ name }) => name)).toEqual(['before']);
    await clock.advance(1);
    expect(starts.map(({ name }) => name)).toEqual(['before', 'person', 'poll']);
  });

  test('a hold that comes while others sleep is obeyed by them', async () => {
    const { clock, budget, starts, ask } = setUp();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void ask(name, 'user');
    await clock.advance(1_000);
    budget.holdUntil(momentAt(START_MS + 60_000));
    await clock.advance(58_999);
    expect(starts).toHaveLength(4);
    await clock.advance(1);
    expect(starts).toHaveLength(5);
  });

  test('who gives up leaves the queue at once, and nobody sleeps for nothing', async () => {
    const { clock, budget, starts, ask } = setUp();
    budget.holdUntil(momentAt(START_MS + 60_000));
    const giving = new AbortController();
    void ask('a', 'user', giving.signal);
    await settle();
    giving.abort();
    await settle();
    expect(starts).toEqual([{ name: 'a cancelled', atMs: 0 }]);
    expect(clock.waiting).toBe(0);
    void ask('b', 'user', giving.signal);
    await settle();
    expect(starts.at(-1)?.name).toBe('b cancelled');
  });

  test('counts a request from the moment it leaves, however long connecting takes', async () => {
    const { clock, starts, ask } = setUp({ connectMs: 3_000 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) void ask(name, 'user');
    await clock.advance(60_000);
    expect(starts.map(({ atMs }) => atMs)).toEqual([3_000, 3_000, 3_000, 3_000, 3_000 + BUDGET_WINDOW_MS + 3_000]);
  });

  test('does not count a request that never left', async () => {
    const { clock, budget, starts, ask } = setUp();
    for (let n = 0; n < 10; n++) (await budget.start('user', never()))?.dropped();
    for (const name of ['a', 'b', 'c', 'd']) void ask(name, 'user');
    await clock.advance(0);
    expect(starts).toHaveLength(4);
  });

  test('leaves half to others when nobody watches', async () => {
    const { clock, starts, ask } = setUp({ automaticShare: 2 });
    for (const name of ['a', 'b', 'c']) void ask(name, 'poll');
    await clock.advance(BUDGET_WINDOW_MS - 1);
    expect(starts.map(({ name }) => name)).toEqual(['a', 'b']);
    void ask('person', 'user');
    await settle();
    expect(starts.at(-1)?.name).toBe('person');
  });

  test('leaves a start for a person when looking for late rows, and lets news go first', async () => {
    const { clock, starts, ask } = setUp();
    for (const name of ['late 1', 'late 2', 'late 3', 'late 4']) void ask(name, 'reread');
    await settle();
    void ask('news', 'poll');
    void ask('person', 'user');
    await clock.advance(BUDGET_WINDOW_MS);
    expect(starts.map(({ name }) => name).slice(0, 5)).toEqual(['late 1', 'late 2', 'late 3', 'person', 'news']);
  });

  describe('shared by processes', () => {
    test('is one budget: together they start no more than four', async () => {
      const clock = new ManualClock(START_MS);
      const ledger = { ...memoryLedger(), isShared: true };
      const [one, other] = [setUp({ clock, ledger }), setUp({ clock, ledger })];
      for (const name of ['a', 'b', 'c', 'd']) {
        void one.ask(name, 'user');
        void other.ask(name, 'user');
      }
      await clock.advance(60_000);
      const startsMs = [...one.starts, ...other.starts].map(({ atMs }) => atMs);
      expect(startsMs).toHaveLength(8);
      expect(mostStartsWithin(startsMs, 10_000)).toBe(4);
    });

    test('lets a person at one go before the polls of another', async () => {
      const clock = new ManualClock(START_MS);
      const ledger = { ...memoryLedger(), isShared: true };
      const [watching, asking] = [setUp({ clock, ledger }), setUp({ clock, ledger })];
      for (const name of ['a', 'b', 'c', 'd']) void asking.ask(name, 'user');
      await settle();
      for (const name of ['poll 1', 'poll 2']) void watching.ask(name, 'poll');
      void asking.ask('person', 'user');
      await clock.advance(BUDGET_WINDOW_MS + 200);
      expect(asking.starts.map(({ name }) => name)).toContain('person');
      expect(watching.starts).toEqual([]);
    });

    test('does not let a long download of one stop the polls of another', async () => {
      const clock = new ManualClock(START_MS);
      const ledger = { ...memoryLedger(), isShared: true };
      const [watching, downloading] = [setUp({ clock, ledger }), setUp({ clock, ledger })];
      const download = async () => {
        for (let page = 0; page < 60; page++) await downloading.ask('page', 'user');
      };
      void download();
      await settle();
      void watching.ask('poll', 'poll');
      await clock.advance(45_000);
      expect(watching.starts).toHaveLength(1);
    });

    test('is held for all of them when Graph asks one to wait', async () => {
      const clock = new ManualClock(START_MS);
      const ledger = { ...memoryLedger(), isShared: true };
      const [one, other] = [setUp({ clock, ledger }), setUp({ clock, ledger })];
      one.budget.holdUntil(momentAt(START_MS + 30_000));
      void other.ask('a', 'user');
      await clock.advance(29_999);
      expect(other.starts).toEqual([]);
      await clock.advance(1);
      expect(other.starts).toHaveLength(1);
    });

    test('forgets what a process granted itself and never sent', async () => {
      const clock = new ManualClock(START_MS);
      const ledger = { ...memoryLedger(), isShared: true };
      const [ended, other] = [setUp({ clock, ledger, connectMs: 10_000_000 }), setUp({ clock, ledger })];
      for (const name of ['a', 'b', 'c', 'd']) void ended.ask(name, 'user');
      await settle();
      void other.ask('e', 'user');
      await clock.advance(80_000);
      expect(other.starts).toHaveLength(1);
    });
  });

  test('never more than four starts in any ten seconds, whatever comes when, and everything starts in the end', async () => {
    const arrivals = fc.array(
      fc.record({
        afterMs: fc.nat(6_000),
        priority: fc.constantFrom<Priority>('user', 'poll', 'reread'),
        holdMs: fc.option(fc.nat(15_000), { freq: 8 }),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, async (requests) => {
        const { clock, budget, starts, ask } = setUp();
        const holds: { readonly fromMs: number; readonly toMs: number }[] = [];
        for (const { afterMs, priority, holdMs } of requests) {
          await clock.advance(afterMs);
          const fromMs = clock.now() - START_MS;
          if (holdMs !== null) {
            budget.holdUntil(later(clock.moment(), holdMs));
            holds.push({ fromMs, toMs: fromMs + holdMs });
          }
          void ask('x', priority);
        }
        await clock.advance(requests.length * 11_000 + 30_000);
        expect(starts).toHaveLength(requests.length);
        const startsMs = starts.map(({ atMs }) => atMs);
        expect(mostStartsWithin(startsMs, 10_000)).toBeLessThanOrEqual(4);
        for (const { fromMs, toMs } of holds) {
          expect(startsMs.filter((ms) => ms > fromMs && ms < toMs)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
