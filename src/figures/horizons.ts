/**
 * How long is waited before anything is said of an attempt. Graph shows rows minutes after their time and in any order, and somebody
 * who is still typing has not given up. Pure.
 */

const MINUTE_MS = 60_000;

/** The newest attempts, which have a table of their own. */
export const RECENT_MS = 30 * MINUTE_MS;

/** Most rows are shown by then. What is told of the last half hour makes an allowance for those that are not. */
export const MOSTLY_SHOWN_MS = 2 * MINUTE_MS;

/** Of the rows that are not shown by then, too few are left to matter for a comparison. */
export const SHOWN_MS = 15 * MINUTE_MS;

/** By when somebody got past a stage. */
export const PASSED_WITHIN_MS: readonly number[] = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS];

/** People who came to a stage longer ago than the last half hour say something about right now only where few have come since. */
export const LATELY_MS = 2 * RECENT_MS;
const FEW = 12;

/** Of people in the order in which they came to a stage, those who say something about right now. */
export function latelyOf<Person extends { readonly reachedMs: number }>(
  inOrder: readonly Person[],
  nowMs: number,
): readonly Person[] {
  const since = (ms: number) => inOrder.filter(({ reachedMs }) => reachedMs >= nowMs - ms);
  const recent = since(RECENT_MS);
  return recent.length >= FEW ? recent : since(LATELY_MS).slice(-FEW);
}

/**
 * How many of those who came last are looked at: an outage that has just begun is seen in few of them, one that stops some of the people
 * only in many.
 */
export const WINDOWS: readonly number[] = [5, 12, Number.POSITIVE_INFINITY];

/** Fewer people than these before are no measure. */
export const FEWEST_BEFORE = 10;

/**
 * After how long both sides of a comparison are looked at, so that an attempt that began ten minutes ago is not held against one that
 * had a day. Of a short range that ends now little is old enough for the usual half hour.
 */
export function comparedWithinMs({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): number {
  const lengthMs = toMs - fromMs;
  if (lengthMs >= 120 * MINUTE_MS) return 30 * MINUTE_MS;
  return lengthMs >= 45 * MINUTE_MS ? 10 * MINUTE_MS : 5 * MINUTE_MS;
}
