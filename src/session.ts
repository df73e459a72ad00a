/**
 * Effects follow state: watches what the state asks for (an account, a sign-in, one feed, the entries of one correlation
 * ID), starts it, stops what is no longer asked for, and dispatches what it tells. Decides nothing.
 */
import type { Clock } from './clock.ts';
import type { MethodsOutcome, PersonOutcome } from './facts/person.ts';
import type { Problem } from './facts/problem.ts';
import type { ReadingFact } from './facts/reading.ts';
import type { RelatedFact, RelatedQuery } from './facts/related.ts';
import type { Account, SignInMethod, SigningInFact } from './facts/signing-in.ts';
import type { UserFlowsOutcome } from './facts/user-flows.ts';
import type { Action } from './store/action.ts';
import { selectCompanionsRequest } from './store/companions.ts';
import { areComplete } from './store/followers.ts';
import { type PersonAnswer, type PersonRequest, selectPersonRequest } from './store/person.ts';
import { type FeedDemand, type FeedRequest, selectFeedDemand, selectFeedRequest } from './store/select-feed-request.ts';
import { type RelatedRequest, selectRelatedRequest } from './store/select-related-request.ts';
import { selectSignInRequest } from './store/select-sign-in-request.ts';
import type { State } from './store/state.ts';
import type { Store } from './store/store.ts';
import { selectFlowsRequest } from './store/user-flows.ts';

/** What the session can have done for it. */
export interface Effects {
  findAccount(): Promise<{ readonly account: Account | null; readonly problem: Problem | null }>;
  signIn(method: SignInMethod, signal: AbortSignal, scopes: readonly string[]): AsyncIterable<SigningInFact>;
  readFeed(request: FeedRequest, demand: DemandSource, signal: AbortSignal): AsyncIterable<ReadingFact>;
  readUserFlows(signal: AbortSignal): Promise<UserFlowsOutcome>;
  readPerson(userId: string, signal: AbortSignal): Promise<PersonOutcome>;
  findPerson(address: string, signal: AbortSignal): Promise<PersonOutcome>;
  readMethods(userId: string, signal: AbortSignal): Promise<MethodsOutcome>;
  readCorrelation(request: RelatedRequest, signal: AbortSignal): AsyncIterable<ReadingFact>;
  readRelated(request: RelatedQuery, signal: AbortSignal): AsyncIterable<RelatedFact>;
}

/** How a running feed learns what is wanted of it. */
export interface DemandSource {
  current(): FeedDemand;
  /** Resolves when the demand has changed, or when `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void>;
}

/** A filter that is being stepped through settles this long before Graph is asked. */
const FEED_SETTLES_MS = 300;
/** Events that are added before keys and drawing have their turn: well under 20 ms, on slow machines too. */
const EVENTS_A_TURN = 125;
/** The cursor rests this long on an event before its correlation ID is looked up. */
const RELATED_DWELL_MS = 300;

/** Starts the session; it ends, with all that it runs, when `signal` is aborted. Rejects only on a fault of ours. */
export async function runSession(store: Store, effects: Effects, clock: Clock, signal: AbortSignal): Promise<void> {
  await Promise.all([
    lookForAccount(store, effects),
    tick(store, clock, signal),
    keepRunning(store, signal, selectSignInRequest, async (request, own) => {
      for await (const fact of effects.signIn(request.method, own, request.scopes)) {
        if (own.aborted) return;
        store.dispatch({ type: 'signIn.told', requestKey: request.key, fact });
      }
    }),
    keepRunning(store, signal, selectFeedRequest, async (request, own) => {
      if (store.getState().filterChanges > 0) await clock.wait(FEED_SETTLES_MS, own);
      if (own.aborted) return;
      for await (const fact of effects.readFeed(request, demandOf(store), own)) {
        if (own.aborted) return;
        for (const action of inParts(request.key, fact)) {
          // Reading a page took its time already; adding it comes after the keys that waited for that.
          await turn();
          if (own.aborted) return;
          store.dispatch(action);
        }
      }
    }),
    keepRunning(store, signal, selectFlowsRequest, async (_, own) => {
      const outcome = await effects.readUserFlows(own);
      if (!own.aborted) store.dispatch({ type: 'flows.told', outcome });
    }),
    keepRunning(store, signal, selectPersonRequest, async (request, own) => {
      const answer = await lookUp(effects, request, own);
      if (!own.aborted) store.dispatch({ type: 'person.told', requestKey: request.key, answer });
    }),
    keepRunning(store, signal, selectUnfinishedMatches, async (_, own) => {
      for (await turn(); !own.aborted; await turn()) store.dispatch({ type: 'matches.continued' });
    }),
    keepRunning(store, signal, selectRelatedRequest, async (request, own) => {
      await clock.wait(RELATED_DWELL_MS, own);
      if (own.aborted) return;
      const tell = (action: Action) => {
        if (!own.aborted) store.dispatch(action);
      };
      const { log, correlationId } = request;
      tell({ type: 'related.told', log, correlationId, fact: { type: 'related.started' } });
      for await (const fact of effects.readCorrelation(request, own)) {
        tell({ type: 'related.told', log, correlationId, fact: { type: 'related.read', fact } });
      }
      tell({ type: 'related.told', log, correlationId, fact: { type: 'related.completed' } });
    }),
    keepRunning(store, signal, selectCompanionsRequest, async (request, own) => {
      await clock.wait(RELATED_DWELL_MS, own);
      if (own.aborted) return;
      for await (const fact of effects.readRelated(request, own)) {
        if (own.aborted) return;
        store.dispatch({ type: 'companions.told', request, fact });
      }
    }),
  ]);
}

async function lookUp(effects: Effects, request: PersonRequest, signal: AbortSignal): Promise<PersonAnswer> {
  switch (request.what) {
    case 'account':
      return { what: request.what, outcome: await effects.readPerson(request.userId, signal) };
    case 'address':
      return { what: request.what, outcome: await effects.findPerson(request.address, signal) };
    case 'methods':
      return { what: request.what, outcome: await effects.readMethods(request.userId, signal) };
  }
}

/** Something that has not looked at the whole log yet. */
function selectUnfinishedMatches(state: State): { readonly key: string } | null {
  return areComplete(state) ? null : { key: String(state.filterChanges) };
}

async function lookForAccount(store: Store, effects: Effects): Promise<void> {
  const { account, problem } = await effects.findAccount();
  store.dispatch({ type: 'account.looked', account, problem });
}

/** Once a second, on the second: countdowns and the age of things. */
async function tick(store: Store, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.wait(1000 - (clock.now() % 1000), signal);
    if (!signal.aborted) store.dispatch({ type: 'clock.ticked' });
  }
}

/**
 * Keeps one run going for the request that `select` gives, by its key: another key aborts the run and starts the next, null
 * aborts it. A run that ends by itself is not started again for the same key while that key stays.
 */
async function keepRunning<R extends { readonly key: string }>(
  store: Store,
  signal: AbortSignal,
  select: (state: State) => R | null,
  run: (request: R, own: AbortSignal) => Promise<void>,
): Promise<void> {
  const own: { running: { readonly key: string; readonly controller: AbortController } | null } = { running: null };
  let fail: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const look = () => {
    const wanted = signal.aborted ? null : select(store.getState());
    if (wanted?.key === own.running?.key) return;
    own.running?.controller.abort();
    own.running = null;
    if (!wanted) return;
    const controller = new AbortController();
    own.running = { key: wanted.key, controller };
    run(wanted, controller.signal).catch((reason) => {
      if (!controller.signal.aborted) fail(reason);
    });
  };
  const unsubscribe = store.subscribe(look);
  look();
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    await Promise.race([ended, failed]);
  } finally {
    unsubscribe();
    own.running?.controller.abort();
  }
}

function demandOf(store: Store): DemandSource {
  const current = () => selectFeedDemand(store.getState());
  return {
    current,
    changed: (signal) => {
      const before = current();
      return new Promise((resolve) => {
        const done = () => {
          unsubscribe();
          signal.removeEventListener('abort', done);
          resolve();
        };
        const unsubscribe = store.subscribe(() => {
          if (!sameDemand(before, current())) done();
        });
        if (signal.aborted) done();
        else signal.addEventListener('abort', done, { once: true });
      });
    },
  };
}

function sameDemand(a: FeedDemand, b: FeedDemand): boolean {
  return a.paused === b.paused && a.backfillPages === b.backfillPages && a.refreshes === b.refreshes;
}

/** A page as several actions: adding all of it at once would keep keys waiting. The last one says what was read. */
function inParts(requestKey: string, fact: ReadingFact): readonly Action[] {
  if (fact.type !== 'page.received') return [{ type: 'feed.told', requestKey, fact }];
  const { events, purpose } = fact;
  const actions: Action[] = [];
  let from = 0;
  for (; events.length - from > EVENTS_A_TURN; from += EVENTS_A_TURN) {
    const part = events.slice(from, from + EVENTS_A_TURN);
    actions.push({ type: 'feed.toldPart', requestKey, events: part, areNews: purpose !== 'backfill' });
  }
  return [...actions, { type: 'feed.told', requestKey, fact: { ...fact, events: events.slice(from) } }];
}

/** Lets keys and drawing have their turn between two facts. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
