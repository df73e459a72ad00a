/**
 * One question to the sign-in service, through `Send`, and its answer as data. Every way to get no answer (network,
 * time, a page of some proxy) ends here in a `NoAnswerError`. It must not retry, follow redirects or leave the origin.
 */
import type { Clock } from '../clock.ts';
import { redacted } from '../facts/redacted.ts';
import { retryAfterMs } from '../graph/retry-after.ts';
import type { Send } from '../graph/send.ts';
import { NoAnswerError, type Refusal, refusalIn } from './refusal.ts';

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type Answer =
  /** `text` is a JSON object. */
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** Rejects with `NoAnswerError`, or with the signal's reason once it is aborted. */
export type Ask = (question: Question) => Promise<Answer>;

export interface AskOptions {
  readonly send: Send;
  readonly clock: Clock;
  /** Scheme, host and port that every question goes to. */
  readonly origin: string;
  readonly signal: AbortSignal;
}

/** Long enough for a slow proxy; a connection that died silently must not hold up every later request. */
const PATIENCE_MS = 30_000;

export function createAsk({ send, clock, origin, signal }: AskOptions): Ask {
  return async (question) => {
    signal.throwIfAborted();
    if (new URL(question.url).origin !== origin) {
      throw new NoAnswerError(`Signing in may only talk to ${origin}, not to ${new URL(question.url).origin}.`, null);
    }
    const done = new AbortController();
    const tooLong = clock.wait(PATIENCE_MS, done.signal).then(() => 'tooLong' as const);
    const cut = new AbortController();
    const cancelled = aborted(signal, done.signal);
    try {
      const { method, url, headers, body } = question;
      const sent = exchange(send, new Request(url, { method, headers: { ...headers }, body, signal: cut.signal }));
      const first = await Promise.race([sent, tooLong, cancelled]);
      signal.throwIfAborted();
      if (typeof first === 'string') {
        throw new NoAnswerError(`The sign-in service did not answer within ${PATIENCE_MS / 1000} seconds.`, null);
      }
      return answerIn(first, clock.now());
    } finally {
      done.abort();
      cut.abort();
    }
  };
}

interface Raw {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function exchange(send: Send, request: Request): Promise<Raw> {
  try {
    const response = await send(request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw new NoAnswerError(redacted(reasonIn(error)), null, error);
  }
}

function answerIn({ status, headers, text }: Raw, nowMs: number): Answer {
  const body = objectIn(text);
  const waitMs = retryAfterMs(headers, nowMs);
  const refusal = refusalIn(body);
  if (refusal) return { ok: false, refusal: { ...refusal, status, retryAfterMs: waitMs } };
  if (status === 429 || status >= 500) {
    return {
      ok: false,
      refusal: { error: '', description: '', code: null, correlationId: null, status, retryAfterMs: waitMs },
    };
  }
  if (status < 200 || status > 299 || body === null) {
    throw new NoAnswerError(`The answer (HTTP ${status}) is not one of the sign-in service.`, status);
  }
  return { ok: true, status, headers: Object.fromEntries(headers), text };
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** `fetch` says only "fetch failed" and keeps the reason (`getaddrinfo ENOTFOUND …`) in the cause. */
function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return 'The request failed.';
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function aborted(signal: AbortSignal, until: AbortSignal): Promise<'cancelled'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('cancelled'), { once: true, signal: until });
  });
}
