/**
 * One call on its way through the middleware chain: what was asked, and what came of it so far. The Graph SDK carries it
 * from one handler to the next as a middleware option.
 */
import type { Context } from '@microsoft/microsoft-graph-client';
import type { AnswerOutcome } from './answer.ts';
import type { Priority } from './budget-window.ts';
import type { GraphOutcome } from './outcome.ts';

export interface GraphCall {
  /** A path with its query on the Graph host (`/beta/…`), or a whole address, such as a `nextLink`: sent as it stands. */
  readonly url: string;
  readonly priority: Priority;
  /** Ends the call wherever it is; it is `cancelled` then. */
  readonly signal: AbortSignal;
  /** Gives up the place in the queue; without effect once the request has started. */
  readonly queueSignal?: AbortSignal;
  /** Permissions that the call needs instead of those of the sign-up log, e.g. `EventListener.Read.All`. */
  readonly scopes?: readonly string[];
}

export class Exchange {
  readonly url: string;
  readonly call: GraphCall;
  outcome: AnswerOutcome | GraphOutcome = { kind: 'cancelled' };
  /** Sent with the request by whoever acquires the token. */
  token: string | null = null;
  /** To be called when the request leaves, over a connection that is open. */
  onSent: () => void = () => undefined;

  constructor(url: string, call: GraphCall) {
    this.url = url;
    this.call = call;
  }
}

/** The exchange that this context carries. Throws when the chain was started without one: a fault of the program. */
export function exchangeOf(context: Context): Exchange {
  const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange);
  if (!(exchange instanceof Exchange))
    throw new Error('the request does not come from the Graph client of this program');
  return exchange;
}
