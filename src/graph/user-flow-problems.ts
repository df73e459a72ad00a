/**
 * Why the user flows cannot be listed: what they take, and what works without them. Data.
 * https://learn.microsoft.com/graph/api/identitycontainer-list-authenticationeventsflows#permissions
 */
import type { Problem } from '../facts/problem.ts';
import type { FailedOutcome } from './outcome.ts';
import { type Guarded, guardedProblem } from './permission-problems.ts';

const userFlows: Guarded = {
  deed: 'list user flows',
  failure: 'The user flows could not be listed',
  permission: 'EventListener.Read.All',
  role: 'External ID User Flow Administrator',
  otherRoles: 'or External Identity Provider Administrator',
  otherwise: 'Filtering by application works without it: app:"name", or appid:GUID.',
  absent: {
    title: 'Microsoft Graph has no user flows at this address',
    meaning: 'Only external tenants have them, and Microsoft does not document them for every cloud.',
  },
};

/** The problem that an outcome is for somebody who filters by user flow. */
export function flowsProblem(outcome: FailedOutcome): Problem {
  return guardedProblem(outcome, userFlows);
}
