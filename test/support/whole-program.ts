/** Store, session, Graph client and feed on the demo tenant, without a screen: all of the program that decides anything. */

import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { readFeed } from '../../src/graph/feed.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import { findPersonByAddress, readMethods, readPerson } from '../../src/graph/person.ts';
import { readCorrelation } from '../../src/graph/read-correlation.ts';
import { readRelated } from '../../src/graph/related.ts';
import { narrowClause } from '../../src/narrow-clause.ts';
import { type Effects, runSession } from '../../src/session.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { NOON_MS } from './events.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { freshState } from './states.ts';

export interface WholeProgram {
  readonly clock: ManualClock;
  readonly tenant: DemoTenant;
  readonly store: Store;
  /** Presses keys, named as in the key table, separated by spaces. */
  press(keys: string): Promise<void>;
  /** Ends it; rejects when it ended by a fault. */
  end(): Promise<void>;
}

export async function startProgram(seed: number, random: () => number): Promise<WholeProgram> {
  // Loading it takes real time, which the clock of the test does not know.
  await import('@microsoft/microsoft-graph-client');
  const clock = new ManualClock(NOON_MS);
  // Busier than the demo, because rows that come late and out of order are what these tests are about.
  const tenant = createDemoTenant({ seed: String(seed), clock, ratePerMinute: 15, startedAtMs: NOON_MS - 1_200_000 });
  const store = createStore(freshState({ rows: 30, columns: 140, settings: { pageSize: 100 } }), clock.both);
  const logClock = createLogClock(clock);
  let ids = 0;
  const client = createGraphClient({
    graphUrl: tenant.graphUrl,
    send: tenant.send,
    tokens: { accessToken: async () => ({ ok: true, token: tenant.accessToken() }) },
    budget: createBudget({ clock, newId: () => 'process' }),
    clock,
    random,
    newId: () => String(++ids),
    userAgent: 'test/1',
    observe: (fact) => store.dispatch({ type: 'request.told', fact }),
  });
  const effects: Effects = {
    findAccount: async () => ({ account: tenant.account, problem: null }),
    signIn: async function* () {
      yield* [];
    },
    readFeed: (request, demand, signal) =>
      readFeed({ ...request, narrow: narrowClause }, demand, { client, clock, logClock, random, signal }),
    readPerson: (userId, signal) => readPerson(userId, { client, clock, random, signal }),
    findPerson: (address, signal) =>
      findPersonByAddress(address, tenant.tenantDomain, { client, clock, random, signal }),
    readMethods: (userId, signal) => readMethods(userId, { client, clock, random, signal }),
    readUserFlows: async () => ({ kind: 'read', flows: [], unreadable: [] }),
    readRelated: (request, signal) => readRelated(request, { client, clock, logClock, random, signal }),
    readCorrelation: (request, signal) => readCorrelation(request, { client, clock, logClock, random, signal }),
  };
  const ending = new AbortController();
  const ended = runSession(store, effects, clock, ending.signal);
  await settle();
  return {
    clock,
    tenant,
    store,
    press: async (keys) => {
      for (const key of keys.split(' ')) store.dispatch({ type: 'key.pressed', key });
      await settle();
    },
    end: async () => {
      ending.abort();
      await ended;
    },
  };
}
