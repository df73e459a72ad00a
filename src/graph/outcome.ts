/** What can come of one call to Graph. A refusal or a broken line is an outcome like any other, never an exception. */
import type { Moment } from '../facts/moment.ts';
import type { Problem } from '../facts/problem.ts';
import type { NetworkFailure } from './network-failure.ts';

/** Graph's own words about an error, redacted: `error.code` and `error.message`, empty when it gave none. */
export interface GraphErrorText {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Microsoft's support asks for it. */
  readonly requestId: string | null;
}

export type GraphOutcome =
  | {
      readonly kind: 'ok';
      readonly json: unknown;
      readonly requestId: string | null;
      /** The server's clock (header `Date`, whole seconds) in milliseconds since the epoch. */
      readonly serverTimeMs: number | null;
    }
  /** 429. Nothing of this program starts before `until`: Graph's own wait, or a backoff when it named none. */
  | {
      readonly kind: 'throttled';
      readonly retryAfterMs: number | null;
      readonly until: Moment;
      readonly error: GraphErrorText;
    }
  /** 400 and every other 4xx without a kind of its own. */
  | { readonly kind: 'badRequest'; readonly error: GraphErrorText }
  /** 403: licence, role or consent. */
  | { readonly kind: 'refused'; readonly error: GraphErrorText }
  | { readonly kind: 'notFound'; readonly error: GraphErrorText }
  /** 5xx, 509 and 408. */
  | { readonly kind: 'unavailable'; readonly retryAfterMs: number | null; readonly error: GraphErrorText }
  /** An answer that is none: cut off, not JSON, a web page, a redirect. `reason` is plain words. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly requestId: string | null }
  /** The address is not Graph's (a foreign `nextLink`): nothing was sent there. */
  | { readonly kind: 'misdirected'; readonly origin: string }
  /** No answer: name, connection, TLS, proxy, silence. */
  | { readonly kind: 'unreachable'; readonly failure: NetworkFailure }
  /**
   * No token, or Graph refused even a renewed one. When the problem is of kind `unreachable`, `failure` says why the
   * sign-in service did not answer, and `retryAfterMs` how long it asked to be left alone.
   */
  | {
      readonly kind: 'signedOut';
      readonly problem: Problem;
      readonly failure?: NetworkFailure | null;
      readonly retryAfterMs?: number | null;
    }
  /** Somebody is signed in, but nobody has granted the `scopes` of the call yet: nothing was sent. */
  | { readonly kind: 'consentNeeded'; readonly scopes: readonly string[]; readonly problem: Problem }
  /** The caller gave up. */
  | { readonly kind: 'cancelled' };

/** Everything that is not an answer. */
export type FailedOutcome = Exclude<GraphOutcome, { readonly kind: 'ok' } | { readonly kind: 'cancelled' }>;
