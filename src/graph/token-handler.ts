/**
 * First in the chain: attaches the access token, and asks for a fresh one exactly once when Graph refuses it. The last
 * line of defence for the token: it goes to the origin of Graph and nowhere else, whatever the address says.
 */
import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { type Exchange, exchangeOf } from './exchange.ts';
import type { GraphOutcome } from './outcome.ts';
import { unauthorizedProblem } from './problems.ts';
import type { TokenOutcome, TokenSource } from './token-source.ts';

export class TokenHandler implements Middleware {
  readonly #origin: string;
  readonly #tokens: TokenSource;
  #next: Middleware | null = null;
  /** The token that was handed out last, by scopes: when another call has renewed it, it need not be renewed again. */
  readonly #latest = new Map<string, string>();

  constructor(origin: string, tokens: TokenSource) {
    this.#origin = origin;
    this.#tokens = tokens;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const address = new URL(exchange.url);
    if (address.origin !== this.#origin || address.username !== '' || address.password !== '') {
      exchange.outcome = { kind: 'misdirected', origin: address.origin };
      return;
    }
    if (!(await this.#authorize(exchange, { renew: false, claims: null }))) return;
    await this.#next?.execute(context);
    const { outcome } = exchange;
    if (outcome.kind !== 'unauthorized') return;
    const renewedElsewhere = this.#latest.get(scopesKey(exchange)) !== exchange.token && outcome.claims === null;
    if (!(await this.#authorize(exchange, { renew: !renewedElsewhere, claims: outcome.claims }))) return;
    await this.#next?.execute(context);
    if (exchange.outcome.kind === 'unauthorized') {
      exchange.outcome = { kind: 'signedOut', problem: unauthorizedProblem(exchange.outcome.error) };
    }
  }

  /** Puts a token on the exchange, or the outcome of not having one. */
  async #authorize(exchange: Exchange, wanted: { renew: boolean; claims: string | null }): Promise<boolean> {
    const { signal, scopes } = exchange.call;
    const asked = this.#tokens.accessToken({ ...wanted, signal, ...(scopes && { scopes }) });
    const answer = await asked.catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
    if (signal.aborted || answer === null) {
      exchange.outcome = { kind: 'cancelled' };
      return false;
    }
    if (!answer.ok) {
      exchange.outcome = outcomeWithout(answer);
      return false;
    }
    exchange.token = answer.token;
    this.#latest.set(scopesKey(exchange), answer.token);
    return true;
  }
}

function outcomeWithout(answer: Extract<TokenOutcome, { readonly ok: false }>): GraphOutcome {
  const { problem, consentNeeded, failure = null, retryAfterMs = null } = answer;
  return consentNeeded
    ? { kind: 'consentNeeded', scopes: consentNeeded, problem }
    : { kind: 'signedOut', problem, failure, retryAfterMs };
}

function scopesKey({ call }: Exchange): string {
  return (call.scopes ?? []).join(' ');
}
