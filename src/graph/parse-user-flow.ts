/**
 * From an entry of the list of user flows to a `UserFlow`. Decodes tolerantly: only an ID is needed.
 * https://learn.microsoft.com/graph/api/resources/externalusersselfservicesignupeventsflow
 */
import type { UserFlow } from '../signup/user-flow.ts';
import { member, textMember } from './json-member.ts';

export type ParsedUserFlow =
  | {
      readonly ok: true;
      readonly flow: UserFlow;
      /** The list names none of its applications, as Microsoft's samples of it do: they have to be asked for. */
      readonly needsApps: boolean;
    }
  | { readonly ok: false; readonly reason: string };

export function parseUserFlow(row: unknown): ParsedUserFlow {
  const id = textMember(row, 'id');
  if (id === null) return { ok: false, reason: 'a user flow without an id' };
  const applications = member(member(row, 'conditions'), 'applications');
  const includesAllApplications = member(applications, 'includeAllApplications') === true;
  const appIds = parseAppIds(member(applications, 'includeApplications'));
  const providers = member(member(row, 'onAuthenticationMethodLoadStart'), 'identityProviders');
  const flow = {
    id,
    displayName: textMember(row, 'displayName') ?? id,
    description: textMember(row, 'description'),
    includesAllApplications,
    appIds,
    identityProviders: rowsOf(providers).flatMap(
      (row) => textMember(row, 'displayName') ?? textMember(row, 'id') ?? [],
    ),
  };
  return { ok: true, flow, needsApps: appIds.length === 0 && !includesAllApplications };
}

/** The application IDs in a list of `{ appId }`, in lower case, each once. */
export function parseAppIds(rows: unknown): readonly string[] {
  return [...new Set(rowsOf(rows).flatMap((row) => textMember(row, 'appId')?.toLowerCase() ?? []))];
}

function rowsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
