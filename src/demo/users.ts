/**
 * People of the demo tenant as Graph's `user`, and how they prove who they are:
 * https://learn.microsoft.com/graph/api/resources/user, …/objectidentity and …/authenticationmethod
 */
import { type DemoAccount, isLocal } from './accounts.ts';
import { graphTime } from './graph-time.ts';
import type { TenantIdentity } from './identity.ts';
import { SeededRandom } from './random.ts';

const DETAILS_STREAM = 0xde7a11;
/** The ids of the one e-mail and the one password that somebody can have are the same everywhere. */
const EMAIL_METHOD_ID = '3ddfcfc8-9383-446f-83cc-3ab9be4be18f';
const PASSWORD_METHOD_ID = '28c10230-6103-485e-b985-444c60001490';
const MOBILE_METHOD_ID = '3179e48a-750b-4051-897c-87b9720928f7';

/** In lower case, as the sign-in log has it. */
export function userPrincipalNameOf({ userId }: DemoAccount, { domain }: TenantIdentity): string {
  return `${userId}@${domain}`;
}

/** Every member that this tenant knows; what is answered depends on `$select`. */
export function userRow(account: DemoAccount, identity: TenantIdentity): Readonly<Record<string, unknown>> {
  const { userId, displayName, identifier } = account;
  return {
    id: userId,
    displayName,
    givenName: null,
    surname: null,
    jobTitle: null,
    mail: identifier,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    userPrincipalName: userPrincipalNameOf(account, identity),
    businessPhones: [],
    identities: identitiesOf(account, identity),
    createdDateTime: graphTime(account.createdUs).replace(/\.\d+Z$/, 'Z'),
    creationType: isLocal(account) ? 'LocalAccount' : null,
    userType: 'Member',
    accountEnabled: true,
  };
}

/** The members that Graph answers with when nobody chooses: `identities` is not among them. */
export const usualMembers: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

export interface ObjectIdentity {
  readonly signInType: string;
  readonly issuer: string;
  readonly issuerAssignedId: string;
}

/** Somebody with an identity provider is known by the number that it gave them, not by their address. */
export function identitiesOf(account: DemoAccount, identity: TenantIdentity): readonly ObjectIdentity[] {
  const { domain } = identity;
  const own: ObjectIdentity = isLocal(account)
    ? { signInType: 'emailAddress', issuer: domain, issuerAssignedId: account.identifier }
    : {
        signInType: 'federated',
        issuer: `${account.provider.toLowerCase()}.com`,
        issuerAssignedId: new SeededRandom(account.userId, DETAILS_STREAM).text('0123456789', 21),
      };
  const name = {
    signInType: 'userPrincipalName',
    issuer: domain,
    issuerAssignedId: userPrincipalNameOf(account, identity),
  };
  return [own, name];
}

export function authenticationMethodRows(account: DemoAccount): readonly object[] {
  const random = new SeededRandom(account.userId, DETAILS_STREAM + 1);
  const createdDateTime = graphTime(account.createdUs).replace(/\.\d+Z$/, 'Z');
  const password = { id: PASSWORD_METHOD_ID, password: null, createdDateTime };
  const email = { id: EMAIL_METHOD_ID, emailAddress: account.identifier };
  const phoneNumber = `+XX XXXXXXX${random.integer(10, 99)}`;
  const phone = { id: MOBILE_METHOD_ID, phoneNumber, phoneType: 'mobile', smsSignInState: 'notAllowedByPolicy' };
  return [
    ...(account.provider === 'Email Password' ? [method('passwordAuthenticationMethod', password)] : []),
    ...(isLocal(account) ? [method('emailAuthenticationMethod', email)] : []),
    ...(random.chance(0.25) ? [method('phoneAuthenticationMethod', phone)] : []),
  ];
}

function method(type: string, members: object): object {
  return { '@odata.type': `#microsoft.graph.${type}`, ...members };
}
