/** From events in any order to attempts with their events. Attempts with the same steps share one shape. Pure. */
import { type AttemptShape, attemptShape, judgedOf } from './attempt.ts';
import { causeOf } from './cause.ts';
import type { LogEvent } from './event.ts';
import { compareEvents } from './event-order.ts';

export interface Attempt {
  /** Empty where the log has none. */
  readonly correlationId: string;
  /** In order, at least one; those after its follow-up as well. */
  readonly events: readonly LogEvent[];
  /** Of the events within its follow-up. */
  readonly shape: AttemptShape;
  /** Times of the first event and of the last within the follow-up. */
  readonly startMs: number;
  readonly lastMs: number;
}

/**
 * Takes events, each once, and gives their attempts in the order in which they were first met. Nobody knows what belongs
 * to an event without a correlation ID: it is an attempt by itself.
 */
export function attemptsOf(events: Iterable<LogEvent>): readonly Attempt[] {
  const byId = new Map<string, LogEvent[]>();
  const groups: LogEvent[][] = [];
  for (const event of events) {
    const group = event.correlationId === '' ? undefined : byId.get(event.correlationId);
    if (group) {
      group.push(event);
      continue;
    }
    const fresh = [event];
    groups.push(fresh);
    if (event.correlationId !== '') byId.set(event.correlationId, fresh);
  }
  const shapes = new Shapes();
  return groups.map((group) => attemptOf(inOrder(group), shapes));
}

function attemptOf(events: readonly LogEvent[], shapes: Shapes): Attempt {
  const judged = judgedEvents(events);
  const [first, last] = [judged[0], judged.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('an attempt has at least one event');
  const { correlationId } = first;
  return { correlationId, events, shape: shapes.of(judged), startMs: first.timeMs, lastMs: last.timeMs };
}

/** Of the events of an attempt, in order, those that it is judged by. */
export function judgedEvents(events: readonly LogEvent[]): readonly LogEvent[] {
  return judgedOf(events, ({ timeMs }) => timeMs);
}

/** Graph gives the newest first, so most often nothing has to be compared twice. */
function inOrder(events: LogEvent[]): readonly LogEvent[] {
  let later = Number.POSITIVE_INFINITY;
  for (const { timeMs } of events) {
    if (timeMs >= later) return events.sort(compareEvents);
    later = timeMs;
  }
  return events.reverse();
}

/** The steps on the way to a shape, a level for each thing that a step tells. */
class Branch {
  readonly #next = new Map<string | number, Branch>();
  shape: AttemptShape | null = null;

  to(key: string | number): Branch {
    const known = this.#next.get(key);
    if (known) return known;
    const fresh = new Branch();
    this.#next.set(key, fresh);
    return fresh;
  }
}

/** Remembers the shapes by what their steps are. */
class Shapes {
  readonly #root = new Branch();

  of(events: readonly LogEvent[]): AttemptShape {
    let branch = this.#root;
    for (const event of events) {
      branch = branch.to(event.stage).to(causeOf(event)).to(event.provider).to(event.appId);
    }
    branch.shape ??= attemptShape(events);
    return branch.shape;
  }
}
