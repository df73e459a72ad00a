/**
 * A tail that runs for hours, in fast time, on a log that never rests behind a Graph that often fails. Everything is drawn from
 * a seed, so that a run that loses a row can be run again.
 */
import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SeededRandom } from '../../src/demo/random.ts';
import type { ReadingFact } from '../../src/facts/reading.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { wholeRange } from '../../src/graph/demand.ts';
import { readFeed } from '../../src/graph/feed.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import type { Send } from '../../src/graph/send.ts';
import { ndjsonFormat } from '../../src/headless/json.ts';
import { narrator } from '../../src/headless/narrator.ts';
import { outputOn } from '../../src/headless/output.ts';
import { SeenEvents } from '../../src/headless/seen-events.ts';
import { printTail } from '../../src/headless/tail.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { GRAPH_URL, refusal } from '../graph/fake-graph.ts';
import { goodToken } from '../graph/run-feed.ts';
import { NOON_MS, rowOf } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

const EVERY_MS = 50;
const LATEST_MS = 59 * MINUTE_MS;
/** Rows that are there before the tail starts, which it must not print. */
const BEFORE = 200;
/** The log is quiet for a moment, so that nothing appears while the first read is under way. */
const QUIET_MS = 2 * MINUTE_MS;
const PAGE_SIZE = 1000;
const HEAP_EVERY_MS = HOUR_MS / 4;

export interface SoakResult {
  readonly expected: number;
  /** Numbers of rows that were never printed, that were printed twice, or from before the start. */
  readonly lost: readonly number[];
  readonly doubled: readonly number[];
  readonly early: readonly number[];
  /** Events remembered, and heap in use, every quarter of an hour of event time. */
  readonly remembered: readonly number[];
  readonly heapBytes: readonly number[];
  readonly longestMs: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly mostIn10S: number;
}

/** How late a row is: most a few seconds, some minutes, a few up to an hour. */
function latenessMs(random: SeededRandom): number {
  const kind = random.unit();
  if (kind < 0.8) return random.unit() * 30 * SECOND_MS;
  return kind < 0.95 ? random.unit() * 5 * MINUTE_MS : random.unit() * LATEST_MS;
}

/** The log and its Graph. Rows come into being as time passes; there is room for all of them from the beginning. */
class SoakGraph {
  readonly faults = new Map<string, number>();
  readonly startsMs: number[] = [];
  /** By number of the row, from 1. */
  readonly timesMs: Float64Array;
  readonly visibleAtMs: Float64Array;
  readonly #clock: ManualClock;
  readonly #random: SeededRandom;
  readonly #endMs: number;
  #nextMs: number;
  #n = 0;

  constructor(clock: ManualClock, seed: string, eventsForMs: number) {
    const most = BEFORE + eventsForMs / EVERY_MS + 2;
    this.timesMs = new Float64Array(most);
    this.visibleAtMs = new Float64Array(most);
    this.#clock = clock;
    this.#random = new SeededRandom(seed, 1);
    for (let index = BEFORE; index > 0; index--) this.#add(clock.now() - QUIET_MS - index * SECOND_MS, 0);
    this.#nextMs = clock.now() + QUIET_MS;
    this.#endMs = this.#nextMs + eventsForMs;
  }

  get count(): number {
    return this.#n;
  }

  readonly send: Send = async (request) => {
    this.startsMs.push(this.#clock.now());
    this.#live();
    const url = new URL(request.url);
    const instead = await this.#fault(url, request.signal);
    return instead ?? this.#page(url);
  };

  #add(timeMs: number, lateMs: number): void {
    this.#n += 1;
    this.timesMs[this.#n] = timeMs;
    this.visibleAtMs[this.#n] = timeMs + lateMs;
  }

  #live(): void {
    const lastMs = Math.min(this.#clock.now(), this.#endMs);
    for (; this.#nextMs <= lastMs; this.#nextMs += EVERY_MS) this.#add(this.#nextMs, latenessMs(this.#random));
  }

  /** Null: the usual answer. Rejects for a connection that is lost. */
  async #fault(url: URL, signal: AbortSignal): Promise<Response | null> {
    const isNextPage = url.searchParams.has('$skiptoken');
    const kind = this.#random.unit();
    if (kind < 0.02) {
      const retryAfterS = 5 + Math.floor(this.#random.unit() * 55);
      return this.#count('429', refusal(429, 'TooManyRequests', '', { 'retry-after': String(retryAfterS) }));
    }
    if (kind < 0.03) return this.#count('503', refusal(503, 'serviceNotAvailable'));
    if (kind < 0.035) {
      this.#count('stall', null);
      await this.#clock.wait(30 * SECOND_MS + this.#random.unit() * 40 * SECOND_MS, signal);
      return null;
    }
    if (kind < 0.045) {
      this.#count('dropped', null);
      throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
    }
    if (kind < 0.06 && isNextPage) return this.#count('skip token', refusal(400, '', 'Invalid Skip Token'));
    return null;
  }

  #count<T>(fault: string, answer: T): T {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    return answer;
  }

  /** The number of the first row that is not older. */
  #firstFrom(timeMs: number): number {
    let [low, high] = [1, this.#n + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.timesMs[middle] ?? 0) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Newest first, from where the token says; sometimes without rows, sometimes in disorder. */
  #page(url: URL): Response {
    const filter = url.searchParams.get('$filter') ?? '';
    const bound = (operator: string) => Date.parse(new RegExp(`Time ${operator} (\\S+Z)`).exec(filter)?.[1] ?? '');
    const below = Number(url.searchParams.get('$skiptoken')?.split('-')[0] ?? this.#n + 1);
    const nowMs = this.#clock.now();
    const first = this.#firstFrom(bound('ge'));
    const found: number[] = [];
    let n = Math.min(this.#firstFrom(bound('le') + 1), below) - 1;
    for (; n >= first && found.length <= PAGE_SIZE; n--) if ((this.visibleAtMs[n] ?? 0) <= nowMs) found.push(n);
    const isEmpty = this.#random.unit() < 0.02 && found.length > 0;
    const rows = isEmpty ? [] : found.slice(0, PAGE_SIZE);
    const last = rows.at(-1) ?? below;
    const hasMore = isEmpty || found.length > PAGE_SIZE;
    if (isEmpty) this.#count('empty page', null);
    if (this.#random.unit() < 0.01 && rows.length > 1) this.#count('disorder', rows.reverse());
    const next = new URL(url);
    next.searchParams.set('$skiptoken', `${last}-${Math.floor(this.#random.unit() * 1e9)}`);
    const date = new Date(Math.floor(nowMs / SECOND_MS) * SECOND_MS).toUTCString();
    const value = rows.map((number) => rowOf({ n: number, timeMs: this.timesMs[number] ?? 0 }));
    return Response.json({ value, ...(hasMore ? { '@odata.nextLink': next.href } : {}) }, { headers: { Date: date } });
  }
}

/** Counts how often each row is printed. */
class PrintedRows extends Writable {
  /** By number of the row. */
  readonly times: Uint8Array;
  /** From "Graph shows it" to "it is printed", for the row that it took longest. */
  longestMs = 0;
  readonly #graph: SoakGraph;
  readonly #clock: ManualClock;
  #rest = '';

  constructor(graph: SoakGraph, clock: ManualClock) {
    super();
    this.times = new Uint8Array(graph.timesMs.length);
    this.#graph = graph;
    this.#clock = clock;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const lines = (this.#rest + chunk.toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const n = Number.parseInt(String(Reflect.get(JSON.parse(line), 'id')).slice(-12), 16);
      this.times[n] = (this.times[n] ?? 0) + 1;
      this.longestMs = Math.max(this.longestMs, this.#clock.now() - (this.#graph.visibleAtMs[n] ?? 0));
    }
    done();
  }
}

/** Runs a tail over `eventsForMs` of 20 events per second, and on until the last late row must be there. */
export async function soak(seed: string, eventsForMs: number): Promise<SoakResult> {
  // Loading the SDK takes real time, which the clock of the soak does not know of.
  await import('@microsoft/microsoft-graph-client');
  const clock = new ManualClock(NOON_MS);
  const graph = new SoakGraph(clock, seed, eventsForMs);
  const random = new SeededRandom(seed, 2);
  const client = createGraphClient({
    ...{ graphUrl: GRAPH_URL, send: graph.send, tokens: goodToken, clock, userAgent: 'soak/1' },
    budget: createBudget({ clock, newId: () => 'process', automaticShare: 2 }),
    random: () => random.unit(),
    newId: () => '11111111-1111-4111-8111-111111111111',
  });
  const logClock = createLogClock(clock);
  const stop = new AbortController();
  const printed = new PrintedRows(graph, clock);
  const remembered = new SeenEvents();
  const deps = { client, clock, logClock, random: () => random.unit() };
  const request = { log: 'signUps', clause: null, untilMs: null, pageSize: PAGE_SIZE, covered: [] } as const;
  const read = async function* (signal: AbortSignal): AsyncGenerator<ReadingFact> {
    const live = { ...request, sinceMs: NOON_MS - HOUR_MS, pollIntervalMs: 15 * SECOND_MS };
    for await (const fact of readFeed(live, wholeRange, { ...deps, signal })) {
      if (fact.type === 'page.received') {
        for (const event of fact.events) remembered.add(event);
        remembered.forgetBelow(fact.settledBelowMs);
      }
      yield fact;
    }
  };
  const ended = printTail(
    {
      read,
      keeps: () => true,
      appNames: new AppNames(),
      format: ndjsonFormat(),
      output: outputOn(printed),
      narrator: narrator({ write: () => undefined, timeZone: 'UTC', nowMs: logClock.nowMs }),
      signal: stop.signal,
    },
    {
      sinceMs: () => null,
      lines: 0,
      readOlder: async function* () {
        yield* [];
      },
      deadline: new AbortController().signal,
      clock,
      onUncertainStart: () => undefined,
    },
  );
  const [sizes, heapBytes]: [number[], number[]] = [[], []];
  const forMs = QUIET_MS + eventsForMs + LATEST_MS + HOUR_MS / 2;
  for (let passedMs = 0; passedMs < forMs; passedMs += HEAP_EVERY_MS) {
    await clock.advance(HEAP_EVERY_MS);
    gc();
    sizes.push(remembered.size);
    heapBytes.push(process.memoryUsage().heapUsed);
  }
  stop.abort();
  await clock.advance(SECOND_MS);
  await ended;
  const numbers = Array.from({ length: graph.count - BEFORE }, (_, index) => BEFORE + index + 1);
  return {
    expected: numbers.length,
    lost: numbers.filter((n) => printed.times[n] === 0),
    doubled: numbers.filter((n) => (printed.times[n] ?? 0) > 1),
    early: Array.from({ length: BEFORE }, (_, index) => index + 1).filter((n) => printed.times[n] !== 0),
    remembered: sizes,
    heapBytes,
    longestMs: printed.longestMs,
    faults: graph.faults,
    mostIn10S: mostWithin(graph.startsMs, 10 * SECOND_MS),
  };
}

/** `times` in order. */
function mostWithin(times: readonly number[], windowMs: number): number {
  let [most, first] = [0, 0];
  for (const [index, time] of times.entries()) {
    while ((times[first] ?? time) <= time - windowMs) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

const gc: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
})();
