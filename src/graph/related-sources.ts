/**
 * How each related log is asked about one attempt, and which of the rows that come are about it. Pure.
 *
 * https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-activity-logs-with-microsoft-graph has the way
 * from sign-up to sign-in by correlation ID; the others are filters of the reference pages that `logs/logs.ts` names.
 */
import type { Span } from '../facts/reading.ts';
import { logOf, type RelatedQuery, type RelatedSource } from '../facts/related.ts';
import { type LogDefinition, logNamed } from '../logs/logs.ts';
import { odataText } from '../logs/odata-text.ts';
import type { LogEvent } from '../signup/event.ts';
import { correlationClause, logUrl } from './log-url.ts';

export interface RelatedQuestion {
  readonly source: RelatedSource;
  readonly definition: LogDefinition;
  /** The address of its first page. */
  url(span: Span): string;
  /** Whether an entry is about the attempt: Graph may send other rows. */
  keeps(entry: LogEvent): boolean;
}

/** An attempt has a handful of entries, a person some more. */
const PAGE_SIZE = 100;
const EVERY_KIND = "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')";

/** The questions of a request, those by correlation ID first. */
export function questionsOf({ correlationId, userId, signIns, without }: RelatedQuery): readonly RelatedQuestion[] {
  const isAll = signIns === 'all';
  const questions: RelatedQuestion[] = [];
  const ask = (source: RelatedSource, clause: string, keeps: RelatedQuestion['keeps']) => {
    const log = logOf(source);
    if (without.includes(log)) return;
    const inBeta = isAll && log === 'signIns';
    const query = { log, clause: inBeta ? `${clause} and ${EVERY_KIND}` : clause, pageSize: PAGE_SIZE };
    const url = (span: Span) => {
      const stable = logUrl({ ...query, ...span });
      return inBeta ? stable.replace('/v1.0/', '/beta/') : stable;
    };
    questions.push({ source, definition: logNamed(log), url, keeps });
  };
  if (correlationId !== null) {
    const clause = correlationClause(correlationId);
    const keeps = (entry: LogEvent) => isSame(entry.correlationId, correlationId);
    ask('signIns', clause, keeps);
    ask('audits', clause, keeps);
  }
  if (userId !== null) {
    // What has the correlation ID was asked for by it.
    const keeps = (entry: LogEvent) =>
      isSame(entry.userId, userId) && (correlationId === null || !isSame(entry.correlationId, correlationId));
    ask('laterSignIns', `userId eq ${odataText(userId)}`, keeps);
    ask('provisioning', `sourceIdentity/id eq ${odataText(userId)}`, keeps);
  }
  return questions;
}

/** GUIDs in whatever letter case. */
function isSame(text: string | null, wanted: string): boolean {
  return text?.toLowerCase() === wanted.toLowerCase();
}
