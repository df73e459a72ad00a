/**
 * Access tokens for Graph: from memory, from the saved sign-in, or renewed with its refresh token; one renewal at a time,
 * shared by all who wait for it. It never asks the person and never starts a sign-in.
 */
import type { Clock } from '../clock.ts';
import type { Problem } from '../facts/problem.ts';
import type { TokenOutcome, TokenSource } from '../graph/token-source.ts';
import type { OpenClient } from './msal-client.ts';
import { refusalOf } from './refusal.ts';
import { savedAccount } from './saved-account.ts';
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
  readonly scope: string;
  readonly problemOf: (error: unknown) => Problem;
}

interface Wish {
  readonly renew: boolean;
  readonly claims: string | null;
}

/** MSAL renews as early; so the token in memory and the one in the cache are given up together. */
const RENEW_BEFORE_END_MS = 300_000;
/** A token that Graph would refuse on arrival is of no use. */
const STILL_USABLE_MS = 30_000;

export function createTokens({ openClient, saved, clock, scope, problemOf }: TokensOptions): Tokens {
  let held: { readonly token: string; readonly expiresAtMs: number } | null = null;
  let quiet: { readonly untilMs: number; readonly problem: Problem } | null = null;
  let unmetClaims: string | null = null;
  let running: { readonly wish: Wish; readonly outcome: Promise<TokenOutcome> } | null = null;
  /** Counts sign-ins and sign-outs: a renewal that began before one must not bring back the old token. */
  let era = 0;

  function lasts(ms: number): string | null {
    return held && held.expiresAtMs - clock.now() > ms ? held.token : null;
  }

  function keep({ accessToken, expiresOn }: Granted): void {
    held = { token: accessToken, expiresAtMs: expiresOn?.getTime() ?? clock.now() };
    quiet = null;
    unmetClaims = null;
  }

  async function obtain({ renew, claims }: Wish): Promise<TokenOutcome> {
    if (quiet && clock.now() < quiet.untilMs) return { ok: false, problem: quiet.problem };
    const text = await saved.read();
    const account = text === null ? null : savedAccount(text);
    if (!account) return { ok: false, problem: nobody(saved.setAside) };
    const eraAtStart = era;
    try {
      // No signal: a renewal is shared, and a refresh token that was spent should not be lost by one caller's leaving.
      const client = await openClient({ signal: new AbortController().signal, fresh: false });
      const wish = { account, scopes: [scope], forceRefresh: renew, ...(claims === null ? {} : { claims }) };
      const granted = await client.acquireTokenSilent(wish);
      if (era === eraAtStart) keep(granted);
      return { ok: true, token: granted.accessToken };
    } catch (error) {
      return failed(error, { renew, claims });
    }
  }

  function failed(error: unknown, { renew, claims }: Wish): TokenOutcome {
    const problem = problemOf(error);
    const retryAfterMs = refusalOf(error)?.retryAfterMs ?? null;
    if (retryAfterMs !== null) quiet = { untilMs: clock.now() + retryAfterMs, problem };
    if (claims !== null && problem.kind === 'signIn') unmetClaims = claims;
    const old = renew || claims !== null || problem.kind === 'signIn' ? null : lasts(STILL_USABLE_MS);
    return old === null ? { ok: false, problem } : { ok: true, token: old };
  }

  async function renewed(wish: Wish): Promise<TokenOutcome> {
    while (running) {
      const { wish: theirs, outcome } = running;
      if (theirs.claims === wish.claims && (theirs.renew || !wish.renew)) return outcome;
      await outcome;
    }
    const outcome = obtain(wish).finally(() => {
      running = null;
    });
    running = { wish, outcome };
    return outcome;
  }

  return {
    accessToken: async ({ renew, claims, signal }) => {
      signal.throwIfAborted();
      const token = renew || claims !== null ? null : lasts(RENEW_BEFORE_END_MS);
      return token === null ? untilAborted(renewed({ renew, claims }), signal) : { ok: true, token };
    },
    keep: (granted) => {
      era++;
      keep(granted);
    },
    drop: () => {
      era++;
      held = null;
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

function nobody(setAside: string | null): Problem {
  return {
    kind: 'signIn',
    title: 'Nobody is signed in.',
    meaning: setAside === null ? '' : `The saved sign-in could not be read; it was kept as ${setAside}.`,
    todo: 'Sign in (entra-signups login).',
    code: null,
    requestId: null,
  };
}
