/**
 * Graph's limit for identity and access reports: so many requests in any stretch of ten seconds, per application and
 * tenant. Refused requests count as well, so who comes back early waits longer.
 */

const WINDOW_MS = 10_000;

export class Throttle {
  readonly #limit: number | null;
  #startedAtMs: number[] = [];

  /** `limit` requests per 10 s; null: no limit. */
  constructor(limit: number | null) {
    this.#limit = limit;
  }

  /** Counts a request. Null when it may pass, else the whole seconds after which one may. */
  refuse(nowMs: number): number | null {
    if (this.#limit === null) return null;
    const within = this.#startedAtMs.filter((startedAtMs) => nowMs - startedAtMs < WINDOW_MS);
    this.#startedAtMs = [...within, nowMs];
    if (within.length < this.#limit) return null;
    const lastInTheWay = this.#startedAtMs[this.#startedAtMs.length - this.#limit] ?? nowMs;
    return Math.max(1, Math.ceil((lastInTheWay + WINDOW_MS - nowMs) / 1_000));
  }
}
