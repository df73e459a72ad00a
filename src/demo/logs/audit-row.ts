/** A change in the directory as Graph's `directoryAudit`: https://learn.microsoft.com/graph/api/resources/directoryaudit */
import { graphTime } from '../graph-time.ts';
import type { TenantIdentity } from '../identity.ts';
import { userPrincipalNameOf } from '../users.ts';
import type { DemoAudit } from './entry.ts';

/**
 * The service that signs people up. What it is called in the audit log of an external tenant is not published; in that
 * of Azure AD B2C it is this.
 */
const SIGN_UP_SERVICE = 'CPIM Service';

export function auditRow(entry: DemoAudit, identity: TenantIdentity): object {
  const { account, activity } = entry;
  return {
    id: entry.id,
    category: 'UserManagement',
    correlationId: entry.correlationId,
    result: entry.result,
    resultReason: entry.reason,
    activityDisplayName: activity,
    // This log has seven digits.
    activityDateTime: graphTime(entry.timeUs).replace('Z', '0Z'),
    loggedByService: 'Core Directory',
    operationType: activity === 'Add user' ? 'Add' : 'Update',
    initiatedBy: initiatorOf(entry, identity),
    targetResources: [
      {
        id: account?.userId ?? null,
        displayName: account?.displayName ?? null,
        type: 'User',
        userPrincipalName: account ? userPrincipalNameOf(account, identity) : null,
        groupType: null,
        modifiedProperties: entry.changes.map(({ property, newValue }) => ({
          displayName: property,
          oldValue: null,
          newValue: JSON.stringify([newValue]),
        })),
      },
    ],
    additionalDetails: [],
  };
}

function initiatorOf({ by }: DemoAudit, { administrator }: TenantIdentity): object {
  if (by === 'service') {
    const app = { appId: null, displayName: SIGN_UP_SERVICE, servicePrincipalId: null, servicePrincipalName: null };
    return { user: null, app };
  }
  const { objectId, username, displayName } = administrator;
  return { app: null, user: { id: objectId, displayName, userPrincipalName: username, ipAddress: '203.0.113.7' } };
}
