/**
 * Why the user flows cannot be listed, in plain words: their permission and role are not those of the log. Pure.
 * https://learn.microsoft.com/graph/api/identitycontainer-list-authenticationeventsflows#permissions
 */
import type { Problem } from '../facts/problem.ts';
import type { FailedOutcome, GraphErrorText } from './outcome.ts';
import { problemOf } from './problems.ts';

const PERMISSION = 'EventListener.Read.All';
const ROLE = 'External ID User Flow Administrator';
const OTHERWISE = 'Filtering by application works without it: app:"name", or appid:GUID.';

/** The problem that an outcome is for somebody who filters by user flow. */
export function flowsProblem(outcome: FailedOutcome): Problem {
  switch (outcome.kind) {
    case 'refused':
      return { ...refusal(outcome.error), ...said(outcome.error) };
    case 'notFound':
    case 'badRequest':
      return {
        kind: 'refused',
        title: `Microsoft Graph has no user flows at this address (HTTP ${outcome.error.status}).`,
        meaning: 'Only the global cloud, and there only external tenants, are known to have them.',
        todo: OTHERWISE,
        ...said(outcome.error),
      };
    case 'consentNeeded':
      return { ...outcome.problem, todo: `${outcome.problem.todo} ${OTHERWISE}` };
    default: {
      const problem = problemOf(outcome);
      return { ...problem, title: `The user flows could not be listed: ${problem.title}` };
    }
  }
}

function refusal({ code, message }: GraphErrorText): Omit<Problem, 'code' | 'requestId'> {
  const lacksRole = code === 'Authentication_RequestFromUnsupportedUserRole' || /allowed roles/i.test(message);
  const lacksConsent =
    code === 'Authentication_MSGraphPermissionMissing' || /required Microsoft Graph permission/i.test(message);
  const assign = `have the role ${ROLE} (or External Identity Provider Administrator) assigned to you`;
  const consent = `let an administrator (Privileged Role Administrator or Global Administrator) consent to ${PERMISSION}`;
  const needs = lacksRole ? assign : lacksConsent ? consent : `${assign}, ${consent}`;
  return {
    kind: 'refused',
    title: `${lacksRole ? 'Role' : lacksConsent ? 'Consent' : 'Role or consent'}: this sign-in may not list user flows.`,
    meaning: `That takes the permission ${PERMISSION} and the role ${ROLE}; what the log takes is not enough.`,
    todo: `${needs.charAt(0).toUpperCase()}${needs.slice(1)}, and sign in again. ${OTHERWISE}`,
  };
}

function said(error: GraphErrorText): Pick<Problem, 'code' | 'requestId'> {
  return { code: error.code === '' ? null : error.code, requestId: error.requestId };
}
