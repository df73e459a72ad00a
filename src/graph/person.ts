/**
 * Looks people up in the directory, each time because somebody asked: the account that a sign-up made, how its owner proves
 * who they are, and whether an address has an account already. Each takes a permission of its own, asked for only then.
 */
import type { LookUpFailure, MethodsOutcome, PersonOutcome } from '../facts/person.ts';
import { odataText } from '../logs/odata-text.ts';
import { parseMethod, parsePerson } from '../signup/parse-person.ts';
import { type Guarded, guardedProblem } from './permission-problems.ts';
import { getPatiently, type NoRows, type ReadRowsDeps, readRows } from './read-rows.ts';

const USERS = '/v1.0/users';
const SELECT =
  '$select=id,displayName,userPrincipalName,mail,identities,createdDateTime,creationType,userType,accountEnabled';

/** https://learn.microsoft.com/graph/api/user-get#permissions */
const directory: Guarded = {
  deed: 'look people up in the directory',
  failure: 'The account could not be looked up',
  permission: 'User.Read.All',
  role: 'Directory Readers',
  otherRoles: 'or Global Reader',
  otherwise: 'The log is read without it.',
  absent: { title: 'Microsoft Graph has no directory at this address', meaning: '' },
};

/** https://learn.microsoft.com/graph/api/authentication-list-methods#permissions */
const methods: Guarded = {
  deed: 'see how people prove who they are',
  failure: 'The authentication methods could not be read',
  permission: 'UserAuthenticationMethod.Read.All',
  role: 'Authentication Administrator',
  otherRoles: 'or Global Reader',
  otherwise: 'The log is read without it.',
  absent: { title: 'Microsoft Graph has no authentication methods at this address', meaning: '' },
};

/** The account with this object id. */
export async function readPerson(userId: string, deps: ReadRowsDeps): Promise<PersonOutcome> {
  const scopes = [directory.permission];
  const outcome = await getPatiently({ url: `${USERS}/${encodeURIComponent(userId)}?${SELECT}`, scopes }, deps);
  if (outcome.kind === 'notFound') return { kind: 'nobody' };
  if (outcome.kind !== 'ok') return failureOf(outcome, directory);
  const person = parsePerson(outcome.json);
  if (person !== null) return { kind: 'found', person };
  const { requestId } = outcome;
  return failureOf({ kind: 'malformed', reason: 'there is no account in the answer', requestId }, directory);
}

/**
 * The account that has this address as an identity of its own. `issuer`: the default domain of the tenant, or its id where
 * nobody knows that. A filter must name one, and for e-mail addresses its value is ignored: so Microsoft's page on
 * objectIdentity says, which lists the default domain as the value; that any other text does has not been promised for ever.
 * People who sign up with an identity provider are known by a number of its own and cannot be found by their address here.
 * https://learn.microsoft.com/graph/api/resources/objectidentity
 */
export async function findPersonByAddress(address: string, issuer: string, deps: ReadRowsDeps): Promise<PersonOutcome> {
  const condition = `c:c/issuerAssignedId eq ${odataText(address)} and c/issuer eq ${odataText(issuer)}`;
  const url = `${USERS}?$filter=${encodeURIComponent(`identities/any(${condition})`)}&${SELECT}`;
  const outcome = await readRows({ url, scopes: [directory.permission] }, deps);
  if (outcome.kind !== 'rows') return failureOf(outcome, directory);
  const wanted = address.toLowerCase();
  const person = outcome.rows
    .map(parsePerson)
    .find((found) => found?.identities.some(({ assignedId }) => assignedId.toLowerCase() === wanted));
  return person ? { kind: 'found', person } : { kind: 'nobody' };
}

/** How the owner of the account proves who they are. It counts towards the limit of the logs. */
export async function readMethods(userId: string, deps: ReadRowsDeps): Promise<MethodsOutcome> {
  const url = `${USERS}/${encodeURIComponent(userId)}/authentication/methods`;
  const outcome = await readRows({ url, scopes: [methods.permission] }, deps);
  if (outcome.kind === 'notFound') return { kind: 'nobody' };
  if (outcome.kind !== 'rows') return failureOf(outcome, methods);
  return { kind: 'read', methods: outcome.rows.map(parseMethod).filter((method) => method !== null) };
}

function failureOf(outcome: NoRows, guarded: Guarded): LookUpFailure {
  if (outcome.kind === 'cancelled') return outcome;
  const problem = guardedProblem(outcome, guarded);
  return outcome.kind === 'consentNeeded'
    ? { kind: 'consentNeeded', scopes: outcome.scopes, problem }
    : { kind: 'failed', problem };
}
