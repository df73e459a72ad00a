/** Which fields of a resource `$filter` may name, and with which operators, by its documentation. Data. */
import type { FilterLiteral } from './filter-grammar.ts';

export interface FieldRule {
  readonly literal: FilterLiteral['kind'];
  readonly operators: readonly string[];
}

export interface FilterRules {
  readonly fields: ReadonlyMap<string, FieldRule>;
  /** Collections that take `any`, with the fields of their members; the empty name is the member itself. */
  readonly collections: ReadonlyMap<string, ReadonlyMap<string, FieldRule>>;
  /**
   * Whether letter case counts when texts are compared. Only the page about provisioning says that it does; elsewhere
   * it does not here, as in Microsoft's other directory services.
   */
  readonly mindsCase: boolean;
}

const equal: FieldRule = { literal: 'text', operators: ['eq'] };
const equalOrStart: FieldRule = { literal: 'text', operators: ['eq', 'startswith'] };
const equalOrPart: FieldRule = { literal: 'text', operators: ['eq', 'contains'] };
const time: FieldRule = { literal: 'time', operators: ['eq', 'ge', 'le'] };

/** https://learn.microsoft.com/graph/api/resources/selfservicesignup?view=graph-rest-beta, and its list's samples. */
export const signUpRules: FilterRules = {
  fields: new Map([
    ['createdDateTime', time],
    ['id', equal],
    ['correlationId', equal],
    ['appId', equal],
    ['appDisplayName', equalOrStart],
    ['signUpStage', equal],
    ['signUpIdentityProvider', equal],
    ['signUpIdentity/signUpIdentifier', equal],
    ['signUpIdentity/signUpIdentifierType', equal],
    ['status/errorCode', { literal: 'number', operators: ['eq', 'ne'] }],
  ]),
  collections: new Map(),
  mindsCase: false,
};

const signInFields: FilterRules['fields'] = new Map([
  ['createdDateTime', time],
  ['id', equal],
  ['correlationId', equal],
  ['appId', equal],
  ['appDisplayName', equalOrStart],
  ['userId', equal],
  ['userPrincipalName', equalOrStart],
  ['userDisplayName', equalOrStart],
  ['ipAddress', equalOrStart],
  ['status/errorCode', { literal: 'number', operators: ['eq'] }],
  ['conditionalAccessStatus', equal],
  ['clientAppUsed', equal],
  ['location/city', equalOrStart],
  ['location/state', equalOrStart],
  ['location/countryOrRegion', equalOrStart],
  ['deviceDetail/browser', equalOrStart],
  ['deviceDetail/operatingSystem', equalOrStart],
]);

/** https://learn.microsoft.com/graph/api/resources/signin */
export const signInRules: FilterRules = { fields: signInFields, collections: new Map(), mindsCase: false };

/** https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta: which kinds of sign-ins are wanted. */
export const betaSignInRules: FilterRules = {
  ...signInRules,
  collections: new Map([['signInEventTypes', new Map([['', equal]])]]),
};

/** https://learn.microsoft.com/graph/api/resources/directoryaudit */
export const directoryAuditRules: FilterRules = {
  fields: new Map([
    ['activityDateTime', time],
    ['activityDisplayName', equalOrStart],
    ['correlationId', equal],
    ['id', equal],
    ['loggedByService', equal],
    ['initiatedBy/user/id', equal],
    ['initiatedBy/user/displayName', equal],
    ['initiatedBy/user/userPrincipalName', equalOrStart],
    ['initiatedBy/app/appId', equal],
    ['initiatedBy/app/displayName', equal],
  ]),
  collections: new Map([
    [
      'targetResources',
      new Map([
        ['id', equal],
        ['displayName', equalOrStart],
      ]),
    ],
  ]),
  mindsCase: false,
};

/** https://learn.microsoft.com/graph/api/provisioningobjectsummary-list: `gt` and `lt`, but neither `ge` nor `le`. */
export const provisioningRules: FilterRules = {
  fields: new Map([
    ['activityDateTime', { literal: 'time', operators: ['eq', 'gt', 'lt'] }],
    ['id', equal],
    ['changeId', equalOrPart],
    ['cycleId', equalOrPart],
    ['jobId', equalOrPart],
    ['tenantId', equalOrPart],
    ['provisioningAction', equalOrPart],
    ['servicePrincipal/id', equal],
    ['servicePrincipal/name', equalOrPart],
    ...['sourceIdentity', 'targetIdentity'].flatMap((identity): [string, FieldRule][] => [
      [`${identity}/id`, equalOrPart],
      [`${identity}/displayName`, equalOrPart],
      [`${identity}/identityType`, equalOrPart],
    ]),
    ['sourceSystem/displayName', equalOrPart],
    ['targetSystem/displayName', equalOrPart],
  ]),
  collections: new Map(),
  mindsCase: true,
};

/** https://learn.microsoft.com/graph/api/user-list: of what a user can be found by, what this tenant answers. */
export const userRules: FilterRules = {
  fields: new Map([
    ['id', equal],
    ['mail', equalOrStart],
    ['userPrincipalName', equalOrStart],
    ['displayName', equalOrStart],
  ]),
  collections: new Map([
    [
      'identities',
      new Map([
        ['issuer', equal],
        ['issuerAssignedId', equal],
      ]),
    ],
  ]),
  mindsCase: false,
};
