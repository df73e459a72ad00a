/** A Graph client with a fake network and a clock that stands still. */
import type { RequestFact } from '../../src/facts/requesting.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient, type GraphClient } from '../../src/graph/client.ts';
import type { GraphCall } from '../../src/graph/exchange.ts';
import type { GraphOutcome } from '../../src/graph/outcome.ts';
import type { Send } from '../../src/graph/send.ts';
import type { TokenOutcome, TokenSource } from '../../src/graph/token-source.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { GRAPH_URL } from './fake-graph.ts';
import { goodToken } from './run-feed.ts';

export interface ClientSetup {
  readonly clock: ManualClock;
  readonly client: GraphClient;
  readonly sent: Request[];
  readonly observed: RequestFact[];
  get(url?: string, call?: Partial<GraphCall>): Promise<GraphOutcome>;
}

/** A client whose answers a test gives; what it sends and tells is kept. */
export function setUp(answer: Send, tokens: TokenSource = goodToken): ClientSetup {
  const clock = new ManualClock(NOON_MS);
  const sent: Request[] = [];
  const observed: RequestFact[] = [];
  const client = createGraphClient({
    graphUrl: `${GRAPH_URL}/`,
    send: (request) => {
      sent.push(request);
      return answer(request);
    },
    tokens,
    budget: createBudget({ clock, newId: () => 'process' }),
    clock,
    random: () => 0,
    newId: () => '11111111-1111-4111-8111-111111111111',
    userAgent: 'entra-signups/1.0.0',
    observe: (fact) => observed.push(fact),
    maxBodyBytes: 1_000,
  });
  const get = (url = '/beta/auditLogs/signUps?$top=1', call: Partial<GraphCall> = {}) =>
    client.get({ url, priority: 'user', signal: new AbortController().signal, ...call });
  return { clock, client, sent, observed, get };
}

/** Every answer is a page with these rows. */
export const page =
  (value: readonly unknown[] = []) =>
  async () =>
    Response.json({ value });
/** These answers one after the other, then 500. */
export const once = (...answers: readonly Response[]): Send => {
  const left = [...answers];
  return async () => left.shift() ?? new Response(null, { status: 500 });
};

/** A token source that counts what it is asked for. */
export function tokensThat(give: (count: number) => TokenOutcome) {
  const asked: { readonly renew: boolean; readonly claims: string | null }[] = [];
  const accessToken: TokenSource['accessToken'] = async ({ renew, claims }) => {
    asked.push({ renew, claims });
    return give(asked.length);
  };
  return { asked, accessToken };
}
