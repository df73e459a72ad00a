/**
 * Time as an argument. The only place that reads the real clocks; tests pass one that they turn by hand. What time it is in the log
 * is a third thing, which Graph tells (`graph/log-clock.ts`).
 */
import { type Moment, momentAt } from './facts/moment.ts';

export interface Clock {
  /** This computer's wall clock in milliseconds since the epoch. It can be wrong and can be set: a first guess, no more. */
  now(): number;
  /**
   * Elapsed time: it only goes forward, at the same pace, whatever happens to the wall clock. All processes of a computer
   * share it.
   */
  moment(): Moment;
  /**
   * Resolves after `ms` milliseconds, or as soon as `signal` is aborted (it never rejects: whoever waits looks at the
   * signal).
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  // Unlike `performance.now`, which counts from the start of each process.
  moment: () => momentAt(Number(process.hrtime.bigint() / 1000n) / 1000),
  wait: async (ms, signal) => {
    // A timer cannot be longer than 24.8 days; longer waits take several.
    for (let leftMs = Math.max(0, ms); leftMs >= 0 && !signal?.aborted; leftMs -= LONGEST_TIMER_MS) {
      await timer(Math.min(leftMs, LONGEST_TIMER_MS), signal);
      if (leftMs <= LONGEST_TIMER_MS) return;
    }
  },
};

function timer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timeout = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
