/**
 * Access tokens for Graph: from memory, from the saved sign-in, or renewed with its refresh token; one renewal at a time,
 * shared by all who wait for it. Tokens for other permissions than that of the log are kept apart: what goes wrong with
 * those leaves the sign-in as it is. It never asks the person and never starts a sign-in.
 */

import type { Clock } from '../clock.ts';
import { whoConsents } from '../facts/consent.ts';
import { later, type Moment, msBetween } from '../facts/moment.ts';
import type { Problem } from '../facts/problem.ts';
import type { FileTrouble } from '../files/in-words.ts';
import type { TokenOutcome, TokenSource } from '../graph/token-source.ts';
import { isSignInOver, needsPerson, unansweredBecause } from './aadsts.ts';
import type { OpenClient } from './msal-client.ts';
import { refusalOf } from './refusal.ts';
import { savedAccount } from './saved-account.ts';
import { unreadableProblem } from './saving-problems.ts';
import type { SavedSignIn } from './token-cache.ts';

interface Granted {
  readonly accessToken: string;
  readonly expiresOn: Date | null;
}

export interface Tokens extends TokenSource {
  /** Takes over what a sign-in brought. */
  keep(granted: Granted): void;
  /** Forgets everything that is in memory. */
  drop(): void;
  /** The claims challenge that only a new sign-in can meet; null when there is none. */
  unmetClaims(): string | null;
}

export interface TokensOptions {
  readonly openClient: OpenClient;
  readonly saved: SavedSignIn;
  readonly clock: Clock;
  /** The whole address of a permission of Graph. */
  readonly scopeOf: (permission: string) => string;
  /** The problem that an error of asking for these permissions is. */
  readonly problemFor: (permissions: readonly string[]) => (error: unknown) => Problem;
}

interface Wish {
  readonly permissions: readonly string[];
  readonly renew: boolean;
  readonly claims: string | null;
}

/** What reading the sign-up log takes. */
export const logScopes: readonly string[] = ['AuditLog.Read.All'];

interface Held {
  readonly token: string;
  readonly expiresAt: Moment;
}

/** MSAL renews as early; so the token in memory and the one in the cache are given up together. */
const RENEW_BEFORE_END_MS = 300_000;
/** A token that Graph would refuse on arrival is of no use. */
const STILL_USABLE_MS = 30_000;

export function createTokens({ openClient, saved, clock, scopeOf, problemFor }: TokensOptions): Tokens {
  /** By permissions. */
  const held = new Map<string, Held>();
  let quiet: { readonly until: Moment; readonly problem: Problem } | null = null;
  let unmetClaims: string | null = null;
  let running: { readonly wish: Wish; readonly outcome: Promise<TokenOutcome> } | null = null;
  /** Counts sign-ins and sign-outs: a renewal that began before one must not bring back the old token. */
  let era = 0;

  function lasts(permissions: readonly string[], ms: number): string | null {
    const known = held.get(keyOf(permissions));
    return known && msBetween(clock.moment(), known.expiresAt) > ms ? known.token : null;
  }

  function keep(permissions: readonly string[], { accessToken, expiresOn }: Granted): void {
    // MSAL counts the end from this computer's clock as it is now.
    const lifetimeMs = expiresOn === null ? 0 : expiresOn.getTime() - clock.now();
    held.set(keyOf(permissions), { token: accessToken, expiresAt: later(clock.moment(), lifetimeMs) });
    quiet = null;
    if (keyOf(permissions) === keyOf(logScopes)) unmetClaims = null;
  }

  async function obtain({ permissions, renew, claims }: Wish): Promise<TokenOutcome> {
    const quietMs = quiet === null ? 0 : msBetween(clock.moment(), quiet.until);
    if (quiet !== null && quietMs > 0) return { ok: false, problem: quiet.problem, retryAfterMs: quietMs };
    const text = await saved.read();
    const account = text === null ? null : savedAccount(text);
    if (!account) return { ok: false, problem: nobody(saved.unreadable) };
    const eraAtStart = era;
    try {
      // No signal: a renewal is shared, and a refresh token that was spent should not be lost by one caller's leaving.
      const client = await openClient({ signal: new AbortController().signal, fresh: false });
      const scopes = permissions.map(scopeOf);
      const wish = { account, scopes, forceRefresh: renew, ...(claims === null ? {} : { claims }) };
      const granted = await client.acquireTokenSilent(wish);
      if (era === eraAtStart) keep(permissions, granted);
      return { ok: true, token: granted.accessToken };
    } catch (error) {
      return failed(error, { permissions, renew, claims });
    }
  }

  function failed(error: unknown, { permissions, renew, claims }: Wish): TokenOutcome {
    const problem = problemFor(permissions)(error);
    const retryAfterMs = refusalOf(error)?.retryAfterMs ?? null;
    if (retryAfterMs !== null) quiet = { until: later(clock.moment(), retryAfterMs), problem };
    if (claims !== null && problem.kind === 'signIn') unmetClaims = claims;
    const old = renew || claims !== null || problem.kind === 'signIn' ? null : lasts(permissions, STILL_USABLE_MS);
    if (old !== null) return { ok: true, token: old };
    const failure = unansweredBecause(error);
    if (keyOf(permissions) === keyOf(logScopes) || problem.kind !== 'signIn') {
      return { ok: false, problem, failure, retryAfterMs };
    }
    if (needsPerson(error)) {
      return { ok: false, problem: consentMissing(permissions, problem), consentNeeded: permissions };
    }
    return { ok: false, problem: isSignInOver(error) ? problem : { ...problem, kind: 'refused' } };
  }

  async function renewed(wish: Wish): Promise<TokenOutcome> {
    while (running) {
      const { wish: theirs, outcome } = running;
      const isSame = theirs.claims === wish.claims && keyOf(theirs.permissions) === keyOf(wish.permissions);
      if (isSame && (theirs.renew || !wish.renew)) return outcome;
      await outcome;
    }
    const outcome = obtain(wish).finally(() => {
      running = null;
    });
    running = { wish, outcome };
    return outcome;
  }

  return {
    accessToken: async ({ renew, claims, signal, scopes: permissions = logScopes }) => {
      signal.throwIfAborted();
      const token = renew || claims !== null ? null : lasts(permissions, RENEW_BEFORE_END_MS);
      return token === null ? untilAborted(renewed({ permissions, renew, claims }), signal) : { ok: true, token };
    },
    keep: (granted) => {
      era++;
      held.clear();
      keep(logScopes, granted);
    },
    drop: () => {
      era++;
      held.clear();
      quiet = null;
      unmetClaims = null;
    },
    unmetClaims: () => unmetClaims,
  };
}

async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const done = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: done.signal });
  });
  return Promise.race([work, aborted]).finally(() => done.abort());
}

function keyOf(permissions: readonly string[]): string {
  return permissions.join(' ');
}

/** Not a problem of the sign-in, which stays as it is, but of what it may do. */
function consentMissing(permissions: readonly string[], { code, requestId }: Problem): Problem {
  return {
    kind: 'refused',
    title: `Consent: this sign-in does not hold the permission ${permissions.join(' and ')} yet.`,
    meaning: 'It is enough for the sign-up log, but not for this.',
    todo: `Sign in once more and accept it, or have ${whoConsents} consent to it.`,
    code,
    requestId,
  };
}

function nobody(unreadable: FileTrouble | null): Problem {
  if (unreadable !== null) return unreadableProblem(unreadable);
  return {
    kind: 'signIn',
    title: 'Nobody is signed in.',
    meaning: '',
    todo: 'Sign in (entra-signups login).',
    code: null,
    requestId: null,
  };
}
