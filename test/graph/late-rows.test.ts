/** Rows that turn up late, out of order and more than once, against a feed that must show each of them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { NOON_MS } from '../support/events.ts';
import type { LogRow } from './fake-graph.ts';
import { HOUR_MS, MINUTE_MS, mostStartsWithin, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const RUNS_FOR_MS = 2 * HOUR_MS;
/** From two hours before the feed starts until it ends, a little late or up to an hour. */
const anyRow = fc.record({
  atMs: fc.integer({ min: -2 * HOUR_MS, max: RUNS_FOR_MS }),
  lateMs: fc.oneof(fc.nat(2 * MINUTE_MS), fc.nat(HOUR_MS), fc.constant(HOUR_MS)),
});

describe('late rows', () => {
  test('every row of the last hours is told, however late within the hour, and never by more than four requests in 10 s', async () => {
    const setup = fc.record({
      late: fc.array(anyRow, { minLength: 20, maxLength: 150 }),
      pageSize: fc.integer({ min: 3, max: 40 }),
      backfillPages: fc.constantFrom(1, 5, Number.POSITIVE_INFINITY),
      troubles: fc.array(fc.record({ atMs: fc.nat(RUNS_FOR_MS), forMs: fc.nat(4 * MINUTE_MS) }), { maxLength: 3 }),
      pause: fc.option(fc.record({ atMs: fc.nat(HOUR_MS / 2), forMs: fc.nat(HOUR_MS) })),
    });
    await fc.assert(
      fc.asyncProperty(setup, async ({ late, pageSize, backfillPages, troubles, pause }) => {
        const rows: readonly LogRow[] = late.map(({ atMs, lateMs }, index) => ({
          n: index + 1,
          timeMs: NOON_MS + atMs,
          visibleAtMs: NOON_MS + atMs + lateMs,
        }));
        const run = startFeed({
          request: { sinceMs: NOON_MS - 2 * HOUR_MS, pageSize },
          demand: { backfillPages },
          graph: (graph) => {
            graph.rows = rows;
            graph.inTheWay = ({ atMs }) =>
              troubles.some(
                (trouble) => atMs >= NOON_MS + trouble.atMs && atMs < NOON_MS + trouble.atMs + trouble.forMs,
              )
                ? new Response('', { status: atMs % 2 === 0 ? 503 : 429 })
                : null;
          },
        });
        if (pause) {
          await run.clock.advance(pause.atMs);
          run.demand.change({ paused: true });
          await run.clock.advance(pause.forMs);
          run.demand.change({ paused: false });
        }
        await run.clock.advance(NOON_MS + RUNS_FOR_MS - run.clock.now());
        // Whoever wants all of it gets all of it; the last rereading may be five minutes away, and so may a retry.
        run.demand.change({ backfillPages: Number.POSITIVE_INFINITY });
        await run.clock.advance(HOUR_MS + 10 * MINUTE_MS);
        run.stop();
        await run.ended;
        const told = new Set(run.told());
        expect(rows.filter(({ n }) => !told.has(n))).toEqual([]);
        expect(
          mostStartsWithin(
            run.graph.asked.map(({ atMs }) => atMs),
            10_000,
          ),
        ).toBeLessThanOrEqual(4);
        expect(run.of('range.completed')).toHaveLength(1);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('a row that is fifty-nine minutes late is told by the next poll', async () => {
    const row = { n: 1, timeMs: NOON_MS + 10 * MINUTE_MS, visibleAtMs: NOON_MS + 69 * MINUTE_MS };
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: [row] }) });
    await run.clock.advance(69 * MINUTE_MS - 1);
    expect(run.told()).toEqual([]);
    await run.clock.advance(15_000);
    expect(run.told()).toContain(1);
    run.stop();
  });

  test('a row that is two minutes late is told by the next poll', async () => {
    const row = { n: 1, timeMs: NOON_MS + 10 * MINUTE_MS, visibleAtMs: NOON_MS + 12 * MINUTE_MS };
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: [row] }) });
    await run.clock.advance(12 * MINUTE_MS + 15_000);
    expect(run.told()).toContain(1);
    run.stop();
  });

  test('a late row is told soon when polling alone could use up the budget: some polls give way', async () => {
    const others = Array.from({ length: 60 }, (_, index) => ({ n: index + 2, timeMs: NOON_MS - index * MINUTE_MS }));
    const late = { n: 1, timeMs: NOON_MS - 40 * MINUTE_MS, visibleAtMs: NOON_MS + 5 * MINUTE_MS };
    const run = startFeed({
      request: { pollIntervalMs: 5_000, pageSize: 10, sinceMs: NOON_MS - HOUR_MS },
      automaticShare: 2,
      graph: (graph) => void Object.assign(graph, { rows: [...others, late] }),
    });
    await run.clock.advance(5 * MINUTE_MS);
    expect(run.told()).not.toContain(1);
    await run.clock.advance(4 * MINUTE_MS);
    expect(run.told()).toContain(1);
    // News still come with almost every poll.
    const polls = run.of('page.received').filter(({ purpose }) => purpose === 'poll').length;
    expect(polls).toBeGreaterThan((9 * 60) / 10);
    run.stop();
  });

  test('a late row is told though Graph fails often: looking for late rows goes on where it was', async () => {
    const others = Array.from({ length: 400 }, (_, index) => ({ n: index + 2, timeMs: NOON_MS - index * 9_000 }));
    const late = { n: 1, timeMs: NOON_MS - 50 * MINUTE_MS, visibleAtMs: NOON_MS + 5 * MINUTE_MS };
    let requests = 0;
    const run = startFeed({
      request: { sinceMs: NOON_MS - HOUR_MS },
      graph: (graph) => {
        graph.rows = [...others, late];
        graph.inTheWay = () => (++requests % 12 === 0 ? new Response('', { status: 503 }) : null);
      },
    });
    await run.clock.advance(5 * MINUTE_MS);
    expect(run.told()).not.toContain(1);
    await run.clock.advance(15 * MINUTE_MS);
    expect(run.told()).toContain(1);
    run.stop();
  });
});
