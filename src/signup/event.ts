/**
 * One event of the sign-up log: one step of one attempt, as Graph's `selfServiceSignUp` tells it.
 * Field names and shapes: https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta
 */

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
  readonly id: string;
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
  /** Object id of the account that was created; null until then. */
  readonly userId: string | null;
  /** The object exactly as Graph sent it, unknown fields included. */
  readonly raw: JsonObject;
}
