/**
 * The arithmetic of the request budget: how many starts fit into a sliding window. Pure: it must not wait or read a
 * clock. Microsoft allows 5 requests in 10 s for the activity logs, per app and tenant; one is left for other tools
 * that share our client id. https://learn.microsoft.com/graph/throttling-limits
 */

export const BUDGET_STARTS = 4;
export const BUDGET_WINDOW_MS = 10_000;
/** Automatic requests leave the last start of a window free, so that what a person asks for need not wait. */
const POLL_STARTS = BUDGET_STARTS - 1;

/** `user`: somebody waits for it. `poll`: it happens by itself. */
export type Priority = 'user' | 'poll';

export interface BudgetWindow {
  /** Times of the last starts in milliseconds since the epoch, oldest first. */
  readonly startsMs: readonly number[];
  /** Nothing may start before this. */
  readonly holdUntilMs: number;
  /** The latest time that was seen. */
  readonly seenMs: number;
}

export const emptyBudgetWindow: BudgetWindow = {
  startsMs: [],
  holdUntilMs: Number.NEGATIVE_INFINITY,
  seenMs: Number.NEGATIVE_INFINITY,
};

/**
 * Brings the window to `nowMs` and forgets starts that have left it. When the clock was set back, what is remembered
 * moves back with it, so that nobody waits for hours and no start is forgotten.
 */
export function budgetAt(window: BudgetWindow, nowMs: number): BudgetWindow {
  const backMs = window.seenMs > nowMs ? window.seenMs - nowMs : 0;
  return {
    startsMs: window.startsMs
      .map((startMs) => startMs - backMs)
      .filter((startMs) => startMs > nowMs - BUDGET_WINDOW_MS),
    holdUntilMs: window.holdUntilMs - backMs,
    seenMs: nowMs,
  };
}

/** The earliest time at which a request of this priority may start, given that nothing else starts before. */
export function earliestStartMs(window: BudgetWindow, priority: Priority): number {
  const { startsMs, holdUntilMs, seenMs } = window;
  const allowed = priority === 'user' ? BUDGET_STARTS : POLL_STARTS;
  const leaving = startsMs[startsMs.length - allowed];
  return Math.max(seenMs, holdUntilMs, leaving === undefined ? seenMs : leaving + BUDGET_WINDOW_MS);
}

export function withStart(window: BudgetWindow): BudgetWindow {
  return { ...window, startsMs: [...window.startsMs, window.seenMs] };
}
