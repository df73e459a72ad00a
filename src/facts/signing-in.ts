/** What becomes known while somebody signs in. Yielded by `auth`, reduced by `store`, printed by `login`. */
import type { Problem } from './problem.ts';

export type SignInMethod = 'device-code' | 'browser';

export interface Account {
  readonly username: string;
  readonly tenantId: string;
  /** MSAL's stable id of the account, for the token cache. */
  readonly homeAccountId: string;
  /** False when Entra gave no refresh token: the sign-in ends with its access token. Left out otherwise. */
  readonly renews?: false;
}

export type SigningInFact =
  | {
      readonly type: 'signIn.codeReceived';
      readonly userCode: string;
      /** Exactly as the server sent it. */
      readonly verificationUri: string;
      /** How long the code can be used, from now. */
      readonly expiresInMs: number;
    }
  /** Browser sign-in waits at this address; `opened` tells whether a browser could be started. */
  | { readonly type: 'signIn.browserWaiting'; readonly url: string; readonly opened: boolean }
  | { readonly type: 'signIn.codeExpired' }
  /** `notSaved`: why the sign-in holds for this run only; null when it was saved, or need not be. */
  | { readonly type: 'signIn.succeeded'; readonly account: Account; readonly notSaved: Problem | null }
  /** `offerBrowser`: the tenant refuses device code, and the browser is the way that works. */
  | { readonly type: 'signIn.failed'; readonly problem: Problem; readonly offerBrowser: boolean };
