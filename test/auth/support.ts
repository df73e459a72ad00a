/** What the tests of signing in share: an Auth over the test service, ways to read its facts, a folder that goes away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Auth, type AuthOptions, createAuth } from '../../src/auth/auth.ts';
import type { SigningInFact } from '../../src/facts/signing-in.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { clientId, graphUrl, loginUrl, SignInService, tenantId } from './sign-in-service.ts';

export interface Setting {
  readonly service: SignInService;
  readonly clock: ManualClock;
  readonly auth: Auth;
}

/** An Auth with nobody signed in, in memory, at a clock that stands still at the present. */
export function setting(options: Partial<AuthOptions> = {}): Setting {
  const service = new SignInService();
  // MSAL dates tokens by the real clock; the manual one starts there, so that both agree about what is still valid.
  const clock = new ManualClock(Date.now());
  return { service, clock, auth: authAt(service, clock, options) };
}

export function authAt(service: SignInService, clock: ManualClock, options: Partial<AuthOptions> = {}): Auth {
  return createAuth({
    send: service.send,
    clock,
    tenant: tenantId,
    clientId,
    loginUrl,
    graphUrl,
    cacheFile: null,
    openBrowser: async () => false,
    ...options,
  });
}

/** Turns the clock to the next waiter whenever there is one, until `work` is done. */
export async function passingTime<Value>(clock: ManualClock, work: Promise<Value>): Promise<Value> {
  let busy = true;
  const result = work.finally(() => {
    busy = false;
  });
  result.catch(() => {});
  while (busy) {
    await new Promise((resolve) => setImmediate(resolve));
    if (busy && clock.nextWakeMs !== null && isPause(clock)) await clock.advance(clock.nextWakeMs - clock.now());
  }
  return result;
}

/** A request that is under way holds a 30 s patience; only the pauses between polls are to be skipped. */
function isPause(clock: ManualClock): boolean {
  return clock.waiting === 1 && clock.nextWakeMs !== null && clock.nextWakeMs - clock.now() !== 30_000;
}

export async function all(facts: AsyncIterable<SigningInFact>): Promise<SigningInFact[]> {
  const seen: SigningInFact[] = [];
  for await (const fact of facts) seen.push(fact);
  return seen;
}

/** Signs in by device code, with nothing in the way. */
export async function signedIn({ auth, clock }: Setting): Promise<void> {
  const facts = await passingTime(clock, all(auth.signIn('device-code', never())));
  if (facts.at(-1)?.type !== 'signIn.succeeded') throw new Error(JSON.stringify(facts));
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

/** Resolves once `condition` holds; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
