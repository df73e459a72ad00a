/**
 * Asking again and again whether the person has entered the device code, at the pace that the service wants. MSAL would
 * poll by real timers, give up on `slow_down` and notice a cancellation only at the next poll; so it gets one long
 * answer, and the waiting is done here. https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 */
import type { Clock } from '../clock.ts';
import { later, type Moment, msBetween } from '../facts/moment.ts';
import type { Answer, Ask, Question } from './ask.ts';
import { NoAnswerError, type Refusal } from './refusal.ts';

export interface DeviceCodeTerms {
  readonly intervalMs: number;
  readonly expiresAt: Moment;
}

/** RFC 8628: five seconds when the service names no interval, and five more at each `slow_down`. */
const USUAL_INTERVAL_MS = 5_000;
const SLOW_DOWN_MS = 5_000;
/** A service that names no pause at all is not to be flooded. */
const SHORTEST_INTERVAL_MS = 1_000;
const USUAL_LIFETIME_MS = 900_000;
/** Tries after which a broken network ends the sign-in; a short break (a VPN, a Wi-Fi change) does not. */
const FAILURES_BORNE = 3;

/**
 * Pace and end of a device code, from the text of the `/devicecode` answer (`interval` and `expires_in` in seconds), and
 * the same text with both filled in; null when the answer lacks what a person needs.
 */
export function deviceCodeIn(text: string, now: Moment): { terms: DeviceCodeTerms; text: string } | null {
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null) return null;
  const needed = ['device_code', 'user_code', 'verification_uri'].map((name): unknown => Reflect.get(body, name));
  if (!needed.every((value) => typeof value === 'string' && value !== '')) return null;
  const intervalMs = Math.max(millisecondsIn(body, 'interval') ?? USUAL_INTERVAL_MS, SHORTEST_INTERVAL_MS);
  const lifetimeMs = millisecondsIn(body, 'expires_in') ?? USUAL_LIFETIME_MS;
  return {
    terms: { intervalMs, expiresAt: later(now, lifetimeMs) },
    text: JSON.stringify({ ...body, interval: intervalMs / 1000, expires_in: lifetimeMs / 1000 }),
  };
}

export interface Polling {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly terms: DeviceCodeTerms;
}

/**
 * The answer that decides: tokens, or a refusal other than "not yet" (`expired_token` when the time is over). Rejects
 * with the signal's reason once it is aborted, and with `NoAnswerError` when the network stays broken.
 */
export async function pollForDecision(question: Question, { ask, clock, signal, terms }: Polling): Promise<Answer> {
  let intervalMs = terms.intervalMs;
  let failures = 0;
  for (;;) {
    await clock.wait(Math.min(intervalMs, msBetween(clock.moment(), terms.expiresAt)), signal);
    if (msBetween(clock.moment(), terms.expiresAt) <= 0) return { ok: false, refusal: outOfTime };
    const answer = await ask(question).catch((error: unknown) => {
      if (!(error instanceof NoAnswerError) || ++failures >= FAILURES_BORNE) throw error;
      return null;
    });
    if (answer === null) {
      intervalMs *= 2;
      continue;
    }
    if (answer.ok) return answer;
    const { error, status, retryAfterMs } = answer.refusal;
    if (error === 'slow_down') intervalMs += SLOW_DOWN_MS;
    else if (isOverloaded(status) && ++failures < FAILURES_BORNE)
      intervalMs = Math.max(intervalMs * 2, retryAfterMs ?? 0);
    else if (error !== 'authorization_pending') return answer;
    else failures = 0;
  }
}

const outOfTime: Refusal = {
  error: 'expired_token',
  description: '',
  code: null,
  correlationId: null,
  status: null,
  retryAfterMs: null,
};

function isOverloaded(status: number | null): boolean {
  return status !== null && (status === 429 || status >= 500);
}

function millisecondsIn(body: object, name: 'interval' | 'expires_in'): number | null {
  const value: unknown = Reflect.get(body, name);
  const seconds = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
