/** Every log of the demo tenant as a resource of Graph: its address, what can be filtered, its entries and their rows. */
import type { DemoEvent } from './attempt.ts';
import { type FilterSubject, subjectOfRow } from './evaluate-filter.ts';
import { EventSubject } from './event-subject.ts';
import { betaSignInRules, directoryAuditRules, provisioningRules, signInRules, signUpRules } from './filter-rules.ts';
import type { TenantIdentity } from './identity.ts';
import type { ServedLog } from './log-list.ts';
import { auditRow } from './logs/audit-row.ts';
import type { DemoAudit, DemoEntry, DemoProvisioning, DemoSignIn } from './logs/entry.ts';
import type { LogShelf } from './logs/log-shelf.ts';
import { provisioningRow } from './logs/provisioning-row.ts';
import { signInRow } from './logs/sign-in-row.ts';
import { rowOf } from './row.ts';
import type { Timeline } from './timeline.ts';

export function signUpsLog(timeline: Timeline): ServedLog<DemoEvent> {
  const subject = new EventSubject();
  return {
    path: '/beta/auditLogs/signUps',
    rules: signUpRules,
    newestFirst: (fromUs, toUs) => timeline.newestFirst(fromUs, toUs),
    subjectOf: (event) => {
      subject.event = event;
      return subject;
    },
    rowOf,
  };
}

/** v1.0 knows interactive sign-ins only; beta has the others as well for those whose `filter` speaks of kinds. */
export function signInsLog(
  shelf: LogShelf,
  identity: TenantIdentity,
  version: 'v1.0' | 'beta',
  filter: string,
): ServedLog<DemoSignIn> {
  const isBeta = version === 'beta';
  const hasOthers = isBeta && filter.includes('signInEventTypes/any');
  const row = (entry: DemoSignIn) => signInRow(entry, identity, isBeta);
  return {
    path: `/${version}/auditLogs/signIns`,
    rules: isBeta ? betaSignInRules : signInRules,
    *newestFirst(fromUs, toUs) {
      for (const entry of shelf.newestFirst('signIns', fromUs, toUs)) {
        if (hasOthers || entry.isInteractive) yield entry;
      }
    },
    ...rowsOf(row, 'createdDateTime'),
  };
}

export function directoryAuditsLog(shelf: LogShelf, identity: TenantIdentity): ServedLog<DemoAudit> {
  return {
    path: '/v1.0/auditLogs/directoryAudits',
    rules: directoryAuditRules,
    newestFirst: (fromUs, toUs) => shelf.newestFirst('directoryAudits', fromUs, toUs),
    ...rowsOf((entry) => auditRow(entry, identity), 'activityDateTime'),
  };
}

export function provisioningLog(shelf: LogShelf, identity: TenantIdentity): ServedLog<DemoProvisioning> {
  return {
    path: '/v1.0/auditLogs/provisioning',
    rules: provisioningRules,
    newestFirst: (fromUs, toUs) => shelf.newestFirst('provisioning', fromUs, toUs),
    ...rowsOf((entry) => provisioningRow(entry, identity), 'activityDateTime'),
  };
}

/** What is asked for most is read from the entry itself; only other fields take its row. */
function rowsOf<T extends DemoEntry>(
  row: (entry: T) => object,
  timeField: string,
): Pick<ServedLog<T>, 'subjectOf' | 'rowOf'> {
  const subjectOf = (entry: T): FilterSubject => ({
    value: (path) => {
      if (path === timeField) return entry.timeUs;
      if (path === 'id') return entry.id;
      return path === 'correlationId' && entry.log !== 'provisioning'
        ? entry.correlationId
        : subjectOfRow(row(entry)).value(path);
    },
  });
  return { subjectOf, rowOf: row };
}
