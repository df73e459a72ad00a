/**
 * Remembers which events have been met, as long as they can come again. A stretch of the log is settled once it was read
 * so late that nothing can turn up in it any more; what lies below all that is not settled is forgotten. Pure.
 */
import { addSpan } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';

/** Stretches that are read may be rounded to whole seconds, and clocks differ a little. */
const marginMs = 60_000;

export class SeenEvents {
  readonly #timesMs = new Map<string, number>();
  readonly #latestArrivalMs: number;
  #settled: readonly Span[];
  #newestReadMs = Number.NEGATIVE_INFINITY;

  /** Reading begins at `fromMs` (event time); an event may turn up as long as `latestArrivalMs` after its time. */
  constructor(fromMs: number, latestArrivalMs: number) {
    this.#latestArrivalMs = latestArrivalMs;
    this.#settled = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: fromMs }];
  }

  /** True for an event that is new. */
  add({ id, timeMs }: { readonly id: string; readonly timeMs: number }): boolean {
    if (this.#timesMs.has(id)) return false;
    this.#timesMs.set(id, timeMs);
    return true;
  }

  /** Takes a stretch that was just read, and forgets what cannot come again. */
  stretchRead({ fromMs, toMs }: Span): void {
    // The newest that was read stands for the time of the server, which may differ from the time here.
    this.#newestReadMs = Math.max(this.#newestReadMs, toMs);
    const settledToMs = Math.min(toMs, this.#newestReadMs - this.#latestArrivalMs);
    const before = this.#settledToMs;
    this.#settled = addSpan(this.#settled, { fromMs, toMs: settledToMs });
    if (this.#settledToMs === before) return;
    const forgottenBelowMs = this.#settledToMs - marginMs;
    for (const [id, timeMs] of this.#timesMs) if (timeMs < forgottenBelowMs) this.#timesMs.delete(id);
  }

  get size(): number {
    return this.#timesMs.size;
  }

  get #settledToMs(): number {
    return this.#settled.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY;
  }
}
