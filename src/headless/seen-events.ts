/** Remembers which events have been met, as long as the feed says that they can come again. Pure. */

/** Times are rounded to whole seconds on the way to Graph. */
const MARGIN_MS = 60_000;
/** Forgetting looks at every event, so it happens only when there is a minute's worth of them. */
const LEAST_STEP_MS = 60_000;

export class SeenEvents {
  readonly #timesMs = new Map<string, number>();
  #forgottenBelowMs = Number.NEGATIVE_INFINITY;

  /** True for an event that is new. */
  add({ id, timeMs }: { readonly id: string; readonly timeMs: number }): boolean {
    if (this.#timesMs.has(id)) return false;
    this.#timesMs.set(id, timeMs);
    return true;
  }

  /** No event older than `settledBelowMs` will come again. */
  forgetBelow(settledBelowMs: number): void {
    const belowMs = settledBelowMs - MARGIN_MS;
    if (belowMs < this.#forgottenBelowMs + LEAST_STEP_MS) return;
    this.#forgottenBelowMs = belowMs;
    for (const [id, timeMs] of this.#timesMs) if (timeMs < belowMs) this.#timesMs.delete(id);
  }

  get size(): number {
    return this.#timesMs.size;
  }
}
