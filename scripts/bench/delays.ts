/**
 * Measures how long late rows take from being shown by Graph to being told by the feed, in a time that runs as fast as the
 * machine allows: a log of so many events a second, and among them rows that turn up so many minutes late.
 */
import type { Clock } from '../../src/clock.ts';
import { momentAt } from '../../src/facts/moment.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { wholeRange } from '../../src/graph/demand.ts';
import { readFeed } from '../../src/graph/feed.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import { rowOf } from '../../test/support/events.ts';
import { type Figure, median, quantile, shown } from './figures.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 23, 10, 42);
const RUNS_FOR_MS = 20 * MINUTE_MS;
const RATES = [1, 10, 100];
const LATE_MINUTES = [0, 1, 5, 20, 59];
/** A row of each lateness turns up so often, never at the same moment of a poll. */
const EVERY_MS = 37_000;
const PAGE_ROWS = 1000;
const GRAPH_URL = 'https://graph.example.org';

interface LateRow {
  readonly n: number;
  readonly lateMinutes: number;
  readonly timeMs: number;
  readonly visibleAtMs: number;
}

export async function delayFigures(): Promise<readonly Figure[]> {
  // Loading it takes real time, which the clock here does not know of.
  await import('@microsoft/microsoft-graph-client');
  const figures: Figure[] = [];
  for (const perSecond of RATES) {
    const delaysMs = await delaysAt(perSecond);
    for (const late of LATE_MINUTES) {
      const measured = delaysMs.get(late) ?? [];
      const text = `${seconds(median(measured))} / ${seconds(quantile(measured, 0.95))}`;
      figures.push(shown(`${perSecond} events/s: a row ${late} min late, p50 / p95`, text));
    }
  }
  return figures;
}

const seconds = (ms: number) => (Number.isFinite(ms) ? `${(ms / 1000).toFixed(0)} s` : 'not within the run');

/** The delays in ms by lateness in minutes; rows that were not told until the end count as infinitely late. */
async function delaysAt(perSecond: number): Promise<ReadonlyMap<number, readonly number[]>> {
  const clock = new FastClock();
  const late = lateRows();
  const stop = new AbortController();
  const client = createGraphClient({
    graphUrl: GRAPH_URL,
    send: async (request) => answer(new URL(request.url), perSecond, late, clock.now()),
    tokens: { accessToken: async () => ({ ok: true, token: 'bench' }) },
    budget: createBudget({ clock, newId: () => 'bench' }),
    clock,
    random: () => 0,
    newId: () => '00000000-0000-4000-8000-000000000000',
    userAgent: 'entra-signups/bench',
  });
  const toldAtMs = new Map<string, number>();
  const request = {
    ...{ log: 'signUps' as const, clause: null, sinceMs: START_MS - 60 * MINUTE_MS, untilMs: null },
    ...{
      pageSize: PAGE_ROWS,
      pollIntervalMs: 15_000,
      covered: [{ fromMs: START_MS - 60 * MINUTE_MS, toMs: START_MS }],
    },
  };
  const reading = (async () => {
    const deps = { client, clock, logClock: createLogClock(clock), random: () => 0, signal: stop.signal };
    for await (const fact of readFeed(request, wholeRange, deps)) {
      if (fact.type !== 'page.received') continue;
      for (const { id } of fact.events) if (!toldAtMs.has(id)) toldAtMs.set(id, clock.now());
    }
  })();
  await clock.runUntil(START_MS + RUNS_FOR_MS + 10 * MINUTE_MS);
  stop.abort();
  await reading;
  const delays = new Map<number, number[]>();
  for (const { n, lateMinutes, visibleAtMs } of late) {
    const delayMs = (toldAtMs.get(String(rowOf({ n }).id)) ?? Number.POSITIVE_INFINITY) - visibleAtMs;
    delays.set(lateMinutes, [...(delays.get(lateMinutes) ?? []), delayMs]);
  }
  return delays;
}

function lateRows(): readonly LateRow[] {
  const rows: LateRow[] = [];
  for (let atMs = MINUTE_MS; atMs < RUNS_FOR_MS; atMs += EVERY_MS) {
    for (const lateMinutes of LATE_MINUTES) {
      const visibleAtMs = START_MS + atMs + rows.length * 100;
      rows.push({ n: 1e9 + rows.length, lateMinutes, visibleAtMs, timeMs: visibleAtMs - lateMinutes * MINUTE_MS });
    }
  }
  return rows;
}

/** A page of the log: one event every so often, and the late ones that are there by now; newest first. */
function answer(url: URL, perSecond: number, late: readonly LateRow[], nowMs: number): Response {
  const filter = url.searchParams.get('$filter') ?? '';
  const bound = (operator: string) =>
    Date.parse(new RegExp(`createdDateTime ${operator} (\\S+Z)`).exec(filter)?.[1] ?? '');
  const [fromMs, toMs] = [bound('ge'), Math.min(bound('le'), nowMs)];
  const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
  const everyMs = 1000 / perSecond;
  const [first, last] = [Math.ceil((fromMs - START_MS) / everyMs), Math.floor((toMs - START_MS) / everyMs)];
  const there = late
    .filter((row) => row.visibleAtMs <= nowMs && row.timeMs >= fromMs && row.timeMs <= toMs)
    .sort((a, b) => b.timeMs - a.timeMs);
  const rows: object[] = [];
  let passed = 0;
  let nextLate = 0;
  for (let index = last; rows.length <= PAGE_ROWS && (index >= first || nextLate < there.length); ) {
    const special = there[nextLate];
    const isSpecial = special !== undefined && (index < first || special.timeMs >= START_MS + index * everyMs);
    if (passed++ >= skip) {
      rows.push(isSpecial ? rowOf(special) : rowOf({ n: index + 1e8, timeMs: START_MS + index * everyMs }));
    }
    if (isSpecial) nextLate++;
    else index--;
  }
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(skip + PAGE_ROWS));
  const body = {
    value: rows.slice(0, PAGE_ROWS),
    ...(rows.length > PAGE_ROWS ? { '@odata.nextLink': next.href } : {}),
  };
  return Response.json(body, { headers: { Date: new Date(Math.floor(nowMs / 1000) * 1000).toUTCString() } });
}

interface Waiter {
  readonly atMs: number;
  readonly wake: () => void;
}

/** Time that passes when nobody has anything to do any more. */
class FastClock implements Clock {
  #nowMs = START_MS;
  #waiting: Waiter[] = [];

  now = () => this.#nowMs;
  moment = () => momentAt(this.#nowMs);

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const waiter = { atMs: this.#nowMs + Math.max(0, ms), wake };
      this.#waiting.push(waiter);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  async runUntil(endMs: number): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      const next = this.#waiting.reduce<Waiter | null>(
        (soonest, waiter) => (soonest === null || waiter.atMs < soonest.atMs ? waiter : soonest),
        null,
      );
      if (next === null || next.atMs > endMs) return;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.wake();
    }
  }
}
