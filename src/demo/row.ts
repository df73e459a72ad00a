/** An event of the demo tenant as Graph's `selfServiceSignUp`, in the shape of the newest reference page. */
import type { DemoCallout, DemoEvent } from './attempt.ts';
import { graphTime } from './graph-time.ts';

/** Members that Graph names only to callers who send `Prefer: include-unknown-enum-members`. */
const evolvingEventTypes: ReadonlySet<string> = new Set([
  'attributeCollectionStart',
  'attributeCollectionSubmit',
  'emailOtpSend',
]);
const evolvingStages: ReadonlySet<string> = new Set(['identityVerification']);

const UNKNOWN_MEMBER = 'unknownFutureValue';

/** Texts that came with some codes; most rows have none. */
const failureReasons: ReadonlyMap<number, string> = new Map([
  [399279, 'The user account could not be created.'],
  [1003002, 'The custom extension returned an invalid HTTP status.'],
  [1003005, 'The custom extension timed out.'],
]);

/** `namesAllMembers`: whether the caller asked for the names of newer enumeration members. */
export function rowOf(event: DemoEvent, namesAllMembers: boolean): object {
  const { attempt } = event;
  const known = (member: string, evolving: ReadonlySet<string>) =>
    evolving.has(member) && !namesAllMembers ? UNKNOWN_MEMBER : member;
  return {
    id: event.id,
    correlationId: attempt.correlationId,
    createdDateTime: graphTime(event.timeUs),
    appId: attempt.application.appId,
    appDisplayName: event.appNamed ? attempt.application.displayName : null,
    signUpStage: known(event.stage, evolvingStages),
    signUpIdentityProvider: attempt.provider,
    signUpIdentity: {
      signUpIdentifier: event.identifier,
      signUpIdentifierType: event.identifier === null ? null : 'emailAddress',
    },
    status: {
      errorCode: event.errorCode,
      failureReason: failureReasons.get(event.errorCode) ?? null,
      additionalDetails: event.additionalDetails,
    },
    appliedEventListeners: event.callouts.map((callout) =>
      listenerOf(callout, known(callout.extension.eventType, evolvingEventTypes)),
    ),
    userId: event.userId,
  };
}

function listenerOf(callout: DemoCallout, eventType: string): object {
  return {
    eventType,
    executedListenerId: callout.extension.listenerId,
    handlerResult: {
      '@odata.type': '#microsoft.graph.customExtensionCalloutResult',
      calloutDateTime: graphTime(callout.calledAtUs),
      customExtensionId: callout.extension.extensionId,
      errorCode: callout.errorCode,
      httpStatus: callout.httpStatus,
      numberOfAttempts: callout.attempts,
    },
  };
}
