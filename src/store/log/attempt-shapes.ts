/**
 * The shapes of attempts, each once: attempts with the same steps share one. Kinds of events that differ only in what no
 * shape tells (the application's name, listeners) are the same step here. Shapes are kept for ever, as kinds are.
 */
import { type AttemptShape, attemptShape } from '../../signup/attempt.ts';
import type { EventRows } from './event-rows.ts';

/** One step after the others on the way to a shape. */
interface Way {
  readonly next: Map<number, Way>;
  /** Of the shape that ends here; -1 until there is one. */
  code: number;
}

export class AttemptShapes {
  readonly #rows: EventRows;
  readonly #start: Way = { next: new Map(), code: -1 };
  readonly #shapes: AttemptShape[] = [];
  readonly #steps = new Map<string, number>();
  /** By code of the kind, without gaps. */
  readonly #stepOfKind: number[] = [];

  constructor(rows: EventRows) {
    this.#rows = rows;
  }

  /** The code of the shape that events, at least one, make in this order. */
  codeOf(events: readonly number[]): number {
    let way = this.#start;
    for (const position of events) {
      const step = this.#stepOf(this.#rows.kindCode(position));
      let next = way.next.get(step);
      if (!next) {
        next = { next: new Map(), code: -1 };
        way.next.set(step, next);
      }
      way = next;
    }
    if (way.code < 0) way.code = this.#shapes.push(this.judged(events)) - 1;
    return way.code;
  }

  at(code: number): AttemptShape {
    const shape = this.#shapes[code];
    if (!shape) throw new RangeError(`no shape ${code}`);
    return shape;
  }

  /** The shape that events make, which is not kept. */
  judged(events: readonly number[]): AttemptShape {
    return attemptShape(events.map((position) => this.#rows.kind(position).sample));
  }

  #stepOf(kindCode: number): number {
    while (this.#stepOfKind.length <= kindCode) this.#stepOfKind.push(this.#newStepOf(this.#stepOfKind.length));
    return this.#stepOfKind[kindCode] ?? 0;
  }

  #newStepOf(kindCode: number): number {
    const { cause, sample } = this.#rows.kinds.at(kindCode);
    const key = JSON.stringify([sample.stage, cause, sample.provider, sample.appId]);
    const step = this.#steps.get(key) ?? this.#steps.size;
    this.#steps.set(key, step);
    return step;
  }
}
