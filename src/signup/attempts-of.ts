/** From events in any order to attempts with their events. Attempts with the same steps share one shape. Pure. */
import { type AttemptShape, attemptShape } from './attempt.ts';
import type { LogEvent } from './event.ts';
import { compareEvents } from './event-order.ts';

export interface Attempt {
  /** Empty where the log has none. */
  readonly correlationId: string;
  /** In order, at least one. */
  readonly events: readonly LogEvent[];
  readonly shape: AttemptShape;
  /** Times of the first and the last event. */
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
  return groups.map((group) => attemptOf(group.sort(compareEvents), shapes));
}

function attemptOf(events: readonly LogEvent[], shapes: Shapes): Attempt {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('an attempt has at least one event');
  const { correlationId } = first;
  return { correlationId, events, shape: shapes.of(events), startMs: first.timeMs, lastMs: last.timeMs };
}

/** Remembers the shapes by what their steps are. */
class Shapes {
  readonly #byKey = new Map<string, AttemptShape>();

  of(events: readonly LogEvent[]): AttemptShape {
    let key = '';
    for (const { stage, errorCode, provider, appId } of events)
      key += `${stage}\n${errorCode}\n${provider}\n${appId}\n`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const shape = attemptShape(events);
    this.#byKey.set(key, shape);
    return shape;
  }
}
