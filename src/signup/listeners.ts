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

/** True when the call did not end as it should: an error code other than 0, or an HTTP status of 400 or more. */
export function listenerFailed(listener: AppliedListener): boolean {
  return (listener.errorCode ?? 0) !== 0 || (listener.httpStatus ?? 0) >= 400;
}

/** What came of the call, in one line: `attributeCollectionSubmit → 200, 1 call`, `… → timed out (1003005), 2 calls`. */
export function listenerResult(listener: AppliedListener, arrow = '→'): string {
  const { errorCode, httpStatus, attempts } = listener;
  const parts: string[] = [];
  if (errorCode !== null && errorCode !== 0) parts.push(`${resultMeaning(errorCode)} (${errorCode})`);
  if (httpStatus !== null && httpStatus !== 0)
    parts.push(parts.length === 0 ? String(httpStatus) : `HTTP ${httpStatus}`);
  if (parts.length === 0) parts.push(errorCode === 0 ? 'answered' : 'no result in the log');
  if (attempts !== null) parts.push(attempts === 1 ? '1 call' : `${attempts} calls`);
  return `${listener.eventType === '' ? 'listener' : listener.eventType} ${arrow} ${parts.join(', ')}`;
}

/** The line is about an extension already, so the word is left out. */
function resultMeaning(errorCode: number): string {
  return explainCode(errorCode).meaning.replace(/^extension:? /, '');
}
