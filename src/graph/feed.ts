/**
 * The feed: reads a log backwards from now, then watches for news and late rows, and tells what it learns as
 * facts. Errors are facts; nothing ends it silently. It must not know who reads the facts, or how they are shown.
 */
import type { Clock } from '../clock.ts';
import type { ReadingFact, ReadPurpose, Span } from '../facts/reading.ts';
import type { LogName } from '../signup/event.ts';
import type { GraphClient } from './client.ts';
import { type DemandSource, waitForChange, waitForRefresh } from './demand.ts';
import { linkedSignal } from './linked-signal.ts';
import { logUrl } from './log-url.ts';
import { mendRequest, type NarrowedClause } from './mend-request.ts';
import type { FailedOutcome, GraphErrorText } from './outcome.ts';
import { type Page, type PageOutcome, readPage } from './pages.ts';
import { dropWindow, planRead, pollHasNews, takePageOf } from './plan-read.ts';
import { problemOf } from './problems.ts';
import {
  backfillGaps,
  catchUpGaps,
  edgeMs,
  type ReadingRange,
  type ReadState,
  startReading,
  withServerTime,
} from './read-state.ts';
import { backoffMs } from './retry.ts';
import type { Slice, Turn, WindowRead } from './window-read.ts';

export interface FeedRequest extends ReadingRange {
  readonly log: LogName;
  /** Server part of the filter, without time; null = everything. */
  readonly clause: string | null;
  /** Event times in milliseconds since the epoch. */
  readonly sinceMs: number;
  /** Null = now, and on. */
  readonly untilMs: number | null;
  /** Rows per page, 1 to 1000. */
  readonly pageSize: number;
  /** Null reads the range once and returns. */
  readonly pollIntervalMs: number | null;
  /** What was read for this filter before. */
  readonly covered: readonly Span[];
  /** Takes one condition out of a clause that Graph refused; null when it cannot. */
  readonly narrow?: (clause: string) => NarrowedClause | null;
}

export interface FeedDeps {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends the feed at once. */
  readonly signal: AbortSignal;
}

type SlicedWindow = WindowRead & { readonly slice: Slice };

const purposeOf: Readonly<Record<Turn, ReadPurpose>> = {
  poll: 'poll',
  catchUp: 'poll',
  reread: 'reread',
  backfill: 'backfill',
};

/** Upper end of live windows beyond "now": clocks differ, and rows of the last moment shall be in. */
const MARGIN_MS = 60_000;
/** Reading a range once ends after so many failures, or so many waits for Graph, in a row. */
const MAX_FAILURES = 5;
const MAX_THROTTLES = 10;
/** A page token that fails this often without progress is a failure. */
const MAX_RESTARTS = 3;

/** Reads as `request` and `demand` say, until `deps.signal` is aborted (or, without polling, the range has been read). */
export async function* readFeed(
  request: FeedRequest,
  demand: DemandSource,
  deps: FeedDeps,
): AsyncGenerator<ReadingFact, void, undefined> {
  const feed = new FeedRun(request, demand, deps);
  while (!deps.signal.aborted && !feed.ended) yield* feed.step();
}

class FeedRun {
  readonly #request: FeedRequest;
  readonly #demand: DemandSource;
  readonly #deps: FeedDeps;
  #state: ReadState;
  #clause: string | null;
  #failures = 0;
  #throttles = 0;
  #restarts = 0;
  /** The range is read to its start, and that was told. */
  #completed = false;
  /** Being up to date has to be told: after a poll, a failure, a wait. */
  #tellCaughtUp = true;
  ended = false;

  constructor(request: FeedRequest, demand: DemandSource, deps: FeedDeps) {
    this.#request = request;
    this.#demand = demand;
    this.#deps = deps;
    this.#clause = request.clause;
    this.#state = startReading(request, demand.current().refreshes, deps.clock.now());
  }

  /** One request, or one wait. */
  async *step(): AsyncGenerator<ReadingFact, void, undefined> {
    const { clock, signal } = this.#deps;
    if (this.#isCompleted()) {
      this.#completed = true;
      yield { type: 'range.completed' };
      this.ended = this.#request.pollIntervalMs === null;
      if (this.ended) return;
    }
    const plan = planRead(this.#state, this.#demand.current(), clock.now());
    if (plan.kind === 'wait') return waitForChange(this.#demand, plan.untilMs, clock, signal);
    this.#state = plan.state;
    const { window } = plan;
    if (window.turn === 'poll') this.#tellCaughtUp = true;
    const askedAtMs = clock.now();
    const page = await this.#ask(window);
    // Facts that nobody wants any more are not told, and a place in the queue may have been given up for another.
    if (signal.aborted || page.kind === 'cancelled') return;
    if (page.kind !== 'page') return yield* this.#fail(window, page);
    const answer = { serverTimeMs: page.serverTimeMs, askedAtMs, answeredAtMs: clock.now() };
    this.#state = withServerTime(this.#state, answer);
    yield* this.#take(window, page);
  }

  async #ask(window: SlicedWindow): Promise<PageOutcome> {
    const { client, signal } = this.#deps;
    // Whatever changes about the demand, what is asked for next is decided anew.
    const queueing = linkedSignal(signal);
    if (window.priority === 'poll') void this.#demand.changed(queueing.signal).then(queueing.abort);
    try {
      const url = window.nextUrl ?? this.#urlOf(window.slice);
      const call = { url, priority: window.priority, signal, queueSignal: queueing.signal };
      return await readPage(client, call, this.#request.log);
    } finally {
      queueing.abort();
      queueing.release();
    }
  }

  #urlOf({ fromMs, toMs, askedAtMs }: Slice): string {
    const isLive = toMs >= askedAtMs + this.#state.offsetMs;
    const upToMs = isLive ? Math.min(toMs + MARGIN_MS, this.#request.untilMs ?? Number.POSITIVE_INFINITY) : toMs;
    const { log, pageSize } = this.#request;
    return logUrl({ log, clause: this.#clause, fromMs, toMs: upToMs, pageSize });
  }

  async *#take(window: SlicedWindow, page: Page): AsyncGenerator<ReadingFact, void, undefined> {
    const taken = takePageOf(this.#state, window, page);
    const { events, unreadable } = page;
    const purpose = purposeOf[window.turn];
    if (taken.kind === 'circle') {
      yield { type: 'page.received', purpose, events, unreadable, covered: null };
      yield* this.#fail(window, { kind: 'malformed', reason: 'its pages lead in a circle', requestId: null });
      return;
    }
    this.#state = taken.state;
    this.#throttles = 0;
    const { covered } = taken;
    if (page.nextUrl === null || (covered !== null && covered.fromMs < covered.toMs)) {
      this.#failures = 0;
      this.#restarts = 0;
    }
    yield { type: 'page.received', purpose, events, unreadable, covered };
    const isMissingNews = pollHasNews(this.#state) || catchUpGaps(this.#state).length > 0;
    if (this.#tellCaughtUp && !isMissingNews) yield* this.#caughtUp();
  }

  *#caughtUp(): Generator<ReadingFact, void, undefined> {
    const upToMs = edgeMs(this.#state);
    const { pollIntervalMs, untilMs } = this.#request;
    if (upToMs === null || pollIntervalMs === null) return;
    this.#tellCaughtUp = false;
    const nextPollAtMs = untilMs !== null && upToMs >= untilMs ? null : this.#state.nextPollAtMs;
    yield { type: 'feed.caughtUp', upToMs, nextPollAtMs };
  }

  async *#fail(window: SlicedWindow, outcome: FailedOutcome): AsyncGenerator<ReadingFact, void, undefined> {
    const { clock, signal } = this.#deps;
    const isList = this.#request.pollIntervalMs === null;
    this.#tellCaughtUp = true;
    if (outcome.kind === 'throttled') {
      if (isList && ++this.#throttles > MAX_THROTTLES) return yield* this.#giveUp(outcome);
      yield { type: 'feed.throttled', untilMs: outcome.untilMs };
      return clock.wait(outcome.untilMs - clock.now(), signal);
    }
    const isMended = outcome.kind === 'badRequest' && (yield* this.#mend(window, outcome.error));
    this.#state = dropWindow(this.#state, window, tookTooLong(outcome), clock.now());
    if (isMended) return;
    if (!isTemporary(outcome, window)) return yield* this.#giveUp(outcome);
    this.#failures++;
    if (isList && this.#failures > MAX_FAILURES) return yield* this.#giveUp(outcome);
    const waitMs =
      (outcome.kind === 'unavailable' ? outcome.retryAfterMs : null) ?? backoffMs(this.#failures, this.#deps.random);
    const retryAtMs = clock.now() + waitMs;
    yield { type: 'feed.failed', problem: problemOf(outcome, this.#request.log), retryAtMs };
    await waitForRefresh(this.#demand, this.#state.refreshes, retryAtMs, clock, signal);
  }

  /** Nothing that this program can do helps: a person must act, and then ask for news. */
  async *#giveUp(outcome: FailedOutcome): AsyncGenerator<ReadingFact, void, undefined> {
    yield { type: 'feed.failed', problem: problemOf(outcome, this.#request.log), retryAtMs: null };
    if (this.#request.pollIntervalMs === null) this.ended = true;
    else await waitForRefresh(this.#demand, this.#state.refreshes, null, this.#deps.clock, this.#deps.signal);
  }

  /** Does what can be done about a 400; true when asking again makes sense. */
  *#mend(window: SlicedWindow, error: GraphErrorText): Generator<ReadingFact, boolean, undefined> {
    const { slice, nextUrl } = window;
    const mended = mendRequest(error, {
      fromMs: slice.fromMs,
      toMs: slice.toMs,
      isNextPage: nextUrl !== null,
      serverNowMs: this.#deps.clock.now() + this.#state.offsetMs,
      clause: this.#clause,
      narrow: this.#request.narrow ?? (() => null),
    });
    switch (mended.kind) {
      case 'restart':
        return ++this.#restarts <= MAX_RESTARTS;
      case 'narrow':
        this.#clause = mended.clause;
        yield { type: 'filter.narrowed', refusedClause: mended.refused, remaining: mended.clause ?? '' };
        return true;
      case 'clamp':
        if (mended.wholeClause) this.#clause = this.#request.clause;
        this.#state = { ...this.#state, sinceMs: mended.fromMs };
        yield { type: 'range.clamped', fromMs: mended.fromMs };
        return true;
      case 'nothing':
        return false;
    }
  }

  #isCompleted(): boolean {
    if (this.#completed) return false;
    const { covered, sinceMs, pollIntervalMs, startedAtMs, offsetMs } = this.#state;
    // Before anything was read, an empty range that goes on into the future is not known to be read.
    if (pollIntervalMs !== null && covered.length === 0 && sinceMs <= startedAtMs + offsetMs) return false;
    return backfillGaps(this.#state, this.#deps.clock.now()).length === 0;
  }
}

/** Whether trying the same again later can help. */
function isTemporary(outcome: FailedOutcome, window: SlicedWindow): boolean {
  switch (outcome.kind) {
    case 'throttled':
    case 'unavailable':
    case 'unreachable':
    case 'malformed':
      return true;
    case 'badRequest':
      // A page token that kept failing; another reading of the stretch gets other tokens.
      return window.nextUrl !== null;
    case 'signedOut':
      return outcome.problem.kind === 'unreachable';
    case 'refused':
    case 'notFound':
    case 'misdirected':
    case 'consentNeeded':
      return false;
  }
}

/** Whether a shorter stretch might be answered: connecting was no trouble, answering was. */
function tookTooLong(outcome: FailedOutcome): boolean {
  if (outcome.kind === 'unavailable') return outcome.error.status === 504;
  if (outcome.kind !== 'unreachable' || outcome.failure.reason !== 'timeout') return false;
  return outcome.failure.code === null || /HEADERS|BODY/.test(outcome.failure.code);
}
