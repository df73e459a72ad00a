/**
 * Signing in by device code: the person enters a short code in a browser anywhere. The way for SSH.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
 */
import type { AuthenticationResult } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Problem } from '../facts/problem.ts';
import type { SigningInFact } from '../facts/signing-in.ts';
import { isExpiredCode, shouldOfferBrowser } from './aadsts.ts';
import type { OpenClient } from './msal-client.ts';
import { followSignIn } from './sign-in-flow.ts';

export type SignedIn = Extract<SigningInFact, { readonly type: 'signIn.succeeded' }>;

export interface SignInMeans {
  readonly openClient: OpenClient;
  readonly clock: Clock;
  /** Whole addresses of permissions, such as `https://graph.microsoft.com/AuditLog.Read.All`. */
  readonly scopes: readonly string[];
  /** A claims challenge of Graph that only a person can meet; null usually. */
  readonly claims: string | null;
  /** Takes the tokens over, and gives the fact that tells whose they are. */
  readonly accept: (result: AuthenticationResult | null) => Promise<SignedIn>;
  readonly problemOf: (error: unknown) => Problem;
}

/** Code received, then succeeded, expired or failed. Ends at once, without another fact, when `signal` is aborted. */
export function signInByDeviceCode(means: SignInMeans, signal: AbortSignal): AsyncGenerator<SigningInFact> {
  const { openClient, scopes, claims, accept, problemOf } = means;
  return followSignIn(signal, async (stop, announce) => {
    try {
      const client = await openClient({ signal: stop, fresh: true });
      const result = await client.acquireTokenByDeviceCode({
        scopes: [...scopes],
        ...(claims === null ? {} : { claims }),
        deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) =>
          announce({
            type: 'signIn.codeReceived',
            userCode,
            verificationUri,
            expiresInMs: expiresIn * 1000,
          }),
      });
      return await accept(result);
    } catch (error) {
      if (isExpiredCode(error)) return { type: 'signIn.codeExpired' };
      return { type: 'signIn.failed', problem: problemOf(error), offerBrowser: shouldOfferBrowser(error) };
    }
  });
}
