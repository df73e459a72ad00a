/**
 * The refusals (403) of the activity logs: licence, role and consent look alike and have different remedies. Codes and
 * messages as Microsoft's known issues, its documentation and people's reports have them; a message decides where the
 * code says nothing (`UnknownError`, none).
 */
import { whoConsents } from '../facts/consent.ts';
import type { Problem } from '../facts/problem.ts';
import { logNamed, permissionsText } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import type { GraphErrorText } from './outcome.ts';

interface Refusal {
  readonly code: string;
  readonly message: RegExp;
  readonly title: string;
  /** The title for one of the logs that take a licence, which others may not. */
  readonly ofOneLog?: (called: string) => string;
  readonly meaning: (log: LogName) => string;
  readonly todo: (error: GraphErrorText, log: LogName) => string;
}

const neededLicence =
  'That takes Microsoft Entra ID P1 or P2. The check is also known to fail when Directory.Read.All is missing.';

/** Microsoft ties P1 or P2 to the sign-in reports; of the sign-up log it says no such thing, and the free plan keeps it for 7 days. */
const doubtfulLicence =
  'Graph found no Entra ID P1 or P2, which Microsoft does not ask for here. The check is known to fail when Directory.Read.All is missing.';

const refusals: readonly Refusal[] = [
  {
    code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    message: /doesn't have premium license/i,
    title: 'Licence: this tenant may not read its activity logs through Microsoft Graph.',
    ofOneLog: (called) => `Licence: this tenant may not read its ${called} through Microsoft Graph.`,
    meaning: (log) => (log === 'signUps' ? doubtfulLicence : neededLicence),
    todo: (_, log) =>
      log === 'signUps'
        ? `Have ${whoConsents} consent to Directory.Read.All and sign in again. If that changes nothing, check the tenant's licence.`
        : `Add a licence to the tenant. If it has one, have ${whoConsents} consent to Directory.Read.All and sign in again.`,
  },
  {
    code: 'Authentication_RequestFromUnsupportedUserRole',
    message: /not in the allowed roles/i,
    title: 'Role: your account has no directory role that may read the activity logs.',
    meaning: () => 'The permission is there; the role is missing.',
    todo: (_, log) => `Have the role Reports Reader assigned to you (or ${otherRoles(log)}) and sign in again.`,
  },
  {
    code: 'Authentication_ApplicationHasNoDirectoryReadAccess',
    message: /failed to do premium license check/i,
    title: 'Consent: the licence of the tenant could not be checked.',
    meaning: () => 'Microsoft Graph needs the permission Directory.Read.All for that.',
    todo: () => `Have ${whoConsents} consent to Directory.Read.All and sign in again.`,
  },
  {
    code: 'Authentication_MSGraphPermissionMissing',
    message: /required Microsoft Graph permission|missing MSGraph API/i,
    title: 'Consent: this sign-in lacks a permission.',
    meaning: () => 'Nobody has consented to it for this application yet, or you signed in before that.',
    todo: (error, log) =>
      `Have ${whoConsents} consent to ${permissionsIn(error.message)} and sign in again.${secondTry(error.message, log)}`,
  },
  {
    code: 'Authorization_RequestDenied',
    message: /insufficient privileges/i,
    title: 'Consent or role: this sign-in may not read that.',
    meaning: () => 'Either the permission or a directory role is missing.',
    todo: (error, log) =>
      `Have ${whoConsents} consent to AuditLog.Read.All, have the role Reports Reader assigned to you, and sign in again.${secondTry(error.message, log)}`,
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
    meaning: known?.meaning(log) ?? error.message,
    todo:
      known?.todo(error, log) ??
      `Reading it takes ${permissionsText(log)} and the role Reports Reader, and perhaps a P1 or P2 licence.`,
    code: error.code === '' ? null : error.code,
    requestId: error.requestId,
  };
}

/** A tenant may read one log and not another: then it says which. */
function titleFor({ title, ofOneLog }: Refusal, log: LogName): string {
  return log === 'signUps' || !ofOneLog ? title : ofOneLog(logNamed(log).called);
}

/** Roles besides Reports Reader. https://learn.microsoft.com/graph/api/directoryaudit-list names fewer for audits. */
function otherRoles(log: LogName): string {
  return log === 'audits'
    ? 'Security Reader or Security Administrator; Microsoft names no others for this log'
    : 'Security Reader, Security Operator, Security Administrator or Global Reader';
}

/** Microsoft's pages do not agree on whether Directory.Read.All is needed as well. */
function secondTry(message: string, log: LogName): string {
  if (message.includes('Directory.Read.All')) return '';
  return log === 'audits' || log === 'provisioning'
    ? ' Microsoft names Directory.Read.All for this log too.'
    : " If that is not enough, try Directory.Read.All too: some of Microsoft's pages name it.";
}

/** The permissions that a message names, such as `AuditLog.Read.All`; that of this log when it names none. */
function permissionsIn(message: string): string {
  const named = new Set(message.match(/\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)+\b/g));
  return named.size === 0 ? 'AuditLog.Read.All' : [...named].join(' and ');
}
