/**
 * The activity logs of a tenant: where Graph has each, how its time is asked for, and how its rows are read. Whoever reads,
 * filters or shows a log takes its row of this table, so that there is one of everything for all logs.
 */
import type { LogName } from '../signup/event.ts';
import { type ParsedEvent, parseEvent } from '../signup/parse-event.ts';
import { parseAudit } from './parse-audit.ts';
import { parseProvisioning } from './parse-provisioning.ts';
import { parseSignIn } from './parse-sign-in.ts';

export interface LogDefinition {
  readonly name: LogName;
  /** On a command line. */
  readonly word: string;
  /** For a heading. */
  readonly title: string;
  /** As in "the …". */
  readonly called: string;
  /** As in "the newest …". */
  readonly entries: string;
  /** Below the Graph host. */
  readonly path: string;
  /** Graph's name of the time of an entry. */
  readonly timeField: string;
  /** How Graph compares times: with both ends included, or without them (the provisioning log knows no `ge` and `le`). */
  readonly range: 'inclusive' | 'exclusive';
  /** Clouds that Microsoft documents it for. */
  readonly clouds: 'global' | 'global and US government';
  /** The Graph permissions that Microsoft's page names as the least that reading it takes. */
  readonly permissions: readonly string[];
  readonly parse: (row: unknown) => ParsedEvent;
}

/**
 * Paths, times and operators: https://learn.microsoft.com/graph/api/resources/azure-ad-auditlog-overview. Clouds and permissions:
 * the pages of the `list` calls below it. They are not final: the beta page of the audit log names China too, and practice asks for
 * Directory.Read.All less often than the pages do.
 */
const byName: Readonly<Record<LogName, LogDefinition>> = {
  signUps: {
    name: 'signUps',
    word: 'sign-ups',
    title: 'Sign-ups',
    called: 'sign-up log',
    entries: 'sign-up events',
    path: '/beta/auditLogs/signUps',
    timeField: 'createdDateTime',
    range: 'inclusive',
    clouds: 'global',
    permissions: ['AuditLog.Read.All'],
    parse: parseEvent,
  },
  signIns: {
    name: 'signIns',
    word: 'sign-ins',
    title: 'Sign-ins',
    called: 'sign-in log',
    entries: 'sign-ins',
    path: '/v1.0/auditLogs/signIns',
    timeField: 'createdDateTime',
    range: 'inclusive',
    clouds: 'global and US government',
    permissions: ['AuditLog.Read.All'],
    parse: parseSignIn,
  },
  audits: {
    name: 'audits',
    word: 'audits',
    title: 'Audits',
    called: 'audit log',
    entries: 'audit entries',
    path: '/v1.0/auditLogs/directoryAudits',
    timeField: 'activityDateTime',
    range: 'inclusive',
    clouds: 'global and US government',
    permissions: ['AuditLog.Read.All', 'Directory.Read.All'],
    parse: parseAudit,
  },
  provisioning: {
    name: 'provisioning',
    word: 'provisioning',
    title: 'Provisioning',
    called: 'provisioning log',
    entries: 'provisioning entries',
    path: '/v1.0/auditLogs/provisioning',
    timeField: 'activityDateTime',
    range: 'exclusive',
    clouds: 'global and US government',
    permissions: ['AuditLog.Read.All', 'Directory.Read.All'],
    parse: parseProvisioning,
  },
};

/** All logs; the main one first. */
export const logs: readonly LogDefinition[] = Object.values(byName);

export const logNames: readonly LogName[] = logs.map(({ name }) => name);

/** The logs as they are called on a command line. */
export const logWords: readonly string[] = logs.map(({ word }) => word);

export function logNamed(name: LogName): LogDefinition {
  return byName[name];
}

/** "the permission A", "the permissions A and B". */
export function permissionsText(name: LogName): string {
  const { permissions } = byName[name];
  return `the permission${permissions.length === 1 ? '' : 's'} ${permissions.join(' and ')}`;
}
