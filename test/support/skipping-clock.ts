/** The clock of a server that a test can put forward: what needs minutes to turn up is there at once. */
import { type Clock, systemClock } from '../../src/clock.ts';
import { later, type Moment } from '../../src/facts/moment.ts';

export class SkippingClock implements Clock {
  #skippedMs = 0;

  now(): number {
    return systemClock.now() + this.#skippedMs;
  }

  moment(): Moment {
    return later(systemClock.moment(), this.#skippedMs);
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.wait(ms, signal);
  }

  /** Puts the clock forward to `timeMs`; a time that has passed changes nothing. */
  skipTo(timeMs: number): void {
    this.#skippedMs += Math.max(0, timeMs - this.now());
  }
}
