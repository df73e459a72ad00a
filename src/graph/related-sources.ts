/**
 * How each related log is asked about one attempt, and which of the rows that come are about it. Pure.
 *
 * https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-activity-logs-with-microsoft-graph has the way
 * from sign-up to sign-in by correlation ID; the others are filters of the reference pages that `logs/logs.ts` names.
 */

import type { Span } from '../facts/reading.ts';
import { logOf, type RelatedSource } from '../facts/related.ts';
import { type LogDefinition, logNamed } from '../logs/logs.ts';
import type { LogEvent } from '../signup/event.ts';

export interface RelatedRequest {
  /** Null: nothing is asked by correlation ID. */
  readonly correlationId: string | null;
  /** The account that the attempt made; null: nothing is asked by account. */
  readonly userId: string | null;
  readonly span: Span;
  /** Sign-ins without a person at the screen, such as renewals, are only in the beta. */
  readonly signIns: 'interactive' | 'all';
}

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
export function questionsOf({ correlationId, userId, signIns }: RelatedRequest): readonly RelatedQuestion[] {
  const isAll = signIns === 'all';
  const questions: RelatedQuestion[] = [];
  const ask = (source: RelatedSource, clause: string, keeps: RelatedQuestion['keeps']) => {
    const definition = logNamed(logOf(source));
    const inBeta = isAll && definition.name === 'signIns';
    const whole = inBeta ? `${clause} and ${EVERY_KIND}` : clause;
    const path = inBeta ? definition.path.replace('/v1.0/', '/beta/') : definition.path;
    questions.push({ source, definition, url: (span) => urlOf({ ...definition, path }, whole, span), keeps });
  };
  if (correlationId !== null) {
    const clause = `correlationId eq ${quoted(correlationId)}`;
    const keeps = (entry: LogEvent) => isSame(entry.correlationId, correlationId);
    ask('signIns', clause, keeps);
    ask('audits', clause, keeps);
  }
  if (userId !== null) {
    // What has the correlation ID was asked for by it.
    const keeps = (entry: LogEvent) =>
      isSame(entry.userId, userId) && (correlationId === null || !isSame(entry.correlationId, correlationId));
    ask('laterSignIns', `userId eq ${quoted(userId)}`, keeps);
    ask('provisioning', `sourceIdentity/id eq ${quoted(userId)}`, keeps);
  }
  return questions;
}

function urlOf({ path, timeField, range }: LogDefinition, clause: string, { fromMs, toMs }: Span): string {
  const [from, to] = [Math.floor(fromMs / 1000), Math.ceil(toMs / 1000)];
  const time =
    range === 'inclusive'
      ? `${timeField} ge ${wholeSecond(from)} and ${timeField} le ${wholeSecond(to)}`
      : `${timeField} gt ${wholeSecond(from - 1)} and ${timeField} lt ${wholeSecond(to + 1)}`;
  return `${path}?$filter=${encodeURIComponent(`${time} and ${clause}`)}&$top=${PAGE_SIZE}`;
}

function wholeSecond(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** GUIDs in whatever letter case. */
function isSame(text: string | null, wanted: string): boolean {
  return text?.toLowerCase() === wanted.toLowerCase();
}
