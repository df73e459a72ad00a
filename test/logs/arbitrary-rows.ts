/** Rows of each log as fast-check makes them up, from pools so small that a filter often names what a row has. */
import fc from 'fast-check';
import {
  auditActivities,
  auditServices,
  clientApps,
  policyStatuses,
  provisioningActions,
} from '../../src/filter/documented-values.ts';
import type { LogName } from '../../src/signup/event.ts';
import { appIds, arbitraryRow, codes, people } from '../signup/arbitrary-row.ts';

export const userIds = ['9fb7a577-9469-4489-912d-bc58a5bca276', '0c0c0c0c-1111-4222-8333-444444444444'];
export const addresses = ['203.0.113.7', '198.51.100.80', '2001:db8::1', '2001:DB8:0::1'];
export const names = ['Ana Example', 'ana example', 'Customers', 'Zoë, née Noël'];

const madeUp = userIds.map((id) => `${id}@contoso.onmicrosoft.com`);
const time = fc
  .tuple(fc.integer({ min: 0, max: 86_399 }), fc.constantFrom(0, 1, 500, 999))
  .map(([second, ms]) => new Date(Date.UTC(2026, 0, 5) + second * 1000 + ms).toISOString());
const text = (...pool: readonly (string | null)[]) => fc.constantFrom(...pool, undefined);

const signIn = fc.record({
  id: fc.uuid(),
  createdDateTime: time,
  correlationId: fc.uuid(),
  userPrincipalName: text(...people.map((person) => person.toLowerCase()), ...madeUp, null, ''),
  userDisplayName: text(...names, 'ana@example.org', null),
  userId: text(...userIds, ''),
  appId: text(...appIds),
  appDisplayName: text('Contoso Portal', null),
  ipAddress: text(...addresses),
  clientAppUsed: text(...clientApps, 'Something new', ''),
  conditionalAccessStatus: text(...policyStatuses, 'unknownFutureValue'),
  resourceDisplayName: text('Microsoft Graph', 'microsoft graph'),
  status: fc.option(
    fc.record({ errorCode: fc.constantFrom(...codes), failureReason: text('Other.', 'Bad password.') }),
  ),
  deviceDetail: fc.option(fc.record({ operatingSystem: text('Linux', ''), browser: text('Firefox 140.0', 'FIREFOX') })),
  location: fc.option(fc.record({ countryOrRegion: text('DE', 'AT', '') })),
});

const target = fc.record({
  id: text(...userIds),
  type: text('User', 'Group'),
  displayName: text(...names),
  userPrincipalName: text(...people, ...madeUp, null),
});

const audit = fc.record({
  id: fc.oneof(fc.uuid(), fc.constant('Directory_1_ABC')),
  activityDateTime: time,
  correlationId: fc.uuid(),
  activityDisplayName: text(...auditActivities, 'Do something new'),
  category: text('UserManagement', 'GroupManagement'),
  loggedByService: text(...auditServices, 'PIM'),
  operationType: text('Add', 'Update'),
  result: text('success', 'failure', 'timeout', 'unknownFutureValue'),
  initiatedBy: fc.option(
    fc.record({
      user: fc.option(fc.record({ userPrincipalName: text(...people), displayName: text(...names) })),
      app: fc.option(fc.record({ appId: text(...appIds), displayName: text('CPIM Service') })),
    }),
  ),
  targetResources: fc.option(fc.array(target, { maxLength: 2 })),
});

const identity = fc.option(fc.record({ id: text(...userIds), displayName: text(...names, ...people) }));

const provisioning = fc.record({
  id: fc.uuid(),
  activityDateTime: time,
  provisioningAction: text(...provisioningActions, 'unknownFutureValue'),
  provisioningStatusInfo: fc.option(fc.record({ status: text('success', 'failure', 'skipped', 'warning') })),
  servicePrincipal: fc.option(fc.record({ id: text(...appIds), name: text('Loyalty') })),
  sourceSystem: fc.option(fc.record({ displayName: text('Microsoft Entra ID') })),
  targetSystem: fc.option(fc.record({ displayName: text('Loyalty SCIM', 'loyalty scim') })),
  sourceIdentity: identity,
  targetIdentity: identity,
});

type Row = Readonly<Record<string, unknown>>;

/** A row of the log that can be read. */
export const arbitraryRowOf: { readonly [log in LogName]: fc.Arbitrary<Row> } = {
  // Whether the sign-up log keeps names as they were typed is not known; the other logs do not.
  signUps: arbitraryRow(people.map((person) => person.toLowerCase())),
  signIns: signIn,
  audits: audit,
  provisioning,
};
