/**
 * Reads a short list from Graph, all its pages, while a person waits for it: before polling, and patiently, because what can
 * pass is tried again. Knows nothing of what the rows are.
 */
import type { Clock } from '../clock.ts';
import { msBetween } from '../facts/moment.ts';
import type { GraphClient } from './client.ts';
import { member, nextLinkOf } from './json-member.ts';
import type { FailedOutcome, GraphOutcome } from './outcome.ts';
import { patienceFor } from './patience.ts';

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
    const next = nextLinkOf(json);
    if (!next.ok) return { kind: 'malformed', reason: 'its link to the next page is no address', requestId };
    rows.push(...page);
    url = next.url !== null && asked.has(next.url) ? null : next.url;
  }
  return { kind: 'rows', rows, isComplete: true };
}

/** One answer; what can pass is tried again. After a 429 nothing is asked before Graph allows it. */
export async function getPatiently({ url, scopes }: RowsCall, deps: ReadRowsDeps): Promise<GraphOutcome> {
  const { client, clock, random, signal } = deps;
  const startedAt = clock.moment();
  for (let failures = 1; ; failures++) {
    const outcome = await client.get({ url, priority: 'user', signal, ...(scopes && { scopes }) });
    if (outcome.kind === 'ok' || outcome.kind === 'cancelled' || failures > MOST_FAILURES) return outcome;
    const failingForMs = msBetween(startedAt, clock.moment());
    const patience = patienceFor(outcome, { mode: 'once', failures, failingForMs, hasWorked: false, random });
    if (patience.kind === 'giveUp') return outcome;
    const waitMs = outcome.kind === 'throttled' ? msBetween(clock.moment(), outcome.until) : patience.waitMs;
    await clock.wait(waitMs, signal);
  }
}
