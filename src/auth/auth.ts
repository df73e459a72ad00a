/**
 * Signing in, the tokens that come of it, and who is signed in: the one door to this folder, and the only home of MSAL,
 * which is loaded when it is first needed. It talks to the sign-in service of its target and to nothing else.
 */
import type { AuthenticationResult } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Problem } from '../facts/problem.ts';
import type { Account, SignInMethod, SigningInFact } from '../facts/signing-in.ts';
import type { FileTrouble } from '../files/in-words.ts';
import type { Send } from '../graph/send.ts';
import type { TokenSource } from '../graph/token-source.ts';
import { signInProblem } from './aadsts.ts';
import { type Authority, authorityOf, type SignInTarget } from './authority.ts';
import { signInByBrowser } from './browser.ts';
import { type SignedIn, signInByDeviceCode } from './device-code.ts';
import { createOpenClient } from './msal-client.ts';
import { NoAnswerError } from './refusal.ts';
import { accountFact, savedAccount } from './saved-account.ts';
import { notSavedProblem, unreadableProblem } from './saving-problems.ts';
import { openSavedSignIn } from './token-cache.ts';
import { createTokens, logScopes } from './tokens.ts';

export interface AuthOptions extends SignInTarget {
  readonly send: Send;
  readonly clock: Clock;
  /** Origin of Graph, e.g. `https://graph.microsoft.com`: the token is for it. */
  readonly graphUrl: string;
  /** Where the sign-in is saved; null keeps it in memory. */
  readonly cacheFile: string | null;
  /** Starts a browser; false when none could be started. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  /** The one loopback port that the browser comes back to; any free one when not given. */
  readonly browserPort?: number;
  /** Hears, in sentences, what the person should know of the cache file while everything goes on. */
  readonly onNotice?: (sentences: string) => void;
}

/** Whose sign-in it was, or why its tokens could not be removed from the disk. */
export type SignOutOutcome =
  | { readonly ok: true; readonly account: Account | null }
  | { readonly ok: false; readonly trouble: FileTrouble };

/** `accessToken` rejects only with the reason of its signal, once that is aborted; every failure is an outcome. */
export interface Auth extends TokenSource {
  /**
   * Signs in, in place of whoever was signed in. Ends at once, without another fact, when `signal` is aborted.
   * `extraScopes` are permissions of Graph (`EventListener.Read.All`) to be granted besides that of the sign-up log; when
   * they are not, the sign-in fails, and the one before stays.
   */
  signIn(method: SignInMethod, signal: AbortSignal, extraScopes?: readonly string[]): AsyncGenerator<SigningInFact>;
  /** Who is signed in, as far as the cache knows; asks nobody. */
  account(): Promise<Account | null>;
  /** Why the saved sign-in could not be read when it was looked for the last time; null when it could. */
  unreadable(): Problem | null;
  /** Why a sign-in could not be saved now, or null. */
  checkSaving(): Promise<Problem | null>;
  /** Forgets the sign-in. */
  signOut(): Promise<SignOutOutcome>;
}

/** Signing in to one tenant. Does nothing, and loads nothing, until it is asked. */
export function createAuth(options: AuthOptions): Auth {
  const outcome = authorityOf(options);
  return outcome.ok ? authAt(outcome.authority, options) : refusedAuth(outcome.problem);
}

function authAt(authority: Authority, options: AuthOptions): Auth {
  const { send, clock, tenant, clientId, graphUrl, cacheFile, openBrowser, browserPort, onNotice } = options;
  const scopeOf = (permission: string) => `${new URL(graphUrl).origin}/${permission}`;
  const problemFor = (permissions: readonly string[]) => (error: unknown) =>
    signInProblem(error, { tenant, clientId, loginUrl: authority.origin, graphUrl, permissions });
  const saved = openSavedSignIn({ file: cacheFile, target: options, onNotice: onNotice ?? (() => {}) });
  const openClient = createOpenClient({ send, clock, clientId, authority, saved });
  const tokens = createTokens({ openClient, saved, clock, scopeOf, problemFor });

  async function accept(result: AuthenticationResult | null): Promise<SignedIn> {
    if (!result?.account) throw new NoAnswerError('The answer of the sign-in service names no account.', 200);
    tokens.keep(result);
    const notSaved = saved.notSaved && notSavedProblem(saved.notSaved);
    return { type: 'signIn.succeeded', account: accountFact(result.account, await saved.read()), notSaved };
  }

  async function account(): Promise<Account | null> {
    const text = await saved.read();
    const known = text === null ? null : savedAccount(text);
    return known && accountFact(known, text);
  }

  return {
    accessToken: tokens.accessToken,
    account,
    unreadable: () => saved.unreadable && unreadableProblem(saved.unreadable),
    checkSaving: async () => {
      const trouble = await saved.check();
      return trouble && notSavedProblem(trouble);
    },
    signIn: (method, signal, extraScopes = []) => {
      const permissions = [...logScopes, ...extraScopes];
      const scopes = permissions.map(scopeOf);
      const problemOf = problemFor(permissions);
      const means = { openClient, clock, scopes, claims: tokens.unmetClaims(), accept, problemOf };
      return method === 'browser'
        ? signInByBrowser({ ...means, openBrowser, port: browserPort ?? null }, signal)
        : signInByDeviceCode(means, signal);
    },
    signOut: async () => {
      const before = await account();
      tokens.drop();
      const trouble = await saved.forget();
      return trouble === null ? { ok: true, account: before } : { ok: false, trouble };
    },
  };
}

/** Stands for a target that nobody can sign in to: says why, whatever it is asked. */
function refusedAuth(problem: Problem): Auth {
  return {
    accessToken: async () => ({ ok: false, problem }),
    account: async () => null,
    unreadable: () => null,
    checkSaving: async () => null,
    signOut: async () => ({ ok: true, account: null }),
    signIn: async function* () {
      yield { type: 'signIn.failed', problem, offerBrowser: false };
    },
  };
}
