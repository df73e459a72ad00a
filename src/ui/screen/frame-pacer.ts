/**
 * When to draw: the first request after a rest is drawn in the same turn of the event loop, further ones at most sixty
 * times a second, none while the terminal is stalled. Requests are merged, never queued. Must not know what is drawn.
 */
import type { Clock } from '../../clock.ts';
import { type Moment, msBetween } from '../../facts/moment.ts';

const LEAST_BETWEEN_MS = 1000 / 60;

export class FramePacer {
  readonly #clock: Clock;
  readonly #draw: () => boolean;
  #wanted = false;
  #stalled = false;
  #last: Moment | null = null;
  /** What takes back the draw that is due; null when none is. */
  #scheduled: AbortController | null = null;

  /** `draw` draws the latest there is; false means that the terminal is stalled now. */
  constructor(clock: Clock, draw: () => boolean) {
    this.#clock = clock;
    this.#draw = draw;
  }

  /** There is something to draw. */
  request(): void {
    this.#wanted = true;
    this.#schedule();
  }

  /** The terminal takes bytes again. */
  drained(): void {
    this.#stalled = false;
    if (this.#wanted) this.#schedule();
  }

  /** Takes back what is due. A later request starts anew. */
  stop(): void {
    this.#wanted = false;
    this.#scheduled?.abort();
    this.#scheduled = null;
  }

  #schedule(): void {
    if (this.#scheduled || this.#stalled) return;
    const scheduled = new AbortController();
    this.#scheduled = scheduled;
    // Not at once: what else happens in this turn (more keys, more pages) goes into the same frame.
    setImmediate(() => this.#drawWhenDue(scheduled));
  }

  #drawWhenDue(scheduled: AbortController): void {
    if (scheduled.signal.aborted) return;
    const passedMs = this.#last === null ? LEAST_BETWEEN_MS : msBetween(this.#last, this.#clock.moment());
    const waitMs = LEAST_BETWEEN_MS - passedMs;
    if (waitMs > 0) {
      void this.#clock.wait(waitMs, scheduled.signal).then(() => this.#drawNow(scheduled));
    } else {
      this.#drawNow(scheduled);
    }
  }

  #drawNow(scheduled: AbortController): void {
    if (scheduled.signal.aborted) return;
    this.#scheduled = null;
    this.#wanted = false;
    this.#last = this.#clock.moment();
    this.#stalled = !this.#draw();
  }
}
