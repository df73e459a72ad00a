/** Runs a feed against a fake Graph with a clock that stands still, and keeps the facts it tells. */
import type { ReadingFact } from '../../src/facts/reading.ts';
import type { RequestFact } from '../../src/facts/requesting.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient, type GraphClient } from '../../src/graph/client.ts';
import type { DemandSource } from '../../src/graph/demand.ts';
import { type FeedRequest, readFeed } from '../../src/graph/feed.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import type { Demand } from '../../src/graph/plan-read.ts';
import type { TokenSource } from '../../src/graph/token-source.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { FakeGraph, GRAPH_URL } from './fake-graph.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const goodToken: TokenSource = { accessToken: async () => ({ ok: true, token: 'a-token' }) };

/** The fact of one type. */
export type Fact<Type extends ReadingFact['type']> = Extract<ReadingFact, { readonly type: Type }>;

/** A demand that a test changes. */
export class TestDemand implements DemandSource {
  #now: Demand;
  #wake: (() => void)[] = [];

  constructor(first: Partial<Demand>) {
    this.#now = { paused: false, backfillPages: Number.POSITIVE_INFINITY, refreshes: 0, ...first };
  }

  current(): Demand {
    return this.#now;
  }

  change(change: Partial<Demand>): void {
    this.#now = { ...this.#now, ...change };
    for (const wake of this.#wake.splice(0)) wake();
  }

  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#wake.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

export interface FeedRun {
  readonly clock: ManualClock;
  readonly graph: FakeGraph;
  readonly demand: TestDemand;
  readonly facts: ReadingFact[];
  readonly requests: RequestFact[];
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  stop(): void;
  /** All facts of a type so far. */
  of<Type extends ReadingFact['type']>(type: Type): readonly Fact<Type>[];
  /** The numbers of all events that were told, each as often as it was told. */
  told(): readonly number[];
}

export interface FeedSetup {
  readonly request?: Partial<FeedRequest>;
  readonly demand?: Partial<Demand>;
  readonly graph?: (graph: FakeGraph) => void;
  readonly clock?: ManualClock;
  readonly tokens?: TokenSource;
  /** Most automatic requests in 10 s. */
  readonly automaticShare?: number;
}

/** Starts a feed of the last 24 hours, polled every 15 s, with pages of 10. */
export function startFeed(setup: FeedSetup = {}): FeedRun {
  const clock = setup.clock ?? new ManualClock(NOON_MS);
  const graph = new FakeGraph(clock);
  setup.graph?.(graph);
  const demand = new TestDemand(setup.demand ?? {});
  const facts: ReadingFact[] = [];
  const requests: RequestFact[] = [];
  const stopping = new AbortController();
  const request: FeedRequest = {
    log: 'signUps',
    clause: null,
    sinceMs: clock.now() - 24 * HOUR_MS,
    untilMs: null,
    pageSize: 10,
    pollIntervalMs: 15_000,
    covered: [],
    ...setup.request,
  };
  const client = clientOf(graph, clock, setup.tokens, (fact) => requests.push(fact), setup.automaticShare);
  let hasEnded = false;
  const run = async () => {
    const deps = { client, clock, logClock: createLogClock(clock), random: () => 0, signal: stopping.signal };
    for await (const fact of readFeed(request, demand, deps)) facts.push(fact);
    hasEnded = true;
  };
  return {
    clock,
    graph,
    demand,
    facts,
    requests,
    ended: run(),
    hasEnded: () => hasEnded,
    stop: () => stopping.abort(),
    of: <Type extends ReadingFact['type']>(type: Type) =>
      facts.filter((fact): fact is Fact<Type> => fact.type === type),
    told: () =>
      facts.flatMap((fact) =>
        fact.type === 'page.received' ? fact.events.map((event) => Number.parseInt(event.id.slice(-12), 16)) : [],
      ),
  };
}

export function clientOf(
  graph: FakeGraph,
  clock: ManualClock,
  tokens: TokenSource = goodToken,
  observe: (fact: RequestFact) => void = () => undefined,
  automaticShare?: number,
): GraphClient {
  return createGraphClient({
    graphUrl: GRAPH_URL,
    send: graph.send,
    tokens,
    budget: createBudget({ clock, newId: () => 'process', ...(automaticShare && { automaticShare }) }),
    clock,
    random: () => 0,
    newId: () => '11111111-1111-4111-8111-111111111111',
    userAgent: 'entra-signups/1.0.0',
    observe,
  });
}

/** The most starts in any window of this length, its end left out. */
export function mostStartsWithin(startsMs: readonly number[], windowMs: number): number {
  return Math.max(
    0,
    ...startsMs.map((fromMs) => startsMs.filter((ms) => ms >= fromMs && ms < fromMs + windowMs).length),
  );
}
