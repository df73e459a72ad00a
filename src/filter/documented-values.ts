/**
 * Values of the other logs that Microsoft's pages name, in their spelling. Most of these sets are open: they are offered, and
 * they alone are sent to Graph, because of another word nobody knows how Graph spells it.
 */

/** https://learn.microsoft.com/graph/api/resources/signin, `clientAppUsed` */
export const clientApps: readonly string[] = [
  'Browser',
  'Mobile Apps and Desktop clients',
  'Exchange ActiveSync',
  'Other clients',
];

/** https://learn.microsoft.com/graph/api/resources/signin, `conditionalAccessStatus` */
export const policyStatuses: readonly string[] = ['success', 'failure', 'notApplied'];

/** https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities */
export const auditActivities: readonly string[] = [
  'Add user',
  'Update user',
  'Delete user',
  'Hard Delete user',
  'Restore user',
  'Add member to group',
  'Remove member from group',
  'Add app role assignment grant to user',
  'Consent to application',
];

/** https://learn.microsoft.com/graph/api/resources/directoryaudit, `loggedByService` */
export const auditServices: readonly string[] = ['Core Directory', 'B2C', 'Self-service Password Management'];

/** https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary, `provisioningAction` */
export const provisioningActions: readonly string[] = [
  'create',
  'update',
  'delete',
  'stageddelete',
  'disable',
  'other',
];
