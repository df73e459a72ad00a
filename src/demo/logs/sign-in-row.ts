/** A sign-in as Graph's `signIn`: https://learn.microsoft.com/graph/api/resources/signin, v1.0 and beta. */
import type { TenantIdentity } from '../identity.ts';
import { userPrincipalNameOf } from '../users.ts';
import type { DemoSignIn } from './entry.ts';

/** The texts of https://learn.microsoft.com/entra/identity-platform/reference-error-codes, as the log has them. */
const failureReasons: ReadonlyMap<number, string> = new Map([
  [0, 'Other.'],
  [
    50105,
    'Your administrator has configured the application to block users unless they are specifically granted access.',
  ],
  [50126, 'Error validating credentials due to invalid username or password.'],
  [50140, "This occurred due to 'Keep me signed in' interrupt when the user was signing-in."],
  [50173, 'The provided grant has expired due to it being revoked, a fresh auth token is needed.'],
  [53003, 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.'],
]);

const policy = {
  id: 'd0a7c1b5-2c86-4f0e-9f3a-6b1e5d4c3a20',
  displayName: 'Block sign-ins from unexpected countries',
  enforcedGrantControls: ['Block'],
  enforcedSessionControls: [],
};

export function signInRow(entry: DemoSignIn, identity: TenantIdentity, isBeta: boolean): object {
  const { account, application, surroundings, errorCode, isInteractive, conditionalAccess } = entry;
  const { ipAddress, city, state, country, browser, operatingSystem } = surroundings;
  return {
    id: entry.id,
    createdDateTime: new Date(entry.timeUs / 1_000).toISOString().replace('.000Z', 'Z'),
    userDisplayName: account.displayName,
    userPrincipalName: userPrincipalNameOf(account, identity),
    userId: account.userId,
    appId: application.appId,
    appDisplayName: application.displayName,
    ipAddress,
    clientAppUsed: 'Browser',
    correlationId: entry.correlationId,
    conditionalAccessStatus: conditionalAccess,
    isInteractive,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: 'Microsoft Graph',
    resourceId: '00000003-0000-0000-c000-000000000000',
    status: {
      errorCode,
      failureReason: failureReasons.get(errorCode) ?? null,
      additionalDetails: null,
    },
    deviceDetail: {
      deviceId: '',
      displayName: '',
      operatingSystem,
      browser,
      isCompliant: false,
      isManaged: false,
      trustType: '',
    },
    location: {
      city,
      state,
      countryOrRegion: country,
      geoCoordinates: { altitude: null, latitude: null, longitude: null },
    },
    appliedConditionalAccessPolicies:
      conditionalAccess === 'notApplied' ? [] : [{ ...policy, result: conditionalAccess }],
    ...(isBeta ? betaMembers(entry, identity) : {}),
  };
}

function betaMembers({ isInteractive }: DemoSignIn, { tenantId }: TenantIdentity): object {
  return {
    signInEventTypes: [isInteractive ? 'interactiveUser' : 'nonInteractiveUser'],
    authenticationProtocol: 'oAuth2',
    authenticationRequirement: 'singleFactorAuthentication',
    authenticationDetails: [],
    originalTransferMethod: 'none',
    incomingTokenType: isInteractive ? 'none' : 'primaryRefreshToken',
    crossTenantAccessType: 'none',
    homeTenantId: tenantId,
    userType: 'member',
    appliedEventListeners: [],
  };
}
