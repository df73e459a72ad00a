/** When to try again: `Retry-After` and backoff. Pure: it must not wait, and takes time and chance as arguments. */

const MIN_RETRY_AFTER_MS = 1_000;
/** Waits that grew to minutes have been seen; an hour is more likely a mistake than a request. */
const MAX_RETRY_AFTER_MS = 30 * 60_000;
/** Microsoft's identity services ask for at least this long before the first retry of a 5xx. */
const FIRST_BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = 2 * 60_000;

/**
 * Takes the value of a `Retry-After` header (seconds, or an HTTP date) and the time now; gives milliseconds to wait,
 * between one second and half an hour, or null when there is none or it cannot be understood.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : httpDateMs(text) - nowMs;
  if (Number.isNaN(waitMs)) return null;
  return Math.min(Math.max(waitMs, MIN_RETRY_AFTER_MS), MAX_RETRY_AFTER_MS);
}

/** Milliseconds since the epoch of an HTTP date such as `Mon, 23 Nov 2026 07:00:00 GMT`; NaN for anything else. */
export function httpDateMs(text: string): number {
  // `Date.parse` alone would take `-5` and other strays for a date.
  return /^[A-Z][a-z]+,? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN;
}

/**
 * How long to wait after the `failures`-th failure in a row (1 = the first): 5 s, doubled each time up to two minutes,
 * with up to half as much again on top, so that many programs that failed together do not come back together.
 */
export function backoffMs(failures: number, random: () => number): number {
  const baseMs = Math.min(FIRST_BACKOFF_MS * 2 ** Math.max(0, failures - 1), MAX_BACKOFF_MS);
  return Math.round(Math.min(baseMs * (1 + random() / 2), MAX_BACKOFF_MS));
}
