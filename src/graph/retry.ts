/** How long to wait before another try when nobody says: backoff. Pure: it must not wait, and takes chance as an argument. */

/** Microsoft's identity services ask for at least this long before the first retry of a 5xx. */
const FIRST_BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = 2 * 60_000;

/**
 * How long to wait after the `failures`-th failure in a row (1 = the first): 5 s, doubled each time up to two minutes,
 * with up to half as much again on top, so that many programs that failed together do not come back together.
 */
export function backoffMs(failures: number, random: () => number): number {
  const baseMs = Math.min(FIRST_BACKOFF_MS * 2 ** Math.max(0, failures - 1), MAX_BACKOFF_MS);
  return Math.round(Math.min(baseMs * (1 + random() / 2), MAX_BACKOFF_MS));
}
