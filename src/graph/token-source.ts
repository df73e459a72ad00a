/** Where the Graph client gets its access tokens; `auth` provides one, the demo tenant another. */
import type { Problem } from '../facts/problem.ts';

export type TokenOutcome =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly problem: Problem };

export interface TokenSource {
  /**
   * An access token for Graph, from memory or silently renewed; never asks the person. `renew` asks for a fresh one
   * because Graph refused the last; `claims` is the decoded claims challenge that came with the refusal.
   */
  accessToken(request: {
    readonly renew: boolean;
    readonly claims: string | null;
    readonly signal: AbortSignal;
  }): Promise<TokenOutcome>;
}
