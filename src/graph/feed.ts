/**
 * The feed: reads a log backwards from now, then watches for news and late rows, and tells what it learns as
 * facts. Errors are facts; nothing ends it silently. It must not know who reads the facts, or how they are shown.
 */
import type { Clock } from '../clock.ts';
import { later, type Moment, msBetween, type Now } from '../facts/moment.ts';
import type { ReadingFact, ReadPurpose, Span } from '../facts/reading.ts';
import type { LogName } from '../signup/event.ts';
import type { GraphClient } from './client.ts';
import { type DemandSource, waitForChange, waitForRefresh } from './demand.ts';
import { linkedSignal } from './linked-signal.ts';
import type { LogClock } from './log-clock.ts';
import { logUrl } from './log-url.ts';
import { mendRequest, type NarrowedClause } from './mend-request.ts';
import type { FailedOutcome, GraphErrorText } from './outcome.ts';
import { PageProgress } from './page-progress.ts';
import { type Page, type PageOutcome, readPage } from './pages.ts';
import { type Patience, patienceFor } from './patience.ts';
import { dropWindow, isMissingNews, planRead, takePageOf } from './plan-read.ts';
import { problemOf } from './problems.ts';
import {
  backfillGaps,
  completeToMs,
  edgeMs,
  firstTopMs,
  type ReadingRange,
  type ReadState,
  settledBelowMs,
  startReading,
} from './read-state.ts';
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
  readonly logClock: LogClock;
  readonly random: () => number;
  /** Ends the feed at once. */
  readonly signal: AbortSignal;
}

type SlicedWindow = WindowRead & { readonly slice: Slice };

const purposeOf: Readonly<Record<Turn, ReadPurpose>> = {
  poll: 'poll',
  catchUp: 'poll',
  recent: 'reread',
  reread: 'reread',
  backfill: 'backfill',
};

/** Upper end of live windows beyond "now", as long as Graph's clock is not known. */
const MARGIN_MS = 60_000;
/** The same once it is: what happens while the pages are read belongs to the next poll, and would push rows from page to page. */
const KNOWN_MARGIN_MS = 2_000;
/** Rows may be as much older than the stretch that was asked for: its ends are rounded to whole seconds. */
const ROUNDING_MS = 1000;
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
  readonly #progress = new PageProgress();
  #state: ReadState;
  #clause: string | null;
  #failures = 0;
  #failingSince: Moment;
  #throttles = 0;
  #restarts = 0;
  /** Something was answered: what is refused from now on may be refused by mistake. */
  #hasWorked = false;
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
    this.#failingSince = deps.clock.moment();
    this.#state = startReading(request, demand.current().refreshes, deps.clock.moment());
  }

  /** One request, or one wait. */
  async *step(): AsyncGenerator<ReadingFact, void, undefined> {
    const { clock, signal } = this.#deps;
    // One look at the clock for both questions: whether everything was read, and what to read next.
    const now = this.#now();
    if (this.#isCompleted(now)) {
      this.#completed = true;
      yield { type: 'range.completed' };
      this.ended = this.#request.pollIntervalMs === null;
      if (this.ended) return;
    }
    const plan = planRead(this.#state, this.#demand.current(), now);
    if (plan.kind === 'wait') return waitForChange(this.#demand, plan.until, clock, signal);
    this.#state = plan.state;
    const { window } = plan;
    if (window.turn === 'poll') this.#tellCaughtUp = true;
    const askedAt = clock.moment();
    const page = await this.#ask(window);
    // Facts that nobody wants any more are not told, and a place in the queue may have been given up for another.
    if (signal.aborted || page.kind === 'cancelled') return;
    if (page.kind !== 'page') return yield* this.#fail(window, page);
    yield* this.#learnTime(askedAt, page);
    yield* this.#take(window, page);
  }

  #now(): Now {
    const moment = this.#deps.clock.moment();
    return { moment, logMs: this.#deps.logClock.msAt(moment) };
  }

  async #ask(window: SlicedWindow): Promise<PageOutcome> {
    const { client, clock, signal } = this.#deps;
    // Whatever changes about the demand, what is asked for next is decided anew; and news go before late rows.
    const queueing = linkedSignal(signal);
    if (window.priority !== 'user') void this.#demand.changed(queueing.signal).then(queueing.abort);
    if (window.priority === 'reread') {
      const untilPollMs = msBetween(clock.moment(), this.#state.nextPollAt);
      void clock.wait(untilPollMs, queueing.signal).then(queueing.abort);
    }
    try {
      const url = window.nextUrl ?? this.#urlOf(window.slice);
      const call = { url, priority: window.priority, signal, queueSignal: queueing.signal };
      return await readPage(client, call, this.#request.log);
    } finally {
      queueing.abort();
      queueing.release();
    }
  }

  #urlOf({ fromMs, toMs, askedAt }: Slice): string {
    const { logClock } = this.#deps;
    const isLive = toMs >= logClock.msAt(askedAt);
    const latestMs = logClock.isKnown() ? toMs + KNOWN_MARGIN_MS : Math.max(toMs, logClock.latestMs()) + MARGIN_MS;
    const upToMs = isLive ? Math.min(latestMs, this.#request.untilMs ?? Number.POSITIVE_INFINITY) : toMs;
    const { log, pageSize } = this.#request;
    return logUrl({ log, clause: this.#clause, fromMs, toMs: upToMs, pageSize });
  }

  *#learnTime(askedAt: Moment, { serverTimeMs, events }: Page): Generator<ReadingFact, void, undefined> {
    const { clock, logClock } = this.#deps;
    const newestEventMs = events.reduce<number | null>(
      (newest, { timeMs }) => Math.max(newest ?? timeMs, timeMs),
      null,
    );
    const correction = logClock.learn({ askedAt, answeredAt: clock.moment(), serverTimeMs, newestEventMs });
    if (correction !== null) yield { type: 'clock.corrected', ...correction };
  }

  async *#take(window: SlicedWindow, page: Page): AsyncGenerator<ReadingFact, void, undefined> {
    const taken = takePageOf(this.#state, window, page, this.#now());
    const purpose = purposeOf[window.turn];
    const told = {
      type: 'page.received',
      purpose,
      // A server that ignores the range sends rows that nobody asked for.
      events: page.events.filter(({ timeMs }) => timeMs >= window.slice.fromMs - ROUNDING_MS),
      unreadable: this.#progress.notToldBefore(page.unreadable),
    } as const;
    const stuck = this.#progress.take(window, page);
    if (taken.kind === 'circle' || stuck !== null) {
      yield { ...told, covered: null, settledBelowMs: settledBelowMs(this.#state, this.#now()) };
      const reason = stuck ?? 'its pages lead in a circle';
      const isOnce = this.#request.pollIntervalMs === null;
      if (stuck !== null && isOnce) return yield* this.#giveUp({ kind: 'malformed', reason, requestId: null });
      yield* this.#fail(window, { kind: 'malformed', reason, requestId: null });
      return;
    }
    this.#state = taken.state;
    this.#throttles = 0;
    this.#hasWorked = true;
    const { covered } = taken;
    if (page.nextUrl === null || (covered !== null && covered.fromMs < covered.toMs)) {
      this.#failures = 0;
      this.#restarts = 0;
    }
    yield { ...told, covered, settledBelowMs: settledBelowMs(this.#state, this.#now()) };
    yield* this.#tellProgress();
  }

  /** Whether the news have been read, or how far behind the reading is. */
  *#tellProgress(): Generator<ReadingFact, void, undefined> {
    const { pollIntervalMs, untilMs } = this.#request;
    const now = this.#now();
    const edge = edgeMs(this.#state);
    if (!this.#tellCaughtUp || edge === null || pollIntervalMs === null) return;
    if (isMissingNews(this.#state, now)) {
      const upToMs = completeToMs(this.#state, now);
      if (upToMs !== null) yield { type: 'feed.behind', upToMs };
      return;
    }
    this.#tellCaughtUp = false;
    const isOver = untilMs !== null && edge >= untilMs;
    const nextPollInMs = isOver ? null : Math.max(0, msBetween(now.moment, this.#state.nextPollAt));
    yield { type: 'feed.caughtUp', upToMs: edge, nextPollInMs };
  }

  async *#fail(window: SlicedWindow, outcome: FailedOutcome): AsyncGenerator<ReadingFact, void, undefined> {
    const { clock, signal } = this.#deps;
    this.#tellCaughtUp = true;
    if (outcome.kind === 'throttled') {
      if (this.#patienceFor(outcome, ++this.#throttles).kind === 'giveUp') return yield* this.#giveUp(outcome);
      const waitMs = msBetween(clock.moment(), outcome.until);
      yield { type: 'feed.throttled', waitMs };
      return clock.wait(waitMs, signal);
    }
    const isMended = outcome.kind === 'badRequest' && (yield* this.#mend(window, outcome.error));
    this.#state = dropWindow(this.#state, window, tookTooLong(outcome), clock.moment());
    if (isMended) return;
    if (this.#failures === 0) this.#failingSince = clock.moment();
    const patience = this.#patienceFor(outcome, ++this.#failures);
    if (patience.kind === 'giveUp') return yield* this.#giveUp(outcome);
    const retryInMs = patience.waitMs;
    yield { type: 'feed.failed', problem: problemOf(outcome, this.#request.log), retryInMs };
    const retryAt = later(clock.moment(), retryInMs);
    await waitForRefresh(this.#demand, this.#state.refreshes, retryAt, clock, signal);
  }

  #patienceFor(outcome: FailedOutcome, failures: number): Patience {
    const { clock, random } = this.#deps;
    return patienceFor(outcome, {
      mode: this.#request.pollIntervalMs === null ? 'once' : 'watching',
      failures,
      failingForMs: failures === 1 ? 0 : msBetween(this.#failingSince, clock.moment()),
      hasWorked: this.#hasWorked,
      random,
    });
  }

  /** Nothing that this program can do helps: a person must act, and then ask for news. */
  async *#giveUp(outcome: FailedOutcome): AsyncGenerator<ReadingFact, void, undefined> {
    yield { type: 'feed.failed', problem: problemOf(outcome, this.#request.log), retryInMs: null };
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
      serverNowMs: this.#deps.logClock.nowMs(),
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

  #isCompleted(now: Now): boolean {
    if (this.#completed) return false;
    const { covered, sinceMs, pollIntervalMs } = this.#state;
    // Before anything was read, an empty range that goes on into the future is not known to be read.
    if (pollIntervalMs !== null && covered.length === 0 && sinceMs <= firstTopMs(this.#state, now)) return false;
    return backfillGaps(this.#state, now).length === 0;
  }
}

/** Whether a shorter stretch might be answered: connecting was no trouble, answering was. */
function tookTooLong(outcome: FailedOutcome): boolean {
  if (outcome.kind === 'unavailable') return outcome.error.status === 504;
  if (outcome.kind !== 'unreachable' || outcome.failure.reason !== 'timeout') return false;
  return outcome.failure.code === null || /HEADERS|BODY/.test(outcome.failure.code);
}
