/** From Graph's JSON to a person and their methods. Tolerant: only an account or a method without an id is given up. */

import { parseGraphTime } from './graph-time.ts';
import { isObject, textOf } from './json-values.ts';
import type { Person, PersonIdentity, PersonMethod } from './person.ts';

/** Takes a `user`; null when it has no id. Never throws, whatever JSON it is given. */
export function parsePerson(raw: unknown): Person | null {
  if (!isObject(raw)) return null;
  const userId = textOf(raw.id);
  if (userId === null) return null;
  return {
    userId,
    displayName: textOf(raw.displayName),
    userPrincipalName: textOf(raw.userPrincipalName),
    mail: textOf(raw.mail),
    identities: identitiesOf(raw.identities),
    createdMs: parseGraphTime(raw.createdDateTime),
    creationType: textOf(raw.creationType),
    userType: textOf(raw.userType),
    isEnabled: typeof raw.accountEnabled === 'boolean' ? raw.accountEnabled : null,
    raw,
  };
}

function identitiesOf(value: unknown): readonly PersonIdentity[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((identity) => ({
    signInType: textOf(identity.signInType) ?? '',
    issuer: textOf(identity.issuer) ?? '',
    assignedId: textOf(identity.issuerAssignedId) ?? '',
  }));
}

/** https://learn.microsoft.com/graph/api/resources/authenticationmethods-overview */
const methodNames: ReadonlyMap<string, string> = new Map([
  ['emailAuthenticationMethod', 'e-mail'],
  ['externalAuthenticationMethod', 'external method'],
  ['fido2AuthenticationMethod', 'passkey (FIDO2)'],
  ['microsoftAuthenticatorAuthenticationMethod', 'Microsoft Authenticator'],
  ['passwordAuthenticationMethod', 'password'],
  ['phoneAuthenticationMethod', 'phone'],
  ['platformCredentialAuthenticationMethod', 'platform credential'],
  ['qrCodePinAuthenticationMethod', 'QR code and PIN'],
  ['softwareOathAuthenticationMethod', 'authenticator app (OATH)'],
  ['temporaryAccessPassAuthenticationMethod', 'temporary access pass'],
  ['windowsHelloForBusinessAuthenticationMethod', 'Windows Hello for Business'],
]);

/** Takes one row of `authentication/methods`; null when it has no id. */
export function parseMethod(raw: unknown): PersonMethod | null {
  if (!isObject(raw)) return null;
  const id = textOf(raw.id);
  if (id === null) return null;
  const type = (textOf(raw['@odata.type']) ?? '').replace(/^#microsoft\.graph\./, '');
  return {
    id,
    type,
    called: methodNames.get(type) ?? (type === '' ? 'unknown method' : type),
    detail: textOf(raw.emailAddress) ?? textOf(raw.phoneNumber) ?? textOf(raw.displayName),
    createdMs: parseGraphTime(raw.createdDateTime),
  };
}
