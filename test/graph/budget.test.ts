import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBudget } from '../../src/graph/budget.ts';
import type { Priority } from '../../src/graph/budget-window.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { mostStartsWithin } from './run-feed.ts';

const START_MS = 1_000_000;
/** A signal that is never aborted. */
const never = () => new AbortController().signal;

function setUp() {
  const clock = new ManualClock(START_MS);
  const budget = createBudget(clock);
  const starts: { readonly name: string; readonly atMs: number }[] = [];
  const ask = async (name: string, priority: Priority, signal = never()) => {
    if (await budget.start(priority, signal)) starts.push({ name, atMs: clock.now() - START_MS });
    else starts.push({ name: `${name} cancelled`, atMs: clock.now() - START_MS });
  };
  return { clock, budget, starts, ask };
}

describe('the request budget', () => {
  test('lets four requests of a person start at once and the fifth after ten seconds', async () => {
    const { clock, starts, ask } = setUp();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void ask(name, 'user');
    await clock.advance(9_999);
    expect(starts.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    await clock.advance(1);
    expect(starts.at(-1)).toEqual({ name: 'e', atMs: 10_000 });
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
    budget.holdUntil(START_MS + 41_000);
    budget.holdUntil(START_MS + 5_000);
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
    budget.holdUntil(START_MS + 60_000);
    await clock.advance(58_999);
    expect(starts).toHaveLength(4);
    await clock.advance(1);
    expect(starts).toHaveLength(5);
  });

  test('who gives up leaves the queue at once, and nobody sleeps for nothing', async () => {
    const { clock, budget, starts, ask } = setUp();
    budget.holdUntil(START_MS + 60_000);
    const giving = new AbortController();
    void ask('a', 'user', giving.signal);
    await settle();
    giving.abort();
    await settle();
    expect(starts).toEqual([{ name: 'a cancelled', atMs: 0 }]);
    expect(clock.waiting).toBe(0);
    expect(budget.usedNow(clock.now())).toBe(0);
    void ask('b', 'user', giving.signal);
    await settle();
    expect(starts.at(-1)?.name).toBe('b cancelled');
  });

  test('tells how much of it is used', async () => {
    const { clock, budget, ask } = setUp();
    void ask('a', 'user');
    await clock.advance(6_000);
    void ask('b', 'user');
    await settle();
    expect(budget.usedNow(clock.now())).toBe(2);
    await clock.advance(4_000);
    expect(budget.usedNow(clock.now())).toBe(1);
  });

  test('a clock that is set back makes nobody wait for hours, and frees no start', async () => {
    let nowMs = START_MS;
    const waits: number[] = [];
    const wait = (ms: number) => {
      waits.push(ms);
      return new Promise<void>(() => undefined);
    };
    const budget = createBudget({ now: () => nowMs, wait });
    for (let i = 0; i < 4; i++) expect(await budget.start('user', never())).toBe(true);
    nowMs -= 3_600_000;
    void budget.start('user', never());
    expect(waits).toEqual([10_000]);
  });

  test('never more than four starts in any ten seconds, whatever comes when, and everything starts in the end', async () => {
    const arrivals = fc.array(
      fc.record({
        afterMs: fc.nat(6_000),
        priority: fc.constantFrom<Priority>('user', 'poll'),
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
            budget.holdUntil(clock.now() + holdMs);
            holds.push({ fromMs, toMs: fromMs + holdMs });
          }
          void ask('x', priority);
        }
        await clock.advance(requests.length * 10_000 + 20_000);
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
