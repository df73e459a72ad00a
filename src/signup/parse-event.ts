/**
 * From Graph's JSON to an event. Tolerant: the API is beta, so whatever is missing or odd becomes null, empty or "no
 * code", and whatever is unknown stays in `raw`. It must not guess: only a row without an id or a time is given up.
 */
import { noErrorCode } from './codes.ts';
import { type AppliedListener, type JsonObject, type LogEvent, noAttributes } from './event.ts';
import { parseGraphTime } from './graph-time.ts';
import { int32Of, isObject, objectOf, textOf } from './json-values.ts';
import { safeRow } from './safe-row.ts';
import { shownText } from './visible-text.ts';

export type ParsedEvent =
  | { readonly ok: true; readonly event: LogEvent }
  | { readonly ok: false; readonly reason: string };

/**
 * Takes one row of `auditLogs/signUps` (or the answer to `GET …/signUps/{id}`, which Microsoft's sample wraps in
 * `value`) and gives the event, or a short reason why it cannot be shown. Never throws, whatever JSON it is given.
 */
export function parseEvent(raw: unknown): ParsedEvent {
  if (!isObject(raw)) return { ok: false, reason: 'not an object' };
  const row = unwrapped(raw);
  const id = textOf(row.id);
  if (id === null) return { ok: false, reason: 'no id' };
  const timeMs = parseGraphTime(row.createdDateTime);
  if (timeMs === null) return { ok: false, reason: withoutTime('createdDateTime', id) };
  const identity = objectOf(row.signUpIdentity);
  const status = objectOf(row.status);
  return {
    ok: true,
    event: {
      log: 'signUps',
      id,
      correlationId: textOf(row.correlationId) ?? '',
      timeMs,
      appId: textOf(row.appId) ?? '',
      appName: textOf(row.appDisplayName),
      stage: textOf(row.signUpStage) ?? '',
      provider: textOf(row.signUpIdentityProvider) ?? '',
      identifier: textOf(identity.signUpIdentifier),
      identifierType: textOf(identity.signUpIdentifierType),
      errorCode: int32Of(status.errorCode) ?? noErrorCode,
      failureReason: textOf(status.failureReason),
      additionalDetails: textOf(status.additionalDetails),
      listeners: listenersOf(row.appliedEventListeners),
      // Flat since 2025; rows and services of before have `userSnapshot`.
      userId: textOf(row.userId) ?? textOf(objectOf(row.userSnapshot).userId),
      result: null,
      counterpart: null,
      attributes: noAttributes,
      ...rawOf(row),
    },
  };
}

/** Of an ID in words; a GUID has 36 characters. */
const LONGEST_ID = 100;

/** The row as it can be kept, and what is missing from it. */
export function rawOf(row: JsonObject): Pick<LogEvent, 'raw' | 'leftOut'> {
  const { row: raw, leftOut } = safeRow(row);
  return leftOut.length === 0 ? { raw } : { raw, leftOut };
}

/** Why a row is given up whose time cannot be read. */
export function withoutTime(timeField: string, id: string): string {
  return `no readable ${timeField} (id ${shownText(id, LONGEST_ID)})`;
}

function unwrapped(raw: JsonObject): JsonObject {
  return raw.id === undefined && isObject(raw.value) ? raw.value : raw;
}

function listenersOf(value: unknown): readonly AppliedListener[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((listener) => {
    const result = objectOf(listener.handlerResult);
    return {
      eventType: textOf(listener.eventType) ?? '',
      listenerId: textOf(listener.executedListenerId),
      extensionId: textOf(result.customExtensionId),
      calledAtMs: parseGraphTime(result.calloutDateTime),
      attempts: int32Of(result.numberOfAttempts),
      httpStatus: int32Of(result.httpStatus),
      errorCode: int32Of(result.errorCode),
    };
  });
}
