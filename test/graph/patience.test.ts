/** Which failures are worth another try, for whom, and after how long. */

import { describe, expect, test } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import type { Problem, ProblemKind } from '../../src/facts/problem.ts';
import type { NetworkReason } from '../../src/graph/network-failure.ts';
import type { FailedOutcome } from '../../src/graph/outcome.ts';
import { type Attempts, patienceFor } from '../../src/graph/patience.ts';

const error = { status: 404, code: '', message: '', requestId: null };
const MINUTE_MS = 60_000;

function unreachable(reason: NetworkReason, code: string | null = null): FailedOutcome {
  return { kind: 'unreachable', failure: { reason, code, detail: '' } };
}

function signedOut(more: object): FailedOutcome {
  return { kind: 'signedOut', problem: problemOf('unreachable'), ...more };
}

/** The waits in milliseconds until it is given up; a hundred of them mean that it never is. */
function waits(outcome: FailedOutcome, attempts: Partial<Attempts>): readonly number[] {
  const found: number[] = [];
  let failingForMs = 0;
  for (let failures = 1; failures <= 100; failures++) {
    const patience = patienceFor(outcome, {
      mode: 'once',
      hasWorked: false,
      random: () => 0,
      failures,
      failingForMs,
      ...attempts,
    });
    if (patience.kind === 'giveUp') return found;
    found.push(patience.waitMs);
    failingForMs += patience.waitMs;
  }
  return found;
}

describe('reading once', () => {
  const growing = [5_000, 10_000, 20_000, 40_000, 80_000];
  test.each<[string, FailedOutcome, readonly number[]]>([
    ['an unusable proxy address', unreachable('proxyAddress'), []],
    ['a proxy that wants a password', unreachable('proxySignIn'), []],
    ['a proxy that forbids the host', unreachable('proxyForbids'), []],
    ['a certificate that is not trusted', unreachable('certificate', 'CERT_HAS_EXPIRED'), []],
    ['a name that does not exist', unreachable('name', 'ENOTFOUND'), [1_000]],
    ['a name server that does not answer', unreachable('name', 'EAI_AGAIN'), [1_000, 2_000]],
    ['a refused connection', unreachable('refused', 'ECONNREFUSED'), [1_000, 2_000]],
    ['no way to speak TLS', unreachable('tls', 'EPROTO'), [1_000, 2_000]],
    ['a port that stays silent', unreachable('timeout', 'UND_ERR_CONNECT_TIMEOUT'), [1_000, 2_000]],
    ['an answer that takes too long', unreachable('timeout', 'UND_ERR_HEADERS_TIMEOUT'), growing],
    ['a connection that broke off', unreachable('dropped', 'ECONNRESET'), growing],
    ['a proxy that could not connect', unreachable('proxy'), growing],
    ['an answer that is none', { kind: 'malformed', reason: '', requestId: null }, growing],
    ['a service that is out of order', { kind: 'unavailable', retryAfterMs: null, error }, growing],
    ['nobody signed in', { kind: 'signedOut', problem: problemOf('signIn') }, []],
    ['a sign-in service that is out of order', signedOut({}), growing],
    ['the certificate of the sign-in service', signedOut({ failure: failureOf('certificate') }), []],
    ['a refused filter', { kind: 'badRequest', error }, []],
    ['a log that is not there', { kind: 'notFound', error }, []],
  ])('%s', (_, outcome, expected) => {
    expect(waits(outcome, {})).toEqual(expected);
  });

  test('a wait that Microsoft asks for is obeyed up to ten minutes, and otherwise ends it', () => {
    const throttled = (retryAfterMs: number) =>
      waits({ kind: 'throttled', retryAfterMs, until: momentAt(0), error }, {}).slice(0, 1);
    expect(throttled(10 * MINUTE_MS)).toEqual([10 * MINUTE_MS]);
    expect(throttled(10 * MINUTE_MS + 1)).toEqual([]);
    expect(waits({ kind: 'unavailable', retryAfterMs: 11 * MINUTE_MS, error }, {})).toEqual([]);
    expect(waits(signedOut({ retryAfterMs: 11 * MINUTE_MS }), {})).toEqual([]);
  });

  test('throttling is borne ten times in a row', () => {
    expect(waits({ kind: 'throttled', retryAfterMs: 30_000, until: momentAt(0), error }, {})).toHaveLength(10);
  });

  test('a stray refusal of what worked before is tried again', () => {
    expect(waits({ kind: 'notFound', error }, { hasWorked: true })).toEqual(growing.slice(0, 4));
  });
});

describe('watching', () => {
  const watching = { mode: 'watching', hasWorked: true } as const;

  test.each<[string, FailedOutcome]>([
    ['a certificate', unreachable('certificate', 'CERT_HAS_EXPIRED')],
    ['a proxy that wants a password', unreachable('proxySignIn')],
    ['a name', unreachable('name', 'ENOTFOUND')],
    ['a refused connection', unreachable('refused', 'ECONNREFUSED')],
    ['a service that is out of order', { kind: 'unavailable', retryAfterMs: null, error }],
  ])('%s is tried again for ever, with growing waits', (_, outcome) => {
    const found = waits(outcome, watching);
    expect(found).toHaveLength(100);
    expect(found.slice(0, 6)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 120_000]);
  });

  test('a wait of any length is obeyed', () => {
    const outcome: FailedOutcome = { kind: 'throttled', retryAfterMs: 90 * MINUTE_MS, until: momentAt(0), error };
    expect(waits(outcome, watching).slice(0, 1)).toEqual([90 * MINUTE_MS]);
  });

  test('an unusable proxy address is given up at once: the environment does not change any more', () => {
    expect(waits(unreachable('proxyAddress'), watching)).toEqual([]);
  });

  test('a refusal of what worked before is given up after five failures over ten minutes', () => {
    const outcome: FailedOutcome = { kind: 'refused', error };
    const attempts = { mode: 'watching', hasWorked: true, random: () => 0 } as const;
    const verdict = (failures: number, minutes: number) =>
      patienceFor(outcome, { ...attempts, failures, failingForMs: minutes * MINUTE_MS }).kind;
    expect([verdict(1, 0), verdict(4, 30), verdict(9, 9), verdict(5, 10)]).toEqual([
      'retry',
      'retry',
      'retry',
      'giveUp',
    ]);
  });

  test('a refusal of what never worked stands', () => {
    expect(waits({ kind: 'badRequest', error }, { ...watching, hasWorked: false })).toEqual([]);
  });
});

function failureOf(reason: NetworkReason) {
  return { reason, code: null, detail: '' };
}

function problemOf(kind: ProblemKind): Problem {
  return { kind, title: '', meaning: '', todo: '', code: null, requestId: null };
}
