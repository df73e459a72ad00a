/**
 * Reads the user flows of the tenant with their applications, once, when somebody filters by one. It takes a permission
 * and a role of its own; whoever lacks them still reads the log.
 * https://learn.microsoft.com/graph/api/identitycontainer-list-authenticationeventsflows
 */
import type { UserFlowsOutcome } from '../facts/user-flows.ts';
import type { UserFlow } from '../signup/user-flow.ts';
import { parseAppIds, parseUserFlow } from './parse-user-flow.ts';
import { type NoRows, type ReadRowsDeps, readRows } from './read-rows.ts';
import { flowsProblem } from './user-flow-problems.ts';

const FLOWS_PATH = '/v1.0/identity/authenticationEventsFlows';
const scopes = ['EventListener.Read.All'];

/** Every failure is an outcome. A person waits for it, so it goes before polling; Graph's waits are obeyed. */
export async function readUserFlows(deps: ReadRowsDeps): Promise<UserFlowsOutcome> {
  const listed = await readRows({ url: FLOWS_PATH, scopes }, deps);
  if (listed.kind !== 'rows') return withoutFlows(listed);
  const flows: UserFlow[] = [];
  const unreadable: string[] = [];
  for (const row of listed.rows) {
    const parsed = parseUserFlow(row);
    if (!parsed.ok) unreadable.push(parsed.reason);
    else if (!parsed.needsApps) flows.push(parsed.flow);
    else {
      const url = `${FLOWS_PATH}/${encodeURIComponent(parsed.flow.id)}/conditions/applications/includeApplications`;
      const apps = await readRows({ url, scopes }, deps);
      if (apps.kind === 'rows') flows.push({ ...parsed.flow, appIds: parseAppIds(apps.rows) });
      // A flow that was deleted since the list was made is none.
      else if (apps.kind !== 'notFound') return withoutFlows(apps);
    }
  }
  return { kind: 'read', flows, unreadable };
}

function withoutFlows(outcome: NoRows): UserFlowsOutcome {
  if (outcome.kind === 'cancelled') return outcome;
  const problem = flowsProblem(outcome);
  return outcome.kind === 'consentNeeded'
    ? { kind: 'consentNeeded', scopes: outcome.scopes, problem }
    : { kind: 'failed', problem };
}
