/**
 * Why something that takes a permission of its own cannot be read, in plain words: its permission and role are not those of
 * the log. Pure.
 */
import { whoConsents } from '../facts/consent.ts';
import type { Problem } from '../facts/problem.ts';
import type { FailedOutcome, GraphErrorText } from './outcome.ts';
import { problemOf } from './problems.ts';

/** What is read, and what it takes. */
export interface Guarded {
  /** Continues "this sign-in may not …". */
  readonly deed: string;
  /** As in "… could not be listed:". */
  readonly failure: string;
  readonly permission: string;
  readonly role: string;
  /** Other roles that will do, as words after the first; empty when none is worth naming. */
  readonly otherRoles: string;
  /** What works without it. */
  readonly otherwise: string;
  /** What a 404 or 400 says about it. */
  readonly absent: { readonly title: string; readonly meaning: string };
}

/** The problem that an outcome is for somebody who wants to read it. */
export function guardedProblem(outcome: FailedOutcome, guarded: Guarded): Problem {
  const { absent, failure, otherwise } = guarded;
  switch (outcome.kind) {
    case 'refused':
      return { ...refusal(outcome.error, guarded), ...said(outcome.error) };
    case 'notFound':
    case 'badRequest': {
      const title = `${absent.title} (HTTP ${outcome.error.status}).`;
      const meaning = absent.meaning === '' ? outcome.error.message : absent.meaning;
      return { kind: 'refused', title, meaning, todo: otherwise, ...said(outcome.error) };
    }
    case 'consentNeeded':
      return { ...outcome.problem, todo: `${outcome.problem.todo} ${otherwise}` };
    default: {
      const problem = problemOf(outcome);
      return { ...problem, title: `${failure}: ${problem.title}` };
    }
  }
}

function refusal(
  { code, message }: GraphErrorText,
  { deed, permission, role, otherRoles, otherwise }: Guarded,
): Omit<Problem, 'code' | 'requestId'> {
  const lacksRole = code === 'Authentication_RequestFromUnsupportedUserRole' || /allowed roles/i.test(message);
  const lacksConsent =
    code === 'Authentication_MSGraphPermissionMissing' || /required Microsoft Graph permission/i.test(message);
  const assign = `have the role ${role}${otherRoles === '' ? '' : ` (${otherRoles})`} assigned to you`;
  const consent = `have ${whoConsents} consent to ${permission}`;
  const needs = lacksRole ? assign : lacksConsent ? consent : `${assign} and ${consent}`;
  return {
    kind: 'refused',
    title: `${lacksRole ? 'Role' : lacksConsent ? 'Consent' : 'Role or consent'}: this sign-in may not ${deed}.`,
    meaning: `That takes the permission ${permission} and the role ${role}, which reading the log does not.`,
    todo: `${needs.charAt(0).toUpperCase()}${needs.slice(1)}, then sign in again. ${otherwise}`,
  };
}

function said(error: GraphErrorText): Pick<Problem, 'code' | 'requestId'> {
  return { code: error.code === '' ? null : error.code, requestId: error.requestId };
}
