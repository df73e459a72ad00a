/**
 * Which sign-in service is asked, for which tenant and which application, and the addresses that follow from it. Pure.
 * It must never lead to another host: the addresses are worked out here, so that MSAL has nothing to discover.
 */
import type { Problem } from '../facts/problem.ts';

export interface SignInTarget {
  /** Origin of the sign-in service, e.g. `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  /** The tenant's GUID, or one of its domains. */
  readonly tenant: string;
  readonly clientId: string;
}

export interface Authority {
  /** `<loginUrl>/<tenant>`: tenant-specific, so that a guest is not signed in to the home tenant. */
  readonly url: string;
  /** Host of the sign-in service, with its port where it has one. */
  readonly host: string;
  /** Scheme, host and port: the only place that signing in may talk to. */
  readonly origin: string;
  /** The OpenID configuration as JSON text, in MSAL's `authorityMetadata` form. */
  readonly metadata: string;
}

export type AuthorityOutcome =
  | { readonly ok: true; readonly authority: Authority }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The addresses of the target, or why there are none: `ciamlogin.com` is where customers sign in, not admins.
 * Paths: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
 */
export function authorityOf({ loginUrl, tenant }: SignInTarget): AuthorityOutcome {
  if (!URL.canParse(loginUrl)) return { ok: false, problem: unreadableAddress(loginUrl) };
  const { origin, host, hostname } = new URL(loginUrl);
  if (isCustomersSignIn(hostname) || isCustomersSignIn(tenant)) {
    return { ok: false, problem: customersSignIn(isCustomersSignIn(tenant) ? tenant : hostname) };
  }
  const url = `${origin}/${encodeURIComponent(tenant)}`;
  const metadata = {
    issuer: `${url}/v2.0`,
    authorization_endpoint: `${url}/oauth2/v2.0/authorize`,
    token_endpoint: `${url}/oauth2/v2.0/token`,
    jwks_uri: `${url}/discovery/v2.0/keys`,
    end_session_endpoint: `${url}/oauth2/v2.0/logout`,
  };
  return { ok: true, authority: { url, host, origin, metadata: JSON.stringify(metadata) } };
}

function isCustomersSignIn(name: string): boolean {
  return /(^|\.)ciamlogin\.com$/i.test(name);
}

function customersSignIn(name: string): Problem {
  const label = name.split('.')[0] ?? '';
  const tenant = label === '' || label === 'ciamlogin' ? '<name>.onmicrosoft.com' : `${label}.onmicrosoft.com`;
  return {
    kind: 'usage',
    title: `${name} is where the customers of an external tenant sign in.`,
    meaning: 'The log is read by an administrator, who signs in at the sign-in service of the cloud itself.',
    todo: `Use --tenant ${tenant} (or the tenant's ID) and leave --login-url away.`,
    code: null,
    requestId: null,
  };
}

function unreadableAddress(loginUrl: string): Problem {
  return {
    kind: 'usage',
    title: `${loginUrl} is not the address of a sign-in service.`,
    meaning: '',
    todo: 'Give --login-url as https://host, e.g. https://login.microsoftonline.com.',
    code: null,
    requestId: null,
  };
}
