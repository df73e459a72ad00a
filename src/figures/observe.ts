/** From an attempt with its events to what the tests look at. Pure. */
import { type Attempt, judgedEvents } from '../signup/attempts-of.ts';
import { causeOf } from '../signup/cause.ts';
import { personKey } from '../signup/person-key.ts';
import type { Observed } from './sample.ts';

/** Whom an attempt is by: what its last event tells that tells anything; null when none does. */
export function identifierOf({ events }: Attempt): string | null {
  return judgedEvents(events).findLast(({ identifier }) => personKey(identifier) !== null)?.identifier ?? null;
}

export function observedOf(attempt: Attempt): Observed {
  return {
    identifier: identifierOf(attempt),
    shape: attempt.shape,
    steps: judgedEvents(attempt.events).map((event) => ({
      stage: event.stage,
      cause: causeOf(event),
      timeMs: event.timeMs,
    })),
  };
}
