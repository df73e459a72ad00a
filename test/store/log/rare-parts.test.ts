import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rareLine, rareParts } from '../../../src/store/log/rare-parts.ts';
import { guid, startMs } from './sample-events.ts';

const held = {
  id: guid(1),
  correlationId: guid(2),
  timeMs: startMs + 7.288,
  userId: guid(3),
  identifier: 'ann@example.org',
};
const sent = '2026-11-23T08:00:00.007288Z';

it('gives back whatever JSON there was, whether its fields say the same as the columns or not', () => {
  const other = fc.constantFrom<unknown>(0, null, '', 'other', [1], { a: 0 });
  const field = (value: unknown) => fc.oneof(fc.constant(value), other);
  const identity = fc.oneof(
    other,
    fc.record({
      signUpIdentifierType: fc.constant('x'),
      signUpIdentifier: field(held.identifier),
      more: fc.constant(0),
    }),
  );
  const fields = fc.record(
    {
      id: field(held.id),
      correlationId: field(held.correlationId),
      createdDateTime: fc.oneof(fc.constantFrom(sent, '2026-11-23T08:00:00.007288+00:00', '2026-11-23T08:00Z'), other),
      signUpIdentity: identity,
      userId: field(held.userId),
      '\t': other,
    },
    { requiredKeys: [] },
  );
  const anyRaw = fields.chain((raw) =>
    fc.shuffledSubarray(Object.entries(raw), { minLength: Object.keys(raw).length }).map(Object.fromEntries),
  );
  const nobody = { ...held, userId: null, identifier: null };
  fc.assert(
    fc.property(anyRaw, fc.constantFrom(held, nobody), (raw, columns) => {
      const line = rareLine({ ...columns, raw, listeners: [] });
      expect(line).not.toContain('\n');
      expect(JSON.stringify(rareParts(line, columns).raw)).toBe(JSON.stringify(raw));
    }),
    { numRuns: 1000 },
  );
});

it.each([0, 59_999.999, 60_000, 3_600_000.5, 86_400_000.001])(
  'leaves out the time %d ms after the hour, too',
  (afterMs) => {
    const timeMs = startMs + afterMs;
    const createdDateTime = `${new Date(timeMs).toISOString().slice(0, -1)}${String(Math.round(timeMs * 1000) % 1000).padStart(3, '0')}Z`;
    const line = rareLine({ ...held, timeMs, raw: { createdDateTime }, listeners: [] });
    expect(line).not.toContain(createdDateTime);
    expect(rareParts(line, { ...held, timeMs }).raw).toEqual({ createdDateTime });
  },
);

it('leaves out all that the columns hold', () => {
  const raw = {
    id: held.id,
    correlationId: held.correlationId,
    createdDateTime: sent,
    signUpIdentity: { signUpIdentifier: held.identifier },
    userId: held.userId,
  };
  const line = rareLine({ ...held, raw, listeners: [] });
  for (const text of [held.id, held.correlationId, held.userId, held.identifier, '2026'])
    expect(line).not.toContain(text);
  expect(rareParts(line, held).raw).toEqual(raw);
});
