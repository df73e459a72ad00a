/** Events in any order become attempts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attemptShape } from '../../src/signup/attempt.ts';
import { attemptsOf } from '../../src/signup/attempts-of.ts';
import { compareEvents } from '../../src/signup/event-order.ts';
import { arbitraryRow, eventOf, sampleEvent } from './arbitrary-row.ts';

const log = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), arbitraryRow()), { maxLength: 40 })
  .map((rows) => rows.map(([attempt, row]) => eventOf({ ...row, correlationId: attempt === 0 ? '' : `${attempt}` })));

it('events with one correlation ID are one attempt, in order; one without an ID is an attempt by itself', () => {
  fc.assert(
    fc.property(log, (events) => {
      const attempts = attemptsOf(events);
      expect(attempts.flatMap((attempt) => attempt.events).sort(compareEvents)).toEqual(
        [...events].sort(compareEvents),
      );
      for (const { correlationId, events: own, shape, startMs, lastMs } of attempts) {
        expect(own.every((event) => event.correlationId === correlationId)).toBe(true);
        expect(own).toEqual([...own].sort(compareEvents));
        const judged = own.filter(({ timeMs }) => timeMs <= (own[0]?.timeMs ?? 0) + 2 * 60 * 60_000);
        expect(shape).toEqual(attemptShape(judged));
        expect([startMs, lastMs]).toEqual([judged[0]?.timeMs, judged.at(-1)?.timeMs]);
      }
      const named = attempts.filter(({ correlationId }) => correlationId !== '');
      expect(new Set(named.map(({ correlationId }) => correlationId)).size).toBe(named.length);
      expect(attempts.length - named.length).toBe(events.filter(({ correlationId }) => correlationId === '').length);
    }),
  );
});

it('attempts with the same steps share their shape', () => {
  const [one, other] = attemptsOf([sampleEvent({ id: '1' }), sampleEvent({ id: '2', correlationId: 'other' })]);
  expect(one?.shape).toBe(other?.shape);
});
