/**
 * What becomes known about one attempt from the logs beside the sign-ups. Each log is asked on its own and fails on its own:
 * a tenant, a role or a consent may allow one and not another. An error is a fact like any other.
 */
import type { LogEvent, LogName } from '../signup/event.ts';
import type { Problem } from './problem.ts';
import type { Span } from './reading.ts';

/**
 * A log and what ties it to the attempt: `signIns` and `audits` have its correlation ID, `laterSignIns` and `provisioning` are
 * about the account that it made. Microsoft's pages show the way from sign-up to sign-in; that the same ID elsewhere is the
 * same event they do not promise.
 */
export type RelatedSource = 'signIns' | 'audits' | 'laterSignIns' | 'provisioning';

/** What is asked about one attempt. */
export interface RelatedQuery {
  /** Null: nothing is asked by correlation ID. */
  readonly correlationId: string | null;
  /** The account that the attempt made; null: nothing is asked by account. */
  readonly userId: string | null;
  readonly span: Span;
  /** Sign-ins without a person at the screen, such as renewals, are only in the beta. */
  readonly signIns: 'interactive' | 'all';
  /** Logs that are not asked, because they refuse whatever is asked. */
  readonly without: readonly LogName[];
}

export type RelatedFact =
  | { readonly type: 'related.started'; readonly source: RelatedSource }
  | {
      readonly type: 'related.read';
      readonly source: RelatedSource;
      /** In order of time. */
      readonly entries: readonly LogEvent[];
      /** Rows that could not be understood at all (no id or time), as short reasons. */
      readonly unreadable: readonly string[];
      /** False: there is more than was read; these are the newest. */
      readonly isComplete: boolean;
    }
  | { readonly type: 'related.failed'; readonly source: RelatedSource; readonly problem: Problem };

/** The log that a source is. */
export function logOf(source: RelatedSource): LogName {
  return source === 'laterSignIns' ? 'signIns' : source;
}
