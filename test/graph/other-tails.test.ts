/** What `auth0 logs tail` gets wrong, fault by fault (`internal/cli/logs.go`), and what this feed does instead. */
import { beforeAll, describe, expect, test } from 'vitest';
import { NOON_MS } from '../support/events.ts';
import { type LogRow, refusal } from './fake-graph.ts';
import { HOUR_MS, MINUTE_MS, mostStartsWithin, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const filtered = { clause: "signUpStage eq 'userCreation'", pageSize: 100 };
const old = (count: number): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({ n: index + 1, timeMs: NOON_MS - (count - index) * 30_000 }));
const live = (count: number, fromMs: number, everyMs: number): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({ n: 10_000 + index, timeMs: fromMs + index * everyMs }));
const isLive = (n: number) => n >= 10_000;

describe('faults of other tails', () => {
  test('1. the checkpoint is lost when filtering: here every poll of a filtered feed asks for the last hour only', async () => {
    const run = startFeed({ request: filtered, graph: (graph) => void Object.assign(graph, { rows: old(500) }) });
    await run.clock.advance(4 * MINUTE_MS);
    const polls = run.graph.asked.filter(({ atMs }) => atMs > NOON_MS + 12_000);
    expect(polls.length).toBeGreaterThan(10);
    for (const { filter, fromMs, atMs } of polls) {
      expect(filter).toContain(`and ${filtered.clause}`);
      expect(fromMs).toBeGreaterThanOrEqual(atMs - 61 * MINUTE_MS);
    }
    run.stop();
  });

  test('2. there is no sleep when a page is full: here full pages keep to the interval and the budget', async () => {
    const run = startFeed({
      request: filtered,
      demand: { backfillPages: 1 },
      // However often it is asked, the first page is full.
      graph: (graph) => void Object.assign(graph, { rows: [...old(500), ...live(2_000, NOON_MS, 150)] }),
    });
    await run.clock.advance(5 * MINUTE_MS);
    const startsMs = run.graph.asked.map(({ atMs }) => atMs);
    expect(mostStartsWithin(startsMs, 10_000)).toBeLessThanOrEqual(4);
    const firstPages = run.graph.asked.filter(({ skip }) => skip === 0).map(({ atMs }) => atMs);
    // A poll, and the last minutes and the rest of the hour, in which late rows are looked for.
    expect(mostStartsWithin(firstPages, 15_000)).toBeLessThanOrEqual(3);
    run.stop();
  });

  test('3. only the first page is read: here a burst between two polls is read to its end', async () => {
    const run = startFeed({
      request: filtered,
      graph: (graph) => void Object.assign(graph, { rows: live(450, NOON_MS + 1_000, 20) }),
    });
    await run.clock.advance(MINUTE_MS);
    expect(new Set(run.told().filter(isLive)).size).toBe(450);
    run.stop();
  });

  test('4. the first single match is not shown: here one row is enough', async () => {
    const run = startFeed({
      request: filtered,
      graph: (graph) => void Object.assign(graph, { rows: live(1, NOON_MS + 20_000, 1) }),
    });
    await run.clock.advance(15_000);
    expect(run.told()).toEqual([]);
    await run.clock.advance(15_000);
    expect(run.told()).toEqual([10_000]);
    run.stop();
  });

  test('5. an error ends it: here it is told, tried again, and what was missed is read', async () => {
    const run = startFeed({
      request: filtered,
      graph: (graph) => {
        graph.rows = live(100, NOON_MS, 3_000);
        const answers = [
          () => refusal(500),
          () => refusal(429, '', '', { 'Retry-After': '20' }),
          dropped,
          () => new Response('<html>'),
        ];
        graph.inTheWay = () => (graph.asked.length > 2 ? (answers.shift()?.() ?? null) : null);
      },
    });
    await run.clock.advance(10 * MINUTE_MS);
    expect(run.of('feed.failed')).toHaveLength(3);
    expect(run.of('feed.failed').every(({ retryInMs }) => retryInMs !== null)).toBe(true);
    expect(run.of('feed.throttled')).toHaveLength(1);
    expect(new Set(run.told()).size).toBe(100);
    expect(run.of('feed.caughtUp').at(-1)?.upToMs).toBeGreaterThan(NOON_MS + 9 * MINUTE_MS);
    run.stop();
  });

  test('6. there is no pause: here a pause sends nothing, and its end loses nothing', async () => {
    const run = startFeed({
      request: filtered,
      graph: (graph) => void Object.assign(graph, { rows: live(300, NOON_MS, 20_000) }),
    });
    await run.clock.advance(MINUTE_MS);
    const before = run.graph.asked.length;
    run.demand.change({ paused: true });
    await run.clock.advance(HOUR_MS);
    expect(run.graph.asked).toHaveLength(before);
    run.demand.change({ paused: false });
    await run.clock.advance(MINUTE_MS);
    const visible = run.graph.rows.filter(({ timeMs }) => timeMs <= run.clock.now());
    expect(new Set(run.told()).size).toBe(visible.length);
    run.stop();
  });
});

function dropped(): never {
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
