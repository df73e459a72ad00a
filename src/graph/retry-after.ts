/**
 * How long a service asks to be left alone (`Retry-After`), for Graph and for the sign-in service. Pure.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */

const MIN_RETRY_AFTER_MS = 1_000;
/** Waits that grew to minutes have been seen. Beyond a day it is a mistake, and our own waits are the better guess. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60_000;

/**
 * Takes the headers of an answer and this computer's time; gives milliseconds to wait, at least a second, or null when
 * the header is missing or makes no sense. A date is compared with the date of the same answer, because this computer's
 * clock may be wrong; only where an answer has none, with `nowMs`.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : httpDateMs(text) - sentAtMs(headers, nowMs);
  return waitMs <= MAX_RETRY_AFTER_MS ? Math.max(waitMs, MIN_RETRY_AFTER_MS) : null;
}

function sentAtMs(headers: Headers, nowMs: number): number {
  const dateMs = httpDateMs(headers.get('date') ?? '');
  return Number.isNaN(dateMs) ? nowMs : dateMs;
}

/** A wait in words, rounded up: `41 s`, `6 min`, `1 h 30 min`. */
export function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** Milliseconds since the epoch of an HTTP date such as `Mon, 23 Nov 2026 07:00:00 GMT`; NaN for anything else. */
export function httpDateMs(text: string): number {
  // `Date.parse` alone would take `-5` and other strays for a date.
  return /^[A-Z][a-z]+,? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}
