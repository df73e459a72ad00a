/**
 * The attempts of the event log: which events one has, and what they tell. Attempts with the same steps share one shape, so
 * judging an attempt again is a walk through a few numbers. It knows no filter and no clock.
 */
import { type AttemptShape, attemptShape } from '../../signup/attempt.ts';
import type { EventRows } from './event-rows.ts';

/** An attempt as far as its events are held. */
export interface Attempt {
  /** Positions of its events, in order of time. */
  readonly events: readonly number[];
  readonly shape: AttemptShape;
}

/** One kind of event after the others on the way to a shape. */
interface Step {
  readonly next: Map<number, Step>;
  shape: AttemptShape | null;
}

/** Longer attempts are rare and hardly alike: their shapes are not kept. */
const LONGEST_KEPT = 40;

export class Attempts {
  readonly #rows: EventRows;
  readonly #held: (positions: number[]) => readonly number[];
  readonly #start: Step = { next: new Map(), shape: null };

  /** `held` takes a list of positions over and gives those whose events are held, in order of time. */
  constructor(rows: EventRows, held: (positions: number[]) => readonly number[]) {
    this.#rows = rows;
    this.#held = held;
  }

  /**
   * The attempt that the event at a position of the log is part of, or was, if some of it is still held. Nobody knows what
   * belongs to an event without a correlation ID: it is an attempt by itself.
   */
  of(position: number): Attempt | null {
    const { chains } = this.#rows;
    const code = chains.sharedCodeOf(position);
    const events = this.#held(code < 0 ? [position] : chains.withCode(code));
    return events.length === 0 ? null : { events, shape: this.#shapeOf(events) };
  }

  #shapeOf(events: readonly number[]): AttemptShape {
    const { kinds } = this.#rows;
    const judge = () => attemptShape(events.map((position) => kinds.at(this.#rows.kindCode(position)).sample));
    if (events.length > LONGEST_KEPT) return judge();
    let step = this.#start;
    for (const position of events) {
      const kindCode = this.#rows.kindCode(position);
      let next = step.next.get(kindCode);
      if (!next) {
        next = { next: new Map(), shape: null };
        step.next.set(kindCode, next);
      }
      step = next;
    }
    step.shape ??= judge();
    return step.shape;
  }
}
