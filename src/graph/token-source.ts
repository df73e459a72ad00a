/** Where the Graph client gets its access tokens; `auth` provides one, the demo tenant another. */
import type { Problem } from '../facts/problem.ts';
import type { NetworkFailure } from './network-failure.ts';

export type TokenOutcome =
  | { readonly ok: true; readonly token: string }
  | {
      readonly ok: false;
      readonly problem: Problem;
      /** Why the sign-in service did not answer; null or missing when it did. */
      readonly failure?: NetworkFailure | null;
      /** How long the sign-in service asked to be left alone. */
      readonly retryAfterMs?: number | null;
      /**
       * The person is signed in and only these scopes are missing: a sign-in that asks for them as well is the way. The
       * token without them is as good as before.
       */
      readonly consentNeeded?: readonly string[];
    };

export interface TokenSource {
  /**
   * An access token for Graph, from memory or silently renewed; never asks the person. `renew` asks for a fresh one
   * because Graph refused the last; `claims` is the decoded claims challenge that came with the refusal. `scopes` are
   * permissions of Graph (`EventListener.Read.All`) that the token is for instead of those of the sign-up log.
   */
  accessToken(request: {
    readonly renew: boolean;
    readonly claims: string | null;
    readonly signal: AbortSignal;
    readonly scopes?: readonly string[];
  }): Promise<TokenOutcome>;
}
