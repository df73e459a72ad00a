/** What becomes known while somebody signs in. Yielded by `auth`, reduced by `store`, printed by `login`. */
import type { Problem } from './problem.ts';

export type SignInMethod = 'device-code' | 'browser';

export interface Account {
  readonly username: string;
  readonly tenantId: string;
  /** MSAL's stable id of the account, for the token cache. */
  readonly homeAccountId: string;
}

export type SigningInFact =
  | {
      readonly type: 'signIn.codeReceived';
      readonly userCode: string;
      /** Exactly as the server sent it. */
      readonly verificationUri: string;
      readonly expiresAtMs: number;
    }
  /** Browser sign-in waits at this address; `opened` tells whether a browser could be started. */
  | { readonly type: 'signIn.browserWaiting'; readonly url: string; readonly opened: boolean }
  | { readonly type: 'signIn.codeExpired' }
  | { readonly type: 'signIn.succeeded'; readonly account: Account }
  /** `offerBrowser`: the tenant refuses device code, and the browser is the way that works. */
  | { readonly type: 'signIn.failed'; readonly problem: Problem; readonly offerBrowser: boolean };
