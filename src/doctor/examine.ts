/**
 * The examination: one check after the other, each told when it is done. What cannot be checked because of something
 * before it says so. Nothing is changed, nobody is signed in, and Graph is asked no more than once for each log.
 */

import type { Clock } from '../clock.ts';
import { type Moment, msBetween } from '../facts/moment.ts';
import type { GraphOutcome } from '../graph/outcome.ts';
import type { TokenOutcome } from '../graph/token-source.ts';
import { type Finding, skipped } from './finding.ts';
import { examinedLogs, examinedSpanMs, isOutOfReach, logCheck } from './log-checks.ts';
import { look } from './look.ts';
import { certificatesCheck, proxyCheck } from './network-checks.ts';
import type { Patient, SignedIn } from './patient.ts';
import * as services from './service-checks.ts';
import { cloudCheck, programCheck, settingsChecks, tenantCloudCheck } from './settings-checks.ts';
import { accountCheck, noTokenCheck, permissionsCheck, roleCheck, tokenCheck } from './sign-in-checks.ts';
import { terminalChecks } from './terminal-checks.ts';
import { tokenClaims } from './token-claims.ts';

/** Yields the findings in order; ends early when `signal` is aborted. */
export async function* examine(patient: Patient, signal: AbortSignal): AsyncGenerator<Finding> {
  const { whereto, environment } = patient;
  yield programCheck(patient.versions);
  yield* settingsChecks(patient.settings);
  yield cloudCheck(whereto);
  if (whereto.isDemo) {
    yield skipped('proxy', 'the demo sends nothing');
    yield skipped('certificates', 'the demo sends nothing');
  } else {
    yield proxyCheck([whereto.loginUrl, whereto.graphUrl], environment);
    yield certificatesCheck(patient.extraCertificates, environment);
  }
  const looked = await look(services.configurationUrl(whereto), patient, signal);
  yield services.signInServiceCheck(whereto, looked);
  yield services.tenantCheck(whereto, looked);
  const otherCloud = tenantCloudCheck(whereto, services.graphHostToldBy(looked));
  if (otherCloud !== null) yield otherCloud;
  if (!signal.aborted) yield* examineGraph(patient, services.clockReadingOf(looked), signal);
  yield* terminalChecks(patient.terminal, environment);
}

/** `reading`: the clock, as the sign-in service told it. */
async function* examineGraph(
  patient: Patient,
  reading: services.ClockReading | null,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const { whereto } = patient;
  const found = yield* examineSignIn(patient, reading, signal);
  if (typeof found === 'string') {
    const looked = await look(services.graphRootUrl(whereto), patient, signal);
    yield services.graphCheck(whereto, looked);
    yield services.clockCheck(services.clockReadingOf(looked) ?? reading);
    for (const { name } of examinedLogs) yield skipped(name, found);
    return;
  }
  yield* examineLogs(patient, found, reading, signal);
}

/** Gives the sign-in when it is good for a call, else why there is none. */
async function* examineSignIn(
  { signedIn, loginCommand, clock }: Patient,
  reading: services.ClockReading | null,
  signal: AbortSignal,
): AsyncGenerator<Finding, SignedIn | string> {
  if (signedIn === null) return yield* withoutToken(['sign-in', 'token'], 'no tenant was named');
  const { account, problem } = await signedIn.findAccount();
  yield accountCheck(account, problem, loginCommand);
  if (account === null) return yield* withoutToken(['token'], 'nobody is signed in');
  const outcome = await tokenInTime(signedIn, clock, signal);
  if (outcome === null) return yield* withoutToken(['token'], 'the sign-in service did not answer in time');
  if (!outcome.ok) {
    yield noTokenCheck(outcome.problem, loginCommand);
    return yield* withoutToken([], 'there is no token');
  }
  const claims = tokenClaims(outcome.token);
  yield tokenCheck(claims, services.serverNowMs(reading, clock.now()), account.renews !== false, loginCommand);
  yield permissionsCheck(claims);
  yield roleCheck(claims);
  return signedIn;
}

function* withoutToken(names: readonly string[], because: string): Generator<Finding, string> {
  for (const name of [...names, 'permissions', 'role']) yield skipped(name, because);
  return because;
}

const TOKEN_PATIENCE_MS = 30_000;

/** A token, or null when it takes too long or nobody waits any more. */
async function tokenInTime({ accessToken }: SignedIn, clock: Clock, signal: AbortSignal): Promise<TokenOutcome | null> {
  const done = new AbortController();
  const stopped = AbortSignal.any([signal, done.signal]);
  const asked = accessToken(stopped).catch((error: unknown) => {
    if (stopped.aborted) return null;
    throw error;
  });
  try {
    return await Promise.race([asked, clock.wait(TOKEN_PATIENCE_MS, stopped).then(() => null)]);
  } finally {
    done.abort();
  }
}

async function* examineLogs(
  patient: Patient,
  signedIn: SignedIn,
  reading: services.ClockReading | null,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const { whereto, clock } = patient;
  let first: GraphOutcome | null = null;
  for (const log of examinedLogs) {
    if (signal.aborted) return;
    if (first !== null && isOutOfReach(first)) {
      yield skipped(log.name, outOfReach);
      continue;
    }
    const graphNowMs = () => services.serverNowMs(reading, clock.now());
    const toMs = graphNowMs();
    const outcome = await askPatiently(signedIn, log.url(toMs - examinedSpanMs, toMs), clock, signal);
    if (first !== null) {
      yield logCheck(log, outcome, graphNowMs());
      continue;
    }
    first = outcome;
    yield services.graphOutcomeCheck(whereto, outcome);
    yield services.clockCheck(services.clockReadingIn(outcome, clock.now()) ?? reading);
    yield isOutOfReach(outcome) ? skipped(log.name, outOfReach) : logCheck(log, outcome, graphNowMs());
  }
}

const outOfReach = 'Graph could not be reached';
const MOST_TRIES = 3;
const LONGEST_WAIT_MS = 60_000;

/** Asks again where Graph asks to wait, as it does when a browser reads the same tenant, and after a passing fault. */
async function askPatiently(signedIn: SignedIn, url: string, clock: Clock, signal: AbortSignal): Promise<GraphOutcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await signedIn.get(url, signal);
    const waitMs = waitAfter(outcome, clock.moment());
    if (waitMs === null || waitMs > LONGEST_WAIT_MS || tries === MOST_TRIES) return outcome;
    // After a 429 the request budget waits by itself.
    if (outcome.kind !== 'throttled') await clock.wait(waitMs, signal);
  }
}

function waitAfter(outcome: GraphOutcome, now: Moment): number | null {
  if (outcome.kind === 'throttled') return msBetween(now, outcome.until);
  return outcome.kind === 'unavailable' ? (outcome.retryAfterMs ?? 5_000) : null;
}
