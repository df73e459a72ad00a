/**
 * The refusals (403) of the activity logs: licence, role and consent look alike and have different remedies. Codes and
 * messages as Microsoft's known issues, its documentation and people's reports have them; a message decides where the
 * code says nothing (`UnknownError`, none).
 */
import type { Problem } from '../facts/problem.ts';
import { logNamed } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import type { GraphErrorText } from './outcome.ts';

interface Refusal {
  readonly code: string;
  readonly message: RegExp;
  readonly title: string;
  /** The title for one of the logs that take a licence, which others may not. */
  readonly ofOneLog?: (called: string) => string;
  readonly meaning: string;
  readonly todo: (error: GraphErrorText) => string;
}

const ADMIN = 'an administrator (Privileged Role Administrator or Global Administrator)';

const refusals: readonly Refusal[] = [
  {
    code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    message: /doesn't have premium license/i,
    title: 'Licence: this tenant may not read its activity logs through Microsoft Graph.',
    ofOneLog: (called) => `Licence: this tenant may not read its ${called} through Microsoft Graph.`,
    meaning:
      'That takes Microsoft Entra ID P1 or P2. The check is also known to fail when Directory.Read.All is missing.',
    todo: () =>
      `Add a licence to the tenant; if it has one, let ${ADMIN} consent to Directory.Read.All, and sign in again.`,
  },
  {
    code: 'Authentication_RequestFromUnsupportedUserRole',
    message: /not in the allowed roles/i,
    title: 'Role: your account has no directory role that may read the activity logs.',
    meaning: 'The permission is there; the role is missing.',
    todo: () =>
      'Have the role Reports Reader assigned to you (or Security Reader, Security Operator, Security Administrator, Global Reader), and sign in again.',
  },
  {
    code: 'Authentication_ApplicationHasNoDirectoryReadAccess',
    message: /failed to do premium license check/i,
    title: 'Consent: the licence of the tenant could not be checked.',
    meaning: 'Microsoft Graph needs the permission Directory.Read.All for that.',
    todo: () => `Let ${ADMIN} consent to Directory.Read.All, and sign in again.`,
  },
  {
    code: 'Authentication_MSGraphPermissionMissing',
    message: /required Microsoft Graph permission|missing MSGraph API/i,
    title: 'Consent: this sign-in lacks a permission.',
    meaning: 'Nobody has consented to it for this application yet, or the sign-in is older than the consent.',
    todo: (error) => `Let ${ADMIN} consent to ${permissionsIn(error.message)}, and sign in again.`,
  },
  {
    code: 'Authorization_RequestDenied',
    message: /insufficient privileges/i,
    title: 'Consent or role: this sign-in may not read that.',
    meaning: 'Either the permission or a directory role is missing.',
    todo: () => `Let ${ADMIN} consent to AuditLog.Read.All and assign you the role Reports Reader, and sign in again.`,
  },
];

/** Takes Graph's words of a 403 and gives the problem; one that nobody knows is passed on in Graph's own words. */
export function refusalOf(error: GraphErrorText, log: LogName = 'signUps'): Problem {
  const { called } = logNamed(log);
  const known =
    refusals.find((refusal) => refusal.code === error.code) ??
    refusals.find((refusal) => refusal.message.test(error.message));
  return {
    kind: 'refused',
    title: known ? titleFor(known, log) : `Microsoft Graph refused to show the ${called} (HTTP 403).`,
    meaning: known?.meaning ?? error.message,
    todo:
      known?.todo(error) ??
      'Reading it takes the permission AuditLog.Read.All, the role Reports Reader, and for some tenants a P1 licence.',
    code: error.code === '' ? null : error.code,
    requestId: error.requestId,
  };
}

/** A tenant may read one log and not another: then it says which. */
function titleFor({ title, ofOneLog }: Refusal, log: LogName): string {
  return log === 'signUps' || !ofOneLog ? title : ofOneLog(logNamed(log).called);
}

/** The permissions that a message names, such as `AuditLog.Read.All`; that of this log when it names none. */
function permissionsIn(message: string): string {
  const named = new Set(message.match(/\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)+\b/g));
  return named.size === 0 ? 'AuditLog.Read.All' : [...named].join(' and ');
}
