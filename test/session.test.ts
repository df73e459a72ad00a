import { describe, expect, it } from 'vitest';
import type { Problem } from '../src/facts/problem.ts';
import type { ReadingFact } from '../src/facts/reading.ts';
import type { RelatedQuery } from '../src/facts/related.ts';
import type { SigningInFact } from '../src/facts/signing-in.ts';
import type { UserFlowsOutcome } from '../src/facts/user-flows.ts';
import { type DemandSource, type Effects, runSession } from '../src/session.ts';
import type { UserFlow } from '../src/signup/user-flow.ts';
import type { FeedRequest } from '../src/store/select-feed-request.ts';
import type { RelatedRequest } from '../src/store/select-related-request.ts';
import { createStore } from '../src/store/store.ts';
import { eventOf, eventsBetween, guid, NOON_MS } from './support/events.ts';
import { ManualClock, settle } from './support/manual-clock.ts';
import { freshState, type StateParts } from './support/states.ts';

/** A stream of facts that a test pushes by hand. */
class Tap<F> {
  readonly #facts: F[] = [];
  #wake: () => void = () => {};

  push(...facts: F[]): void {
    this.#facts.push(...facts);
    this.#wake();
  }

  async *read(signal: AbortSignal): AsyncGenerator<F> {
    while (!signal.aborted) {
      const fact = this.#facts.shift();
      if (fact !== undefined) yield fact;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    }
  }
}

interface SignInRun {
  readonly method: string;
  readonly signal: AbortSignal;
  readonly scopes: readonly string[];
  readonly tap: Tap<SigningInFact>;
}

interface FeedRun {
  readonly request: FeedRequest;
  readonly demand: DemandSource;
  readonly signal: AbortSignal;
  readonly tap: Tap<ReadingFact>;
}

const account = { username: 'admin@contosocustomers.onmicrosoft.com', tenantId: 't', homeAccountId: 'h' };

const shopFlow: UserFlow = {
  id: 'f-1',
  displayName: 'Shop sign-up',
  description: null,
  includesAllApplications: false,
  appIds: [guid(2_000_000)],
  identityProviders: [],
};

function start(parts: StateParts & { readonly signedIn?: boolean; readonly flows?: UserFlowsOutcome } = {}) {
  const clock = new ManualClock(NOON_MS);
  const store = createStore(freshState({ rows: 40, ...parts }), clock.both);
  const feeds: FeedRun[] = [];
  const lookUps: RelatedRequest[] = [];
  const companions: RelatedQuery[] = [];
  const flowReads: string[] = [];
  const signIns: SignInRun[] = [];
  const effects: Effects = {
    findAccount: async () => ({ account: parts.signedIn === false ? null : account, problem: null }),
    signIn: (method, signal, scopes) => {
      const tap = new Tap<SigningInFact>();
      signIns.push({ method, signal, scopes, tap });
      return tap.read(signal);
    },
    readFeed: (request, demand, signal) => {
      const tap = new Tap<ReadingFact>();
      feeds.push({ request, demand, signal, tap });
      return tap.read(signal);
    },
    readUserFlows: async () => {
      flowReads.push('asked');
      return parts.flows ?? { kind: 'read', flows: [shopFlow], unreadable: [] };
    },
    readPerson: async () => ({ kind: 'nobody' }),
    findPerson: async () => ({ kind: 'nobody' }),
    readMethods: async () => ({ kind: 'nobody' }),
    readRelated: async function* (request) {
      companions.push(request);
      yield* [];
    },
    readCorrelation: async function* (request) {
      lookUps.push(request);
      yield page([eventOf({ n: 500, correlation: 7, stage: 'userCreation' })]);
    },
  };
  const ending = new AbortController();
  const ended = runSession(store, effects, clock, ending.signal);
  const press = async (keys: string) => {
    for (const key of keys.split(' ')) store.dispatch({ type: 'key.pressed', key });
    await settle();
  };
  const feed = (index: number): FeedRun => {
    const run = feeds[index];
    if (!run) throw new Error(`there were only ${feeds.length} feeds`);
    return run;
  };
  const signIn = (index: number) => {
    const run = signIns[index];
    if (!run) throw new Error(`there were only ${signIns.length} sign-ins`);
    return run;
  };
  return { clock, store, feeds, feed, lookUps, companions, flowReads, signIns, signIn, press, ending, ended };
}

function page(events: ReturnType<typeof eventsBetween>): ReadingFact {
  return { type: 'page.received', settledBelowMs: 0, purpose: 'poll', events, unreadable: [], covered: null };
}

const tokenEnded: Problem = {
  kind: 'signIn',
  title: 'The sign-in has ended.',
  meaning: '',
  todo: 'Sign in again.',
  code: 'AADSTS50173',
  requestId: null,
};

describe('the session', () => {
  it('starts one feed as soon as the account is known, and ends it when it is told to end', async () => {
    const { feeds, feed, ending, ended } = start();
    await settle();
    expect(feeds).toHaveLength(1);
    expect(feed(0).request).toMatchObject({ clause: null, sinceMs: NOON_MS - 86_400_000, untilMs: null });
    ending.abort();
    await ended;
    expect(feed(0).signal.aborted).toBe(true);
  });

  it('swaps the feed for another filter only once the filter has settled', async () => {
    const { feeds, feed, press, clock } = start();
    await settle();
    await press('f space');
    expect(feed(0).signal.aborted).toBe(true);
    await press('down space');
    await press('up space');
    expect(feeds).toHaveLength(1);
    await clock.advance(300);
    expect(feeds).toHaveLength(2);
  });

  it('drops what a feed tells after it was swapped', async () => {
    const { store, feed, press } = start();
    await settle();
    feed(0).tap.push(page(eventsBetween(1, 3)));
    await settle();
    expect(store.getState().log.size).toBe(3);
    await press('f right right space');
    feed(0).tap.push(page(eventsBetween(4, 9)));
    await settle();
    expect(store.getState().log.size).toBe(3);
  });

  it('tells the running feed of pausing, refreshing and scrolling, without starting another', async () => {
    const { feeds, feed, press } = start();
    await settle();
    const told = feed(0).demand.changed(new AbortController().signal);
    await press('space');
    await told;
    expect(feed(0).demand.current()).toMatchObject({ paused: true, refreshes: 0 });
    await press('r');
    expect(feed(0).demand.current()).toMatchObject({ refreshes: 1 });
    expect(feeds).toHaveLength(1);
  });

  it('looks nothing up by correlation ID for rows that are merely scrolled past', async () => {
    const { feed, press, lookUps, clock } = start();
    await settle();
    feed(0).tap.push(page(eventsBetween(1, 120)));
    await settle();
    await press('enter');
    for (let row = 0; row < 100; row++) {
      await press('j');
      await clock.advance(30);
    }
    expect(lookUps).toHaveLength(0);
    await clock.advance(400);
    expect(lookUps).toHaveLength(1);
  });

  it('puts what was found by correlation ID into the log, and looks again while it may still grow', async () => {
    const { store, feed, press, lookUps, clock } = start();
    await settle();
    feed(0).tap.push(page([eventOf({ n: 7 })]));
    await settle();
    await press('enter');
    await clock.advance(400);
    expect(store.getState().log.size).toBe(2);
    await clock.advance(50_000);
    expect(lookUps).toHaveLength(1);
    await clock.advance(15_000);
    expect(lookUps).toHaveLength(2);
  });

  it('looks nothing up when an unfiltered feed has read the time around the event, but in the other logs, once', async () => {
    const { feed, press, lookUps, companions, clock } = start();
    await settle();
    const covered = { fromMs: NOON_MS - 7_200_000, toMs: NOON_MS + 60_000 };
    feed(0).tap.push({
      type: 'page.received',
      settledBelowMs: 0,
      purpose: 'backfill',
      events: [eventOf({ n: 7 })],
      unreadable: [],
      covered,
    });
    feed(0).tap.push({ type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 15_000 });
    await settle();
    await press('enter');
    await clock.advance(200);
    expect(companions).toHaveLength(0);
    await clock.advance(4_800);
    expect(lookUps).toHaveLength(0);
    expect(companions).toMatchObject([{ correlationId: guid(1_000_007), signIns: 'interactive' }]);
  });

  it('asks Graph for no filter that is only stepped through, not even for none', async () => {
    const { feeds, press, clock } = start();
    await settle();
    await press('f space space space space space space');
    expect(feeds).toHaveLength(1);
    await clock.advance(300);
    expect(feeds).toHaveLength(2);
    expect(feeds[1]?.request.clause).toBeNull();
  });

  it('signs in when no account is cached, and reads once that is done', async () => {
    const { store, signIns, signIn, feeds } = start({ signedIn: false });
    await settle();
    expect(signIns.map(({ method }) => method)).toEqual(['device-code']);
    signIn(0).tap.push({
      type: 'signIn.codeReceived',
      userCode: 'ABCD-EFGH',
      verificationUri: 'https://microsoft.com/devicelogin',
      expiresInMs: 900_000,
    });
    await settle();
    expect(store.getState().signIn).toMatchObject({ kind: 'waiting', code: { userCode: 'ABCD-EFGH' } });
    expect(feeds).toHaveLength(0);
    signIn(0).tap.push({ type: 'signIn.succeeded', account, notSaved: null });
    await settle();
    expect(feeds).toHaveLength(1);
  });

  it('gets a new code with one key after the old one expired, and stops waiting for the old one', async () => {
    const { store, signIns, signIn, press } = start({ signedIn: false });
    await settle();
    signIn(0).tap.push({ type: 'signIn.codeExpired' });
    await settle();
    expect(store.getState().signIn.kind).toBe('expired');
    await press('n');
    expect(signIns).toHaveLength(2);
    expect(signIn(0).signal.aborted).toBe(true);
  });

  it('keeps the rows when the token ends, and fills in after signing in again in place', async () => {
    const { store, feed, feeds, signIn, press } = start();
    await settle();
    feed(0).tap.push(page(eventsBetween(1, 30)), { type: 'feed.failed', problem: tokenEnded, retryInMs: null });
    await settle();
    expect(store.getState().signIn.kind).toBe('signedOut');
    await press('j j');
    expect(store.getState().log.size).toBe(30);
    const cursor = store.getState().table.cursorId;
    await press('L');
    signIn(0).tap.push({ type: 'signIn.succeeded', account, notSaved: null });
    await settle();
    expect(feeds).toHaveLength(2);
    expect(feed(1).request.key).not.toBe(feed(0).request.key);
    expect(store.getState().table.cursorId).toBe(cursor);
  });
});

describe('a page that is large', () => {
  it('is added in parts, so that keys have their turn, and counts as one page', async () => {
    const { store, feed } = start();
    await settle();
    const sizes: number[] = [];
    store.subscribe((state) => {
      if (sizes.at(-1) !== state.log.size) sizes.push(state.log.size);
    });
    const events = eventsBetween(1, 1000);
    feed(0).tap.push({
      type: 'page.received',
      settledBelowMs: 0,
      purpose: 'backfill',
      events,
      unreadable: [],
      covered: null,
    });
    await settle();
    expect(sizes).toEqual([125, 250, 375, 500, 625, 750, 875, 1000]);
    expect(store.getState().feed.backfill.pagesRead).toBe(1);
  });
});

describe('user flows', () => {
  const named = async (parts: Parameters<typeof start>[0] = {}) => {
    const program = start(parts);
    await settle();
    program.feed(0).tap.push(page(eventsBetween(1, 3)));
    await settle();
    await program.press(': ctrl+u');
    program.store.dispatch({ type: 'text.pasted', text: 'flow:"Shop sign-up"' });
    await program.press('enter');
    return program;
  };

  it('are asked for only when a filter names one, and then mean their applications', async () => {
    const { store, flowReads, press } = await named();
    expect(store.getState().matches.size).toBe(3);
    expect(store.getState().filterHistory.past).toHaveLength(1);
    expect(flowReads).toHaveLength(1);
    await press('X : enter');
    expect(flowReads).toHaveLength(1);
  });

  it('that nobody may list cost a word and nothing else; C signs in for the permission', async () => {
    const problem: Problem = { ...tokenEnded, kind: 'refused', title: 'User flows need one permission more.' };
    const flows = { kind: 'consentNeeded', scopes: ['EventListener.Read.All'], problem } as const;
    const { store, signIns, signIn, press } = await named({ flows });
    expect(store.getState().notice?.text).toContain('User flows need one permission more.');
    expect(store.getState().signIn.kind).toBe('signedIn');
    expect(store.getState().log.size).toBe(3);
    await press('C');
    expect(signIns).toHaveLength(1);
    expect(signIn(0).scopes).toEqual(['EventListener.Read.All']);
    signIn(0).tap.push({ type: 'signIn.failed', problem, offerBrowser: false });
    await settle();
    expect(store.getState().signIn.kind).toBe('signedIn');
    await press('C esc');
    expect(store.getState().signIn.kind).toBe('signedIn');
  });
});
