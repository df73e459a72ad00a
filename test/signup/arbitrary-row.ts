/** Rows of the sign-up log as fast-check makes them up: shaped like Graph's, with everything that Graph leaves open. */
import fc from 'fast-check';
import { explainedCodes } from '../../src/signup/codes.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { listenerEventTypes } from '../../src/signup/listeners.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { stageNames } from '../../src/signup/stages.ts';

const guid = fc.uuid();
/** Few enough that a filter often names what an event has. */
export const appIds = ['94559aba-b733-468e-aaec-44cc4e7f0b58', '11111111-2222-4333-8444-555555555555'];
export const people = ['ana@example.org', "o'neil@example.org", 'Bo+News@Example.org', 'çelik@example.org'];
export const providers = ['Email OTP', 'Email Password', 'Google', 'Facebook', 'Contoso ID', ''];
export const stages = [...stageNames, 'unknownFutureValue', 'fraudCheck'];
/** Often those that meet: codes of extensions, and the codes that one can stand behind. */
const meeting = [0, 0, 1002013, 50181, 1003005, 1003011, 1100000, 1100001, 777777];
export const codes = [...Array.from({ length: 20 }, () => meeting).flat(), ...explainedCodes];

const listener = fc.record({
  eventType: fc.constantFrom(...listenerEventTypes, 'unknownFutureValue'),
  executedListenerId: guid,
  handlerResult: fc.option(
    fc.record({
      customExtensionId: guid,
      calloutDateTime: fc.constant('2026-01-01T00:00:00Z'),
      numberOfAttempts: fc.integer({ min: 1, max: 3 }),
      httpStatus: fc.constantFrom(200, 400, 500),
      errorCode: fc.constantFrom(0, 1003002, 1003005, 1003011),
    }),
  ),
});

/** A row whose identifier comes from `identifiers`. */
export function arbitraryRow(identifiers: readonly string[] = people) {
  return fc.record({
    id: guid,
    correlationId: guid,
    createdDateTime: fc
      .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 999_999 }))
      .map(([s, us]) =>
        new Date(Date.UTC(2026, 0, 5) + s * 1000).toISOString().replace('.000Z', `.${String(us).padStart(6, '0')}Z`),
      ),
    appId: fc.constantFrom(...appIds),
    appDisplayName: fc.constantFrom(null, 'Contoso Portal', 'Fabrikam Shop'),
    signUpStage: fc.constantFrom(...stages),
    signUpIdentityProvider: fc.constantFrom(...providers),
    signUpIdentity: fc.option(
      fc.record({
        signUpIdentifier: fc.constantFrom(...identifiers),
        signUpIdentifierType: fc.constant('emailAddress'),
      }),
    ),
    status: fc.record({
      errorCode: fc.constantFrom(...codes),
      failureReason: fc.constantFrom(null, 'The code was wrong.'),
      additionalDetails: fc.constant(null),
    }),
    appliedEventListeners: fc.array(listener, { maxLength: 2 }),
    userId: fc.option(guid),
  });
}

/** The event of a row that is known to be readable. */
export function eventOf(row: unknown): LogEvent {
  const parsed = parseEvent(row);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

/** Microsoft's sample row, with whatever a test wants to be different. */
export function sampleRow(differences: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: '921e63bd-a516-4976-a537-a6710d6a0000',
    correlationId: 'f4414243-b0ee-4030-9c0c-d661c716a6b8',
    createdDateTime: '2024-10-15T01:58:09.287604Z',
    appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
    appDisplayName: 'Contoso Portal',
    signUpStage: 'userCreation',
    signUpIdentityProvider: 'Email OTP',
    signUpIdentity: { signUpIdentifier: 'ana@example.org', signUpIdentifierType: 'emailAddress' },
    status: { errorCode: 0, failureReason: null, additionalDetails: null },
    appliedEventListeners: [],
    userId: '9fb7a577-9469-4489-912d-bc58a5bca276',
    ...differences,
  };
}

/** The event of `sampleRow`. */
export function sampleEvent(differences: Readonly<Record<string, unknown>> = {}): LogEvent {
  return eventOf(sampleRow(differences));
}
