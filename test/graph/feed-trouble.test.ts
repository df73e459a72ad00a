import { beforeAll, describe, expect, test } from 'vitest';
import type { NarrowedClause } from '../../src/graph/mend-request.ts';
import type { TokenSource } from '../../src/graph/token-source.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type LogRow, refusal } from './fake-graph.ts';
import { HOUR_MS, MINUTE_MS, mostStartsWithin, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const rows = (count: number, everyMs = MINUTE_MS): readonly LogRow[] =>
  Array.from({ length: count }, (_, index) => ({ n: index + 1, timeMs: NOON_MS - (count - index) * everyMs }));
const distinct = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);

describe('throttling', () => {
  test('is told, waited out, and followed by what was missed', async () => {
    const live = Array.from({ length: 120 }, (_, index) => ({ n: 1_000 + index, timeMs: NOON_MS + index * 5_000 }));
    let throttling = true;
    const run = startFeed({
      graph: (graph) => {
        graph.rows = [...rows(5), ...live];
        graph.inTheWay = ({ atMs }) =>
          throttling && atMs > NOON_MS ? refusal(429, 'UnknownError', '', { 'Retry-After': '315' }) : null;
      },
    });
    await run.clock.advance(30_000);
    expect(run.of('feed.throttled')).toEqual([{ type: 'feed.throttled', waitMs: 315_000 }]);
    throttling = false;
    await run.clock.advance(299_999);
    expect(run.graph.asked).toHaveLength(2);
    await run.clock.advance(5 * MINUTE_MS);
    expect(distinct(run.told()).filter((n) => n >= 1_000).length).toBeGreaterThanOrEqual(118);
    expect(run.of('feed.caughtUp').at(-1)?.upToMs).toBeGreaterThan(NOON_MS + 10 * MINUTE_MS);
    expect(
      mostStartsWithin(
        run.graph.asked.map(({ atMs }) => atMs),
        10_000,
      ),
    ).toBeLessThanOrEqual(4);
    run.stop();
  });

  test('does not yield to the refresh key', async () => {
    const run = startFeed({
      graph: (graph) =>
        (graph.inTheWay = ({ atMs }) => (atMs === NOON_MS ? refusal(429, '', '', { 'Retry-After': '60' }) : null)),
    });
    await run.clock.advance(1_000);
    run.demand.change({ refreshes: 1 });
    await run.clock.advance(58_999);
    expect(run.graph.asked).toHaveLength(1);
    await run.clock.advance(1);
    expect(run.graph.asked.length).toBeGreaterThan(1);
    run.stop();
  });
});

describe('failures', () => {
  test('are told with the time of the next try, which comes later each time, and end with being up to date', async () => {
    let broken = true;
    const run = startFeed({
      graph: (graph) => {
        graph.rows = rows(5);
        graph.inTheWay = () => (broken ? refusal(503) : null);
      },
    });
    await run.clock.advance(40_000);
    const retries = run.of('feed.failed').map(({ retryInMs }) => retryInMs);
    expect(retries).toEqual([5_000, 10_000, 20_000, 40_000]);
    broken = false;
    await run.clock.advance(35_000);
    expect(distinct(run.told())).toEqual([1, 2, 3, 4, 5]);
    expect(run.facts.at(-1)?.type).toMatch(/caughtUp|completed/);
    expect(run.of('feed.caughtUp')).not.toEqual([]);
    run.stop();
  });

  test('a retry that Graph has dated is made then', async () => {
    const run = startFeed({
      graph: (graph) =>
        (graph.inTheWay = ({ atMs }) => (atMs === NOON_MS ? refusal(503, '', '', { 'Retry-After': '90' }) : null)),
    });
    await run.clock.advance(89_999);
    expect(run.of('feed.failed')).toMatchObject([{ retryInMs: 90_000 }]);
    expect(run.graph.asked).toHaveLength(1);
    await run.clock.advance(1);
    expect(run.graph.asked.length).toBeGreaterThan(1);
    run.stop();
  });

  test('the refresh key tries at once', async () => {
    let broken = true;
    const run = startFeed({ graph: (graph) => (graph.inTheWay = () => (broken ? refusal(503) : null)) });
    await run.clock.advance(20_000);
    const before = run.graph.asked.length;
    broken = false;
    run.demand.change({ refreshes: 1 });
    await run.clock.advance(0);
    expect(run.graph.asked.length).toBeGreaterThan(before);
    expect(run.of('feed.caughtUp')).not.toEqual([]);
    run.stop();
  });

  test.each([
    ['a refusal', 403, 'refused'],
    ['a tenant without this log', 404, 'refused'],
    ['a token that is no longer good', 401, 'signIn'],
  ])('%s is not tried again until a person asks, and then everything goes on', async (_, status, kind) => {
    let refusing = true;
    const run = startFeed({
      graph: (graph) => {
        graph.rows = rows(5);
        graph.inTheWay = () => (refusing ? refusal(status) : null);
      },
    });
    await run.clock.advance(HOUR_MS);
    expect(run.facts).toMatchObject([{ type: 'feed.failed', problem: { kind }, retryInMs: null }]);
    expect(run.hasEnded()).toBe(false);
    refusing = false;
    run.demand.change({ backfillPages: 5 });
    await run.clock.advance(MINUTE_MS);
    expect(run.facts).toHaveLength(1);
    run.demand.change({ refreshes: 1 });
    await run.clock.advance(MINUTE_MS);
    expect(distinct(run.told())).toEqual([1, 2, 3, 4, 5]);
    expect(run.of('range.completed')).toHaveLength(1);
    run.stop();
  });

  test('a token that cannot be renewed for want of a network is worth another try', async () => {
    const problem = {
      kind: 'unreachable',
      title: 'No network.',
      meaning: '',
      todo: '',
      code: null,
      requestId: null,
    } as const;
    let offline = true;
    const accessToken: TokenSource['accessToken'] = async () =>
      offline ? { ok: false, problem } : { ok: true, token: 't' };
    const run = startFeed({ tokens: { accessToken }, graph: (graph) => void Object.assign(graph, { rows: rows(3) }) });
    await run.clock.advance(1_000);
    expect(run.facts).toEqual([{ type: 'feed.failed', problem, retryInMs: 5_000 }]);
    offline = false;
    await run.clock.advance(10_000);
    expect(distinct(run.told())).toEqual([1, 2, 3]);
    run.stop();
  });

  test('a page on another server is not fetched, and that is told', async () => {
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) =>
        (graph.inTheWay = () => graph.json([], 'https://evil.example.org/beta/auditLogs/signUps?$skiptoken=1')),
    });
    await run.ended;
    expect(run.graph.asked.map(({ url }) => url.host)).toEqual(['graph.example.org']);
    expect(run.facts.at(-1)).toMatchObject({ type: 'feed.failed', retryInMs: null });
  });

  test('pages that lead in a circle are a failure, and no endless loop', async () => {
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) =>
        (graph.inTheWay = ({ url }) => {
          const next = new URL(url);
          next.searchParams.set('$skiptoken', url.searchParams.get('$skiptoken') === '1' ? '2' : '1');
          return graph.json([], next.href);
        }),
    });
    await run.clock.advance(24 * HOUR_MS);
    expect(run.hasEnded()).toBe(true);
    expect(run.graph.asked.length).toBeLessThan(30);
    expect(run.of('feed.failed').at(-1)?.problem.title).toMatch(/circle/);
  });
});

describe('a machine that was asleep', () => {
  test('reads the hours that it missed by itself, and looks for their late rows, too', async () => {
    const clock = new SleepyClock(NOON_MS);
    const live = Array.from({ length: 960 }, (_, index) => ({ n: 1_000 + index, timeMs: NOON_MS + index * 30_000 }));
    const wakesMs = NOON_MS + 8 * HOUR_MS + 5 * MINUTE_MS;
    const late = { n: 5_000, timeMs: wakesMs - 50 * MINUTE_MS, visibleAtMs: wakesMs + 9 * MINUTE_MS };
    const run = startFeed({
      clock,
      demand: { backfillPages: 1 },
      request: { pageSize: 100 },
      graph: (graph) => void Object.assign(graph, { rows: [...rows(300), ...live, late] }),
    });
    await clock.advance(5 * MINUTE_MS);
    clock.sleep(8 * HOUR_MS);
    await clock.advance(15 * MINUTE_MS);
    expect(distinct(run.told().filter((n) => n >= 1_000 && n < 5_000))).toHaveLength(960);
    expect(run.told()).toContain(5_000);
    // Older pages that nobody asked for stay unread.
    expect(run.of('page.received').filter(({ purpose }) => purpose === 'backfill')).toHaveLength(1);
    expect(
      mostStartsWithin(
        run.graph.asked.map(({ atMs }) => atMs),
        10_000,
      ),
    ).toBeLessThanOrEqual(4);
    run.stop();
  });

  test('stops reading them when it is told to pause', async () => {
    const clock = new SleepyClock(NOON_MS);
    const live = Array.from({ length: 960 }, (_, index) => ({ n: 1_000 + index, timeMs: NOON_MS + index * 30_000 }));
    const run = startFeed({ clock, graph: (graph) => void Object.assign(graph, { rows: live }) });
    await clock.advance(5 * MINUTE_MS);
    clock.sleep(8 * HOUR_MS);
    await clock.advance(MINUTE_MS);
    run.demand.change({ paused: true });
    await clock.advance(0);
    const before = run.graph.asked.length;
    expect(new Set(run.told()).size).toBeLessThan(960);
    await clock.advance(HOUR_MS);
    expect(run.graph.asked).toHaveLength(before);
    run.demand.change({ paused: false });
    await clock.advance(15 * MINUTE_MS);
    expect(new Set(run.told()).size).toBe(960);
    run.stop();
  });
});

describe('page tokens', () => {
  test('one that is refused restarts the window from the oldest row held', async () => {
    let refusals = 0;
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) => {
        graph.rows = rows(45);
        graph.inTheWay = ({ skip }) =>
          skip === 20 && refusals++ === 0 ? refusal(400, '', 'Invalid Skip Token, skip token is null') : null;
      },
    });
    await run.clock.advance(MINUTE_MS);
    expect(run.hasEnded()).toBe(true);
    expect(distinct(run.told())).toHaveLength(45);
    expect(run.of('feed.failed')).toEqual([]);
    const restart = run.graph.asked[3];
    const oldestHeldMs = NOON_MS - 20 * MINUTE_MS;
    expect(restart).toMatchObject({ skip: 0, toMs: oldestHeldMs });
    expect(run.graph.asked.every(({ url }) => !url.searchParams.has('$skip'))).toBe(true);
  });

  test('restarts without progress are a failure that backs off', async () => {
    const sameMoment = Array.from({ length: 30 }, (_, index) => ({ n: index + 1, timeMs: NOON_MS - HOUR_MS }));
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) => {
        graph.rows = sameMoment;
        graph.inTheWay = ({ skip }) => (skip > 0 ? refusal(400, '', 'Invalid Skip Token') : null);
      },
    });
    await run.clock.advance(24 * HOUR_MS);
    expect(run.hasEnded()).toBe(true);
    expect(run.of('feed.failed').at(-1)).toMatchObject({ retryInMs: null, problem: { kind: 'fault' } });
    expect(run.graph.asked.length).toBeLessThan(60);
  });
});

describe('windows that Graph cannot answer', () => {
  test.each([
    ['504', () => refusal(504)],
    ['silence', () => new Promise<Response>(() => undefined)],
  ])('%s makes them shorter until it can', async (_, answer) => {
    const run = startFeed({
      request: { pollIntervalMs: null, pageSize: 1000 },
      graph: (graph) => {
        graph.rows = rows(1_400);
        graph.inTheWay = ({ fromMs, toMs }) => (toMs - fromMs > 5 * HOUR_MS ? answer() : null);
      },
    });
    await run.clock.advance(2 * HOUR_MS);
    expect(run.hasEnded()).toBe(true);
    expect(run.facts.at(-1)).toEqual({ type: 'range.completed' });
    expect(distinct(run.told())).toHaveLength(1_400);
  });

  test('a network that is away makes them no shorter', async () => {
    let away = true;
    const run = startFeed({
      request: { pollIntervalMs: null },
      graph: (graph) => {
        graph.inTheWay = () => {
          if (away) throw Object.assign(new Error('away'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
          return null;
        };
      },
    });
    await run.clock.advance(20_000);
    away = false;
    await run.clock.advance(HOUR_MS);
    expect(new Set(run.graph.asked.map(({ fromMs }) => fromMs))).toEqual(new Set([NOON_MS - 24 * HOUR_MS]));
  });
});

describe('a 400', () => {
  test('that names a minimum date shortens the range and says so', async () => {
    const minimumMs = NOON_MS - 7 * 24 * HOUR_MS;
    const run = startFeed({
      request: { pollIntervalMs: null, sinceMs: NOON_MS - 90 * 24 * HOUR_MS },
      graph: (graph) => {
        graph.rows = rows(3);
        graph.inTheWay = ({ fromMs }) =>
          fromMs < minimumMs
            ? refusal(400, 'BadRequest', `Minimum allowed date: ${new Date(minimumMs).toISOString()}`)
            : null;
      },
    });
    await run.clock.advance(MINUTE_MS);
    expect(run.facts.map(({ type }) => type)).toEqual(['range.clamped', 'page.received', 'range.completed']);
    expect(run.of('range.clamped')).toEqual([{ type: 'range.clamped', fromMs: minimumMs }]);
    expect(run.graph.asked.at(-1)?.fromMs).toBe(minimumMs);
  });

  test('about the filter takes conditions out, one at a time, and goes on', async () => {
    const narrow = (clause: string): NarrowedClause => {
      const conditions = clause.split(' and ');
      const refused = conditions.pop() ?? '';
      return { clause: conditions.length === 0 ? null : conditions.join(' and '), refused };
    };
    const run = startFeed({
      request: { clause: "a eq 'x' and b eq 'y' and c eq 'z'", narrow },
      graph: (graph) => {
        graph.rows = rows(3);
        graph.inTheWay = ({ filter }) =>
          /b eq/.test(filter) ? refusal(400, 'BadRequest', 'Invalid filter clause') : null;
      },
    });
    await run.clock.advance(MINUTE_MS);
    expect(run.of('filter.narrowed')).toEqual([
      { type: 'filter.narrowed', refusedClause: "c eq 'z'", remaining: "a eq 'x' and b eq 'y'" },
      { type: 'filter.narrowed', refusedClause: "b eq 'y'", remaining: "a eq 'x'" },
    ]);
    expect(run.graph.asked.at(-1)?.filter).toMatch(/^createdDateTime .* and a eq 'x'$/);
    expect(distinct(run.told())).toEqual([1, 2, 3]);
    run.stop();
  });

  test('that nobody can explain is told as a fault', async () => {
    const run = startFeed({
      graph: (graph) => (graph.inTheWay = () => refusal(400, 'BadRequest', 'Invalid filter clause')),
    });
    await run.clock.advance(HOUR_MS);
    expect(run.facts).toMatchObject([
      { type: 'feed.failed', problem: { kind: 'fault', requestId: 'the-request' }, retryInMs: null },
    ]);
    run.stop();
  });
});

/** A clock that can leave out time, as a machine that sleeps does: timers do not run while the time of day goes on. */
class SleepyClock extends ManualClock {
  #sleptMs = 0;

  override now(): number {
    return super.now() + this.#sleptMs;
  }

  sleep(ms: number): void {
    this.#sleptMs += ms;
  }
}
