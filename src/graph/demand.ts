/** How the feed learns how much of it is wanted while it runs: somebody else decides, the feed looks and waits. */
import type { Clock } from '../clock.ts';
import { type Moment, msBetween } from '../facts/moment.ts';
import { linkedSignal } from './linked-signal.ts';
import type { Demand } from './plan-read.ts';

export interface DemandSource {
  current(): Demand;
  /** Resolves when `current` gives something else than it does now, or when `signal` is aborted. Never rejects. */
  changed(signal: AbortSignal): Promise<void>;
}

/** A demand that never changes: the whole range. */
export const wholeRange: DemandSource = {
  current: () => ({ paused: false, backfillPages: Number.POSITIVE_INFINITY, refreshes: 0 }),
  changed: (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    }),
};

/** Waits until `until` (null: forever), the next change of the demand, or the end of `signal`. */
export async function waitForChange(
  demand: DemandSource,
  until: Moment | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const waiting = linkedSignal(signal);
  const timer = until === null ? [] : [clock.wait(msBetween(clock.moment(), until), waiting.signal)];
  await Promise.race([demand.changed(waiting.signal), ...timer]);
  waiting.abort();
  waiting.release();
}

/**
 * Waits until `until` (null: forever), and ends early when a refresh is wanted that is not among the `answered`, or
 * `signal` is aborted.
 */
export async function waitForRefresh(
  demand: DemandSource,
  answered: number,
  until: Moment | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const waiting = () => !signal.aborted && demand.current().refreshes <= answered;
  while (waiting() && (until === null || msBetween(clock.moment(), until) > 0))
    await waitForChange(demand, until, clock, signal);
}
