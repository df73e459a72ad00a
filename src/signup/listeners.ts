/** Custom extensions and other listeners in plain words. It explains one call; it does not judge the event around it. */
import { explainCode } from './codes.ts';
import type { AppliedListener } from './event.ts';

/**
 * The event types that Microsoft documents, with what they are for.
 * Source: https://learn.microsoft.com/graph/api/resources/appliedauthenticationeventlistener?view=graph-rest-beta
 */
const meanings: ReadonlyMap<string, string> = new Map([
  ['attributeCollectionStart', 'before the details page is shown: may fill it in, or stop the sign-up'],
  ['attributeCollectionSubmit', 'after the details page is sent: may check, change or refuse what was entered'],
  ['emailOtpSend', 'when a code is to be sent: sends it by a mail service of your own'],
  ['tokenIssuanceStart', 'before the token is issued: may add claims to it'],
  ['pageRenderStart', 'before a page is drawn'],
]);

/** Graph's names of the known event types. */
export const listenerEventTypes: readonly string[] = [...meanings.keys()];

/** What a listener of this event type does, in a few words. */
export function listenerMeaning(eventType: string): string {
  if (eventType === 'unknownFutureValue') return 'an event that Graph does not name to this version of the program';
  return meanings.get(eventType) ?? 'an event that this version does not know';
}

/** True when the call did not end as it should: an error code other than 0, an HTTP status of 400 or more, or no call at all. */
export function listenerFailed(listener: AppliedListener): boolean {
  return (listener.errorCode ?? 0) !== 0 || (listener.httpStatus ?? 0) >= 400 || wasNeverCalled(listener);
}

/** Entra tried 0 times, and no answer says otherwise. */
function wasNeverCalled({ attempts, httpStatus }: AppliedListener): boolean {
  return attempts === 0 && (httpStatus ?? 0) === 0;
}

/** What the admin does about a call that did not end as it should, as sentences; null where there is nothing to say. */
export function listenerAdvice(listener: AppliedListener): string | null {
  if (listener.errorCode !== null && listener.errorCode !== 0) return explainCode(listener.errorCode).todo;
  return wasNeverCalled(listener)
    ? 'Entra never called the extension: check that it still exists, and that its app registration and service principal do.'
    : null;
}

/** What came of the call, in one line: `attributeCollectionSubmit → 200, 1 call`, `… → timed out (1003005), 2 calls`. */
export function listenerResult(listener: AppliedListener, arrow = '→'): string {
  const { errorCode, httpStatus, attempts } = listener;
  const parts: string[] = [];
  if (errorCode !== null && errorCode !== 0) parts.push(`${resultMeaning(errorCode)} (${errorCode})`);
  if (httpStatus !== null && httpStatus !== 0)
    parts.push(parts.length === 0 ? String(httpStatus) : `HTTP ${httpStatus}`);
  const neverCalled = wasNeverCalled(listener);
  if (parts.length === 0 && !neverCalled) parts.push(errorCode === 0 ? 'answered' : 'no result in the log');
  if (neverCalled) parts.push('never called');
  else if (attempts !== null) parts.push(attempts === 1 ? '1 call' : `${attempts} calls`);
  return `${listener.eventType === '' ? 'listener' : listener.eventType} ${arrow} ${parts.join(', ')}`;
}

/** The line is about an extension already, so the word is left out. */
function resultMeaning(errorCode: number): string {
  return explainCode(errorCode).meaning.replace(/^extension:? /, '');
}
