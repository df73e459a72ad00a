/**
 * Reads the user flows of the tenant with their applications, once, when somebody filters by one. It takes a permission
 * and a role of its own; whoever lacks them still reads the log.
 * https://learn.microsoft.com/graph/api/identitycontainer-list-authenticationeventsflows
 */
import type { Clock } from '../clock.ts';
import type { UserFlowsOutcome } from '../facts/user-flows.ts';
import type { UserFlow } from '../signup/user-flow.ts';
import type { GraphClient } from './client.ts';
import { member, textMember } from './json-member.ts';
import type { FailedOutcome, GraphOutcome } from './outcome.ts';
import { parseAppIds, parseUserFlow } from './parse-user-flow.ts';
import { backoffMs } from './retry.ts';
import { flowsProblem } from './user-flow-problems.ts';

export interface UserFlowsDeps {
  readonly client: GraphClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

type Rows = { readonly kind: 'rows'; readonly rows: readonly unknown[] };
type NoRows = FailedOutcome | { readonly kind: 'cancelled' };

const FLOWS_PATH = '/v1.0/identity/authenticationEventsFlows';
const SCOPES = ['EventListener.Read.All'] as const;
/** A person waits: after so many failures in a row they should know. */
const MOST_FAILURES = 3;

/** Every failure is an outcome. A person waits for it, so it goes before polling; Graph's waits are obeyed. */
export async function readUserFlows(deps: UserFlowsDeps): Promise<UserFlowsOutcome> {
  const listed = await readRows(FLOWS_PATH, deps);
  if (listed.kind !== 'rows') return withoutFlows(listed);
  const flows: UserFlow[] = [];
  const unreadable: string[] = [];
  for (const row of listed.rows) {
    const parsed = parseUserFlow(row);
    if (!parsed.ok) unreadable.push(parsed.reason);
    else if (!parsed.needsApps) flows.push(parsed.flow);
    else {
      const path = `${FLOWS_PATH}/${encodeURIComponent(parsed.flow.id)}/conditions/applications/includeApplications`;
      const apps = await readRows(path, deps);
      if (apps.kind === 'rows') flows.push({ ...parsed.flow, appIds: parseAppIds(apps.rows) });
      // A flow that was deleted since the list was made is none.
      else if (apps.kind !== 'notFound') return withoutFlows(apps);
    }
  }
  return { kind: 'read', flows, unreadable };
}

/** The rows of all pages. */
async function readRows(firstUrl: string, deps: UserFlowsDeps): Promise<Rows | NoRows> {
  const rows: unknown[] = [];
  const asked = new Set<string>();
  for (let url: string | null = firstUrl; url !== null; ) {
    asked.add(url);
    const outcome = await getPatiently(url, deps);
    if (outcome.kind !== 'ok') return outcome;
    const { json, requestId } = outcome;
    const page = member(json, 'value');
    if (!Array.isArray(page)) return { kind: 'malformed', reason: 'there is no list in the answer', requestId };
    rows.push(...page);
    const next = textMember(json, '@odata.nextLink');
    url = next !== null && asked.has(next) ? null : next;
  }
  return { kind: 'rows', rows };
}

/** Tries again what can pass. After a 429 the budget lets nothing start before Graph allows it. */
async function getPatiently(url: string, { client, clock, random, signal }: UserFlowsDeps): Promise<GraphOutcome> {
  for (let failures = 1; ; failures++) {
    const outcome = await client.get({ url, priority: 'user', signal, scopes: SCOPES });
    if (!isTemporary(outcome) || failures > MOST_FAILURES) return outcome;
    if (outcome.kind !== 'throttled') await clock.wait(backoffMs(failures, random), signal);
  }
}

function isTemporary(outcome: GraphOutcome): boolean {
  if (outcome.kind === 'signedOut') return outcome.problem.kind === 'unreachable';
  return ['throttled', 'unavailable', 'unreachable', 'malformed'].includes(outcome.kind);
}

function withoutFlows(outcome: NoRows): UserFlowsOutcome {
  if (outcome.kind === 'cancelled') return outcome;
  const problem = flowsProblem(outcome);
  return outcome.kind === 'consentNeeded'
    ? { kind: 'consentNeeded', scopes: outcome.scopes, problem }
    : { kind: 'failed', problem };
}
