/** A feed on a computer whose clock is wrong, or is set while it runs; and with a server whose clock is. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import type { LogRow } from './fake-graph.ts';
import { HOUR_MS, MINUTE_MS, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const everyMinute = (count: number, fromMs: number): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({ n: index + 1, timeMs: fromMs + index * MINUTE_MS }));

describe('a clock that is set while the feed runs', () => {
  test.each([-HOUR_MS, HOUR_MS])('by %i ms changes nothing: it polls every 15 s and loses nothing', async (byMs) => {
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: everyMinute(30, NOON_MS) }) });
    await run.clock.advance(5 * MINUTE_MS);
    // Graph's clock goes on as it did.
    run.graph.offsetMs -= byMs;
    run.clock.setBy(byMs);
    const before = run.graph.asked.length;
    await run.clock.advance(5 * MINUTE_MS);
    expect(Math.abs(run.graph.asked.length - before - 20)).toBeLessThanOrEqual(1);
    expect(new Set(run.told()).size).toBe(11);
    expect(run.of('clock.corrected')).toEqual([]);
    expect(run.of('feed.caughtUp').at(-1)).toMatchObject({ upToMs: NOON_MS + 10 * MINUTE_MS, nextPollInMs: 15_000 });
    run.stop();
  });
});

describe('a clock that is wrong from the start', () => {
  test.each([
    ['3 h fast', 3 * HOUR_MS],
    ['3 h slow', -3 * HOUR_MS],
  ])('%s: is told once, and rows come as they appear', async (_, computerAheadMs) => {
    const clock = new ManualClock(NOON_MS);
    clock.setBy(computerAheadMs);
    const run = startFeed({
      clock,
      request: { sinceMs: clock.now() - HOUR_MS },
      graph: (graph) => {
        graph.offsetMs = -computerAheadMs;
        graph.rows = everyMinute(30, NOON_MS);
      },
    });
    await run.clock.advance(10 * MINUTE_MS);
    const [corrected, ...more] = run.of('clock.corrected');
    expect(corrected?.source).toBe('graph');
    expect(Math.round((corrected?.computerAheadMs ?? 0) / MINUTE_MS)).toBe(computerAheadMs / MINUTE_MS);
    expect(more).toEqual([]);
    // Whoever reads by it works out the range again; what is asked for here is still the old one.
    if (computerAheadMs < 0) expect(new Set(run.told()).size).toBe(11);
    run.stop();
  });

  test('is not told when it is a few seconds off', async () => {
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { offsetMs: 40_000 }) });
    await run.clock.advance(MINUTE_MS);
    expect(run.of('clock.corrected')).toEqual([]);
    expect(run.of('feed.caughtUp').at(-1)?.upToMs).toBeGreaterThan(NOON_MS + MINUTE_MS + 39_000);
    run.stop();
  });
});

describe('a server whose Date is wrong', () => {
  test.each([
    ['3 h ahead', 3 * HOUR_MS],
    ['3 h behind', -3 * HOUR_MS],
  ])('%s: loses no row, whether it was late or not', async (_, offMs) => {
    const rows = everyMinute(40, NOON_MS - 20 * MINUTE_MS).map((row) =>
      row.n % 3 === 0 ? { ...row, visibleAtMs: row.timeMs + 4 * MINUTE_MS } : row,
    );
    const run = startFeed({
      graph: (graph) => {
        graph.rows = rows;
        graph.dateOffsetMs = offMs;
      },
    });
    await run.clock.advance(30 * MINUTE_MS);
    expect(new Set(run.told()).size).toBe(40);
    run.stop();
  });
});
