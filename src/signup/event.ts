/**
 * One entry of a log. In the sign-up log: one step of one attempt, as Graph's `selfServiceSignUp` tells it. Entries of the
 * other activity logs have the same record; what only they have stands in `result`, `counterpart` and `attributes`.
 * Field names and shapes: https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta
 */

/** Which activity log of the tenant. */
export type LogName = 'signUps' | 'signIns' | 'audits' | 'provisioning';

/** What entries of the other logs say in words of which there are few. */
export type AttributeName =
  // Sign-ins.
  | 'resource'
  | 'client'
  | 'os'
  | 'browser'
  | 'country'
  | 'policies'
  // Audits.
  | 'activity'
  | 'category'
  | 'service'
  | 'operation'
  // Provisioning.
  | 'action'
  | 'source'
  | 'system'
  | 'problem';

export type Attributes = { readonly [name in AttributeName]?: string };

export const noAttributes: Attributes = {};

export type JsonObject = { readonly [key: string]: unknown };

/** What a custom extension (or another listener) answered during the step. */
export interface AppliedListener {
  readonly eventType: string;
  readonly listenerId: string | null;
  readonly extensionId: string | null;
  /** Milliseconds since the epoch, UTC; null when the log has no call-out time. */
  readonly calledAtMs: number | null;
  readonly attempts: number | null;
  readonly httpStatus: number | null;
  /** 0 = the extension answered as it should; the 1003xxx codes say what went wrong. */
  readonly errorCode: number | null;
}

export interface LogEvent {
  readonly log: LogName;
  readonly id: string;
  /** Empty where there is none, as in the whole provisioning log. */
  readonly correlationId: string;
  /** Milliseconds since the epoch, UTC, with Graph's microseconds as the fraction. */
  readonly timeMs: number;
  readonly appId: string;
  /** Null when Graph has not told it (usual on the first stage of an attempt); siblings may know it. */
  readonly appName: string | null;
  /** Graph's name of the stage, kept as sent, known to us or not. */
  readonly stage: string;
  /** Graph's text, e.g. `Email OTP`, `Google`: an open set. */
  readonly provider: string;
  readonly identifier: string | null;
  readonly identifierType: string | null;
  readonly errorCode: number;
  readonly failureReason: string | null;
  readonly additionalDetails: string | null;
  readonly listeners: readonly AppliedListener[];
  /** Object id of the account that was created, signed in, changed or provisioned; null when there is none. */
  readonly userId: string | null;
  /** How it ended, in Graph's word, in logs that have no error codes (audits, provisioning); null in the others. */
  readonly result: string | null;
  /** Whom or what `identifier` met: the address of a sign-in, the targets of an audit, the provisioned object. */
  readonly counterpart: string | null;
  readonly attributes: Attributes;
  /** The object exactly as Graph sent it, unknown fields included, but for the values of the fields in `leftOut`. */
  readonly raw: JsonObject;
  /** Names of fields whose values nobody could write again (see `safe-row.ts`); absent when there are none. */
  readonly leftOut?: readonly string[];
}
