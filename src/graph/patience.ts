/**
 * Whether to ask again after a failure, and when: the one place that knows which failures waiting can fix. Pure: it
 * must not wait, and takes the history of the failure and chance as arguments.
 */
import type { NetworkFailure } from './network-failure.ts';
import type { FailedOutcome } from './outcome.ts';
import { backoffMs } from './retry.ts';

export type Patience =
  | { readonly kind: 'giveUp' }
  /** After `throttled`, `waitMs` counts from the answer, as `untilMs` of the outcome does. */
  | { readonly kind: 'retry'; readonly waitMs: number };

export interface Attempts {
  /** `once`: somebody waits for the end (`list`, a look-up). `watching`: it goes on until it is stopped (screen, `tail`). */
  readonly mode: 'once' | 'watching';
  /** Failures in a row, this one included; counted apart for `throttled` and for everything else. */
  readonly failures: number;
  /** Elapsed time since the first failure in the row; 0 for the first. */
  readonly failingForMs: number;
  /** The same work has been answered before, so that the question itself is not what is wrong. */
  readonly hasWorked: boolean;
  readonly random: () => number;
}

/** The longest wait that a command which ends accepts from Microsoft (`Retry-After`); beyond it, it says so and ends. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** Reading once ends after so many failures, or so many waits for Graph, in a row. */
const MOST_FAILURES = 5;
const MOST_WAITS = 10;
/** What worked before and is now refused is given up after so many failures over at least so long. */
const MOST_REFUSALS = 5;
const REFUSED_FOR_MS = 10 * 60_000;
/** Waits before another try at something that either works at once or not at all: short, because a person waits. */
const SHORT_WAITS_MS = [1_000, 2_000] as const;

const giveUp: Patience = { kind: 'giveUp' };

/** Takes the failure and what came before it. */
export function patienceFor(outcome: FailedOutcome, attempts: Attempts): Patience {
  switch (outcome.kind) {
    case 'throttled':
      return afterWait(outcome.retryAfterMs, MOST_WAITS, attempts);
    case 'unavailable':
      return afterWait(outcome.retryAfterMs, MOST_FAILURES, attempts);
    case 'malformed':
      return afterWait(null, MOST_FAILURES, attempts);
    case 'unreachable':
      return afterNetworkFailure(outcome.failure, attempts);
    case 'signedOut':
      if (outcome.problem.kind !== 'unreachable') return giveUp;
      return outcome.failure
        ? afterNetworkFailure(outcome.failure, attempts)
        : afterWait(outcome.retryAfterMs ?? null, MOST_FAILURES, attempts);
    case 'badRequest':
    case 'notFound':
    case 'refused':
      return afterRefusal(attempts);
    case 'misdirected':
    case 'consentNeeded':
      return giveUp;
  }
}

/** `askedMs`: how long the service asked to be left alone; null when it did not say. */
function afterWait(askedMs: number | null, most: number, { mode, failures, random }: Attempts): Patience {
  if (mode === 'once' && (failures > most || (askedMs ?? 0) > LONGEST_WAIT_MS)) return giveUp;
  return { kind: 'retry', waitMs: askedMs ?? backoffMs(failures, random) };
}

function afterNetworkFailure(failure: NetworkFailure, attempts: Attempts): Patience {
  // The environment of a running program does not change.
  if (failure.reason === 'proxyAddress') return giveUp;
  const most = attempts.mode === 'watching' ? Number.POSITIVE_INFINITY : retriesOf(failure);
  if (attempts.failures > most) return giveUp;
  const shortMs = attempts.mode === 'once' && most < MOST_FAILURES ? SHORT_WAITS_MS[attempts.failures - 1] : undefined;
  return { kind: 'retry', waitMs: shortMs ?? backoffMs(attempts.failures, attempts.random) };
}

/** How often it makes sense to try again while somebody waits. */
function retriesOf({ reason, code, proxy }: NetworkFailure): number {
  switch (reason) {
    case 'certificate':
    case 'proxyAddress':
    case 'proxySignIn':
    case 'proxyForbids':
      return 0;
    case 'name':
      // The server of names says that there is no such name; anything else means that it did not answer.
      return code === 'ENOTFOUND' ? 1 : 2;
    case 'refused':
    case 'tls':
      return 2;
    case 'timeout':
      // Each try takes its time, and a blocked port stays silent; a slow answer is asked for in smaller pieces.
      return proxy !== undefined || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' ? 2 : MOST_FAILURES;
    case 'dropped':
    case 'proxy':
    case 'other':
      return MOST_FAILURES;
  }
}

/** A refusal of what never worked stands. Otherwise it may be a stray one, and is taken seriously once it persists. */
function afterRefusal({ mode, failures, failingForMs, hasWorked, random }: Attempts): Patience {
  if (!hasWorked) return giveUp;
  const persists = mode === 'once' || failingForMs >= REFUSED_FOR_MS;
  if (failures >= MOST_REFUSALS && persists) return giveUp;
  return { kind: 'retry', waitMs: backoffMs(failures, random) };
}
