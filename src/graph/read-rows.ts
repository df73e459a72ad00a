/**
 * Reads a short list from Graph, all its pages, while a person waits for it: before polling, and patiently, because what can
 * pass is tried again. Knows nothing of what the rows are.
 */
import type { Clock } from '../clock.ts';
import type { GraphClient } from './client.ts';
import { member, textMember } from './json-member.ts';
import type { FailedOutcome, GraphOutcome } from './outcome.ts';
import { backoffMs } from './retry.ts';

export interface ReadRowsDeps {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export interface RowsCall {
  readonly url: string;
  /** Permissions that it takes instead of that of the logs. */
  readonly scopes?: readonly string[];
  /** What comes after so many pages is left; all when not given. */
  readonly mostPages?: number;
}

export interface Rows {
  readonly kind: 'rows';
  readonly rows: readonly unknown[];
  /** False: there were more pages. */
  readonly isComplete: boolean;
}

export type NoRows = FailedOutcome | { readonly kind: 'cancelled' };

/** A person waits: after so many failures in a row they should know. */
const MOST_FAILURES = 3;

/** The rows of all pages, or why there are none: never of some. */
export async function readRows(call: RowsCall, deps: ReadRowsDeps): Promise<Rows | NoRows> {
  const { mostPages = Number.POSITIVE_INFINITY } = call;
  const rows: unknown[] = [];
  const asked = new Set<string>();
  for (let url: string | null = call.url; url !== null; ) {
    if (asked.size >= mostPages) return { kind: 'rows', rows, isComplete: false };
    asked.add(url);
    const outcome = await getPatiently({ ...call, url }, deps);
    if (outcome.kind !== 'ok') return outcome;
    const { json, requestId } = outcome;
    const page = member(json, 'value');
    if (!Array.isArray(page)) return { kind: 'malformed', reason: 'there is no list in the answer', requestId };
    rows.push(...page);
    const next = textMember(json, '@odata.nextLink');
    url = next !== null && asked.has(next) ? null : next;
  }
  return { kind: 'rows', rows, isComplete: true };
}

/** One answer; what can pass is tried again. After a 429 the budget lets nothing start before Graph allows it. */
export async function getPatiently({ url, scopes }: RowsCall, deps: ReadRowsDeps): Promise<GraphOutcome> {
  const { client, clock, random, signal } = deps;
  for (let failures = 1; ; failures++) {
    const outcome = await client.get({ url, priority: 'user', signal, ...(scopes && { scopes }) });
    if (!isTemporary(outcome) || failures > MOST_FAILURES) return outcome;
    if (outcome.kind !== 'throttled') await clock.wait(backoffMs(failures, random), signal);
  }
}

function isTemporary(outcome: GraphOutcome): boolean {
  if (outcome.kind === 'signedOut') return outcome.problem.kind === 'unreachable';
  return ['throttled', 'unavailable', 'unreachable', 'malformed'].includes(outcome.kind);
}
