/** One look at a service without a token: who answers, what, how fast, and what time it is there. Never waits for long. */
import type { Clock } from '../clock.ts';
import { type Moment, msBetween } from '../facts/moment.ts';
import { type NetworkFailure, networkFailure } from '../graph/network-failure.ts';
import type { Send } from '../graph/send.ts';

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  /** Undefined when the answer was no JSON. */
  readonly json: unknown;
  readonly headers: Headers;
  readonly tookMs: number;
  /** When it had come. */
  readonly atMs: number;
}

export type Look = Answered | { readonly kind: 'silent'; readonly failure: NetworkFailure };

const PATIENCE_MS = 15_000;

export async function look(
  url: string,
  { send, clock }: { send: Send; clock: Clock },
  signal: AbortSignal,
): Promise<Look> {
  const done = new AbortController();
  const late = new AbortController();
  const sentAt = clock.moment();
  void clock.wait(PATIENCE_MS, done.signal).then(() => late.abort());
  const stopped = AbortSignal.any([signal, late.signal]);
  const silence = new Promise<Look>((resolve) => {
    stopped.addEventListener('abort', () => resolve({ kind: 'silent', failure: noAnswer }), { once: true });
  });
  try {
    return await Promise.race([answerOf(url, send, clock, sentAt, stopped), silence]);
  } finally {
    done.abort();
  }
}

async function answerOf(url: string, send: Send, clock: Clock, sentAt: Moment, signal: AbortSignal): Promise<Look> {
  try {
    const response = await send(
      new Request(url, { headers: { Accept: 'application/json' }, redirect: 'manual', signal }),
    );
    const json = jsonOf(await response.text());
    const tookMs = msBetween(sentAt, clock.moment());
    return { kind: 'answered', status: response.status, json, headers: response.headers, tookMs, atMs: clock.now() };
  } catch (error) {
    return { kind: 'silent', failure: networkFailure(error) };
  }
}

const noAnswer: NetworkFailure = {
  reason: 'timeout',
  code: null,
  detail: `nothing for ${PATIENCE_MS / 1000} s`,
};

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
