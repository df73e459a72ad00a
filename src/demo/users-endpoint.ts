/**
 * `GET /v1.0/users/{id}`, `GET /v1.0/users?$filter=…` and `…/{id}/authentication/methods`:
 * https://learn.microsoft.com/graph/api/user-get, …/user-list and …/authentication-list-methods
 */
import { type DemoAccount, isLocal } from './accounts.ts';
import type { Directory } from './directory.ts';
import { compileFilter, subjectOfRow } from './evaluate-filter.ts';
import { userRules } from './filter-rules.ts';
import type { GraphAnswers, GraphError } from './graph-answers.ts';
import type { TenantIdentity } from './identity.ts';
import { authenticationMethodRows, identitiesOf, userRow, usualMembers } from './users.ts';

export interface UsersDemand {
  readonly request: Request;
  readonly answers: GraphAnswers;
  readonly directory: Directory;
  readonly identity: TenantIdentity;
  readonly nowMs: number;
  /** Base of the addresses in the answer, without a slash at the end. */
  readonly graphUrl: string;
}

const USUAL_PAGE = 100;

export function listUsers({ request, answers, directory, identity, nowMs, graphUrl }: UsersDemand): Response {
  const params = new URL(request.url).searchParams;
  const filterText = params.get('$filter');
  const filter = filterText === null ? null : compileFilter(filterText, userRules);
  if (filter && !filter.ok) return answers.error(unsupportedQuery);
  const top = Number(params.get('$top') ?? USUAL_PAGE);
  const value: object[] = [];
  for (const account of oneForEachIdentity(directory.all(nowMs))) {
    if (value.length >= top) break;
    const fits = filter === null || filter.matches(subjectOfRow(filterable(account, identity, filterText ?? '')));
    if (fits) value.push(selected(account, identity, params));
  }
  return answers.json(JSON.stringify({ '@odata.context': `${graphUrl}/v1.0/$metadata#users`, value }));
}

export function getUser(demand: UsersDemand, userId: string): Response {
  const { request, answers, directory, identity, nowMs, graphUrl } = demand;
  const account = directory.find(userId, nowMs);
  if (!account) return answers.error(noSuchUser(userId));
  const row = selected(account, identity, new URL(request.url).searchParams);
  return answers.json(JSON.stringify({ '@odata.context': `${graphUrl}/v1.0/$metadata#users/$entity`, ...row }));
}

export function listAuthenticationMethods(demand: UsersDemand, userId: string): Response {
  const { answers, directory, nowMs, graphUrl } = demand;
  const account = directory.find(userId, nowMs);
  if (!account) return answers.error(noSuchUser(userId));
  const context = `${graphUrl}/v1.0/$metadata#users('${account.userId}')/authentication/methods`;
  return answers.json(JSON.stringify({ '@odata.context': context, value: authenticationMethodRows(account) }));
}

/** A directory has an identity only once, whatever made-up people may have in common: the first to come has it. */
function* oneForEachIdentity(accounts: Iterable<DemoAccount>): Generator<DemoAccount> {
  const taken = new Set<string>();
  for (const account of accounts) {
    const identity = `${isLocal(account) ? 'local' : account.provider} ${account.identifier.toLowerCase()}`;
    if (!taken.has(identity)) yield account;
    taken.add(identity);
  }
}

/**
 * The row as a filter sees it. The issuer of an e-mail identity does not count: whichever a filter names is right.
 * https://learn.microsoft.com/graph/api/resources/objectidentity
 */
function filterable(account: DemoAccount, identity: TenantIdentity, filterText: string): object {
  const identities = identitiesOf(account, identity);
  const named = [...filterText.matchAll(/issuer eq '([^']*)'/g)].map(([, issuer = '']) => issuer);
  const underAnyIssuer = identities
    .filter(({ signInType }) => signInType === 'emailAddress')
    .flatMap((own) => named.map((issuer) => ({ ...own, issuer })));
  // A user principal name cannot be found in this way.
  const findable = identities.filter(({ signInType }) => signInType !== 'userPrincipalName');
  return { ...userRow(account, identity), identities: [...findable, ...underAnyIssuer] };
}

function selected(account: DemoAccount, identity: TenantIdentity, params: URLSearchParams): object {
  const chosen = params.get('$select')?.split(',') ?? usualMembers;
  const names = new Set(chosen.map((name) => name.trim()));
  return Object.fromEntries(Object.entries(userRow(account, identity)).filter(([name]) => names.has(name)));
}

const unsupportedQuery: GraphError = {
  status: 400,
  code: 'Request_UnsupportedQuery',
  message: 'Unsupported or invalid query filter clause specified.',
};

function noSuchUser(userId: string): GraphError {
  return {
    status: 404,
    code: 'Request_ResourceNotFound',
    message: `Resource '${userId}' does not exist or one of its queried reference-property objects are not present.`,
  };
}
