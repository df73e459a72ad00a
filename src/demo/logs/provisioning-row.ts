/** A step of provisioning as Graph's `provisioningObjectSummary`: https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary */
import type { TenantIdentity } from '../identity.ts';
import { userPrincipalNameOf } from '../users.ts';
import type { DemoProvisioning } from './entry.ts';

const JOB_ID = 'scim.5f2e1d0c9b8a47f6a5e4d3c2b1a09f8e.4c3b2a19-0f8e-4d7c-b6a5-948372615f0e';
const servicePrincipal = { id: '8c2f4b1e-6d3a-4e5f-a7b8-9c0d1e2f3a4b', name: 'Contoso CRM' };

export function provisioningRow(entry: DemoProvisioning, identity: TenantIdentity): object {
  const { account, status } = entry;
  const details = { userPrincipalName: userPrincipalNameOf(account, identity), mail: account.identifier };
  return {
    id: entry.id,
    activityDateTime: new Date(entry.timeUs / 1_000).toISOString().replace('.000Z', 'Z'),
    tenantId: identity.tenantId,
    jobId: JOB_ID,
    cycleId: entry.cycleId,
    changeId: entry.correlationId,
    provisioningAction: status === 'skipped' ? 'other' : 'create',
    durationInMilliseconds: entry.tookMs,
    servicePrincipal,
    sourceSystem: { id: '2f1e0d9c-8b7a-4695-8473-625140312f1e', displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: { id: '3a2b1c0d-9e8f-4a7b-b6c5-d4e3f2a1b0c9', displayName: 'Contoso CRM', details: {} },
    initiatedBy: { id: '', displayName: 'Microsoft Entra Provisioning Service', initiatorType: 'system' },
    sourceIdentity: { id: account.userId, displayName: account.displayName, identityType: 'User', details },
    targetIdentity: {
      id: status === 'success' ? account.userId.slice(0, 8) : '',
      displayName: status === 'success' ? account.identifier : '',
      identityType: 'User',
      details: {},
    },
    provisioningStatusInfo: {
      status,
      errorInformation: status === 'failure' ? conflict(account.identifier) : null,
    },
    provisioningSteps: [],
    modifiedProperties: [],
  };
}

function conflict(identifier: string): object {
  return {
    errorCode: 'DuplicateTargetEntries',
    reason: `More than one object in Contoso CRM has the value ${identifier} in the matching attribute.`,
    additionalDetails: null,
    errorCategory: 'failure',
    recommendedAction: 'Remove the duplicate in the target system, then provision the user on demand.',
  };
}
