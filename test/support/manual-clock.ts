/** A clock that stands still until a test turns it. */
import type { Clock } from '../../src/clock.ts';
import { type Moment, momentAt, type Now } from '../../src/facts/moment.ts';

interface Waiter {
  readonly atMs: number;
  readonly wake: () => void;
}

export class ManualClock implements Clock {
  /** Elapsed time; it begins at what the wall clock shows at first, which makes failures easier to read. */
  #nowMs: number;
  #setByMs = 0;
  #waiters: Waiter[] = [];

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** This computer's clock. Time passes on it as well, but it can be set. */
  now(): number {
    return this.#nowMs + this.#setByMs;
  }

  moment(): Moment {
    return momentAt(this.#nowMs);
  }

  /** For a store whose log has the same time as this computer. */
  readonly both = (): Now => ({ logMs: this.now(), moment: this.moment() });

  /** Sets this computer's clock forward, or back; no time passes. */
  setBy(ms: number): void {
    this.#setByMs += ms;
  }

  /** How many are waiting for time to pass: tests wait until somebody does before they turn the clock. */
  get waiting(): number {
    return this.#waiters.length;
  }

  /** When the next waiter wakes, in milliseconds since the epoch; null when nobody waits. */
  get nextWakeMs(): number | null {
    return this.#waiters.length === 0 ? null : Math.min(...this.#waiters.map((w) => w.atMs));
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        this.#waiters = this.#waiters.filter((w) => w !== waiter);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const waiter: Waiter = { atMs: this.#nowMs + Math.max(0, ms), wake };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /** Moves time on by `ms`, waking sleepers in order and letting what they start run in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    await settle();
    for (;;) {
      const next = this.#waiters.filter((w) => w.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.wake();
      await settle();
    }
    this.#nowMs = end;
    await settle();
  }
}

/** Lets every promise and immediate that is ready run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 25; i++) await new Promise((resolve) => setImmediate(resolve));
}
