/**
 * The code that says why a step ended as it did. When a custom extension breaks a sign-up, Entra often reports a generic
 * code (1100000, 1100001), and the reason is in the result of the extension's listener. Meanings, outcomes and counts go by
 * the cause; whatever is passed on as Graph sent it keeps Graph's own code.
 * Source: https://learn.microsoft.com/answers/questions/2117742 and entra-docs issue 399; Microsoft does not document which
 * of the two codes a row of the sign-up log has.
 */
import { isExtensionCode, namesNoReason, noErrorCode } from './codes.ts';
import type { LogEvent } from './event.ts';

/** What the cause follows from. */
export type CodedStep = Pick<LogEvent, 'errorCode' | 'listeners'>;

/**
 * The event's own code, or that of the first failed custom extension when its own names no reason: 1100000, 1100001, a code
 * that this program does not know, or none (`noErrorCode`).
 */
export function causeOf(event: CodedStep): number {
  const { errorCode } = event;
  // The listeners of a stored event are unpacked when they are read, so they are left alone where they change nothing.
  if (!namesNoReason(errorCode)) return errorCode;
  for (const listener of event.listeners) {
    if (listener.errorCode !== null && isExtensionCode(listener.errorCode)) return listener.errorCode;
  }
  return errorCode;
}

/** The codes by which the event is found: its cause first, then its own code if that is another. None without any code. */
export function codesOf(event: CodedStep): readonly number[] {
  const cause = causeOf(event);
  return [...new Set([cause, event.errorCode])].filter((code) => code !== noErrorCode);
}
