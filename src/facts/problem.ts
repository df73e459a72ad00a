/**
 * A failure as data: what happened, what it means, what to do next. Every error that a person can meet ends as one of
 * these. Text in it is plain; whoever draws it makes it visible and escapes it.
 */

export type ProblemKind =
  /** Signing in failed, or is needed. Exit code 3. */
  | 'signIn'
  /** Graph refused: licence, role or consent. Exit code 4. */
  | 'refused'
  /** Graph or the network could not be reached or kept failing. Exit code 5. */
  | 'unreachable'
  /** Options, query or configuration are wrong. Exit code 2. */
  | 'usage'
  /** A fault of this program. Exit code 1. */
  | 'fault';

export interface Problem {
  readonly kind: ProblemKind;
  /** One line: what happened. */
  readonly title: string;
  /** What it means, in a sentence; empty when the title says it all. */
  readonly meaning: string;
  /** What to do next, in a sentence. */
  readonly todo: string;
  /** Microsoft's own code, e.g. `AADSTS530035` or `Authentication_RequestFromUnsupportedUserRole`. */
  readonly code: string | null;
  /** How long the service asked to wait; told as a time of day by whoever shows it. */
  readonly againInMs?: number;
  /** Graph's `request-id` or the sign-in correlation ID: Microsoft's support asks for it. */
  readonly requestId: string | null;
}
