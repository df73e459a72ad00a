/** Events, pages and filters for the tests of the event log: made from small pools, so that everything meets everything. */
import fc from 'fast-check';
import type { FieldName, Filter, Term } from '../../../src/filter/filter.ts';
import { resolveFlows } from '../../../src/filter/flows.ts';
import { type AppliedListener, type JsonObject, type LogEvent, noAttributes } from '../../../src/signup/event.ts';
import type { RawPacker } from '../../../src/store/log/raw-blocks.ts';

/** Keeps text as it is, so that the tests of the log do not depend on a compression. */
export const plainPacker: RawPacker = {
  pack: (text) => new TextEncoder().encode(text),
  unpack: (packed) => new TextDecoder().decode(packed),
};

export const startMs = Date.UTC(2026, 10, 23, 8);

/** The same number gives the same GUID; neighbours differ in the first and the last digits. */
export function guid(number: number): string {
  const digits = (number * 0x9e3779b1 + 0x1234567).toString(16).padStart(12, '0').slice(-12);
  return `${digits.slice(4)}-0b${digits.slice(0, 2)}-4c${digits.slice(2, 4)}-8d1e-${digits}`;
}

/** An event with everything that is left out of `given` filled in. */
export function eventWith(given: Partial<LogEvent> & { readonly id: string }): LogEvent {
  const event = {
    log: 'signUps' as const,
    correlationId: guid(1000),
    timeMs: startMs,
    appId: guid(2000),
    appName: null,
    stage: 'credentialCollection',
    provider: 'Email OTP',
    identifier: 'ann@example.org',
    identifierType: 'emailAddress',
    errorCode: 0,
    failureReason: null,
    additionalDetails: null,
    listeners: [],
    userId: null,
    result: null,
    counterpart: null,
    attributes: noAttributes,
    ...given,
  };
  return { ...event, raw: given.raw ?? rawOf(event) };
}

/** What Graph would have sent, more or less. */
function rawOf(event: Omit<LogEvent, 'raw'>): JsonObject {
  return {
    id: event.id,
    correlationId: event.correlationId,
    createdDateTime: `${new Date(event.timeMs).toISOString().slice(0, -1)}000Z`,
    signUpStage: event.stage,
    signUpIdentity: { signUpIdentifier: event.identifier, signUpIdentifierType: event.identifierType },
    status: { errorCode: event.errorCode, failureReason: event.failureReason },
    userId: event.userId,
  };
}

const guids = (from: number, count: number) => Array.from({ length: count }, (_, index) => guid(from + index));
const pools = {
  id: [...guids(0, 60), 'odd-id', 'ODD-ID', guid(3).toUpperCase(), ''],
  correlationId: [...guids(1000, 8), 'attempt-1', ''],
  appId: [...guids(2000, 3), ''],
  appName: [null, null, 'Storefront', 'Café', 'Loyalty Card'],
  stage: ['credentialCollection', 'credentialValidation', 'userCreation', 'somethingNew', ''],
  provider: ['Email OTP', 'Email Password', 'Google', 'Контакт', ''],
  identifier: [null, 'ann@example.org', 'Bob@Example.org', 'ünï@example.org', 'a\u001b[2Jb@example.org', '', 'ab'],
  errorCode: [0, 1002013, 50181, 1003005, 1100001, 424242, -1],
  text: [null, null, 'Wrong code', 'wrong CODE again', 'línea\nnueva', 'ann@example.org'],
  userId: [null, null, ...guids(3000, 3), 'user-7'],
  result: [null, 'success', 'timeout', 'skipped', 'Odd'],
  counterpart: [null, '203.0.113.7', 'Ann, Bob', 'gruppe ä'],
};

const listener: fc.Arbitrary<AppliedListener> = fc.record({
  eventType: fc.constantFrom('attributeCollectionStart', 'emailOtpSend', ''),
  listenerId: fc.constantFrom(null, guid(4000)),
  extensionId: fc.constantFrom(null, guid(5000)),
  calledAtMs: fc.constantFrom(null, startMs, startMs + 0.125),
  attempts: fc.constantFrom(null, 1, 2),
  httpStatus: fc.constantFrom(null, 200, 500),
  errorCode: fc.constantFrom(null, 0, 1003005, 1003011),
});

const timeMs = fc
  .tuple(fc.integer({ min: -12, max: 12 }), fc.constantFrom(0, 0.25, 0.287604))
  .map(([ms, fraction]) => startMs + ms + fraction);

/** What sign-ups have not, and entries of the other logs have. */
const ownParts: fc.Arbitrary<Pick<LogEvent, 'log' | 'result' | 'counterpart' | 'attributes'>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ log: 'signUps', result: null, counterpart: null, attributes: noAttributes }) },
  {
    weight: 1,
    arbitrary: fc.record({
      log: fc.constantFrom('signIns', 'audits', 'provisioning'),
      result: fc.constantFrom(...pools.result),
      counterpart: fc.constantFrom(...pools.counterpart),
      attributes: fc.record({
        browser: fc.constantFrom('Firefox 140.0', 'Édge'),
        activity: fc.constantFrom('Add user', 'Delete user'),
      }),
    }),
  },
);

/** Any value that JSON can carry unchanged. */
const json = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

export const anyEvent: fc.Arbitrary<LogEvent> = fc
  .record({
    id: fc.constantFrom(...pools.id),
    correlationId: fc.constantFrom(...pools.correlationId),
    timeMs,
    appId: fc.constantFrom(...pools.appId),
    appName: fc.constantFrom(...pools.appName),
    stage: fc.constantFrom(...pools.stage),
    provider: fc.constantFrom(...pools.provider),
    identifier: fc.constantFrom(...pools.identifier),
    identifierType: fc.constantFrom(null, 'emailAddress'),
    errorCode: fc.constantFrom(...pools.errorCode),
    failureReason: fc.constantFrom(...pools.text),
    additionalDetails: fc.constantFrom(...pools.text),
    listeners: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(listener, { maxLength: 2 }) },
    ),
    userId: fc.constantFrom(...pools.userId),
    unknownField: json,
    ownParts,
  })
  .map(({ unknownField, ownParts, ...step }) => {
    const event = { ...step, ...ownParts };
    return { ...event, raw: { ...rawOf(event), unknownField } };
  });

/** Pages in the order in which they are added. */
export const anyPages = fc.array(fc.array(anyEvent, { maxLength: 12 }), { maxLength: 8 });

const fieldPools = {
  outcome: ['failed', 'succeeded', 'interrupted', 'unknown'],
  stage: pools.stage,
  provider: pools.provider,
  account: ['local', 'social'],
  app: pools.appName,
  appid: pools.appId,
  user: pools.identifier,
  userid: pools.userId,
  error: [...pools.errorCode, 1003011].map(String),
  correlation: pools.correlationId,
  id: pools.id,
  extension: ['any', 'none', 'failed', 'emailOtpSend'],
  flow: ['Shop', 'Shops', 'All', 'unknown'],
  lost: pools.stage,
  ended: [...pools.errorCode, 1003011].map(String),
  ip: pools.counterpart,
  target: pools.counterpart,
  result: pools.result,
  browser: ['Firefox 140.0', 'Édge'],
} satisfies { readonly [field in FieldName]?: readonly (string | null)[] };

const flowOf = (displayName: string, appIds: readonly string[], includesAllApplications = false) => ({
  ...{ id: `flow-${displayName}`, displayName, description: null, identityProviders: [] },
  ...{ includesAllApplications, appIds },
});
const flows = [flowOf('Shop', guids(2000, 1)), flowOf('Shops', guids(2000, 2)), flowOf('All', [], true)];

export const fieldNames = Object.keys(fieldPools).filter((name): name is keyof typeof fieldPools => name in fieldPools);

/** A piece of one of the texts, sometimes in another letter case, sometimes with something behind it. */
function pieceOf(texts: readonly (string | null)[], fromStart: boolean): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.nat(36), fc.integer({ min: 0, max: 37 }), fc.nat(5))
    .map(([text, from, length, change]) => {
      const piece = (text ?? '').slice(fromStart ? 0 : from, (fromStart ? 0 : from) + length);
      return change === 0 ? piece.toUpperCase() : change === 1 ? `${piece}-` : piece;
    });
}

const fieldTerm: fc.Arbitrary<Term> = fc.constantFrom(...fieldNames).chain((field) => {
  const exact = fc.constantFrom(...fieldPools[field].map((text) => text ?? 'nobody'));
  const value = fc.oneof(
    exact.map((text) => ({ text, match: 'exact' as const })),
    exact.map((text) => ({ text: text.toUpperCase(), match: 'exact' as const })),
    pieceOf(fieldPools[field], true).map((text) => ({ text, match: 'prefix' as const })),
  );
  return fc.record({
    kind: fc.constant('field' as const),
    field: fc.constant(field),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
    negated: fc.boolean(),
  });
});

const words = [
  ...pools.identifier,
  ...pools.text,
  ...pools.appName,
  ...pools.userId,
  ...pools.id,
  ...pools.correlationId,
  ...pools.result,
  ...pools.counterpart,
  'firefox',
];
const textTerm: fc.Arbitrary<Term> = fc.record({
  kind: fc.constant('text' as const),
  text: fc.oneof(
    pieceOf(words, false),
    fc.constantFrom('social', 'succeed', 'collect', '1003005', 'times out', '-', 'a', '8d1e'),
  ),
  negated: fc.boolean(),
});

const timePoint = fc.option(timeMs.map((atMs) => ({ text: '', atMs })));

export const anyFilter: fc.Arbitrary<Filter> = fc
  .record({
    terms: fc.array(fc.oneof({ weight: 2, arbitrary: fieldTerm }, { weight: 1, arbitrary: textTerm }), {
      maxLength: 3,
    }),
    since: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: timePoint }),
    until: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: timePoint }),
  })
  .map((filter) => resolveFlows(filter, flows).filter);
