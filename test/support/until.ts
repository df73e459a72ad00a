/** Waiting for something that does not say when it happens. */
import { systemClock } from '../../src/clock.ts';

const DEADLINE_MS = 30_000;
const LOOKS_EVERY_MS = 10;

/** Resolves when `condition` holds. Fails with `complaint` when that has not happened within `mostMs`. */
export async function until(
  condition: () => boolean,
  complaint: () => string,
  mostMs: number = DEADLINE_MS,
): Promise<void> {
  const deadlineMs = performance.now() + mostMs;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error(`Not within ${mostMs} ms: ${complaint()}`);
    await systemClock.wait(LOOKS_EVERY_MS);
  }
}
