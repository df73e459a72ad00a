/** Every row is told once and soon; nothing that was not asked for is told at all; and a feed that cannot go on says so. */
import { beforeAll, describe, expect, test } from 'vitest';
import { SeenEvents } from '../../src/headless/seen-events.ts';
import { NOON_MS, rowOf } from '../support/events.ts';
import { type LogRow, refusal } from './fake-graph.ts';
import { type FeedRun, HOUR_MS, MINUTE_MS, mostStartsWithin, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const SECOND_MS = 1000;
const everySecond = (count: number, fromMs: number): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({ n: index + 1, timeMs: fromMs + index * SECOND_MS }));

/** What a reader that remembers as long as the feed says has seen, each row as often as it was new to it. */
function freshTo(run: FeedRun): { readonly numbers: readonly number[]; readonly seen: SeenEvents } {
  const seen = new SeenEvents();
  const numbers = run.of('page.received').flatMap(({ events, settledBelowMs }) => {
    const fresh = events.filter((event) => seen.add(event)).map(({ id }) => Number.parseInt(id.slice(-12), 16));
    seen.forgetBelow(settledBelowMs);
    return fresh;
  });
  return { numbers, seen };
}

/** The longest that a row took from being shown by Graph to being told. */
async function delayOf(run: FeedRun, row: LogRow): Promise<number> {
  const visibleAtMs = row.visibleAtMs ?? row.timeMs;
  await run.clock.advance(visibleAtMs - run.clock.now());
  for (let waitedMs = 0; waitedMs <= 10 * MINUTE_MS; waitedMs += SECOND_MS) {
    if (run.told().includes(row.n)) return waitedMs;
    await run.clock.advance(SECOND_MS);
  }
  return Number.POSITIVE_INFINITY;
}

describe('late rows', () => {
  test.each([0, 1, 5, 20, 59])(
    'of a log with one page an hour come with the next poll, %i minutes late',
    async (late) => {
      const row = { n: 500_000, timeMs: NOON_MS + (2 - late) * MINUTE_MS, visibleAtMs: NOON_MS + 2 * MINUTE_MS + 500 };
      const rows = everySecond(40, NOON_MS - HOUR_MS);
      const run = startFeed({
        request: { pageSize: 1000 },
        demand: { backfillPages: 1 },
        graph: (graph) => void Object.assign(graph, { rows: [...rows, row] }),
      });
      expect(await delayOf(run, row)).toBeLessThanOrEqual(15 * SECOND_MS);
      run.stop();
    },
  );

  test.each([1, 5, 20, 59])('of a log with many pages an hour come within minutes, %i minutes late', async (late) => {
    const row = { n: 500_000, timeMs: NOON_MS + (2 - late) * MINUTE_MS, visibleAtMs: NOON_MS + 2 * MINUTE_MS + 500 };
    // Seven pages an hour.
    const rows = Array.from({ length: 1400 }, (_, index) => ({
      n: index + 1,
      timeMs: NOON_MS + (index - 700) * 5_000,
    }));
    const run = startFeed({
      request: { pageSize: 100 },
      graph: (graph) => void Object.assign(graph, { rows: [...rows, row] }),
    });
    expect(await delayOf(run, row)).toBeLessThanOrEqual(60 * SECOND_MS);
    run.stop();
  });
});

describe('a burst', () => {
  test('of 5,000 rows in pages of 100 is read as fast as the budget allows, and says how far behind it is', async () => {
    const burst = Array.from({ length: 5_000 }, (_, index) => ({
      n: 10_000 + index,
      timeMs: NOON_MS + 20_000 + index,
    }));
    const run = startFeed({
      request: { pageSize: 100 },
      demand: { backfillPages: 1 },
      graph: (graph) => void Object.assign(graph, { rows: burst }),
    });
    await run.clock.advance(30_000 + 3 * MINUTE_MS);
    expect(new Set(run.told()).size).toBe(5_000);
    const behind = run.of('feed.behind');
    expect(behind.length).toBeGreaterThan(40);
    expect(behind.every(({ upToMs }) => upToMs <= NOON_MS + 20_000)).toBe(true);
    expect(
      mostStartsWithin(
        run.requests.flatMap((fact) => (fact.type === 'request.started' ? [fact] : [])).map(({ at }) => Number(at)),
        10_000,
      ),
    ).toBeLessThanOrEqual(4);
    run.stop();
  });
});

describe('a reader that remembers as long as the feed says', () => {
  test('gets each row once when reading the last hour again is held up between two pages', async () => {
    let holds = 0;
    const run = startFeed({
      request: { sinceMs: NOON_MS - HOUR_MS, pageSize: 10 },
      graph: (graph) => {
        graph.rows = Array.from({ length: 300 }, (_, index) => ({
          n: index + 1,
          timeMs: NOON_MS + (index - 60) * MINUTE_MS,
        }));
        graph.inTheWay = ({ skip }) =>
          skip > 0 && graph.serverNowMs > NOON_MS + 10 * MINUTE_MS && ++holds % 7 === 0
            ? refusal(429, '', '', { 'Retry-After': '180' })
            : null;
      },
    });
    await run.clock.advance(3 * HOUR_MS);
    const { numbers, seen } = freshTo(run);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThanOrEqual(240);
    expect(seen.size).toBeLessThan(90);
    run.stop();
  });

  test('gets no row from before the range, and each once, from a server that ignores the filter', async () => {
    const run = startFeed({
      request: { sinceMs: NOON_MS - HOUR_MS, pageSize: 1000 },
      graph: (graph) => {
        const rows = Array.from({ length: 300 }, (_, index) => ({
          n: index + 1,
          timeMs: NOON_MS + (index - 200) * MINUTE_MS,
        }));
        graph.inTheWay = () =>
          graph.json(
            rows
              .filter(({ timeMs }) => timeMs <= graph.serverNowMs)
              .toReversed()
              .map(rowOf),
          );
      },
    });
    await run.clock.advance(90 * MINUTE_MS);
    const { numbers } = freshTo(run);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(140);
    expect(numbers).toHaveLength(151);
    run.stop();
  });
});

describe('links to the next page', () => {
  test.each([
    ['a number', 7],
    ['an empty text', ''],
    ['an object', {}],
  ])('that are %s are a malformed page, not the last', async (_, link) => {
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) => {
        graph.rows = everySecond(25, NOON_MS - MINUTE_MS);
        graph.inTheWay = ({ skip }) => (skip === 0 ? Response.json({ value: [], '@odata.nextLink': link }) : null);
      },
    });
    await run.clock.advance(10 * MINUTE_MS);
    expect(run.of('range.completed')).toEqual([]);
    expect(run.of('feed.failed').at(-1)?.problem.title).toMatch(/understood|answer/i);
    expect(run.of('feed.failed').at(-1)?.retryInMs).toBeNull();
    run.stop();
  });

  test('that keep changing without a new row are followed ten times, and then given up with the reason', async () => {
    let links = 0;
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) => {
        graph.inTheWay = () =>
          graph.json([rowOf({ n: 1, timeMs: NOON_MS - 1 })], `https://graph.example.org/next?${++links}`);
      },
    });
    await run.clock.advance(HOUR_MS);
    expect(run.hasEnded()).toBe(true);
    expect(run.graph.asked.length).toBeLessThan(15);
    const problem = run.of('feed.failed').at(-1)?.problem;
    expect(`${problem?.title} ${problem?.meaning}`).toContain('no new row');
    run.stop();
  });
});

describe('a stray refusal', () => {
  test.each([400, 403, 404])('with %i is tried again when it worked before, and nothing is lost', async (status) => {
    let strays = 0;
    const run = startFeed({
      graph: (graph) => {
        graph.rows = everySecond(600, NOON_MS);
        graph.inTheWay = ({ atMs, skip }) =>
          skip === 0 && atMs > NOON_MS + MINUTE_MS && ++strays === 1 ? refusal(status) : null;
      },
    });
    await run.clock.advance(5 * MINUTE_MS);
    expect(run.of('feed.failed').map(({ retryInMs }) => retryInMs)).toEqual([5_000]);
    expect(new Set(run.told()).size).toBeGreaterThanOrEqual(286);
    run.stop();
  });

  test('that goes on for ten minutes is given up, and so is one of what never worked', async () => {
    const persisting = startFeed({
      graph: (graph) => {
        graph.inTheWay = ({ atMs }) => (atMs > NOON_MS + MINUTE_MS ? refusal(404) : null);
      },
    });
    await persisting.clock.advance(HOUR_MS);
    const tries = persisting.of('feed.failed').map(({ retryInMs }) => retryInMs);
    expect(tries.length).toBeGreaterThan(5);
    expect(tries.at(-1)).toBeNull();
    persisting.stop();
    const never = startFeed({ graph: (graph) => void Object.assign(graph, { inTheWay: () => refusal(404) }) });
    await never.clock.advance(MINUTE_MS);
    expect(never.of('feed.failed').map(({ retryInMs }) => retryInMs)).toEqual([null]);
    never.stop();
  });
});

describe('a row that cannot be understood', () => {
  test('is told once, however often it is read', async () => {
    const odd = { id: 'x', createdDateTime: '0001-01-01T00:00:00Z' };
    const run = startFeed({ graph: (graph) => void Object.assign(graph, { inTheWay: () => graph.json([odd]) }) });
    await run.clock.advance(5 * MINUTE_MS);
    expect(run.of('page.received').flatMap(({ unreadable }) => unreadable)).toHaveLength(1);
    run.stop();
  });
});
