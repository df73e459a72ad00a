/**
 * One queue for every request of the program: at most 4 starts in any 10 s, what a person asked for before what happens
 * by itself, nothing while Graph asked to wait. It must not know what the requests are for.
 */
import type { Clock } from '../clock.ts';
import {
  type BudgetWindow,
  budgetAt,
  earliestStartMs,
  emptyBudgetWindow,
  type Priority,
  withStart,
} from './budget-window.ts';

export interface RequestBudget {
  /**
   * Resolves with true when a request may start now (it then counts as started), or with false when `signal` was
   * aborted before its turn. Never rejects.
   */
  start(priority: Priority, signal: AbortSignal): Promise<boolean>;
  /** Nothing starts before `untilMs` (milliseconds since the epoch). A hold is only ever lengthened. */
  holdUntil(untilMs: number): void;
  /** Starts within the last 10 s. */
  usedNow(nowMs: number): number;
}

interface Waiter {
  readonly priority: Priority;
  readonly grant: (granted: boolean) => void;
}

export function createBudget(clock: Clock): RequestBudget {
  let window: BudgetWindow = emptyBudgetWindow;
  let waiters: readonly Waiter[] = [];
  let sleep: AbortController | null = null;

  /** Grants what may start now; sleeps until the next may. */
  function serve(): void {
    sleep?.abort();
    sleep = null;
    for (;;) {
      const next = waiters.find((waiter) => waiter.priority === 'user') ?? waiters[0];
      if (!next) return;
      window = budgetAt(window, clock.now());
      const waitMs = earliestStartMs(window, next.priority) - window.seenMs;
      if (waitMs > 0) {
        sleepFor(waitMs);
        return;
      }
      window = withStart(window);
      waiters = waiters.filter((waiter) => waiter !== next);
      next.grant(true);
    }
  }

  function sleepFor(waitMs: number): void {
    const own = new AbortController();
    sleep = own;
    void clock.wait(waitMs, own.signal).then(() => {
      if (!own.signal.aborted) serve();
    });
  }

  return {
    start: (priority, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(false);
        const giveUp = () => {
          waiters = waiters.filter((other) => other !== waiter);
          resolve(false);
          serve();
        };
        const waiter: Waiter = {
          priority,
          grant: (granted) => {
            signal.removeEventListener('abort', giveUp);
            resolve(granted);
          },
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiters = [...waiters, waiter];
        serve();
      }),
    holdUntil: (untilMs) => {
      window = budgetAt(window, clock.now());
      window = { ...window, holdUntilMs: Math.max(window.holdUntilMs, untilMs) };
    },
    usedNow: (nowMs) => budgetAt(window, nowMs).startsMs.length,
  };
}
