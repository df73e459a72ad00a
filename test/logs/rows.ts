/** Rows of the other logs, as the samples of Microsoft's pages have them, with whatever a test wants to be different. */

type Row = Readonly<Record<string, unknown>>;

export const personId = '9fb7a577-9469-4489-912d-bc58a5bca276';
export const correlationId = 'f4414243-b0ee-4030-9c0c-d661c716a6b8';

export function signInRow(differences: Row = {}): Row {
  return {
    id: '66ea54eb-6301-4ee5-be62-ff5a759b0100',
    createdDateTime: '2026-11-23T10:42:09Z',
    userDisplayName: 'Ana Example',
    userPrincipalName: 'ana@example.org',
    userId: personId,
    appId: '94559aba-b733-468e-aaec-44cc4e7f0b58',
    appDisplayName: 'Contoso Portal',
    ipAddress: '203.0.113.7',
    clientAppUsed: 'Browser',
    correlationId,
    conditionalAccessStatus: 'notApplied',
    isInteractive: true,
    resourceDisplayName: 'Contoso API',
    status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
    deviceDetail: { deviceId: '', operatingSystem: 'Windows 11', browser: 'Firefox 140.0' },
    location: { city: 'Berlin', state: 'Berlin', countryOrRegion: 'DE' },
    ...differences,
  };
}

export function auditRow(differences: Row = {}): Row {
  return {
    id: 'Directory_1a2b_XYZ_42',
    category: 'UserManagement',
    correlationId,
    result: 'success',
    resultReason: '',
    activityDisplayName: 'Add user',
    activityDateTime: '2026-11-23T10:42:10.287604Z',
    loggedByService: 'Core Directory',
    operationType: 'Add',
    initiatedBy: {
      user: null,
      app: { appId: '94559aba-b733-468e-aaec-44cc4e7f0b58', displayName: 'Contoso Portal' },
    },
    targetResources: [
      { id: personId, displayName: 'Ana Example', type: 'User', userPrincipalName: 'ana@example.org' },
      { id: '11111111-2222-4333-8444-555555555555', displayName: 'Customers', type: 'Group', userPrincipalName: null },
    ],
    additionalDetails: [{ key: 'User-Agent', value: 'Mozilla' }],
    ...differences,
  };
}

export function provisioningRow(differences: Row = {}): Row {
  return {
    id: '75b5b0ec-9fc5-8dd0-e2ca-6a6fc1e0ec01',
    activityDateTime: '2026-11-23T11:02:00Z',
    provisioningAction: 'create',
    provisioningStatusInfo: { status: 'success', errorInformation: null },
    servicePrincipal: { id: '22222222-2222-4333-8444-555555555555', displayName: 'Loyalty' },
    sourceSystem: { id: 's', displayName: 'Microsoft Entra ID', details: {} },
    targetSystem: { id: 't', displayName: 'Loyalty SCIM', details: {} },
    sourceIdentity: { id: personId, displayName: 'Ana Example', identityType: 'User', details: {} },
    targetIdentity: { id: '', displayName: 'ana.example', identityType: 'User', details: {} },
    ...differences,
  };
}
