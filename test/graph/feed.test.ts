import { beforeAll, describe, expect, test } from 'vitest';
import { NOON_MS } from '../support/events.ts';
import { settle } from '../support/manual-clock.ts';
import { type LogRow, refusal } from './fake-graph.ts';
import { type FeedRun, HOUR_MS, MINUTE_MS, mostStartsWithin, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

/** Row number `n` of `count`, one every `everyMs`, the last of them `endMs` before the start of the test. */
const rows = (count: number, everyMs = MINUTE_MS, endMs = MINUTE_MS): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({
    n: index + 1,
    timeMs: NOON_MS - endMs - (count - 1 - index) * everyMs,
  }));
const newestFirst = (count: number) => Array.from({ length: count }, (_, index) => count - index);
const distinct = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);
const startsOf = (run: FeedRun) => run.graph.asked.map(({ atMs }) => atMs);

describe('reading backwards', () => {
  test('comes page by page, newest first, and tells what each page covers', async () => {
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: rows(25) }) });
    await run.clock.advance(0);
    const pages = run.of('page.received');
    expect(run.told()).toEqual(newestFirst(25));
    expect(pages.map(({ purpose, events }) => [purpose, events.length])).toEqual([
      ['backfill', 10],
      ['backfill', 10],
      ['backfill', 5],
    ]);
    const oldest = (page: number) => pages[page]?.events.at(-1)?.timeMs;
    expect(pages.map(({ covered }) => covered)).toEqual([
      { fromMs: oldest(0), toMs: NOON_MS },
      { fromMs: oldest(1), toMs: oldest(0) },
      { fromMs: NOON_MS - 24 * HOUR_MS, toMs: oldest(1) },
    ]);
    expect(run.facts.at(-1)).toEqual({ type: 'range.completed' });
    run.stop();
  });

  test('is up to date from the first page on', async () => {
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: rows(25) }) });
    await run.clock.advance(0);
    expect(run.facts.map(({ type }) => type).slice(0, 2)).toEqual(['page.received', 'feed.caughtUp']);
    expect(run.of('feed.caughtUp')[0]).toEqual({
      type: 'feed.caughtUp',
      upToMs: NOON_MS,
      nextPollInMs: 15_000,
    });
    run.stop();
  });

  test('stops at the pages that are wanted, and goes on where it was when more are', async () => {
    const run = startFeed({
      demand: { backfillPages: 1 },
      graph: (graph) => void Object.assign(graph, { rows: rows(35) }),
    });
    await run.clock.advance(0);
    expect(run.told()).toHaveLength(10);
    run.demand.change({ backfillPages: 3 });
    await run.clock.advance(0);
    expect(run.told()).toEqual(newestFirst(35).slice(0, 30));
    expect(run.graph.asked.map(({ skip }) => skip)).toEqual([0, 10, 20]);
    expect(run.of('range.completed')).toEqual([]);
    run.stop();
  });

  test('follows empty pages that point to others', async () => {
    const run = startFeed({
      demand: { backfillPages: 1 },
      graph: (graph) => {
        graph.rows = rows(3);
        graph.inTheWay = ({ url }) => {
          if (graph.asked.length > 2) return null;
          const next = new URL(url);
          next.searchParams.set('$skiptoken', '0');
          next.searchParams.set('again', String(graph.asked.length));
          return graph.json([], next.href);
        };
      },
    });
    await run.clock.advance(0);
    expect(run.told()).toEqual([3, 2, 1]);
    expect(run.graph.asked).toHaveLength(3);
    run.stop();
  });

  test('does not read again what was read for this filter before', async () => {
    const coveredFromMs = NOON_MS - 5 * HOUR_MS;
    const run = startFeed({
      request: { covered: [{ fromMs: coveredFromMs, toMs: NOON_MS - 10 * MINUTE_MS }], pageSize: 1000 },
      graph: (graph) => void Object.assign(graph, { rows: rows(600) }),
    });
    await run.clock.advance(MINUTE_MS);
    const backfill = run.of('page.received').filter(({ purpose }) => purpose === 'backfill');
    expect(backfill.map(({ covered }) => covered)).toEqual([{ fromMs: NOON_MS - 24 * HOUR_MS, toMs: coveredFromMs }]);
    // News since then come first, together with what may have changed since then.
    expect(
      run
        .of('page.received')
        .map(({ purpose }) => purpose)
        .slice(0, 3),
    ).toEqual(['poll', 'backfill', 'poll']);
    expect(run.of('page.received')[0]?.covered).toMatchObject({ fromMs: NOON_MS - 70 * MINUTE_MS });
    run.stop();
  });

  test('looks for late rows in every stretch that was read before, and fills the hole between two', async () => {
    const late = { n: 5_000, timeMs: NOON_MS - 8.5 * HOUR_MS };
    const covered = [
      { fromMs: NOON_MS - 10 * HOUR_MS, toMs: NOON_MS - 8 * HOUR_MS },
      { fromMs: NOON_MS - 3 * HOUR_MS, toMs: NOON_MS - 10 * MINUTE_MS },
    ];
    const run = startFeed({
      request: { covered, pageSize: 1000 },
      demand: { backfillPages: 0 },
      graph: (graph) => void Object.assign(graph, { rows: [...rows(600), late] }),
    });
    await run.clock.advance(MINUTE_MS);
    const toldOf = (wanted: string) =>
      run
        .of('page.received')
        .filter(({ purpose }) => purpose === wanted)
        .map(({ covered: span }) => span);
    expect(toldOf('reread')).toContainEqual({ fromMs: NOON_MS - 9 * HOUR_MS, toMs: NOON_MS - 8 * HOUR_MS });
    expect(toldOf('poll')).toContainEqual({ fromMs: NOON_MS - 8 * HOUR_MS, toMs: NOON_MS - 3 * HOUR_MS });
    expect(toldOf('backfill')).toEqual([]);
    expect(run.told()).toContain(5_000);
    run.stop();
  });

  test('an order of rows that nobody promised loses nothing, and is not taken for progress', async () => {
    const run = startFeed({
      graph: (graph) => {
        graph.rows = rows(35);
        graph.sort = (a, b) => a.timeMs - b.timeMs;
      },
    });
    await run.clock.advance(0);
    expect(run.of('page.received').map(({ covered }) => covered)).toEqual([
      null,
      null,
      null,
      { fromMs: NOON_MS - 24 * HOUR_MS, toMs: NOON_MS },
    ]);
    expect(distinct(run.told())).toHaveLength(35);
    run.stop();
  });

  test('rows that cannot be understood are counted, and the others are shown', async () => {
    const run = startFeed({
      graph: (graph) => {
        graph.inTheWay = () => graph.json([{ nothing: 'here' }, { id: '1', createdDateTime: '2026-11-23T10:00:00Z' }]);
      },
    });
    await run.clock.advance(0);
    expect(run.of('page.received')[0]).toMatchObject({ events: [{ id: '1' }], unreadable: ['no id'] });
    run.stop();
  });
});

describe('a range that is read once', () => {
  const once = { pollIntervalMs: null };

  test('ends when it was read to its start', async () => {
    const run = startFeed({ request: once, graph: (graph) => void Object.assign(graph, { rows: rows(15) }) });
    await run.clock.advance(HOUR_MS);
    expect(run.hasEnded()).toBe(true);
    expect(run.told()).toEqual(newestFirst(15));
    expect(run.facts.map(({ type }) => type)).toEqual(['page.received', 'page.received', 'range.completed']);
    expect(run.graph.asked).toHaveLength(2);
  });

  test('asks nothing when all of it was read before', async () => {
    const covered = [{ fromMs: NOON_MS - 25 * HOUR_MS, toMs: NOON_MS }];
    const run = startFeed({ request: { ...once, covered } });
    await run.ended;
    expect(run.facts).toEqual([{ type: 'range.completed' }]);
    expect(run.graph.asked).toEqual([]);
  });

  test('asks for nothing outside of it', async () => {
    const range = { sinceMs: NOON_MS - 3 * HOUR_MS, untilMs: NOON_MS - 2 * HOUR_MS };
    const run = startFeed({
      request: { ...once, ...range },
      graph: (graph) => void Object.assign(graph, { rows: rows(300) }),
    });
    await run.clock.advance(MINUTE_MS);
    expect(run.hasEnded()).toBe(true);
    for (const { fromMs, toMs } of run.graph.asked) {
      expect(fromMs).toBeGreaterThanOrEqual(range.sinceMs);
      expect(toMs).toBeLessThanOrEqual(range.untilMs);
    }
    expect(run.told()).toHaveLength(61);
  });

  test('gives up after a handful of failures, and says that it does', async () => {
    const run = startFeed({ request: once, graph: (graph) => (graph.inTheWay = () => refusal(500)) });
    await run.clock.advance(HOUR_MS);
    expect(run.hasEnded()).toBe(true);
    const failures = run.of('feed.failed');
    expect(failures).toHaveLength(6);
    expect(failures.map(({ retryInMs }) => retryInMs === null)).toEqual([false, false, false, false, false, true]);
    expect(failures.at(-1)?.problem.kind).toBe('unreachable');
  });

  test('ends at once when Graph refuses', async () => {
    const run = startFeed({ request: once, graph: (graph) => (graph.inTheWay = () => refusal(403)) });
    await run.ended;
    expect(run.facts).toMatchObject([{ type: 'feed.failed', problem: { kind: 'refused' }, retryInMs: null }]);
  });

  test('waits as long as Graph asks, again and again, but not for ever', async () => {
    const run = startFeed({
      request: once,
      graph: (graph) => (graph.inTheWay = () => refusal(429, '', '', { 'Retry-After': '60' })),
    });
    await run.clock.advance(10 * MINUTE_MS - 1);
    expect(run.hasEnded()).toBe(false);
    await run.clock.advance(1);
    expect(run.hasEnded()).toBe(true);
    expect(run.of('feed.throttled')).toHaveLength(10);
    expect(run.facts.at(-1)).toMatchObject({ type: 'feed.failed', retryInMs: null });
  });
});

describe('watching', () => {
  test('polls at the interval, with the last hour in which late rows turn up, and tells the next look', async () => {
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: rows(5) }) });
    await run.clock.advance(MINUTE_MS);
    expect(startsOf(run).map((ms) => ms - NOON_MS)).toEqual([0, 15_000, 30_000, 45_000, 60_000]);
    const last = run.graph.asked.at(-1);
    expect(last?.fromMs).toBe(NOON_MS + 45_000 - HOUR_MS);
    expect(run.facts.at(-1)).toEqual({
      type: 'feed.caughtUp',
      upToMs: NOON_MS + MINUTE_MS,
      nextPollInMs: 15_000,
    });
    run.stop();
  });

  test('live rows come on time behind a backfill that never ends', async () => {
    const live = Array.from({ length: 60 }, (_, index) => ({ n: 100_000 + index, timeMs: NOON_MS + index * 10_000 }));
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: [...rows(5_000, 10_000), ...live] }) });
    await run.clock.advance(10 * MINUTE_MS + 15_000);
    const seenLive = run.told().filter((n) => n >= 100_000);
    expect(distinct(seenLive)).toHaveLength(60);
    expect(run.of('feed.caughtUp').length).toBeGreaterThan(30);
    expect(run.of('page.received').filter(({ purpose }) => purpose === 'backfill').length).toBeGreaterThan(60);
    expect(mostStartsWithin(startsOf(run), 10_000)).toBeLessThanOrEqual(4);
    run.stop();
  });

  test('a pause stops all requests but those that a person starts', async () => {
    const run = startFeed({
      demand: { backfillPages: 1 },
      graph: (graph) => void Object.assign(graph, { rows: rows(35) }),
    });
    await run.clock.advance(0);
    run.demand.change({ paused: true });
    await run.clock.advance(30 * MINUTE_MS);
    expect(run.graph.asked).toHaveLength(1);
    run.demand.change({ backfillPages: 2 });
    await run.clock.advance(MINUTE_MS);
    expect(run.graph.asked).toHaveLength(2);
    run.demand.change({ refreshes: 1 });
    await run.clock.advance(MINUTE_MS);
    expect(run.graph.asked).toHaveLength(3);
    expect(run.of('page.received').map(({ purpose }) => purpose)).toEqual(['backfill', 'backfill', 'poll']);
    run.demand.change({ paused: false });
    await run.clock.advance(0);
    expect(run.of('page.received').at(-1)?.purpose).toBe('reread');
    run.stop();
  });

  test('a pause also holds back what waits in the queue', async () => {
    const run = startFeed({
      request: { pollIntervalMs: 5_000 },
      graph: (graph) => void Object.assign(graph, { rows: rows(5) }),
    });
    await run.clock.advance(0);
    // Four starts by a person: the next poll has to wait.
    for (let refreshes = 1; refreshes <= 3; refreshes++) {
      run.demand.change({ refreshes });
      await settle();
    }
    await run.clock.advance(6_000);
    expect(run.graph.asked).toHaveLength(4);
    run.demand.change({ paused: true });
    await run.clock.advance(HOUR_MS);
    expect(run.graph.asked).toHaveLength(4);
    run.stop();
  });

  test('a held refresh key is no storm', async () => {
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: rows(5) }) });
    for (let refreshes = 1; refreshes <= 600; refreshes++) {
      run.demand.change({ refreshes });
      await run.clock.advance(100);
    }
    expect(mostStartsWithin(startsOf(run), 10_000)).toBeLessThanOrEqual(4);
    expect(run.graph.asked.length).toBeGreaterThan(20);
    run.stop();
  });

  test('nothing is polled beyond the end of the range, and late rows are looked for until none can come', async () => {
    const untilMs = NOON_MS - 10 * MINUTE_MS;
    const late = { n: 999, timeMs: untilMs - MINUTE_MS, visibleAtMs: NOON_MS + 40 * MINUTE_MS };
    const run = startFeed({
      request: { untilMs },
      graph: (graph) => void Object.assign(graph, { rows: [...rows(5, MINUTE_MS, 20 * MINUTE_MS), late] }),
    });
    await run.clock.advance(3 * HOUR_MS);
    expect(run.of('feed.caughtUp')[0]).toEqual({ type: 'feed.caughtUp', upToMs: untilMs, nextPollInMs: null });
    expect(run.of('page.received').filter(({ purpose }) => purpose === 'poll')).toEqual([]);
    expect(Math.max(...run.graph.asked.map(({ toMs }) => toMs))).toBe(untilMs);
    expect(run.told()).toContain(999);
    const lastMs = startsOf(run).at(-1) ?? 0;
    expect(lastMs).toBeLessThanOrEqual(untilMs + HOUR_MS + 5 * MINUTE_MS);
    run.stop();
  });

  test('a clock that is wrong by minutes, either way, loses no row', async () => {
    for (const offsetMs of [-17 * MINUTE_MS, 17 * MINUTE_MS]) {
      const live = Array.from({ length: 40 }, (_, n) => ({ n: n + 1, timeMs: NOON_MS + offsetMs + (n - 20) * 30_000 }));
      const run = startFeed({ graph: (graph) => void Object.assign(graph, { rows: live, offsetMs }) });
      await run.clock.advance(12 * MINUTE_MS);
      expect(distinct(run.told())).toHaveLength(40);
      const upToMs = run.of('feed.caughtUp').at(-1)?.upToMs ?? 0;
      expect(Math.abs(upToMs - (run.clock.now() + offsetMs))).toBeLessThanOrEqual(16_000);
      run.stop();
    }
  });

  test('a row that is dated a little ahead of the server is shown at once', async () => {
    const run = startFeed({
      graph: (graph) => {
        graph.rows = [{ n: 1, timeMs: NOON_MS + 30_000, visibleAtMs: NOON_MS }];
      },
    });
    await run.clock.advance(0);
    expect(run.told()).toEqual([1]);
    expect(run.of('feed.caughtUp')[0]?.upToMs).toBe(NOON_MS);
    run.stop();
  });

  test('ends at once when it is aborted, also in the middle of a request', async () => {
    const run = startFeed({ graph: (graph) => (graph.inTheWay = () => new Promise<Response>(() => undefined)) });
    await settle();
    expect(run.graph.asked).toHaveLength(1);
    run.stop();
    await run.ended;
    expect(run.facts).toEqual([]);
    expect(run.clock.waiting).toBe(0);
  });
});
