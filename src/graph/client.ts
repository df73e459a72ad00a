/**
 * The Graph client: Microsoft's SDK with a middleware chain of our own (token, budget, send) and none of its hidden
 * retries, redirects and telemetry. The only home of the SDK, which is loaded with the first call.
 */
import type { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../clock.ts';
import { redacted } from '../facts/redacted.ts';
import type { RequestFact } from '../facts/requesting.ts';
import type { RequestBudget } from './budget.ts';
import { BudgetHandler } from './budget-handler.ts';
import { Exchange, type GraphCall } from './exchange.ts';
import type { GraphOutcome } from './outcome.ts';
import type { Send } from './send.ts';
import { SendHandler } from './send-handler.ts';
import { TokenHandler } from './token-handler.ts';
import type { TokenSource } from './token-source.ts';

export interface GraphClient {
  /** Reads from Graph. Every failure is an outcome; it rejects only for faults of this program. */
  get(call: GraphCall): Promise<GraphOutcome>;
}

export interface GraphClientOptions {
  /** Where Graph answers, e.g. `https://graph.microsoft.com`: the only origin that ever sees the token. */
  readonly graphUrl: string;
  readonly send: Send;
  readonly tokens: TokenSource;
  readonly budget: RequestBudget;
  readonly clock: Clock;
  readonly random: () => number;
  /** A new UUID, for `client-request-id`. */
  readonly newId: () => string;
  /** Product and version, e.g. `entra-signups/1.0.0`. */
  readonly userAgent: string;
  /** Told of every request that starts and ends. */
  readonly observe?: (fact: RequestFact) => void;
  readonly stallMs?: number;
  readonly answerMs?: number;
  readonly maxBodyBytes?: number;
}

const STALL_MS = 60_000;
const ANSWER_MS = 5 * 60_000;
/** A page of 1000 events is about 1 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export function createGraphClient(options: GraphClientOptions): GraphClient {
  const base = new URL(options.graphUrl);
  const tokens = new TokenHandler(base.origin, options.tokens);
  const budget = new BudgetHandler(options.budget, options.clock, options.random);
  const send = new SendHandler({
    send: options.send,
    clock: options.clock,
    newId: options.newId,
    userAgent: options.userAgent,
    observe: options.observe ?? (() => undefined),
    stallMs: options.stallMs ?? STALL_MS,
    answerMs: options.answerMs ?? ANSWER_MS,
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
  });
  let loading: Promise<Sdk> | null = null;
  return {
    get: async (call) => {
      if (!URL.canParse(call.url, base.href)) return { kind: 'misdirected', origin: redacted(call.url) };
      const address = new URL(call.url, base);
      loading ??= loadSdk(base, [tokens, budget, send]);
      const { client, rawAnswer } = await loading;
      // The SDK takes an address apart and puts it together in another order. A `nextLink` must go out as it came, so
      // the exchange carries the address, and the SDK only gets the path.
      const exchange = new Exchange(address.href, call);
      await client.api(address.pathname).responseType(rawAnswer).middlewareOptions([exchange]).get();
      const { outcome } = exchange;
      if (outcome.kind === 'unauthorized' || (outcome.kind === 'throttled' && !('until' in outcome))) {
        throw new Error(`the chain left an outcome unfinished: ${outcome.kind}`);
      }
      return outcome;
    },
  };
}

interface Sdk {
  readonly client: Client;
  /** Keeps the SDK from interpreting answers: the chain has done that. */
  readonly rawAnswer: ResponseType;
}

async function loadSdk(base: URL, middleware: [TokenHandler, BudgetHandler, SendHandler]): Promise<Sdk> {
  const { Client, ResponseType } = await import('@microsoft/microsoft-graph-client');
  return { client: Client.initWithMiddleware({ baseUrl: base.origin, middleware }), rawAnswer: ResponseType.RAW };
}
