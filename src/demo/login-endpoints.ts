/**
 * The sign-in service: metadata, device codes, tokens, and the page of the browser sign-in, which here accepts at
 * once. Protocol: v2-oauth2-device-code and v2-oauth2-auth-code-flow of Microsoft's identity platform.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { authorizeAnswer } from './authorize-answer.ts';
import type { Consents } from './consents.ts';
import type { DeviceCodes } from './device-codes.ts';
import type { TenantIdentity } from './identity.ts';
import type { SeededRandom } from './random.ts';
import type { SignInControl } from './sign-in-control.ts';
import { type SignInError, signInErrorParams, signInErrorResponse } from './sign-in-errors.ts';
import type { Grant, TokenMint } from './tokens.ts';

interface LoginSettings {
  readonly identity: TenantIdentity;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly codes: DeviceCodes;
  readonly mint: TokenMint;
  readonly control: SignInControl;
  readonly consents: Consents;
  readonly loginUrl: string;
  readonly verificationUri: string;
  readonly pollIntervalS: number;
}

interface AuthorizationCode {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string | null;
}

const ANY_TENANT: readonly string[] = ['common', 'organizations'];
/** RFC 8628's name, and the short one that MSAL sends and Microsoft takes as well. */
const deviceCodeGrants: readonly string[] = ['urn:ietf:params:oauth:grant-type:device_code', 'device_code'];

export class LoginEndpoints {
  readonly #settings: LoginSettings;
  readonly #authorizationCodes = new Map<string, AuthorizationCode>();

  constructor(settings: LoginSettings) {
    this.#settings = settings;
  }

  async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const [tenant = '', ...rest] = url.pathname.split('/').filter((segment) => segment !== '');
    const endpoint = rest.join('/').toLowerCase();
    if (endpoint === 'discovery/instance') return this.#instanceDiscovery();
    if (!this.#isKnownTenant(tenant)) return this.#refuse(request, { code: 90002, text: tenantNotFound(tenant) });
    if (endpoint === 'v2.0/.well-known/openid-configuration') return this.#metadata(tenant);
    if (endpoint === 'discovery/v2.0/keys') return json({ keys: [] });
    if (endpoint === 'oauth2/v2.0/authorize') return this.#authorize(request, url.searchParams);
    const form = new URLSearchParams(await request.text());
    if (endpoint === 'oauth2/v2.0/devicecode') return this.#deviceCode(request, form);
    if (endpoint === 'oauth2/v2.0/token') return this.#token(request, form);
    return new Response('', { status: 404 });
  }

  #instanceDiscovery(): Response {
    const { loginUrl, identity } = this.#settings;
    const { host } = new URL(loginUrl);
    return json({
      tenant_discovery_endpoint: `${loginUrl}/${identity.tenantId}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  }

  #metadata(tenant: string): Response {
    const { loginUrl, identity } = this.#settings;
    const base = `${loginUrl}/${tenant}`;
    return json({
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      issuer: `${loginUrl}/${identity.tenantId}/v2.0`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      id_token_signing_alg_values_supported: ['HS256'],
      subject_types_supported: ['pairwise'],
      tenant_region_scope: 'EU',
    });
  }

  #deviceCode(request: Request, form: URLSearchParams): Response {
    const { control, codes, verificationUri, pollIntervalS } = this.#settings;
    const refusal = control.refusalOf('deviceCode') ?? missing(form, ['client_id', 'scope']);
    if (refusal) return this.#refuse(request, refusal);
    const code = codes.create(form.get('client_id') ?? '', scopesOf(form));
    return json({
      user_code: code.userCode,
      device_code: code.deviceCode,
      verification_uri: verificationUri,
      expires_in: Math.round((code.expiresAtMs - code.createdAtMs) / 1_000),
      interval: pollIntervalS,
      message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${code.userCode} to authenticate.`,
    });
  }

  #token(request: Request, form: URLSearchParams): Response {
    const refusal = missing(form, ['client_id', 'grant_type']);
    if (refusal) return this.#refuse(request, refusal);
    const { mint } = this.#settings;
    const outcome = this.#grantFor(form);
    if ('code' in outcome) return this.#refuse(request, outcome);
    return json(mint.answerFor(outcome, form.get('client_info') === '1'));
  }

  #grantFor(form: URLSearchParams): Grant | SignInError {
    const grantType = form.get('grant_type') ?? '';
    if (deviceCodeGrants.includes(grantType)) return this.#grantForDeviceCode(form.get('device_code') ?? '');
    if (grantType === 'refresh_token') return this.#grantForRefresh(form);
    if (grantType === 'authorization_code') return this.#grantForAuthorizationCode(form);
    return { code: 70003 };
  }

  #grantForDeviceCode(deviceCode: string): Grant | SignInError {
    const { codes, control, consents } = this.#settings;
    const code = codes.get(deviceCode);
    if (!code) return { code: 70018 };
    const refusal = control.refusalOf('devicePolling');
    if (refusal) return refusal;
    const state = codes.stateOf(deviceCode);
    if (state === 'declined') return { code: 70020 };
    if (state === 'expired') return { code: 70019 };
    if (state !== 'approved') return { code: 70016 };
    codes.redeem(deviceCode);
    const notAccepted = consents.ask(code.scopes);
    if (notAccepted) return notAccepted;
    return { clientId: code.clientId, scopes: code.scopes, way: 'deviceCode', nonce: null };
  }

  #grantForRefresh(form: URLSearchParams): Grant | SignInError {
    const { mint, control, consents } = this.#settings;
    const refusal = control.refusalOf('refresh');
    if (refusal) return refusal;
    const grant = mint.grantOf(form.get('refresh_token') ?? '');
    if (!grant || grant.clientId !== form.get('client_id')) return { code: 50173 };
    if (!form.has('scope')) return grant;
    return consents.refusalOf(scopesOf(form)) ?? { ...grant, scopes: scopesOf(form) };
  }

  #grantForAuthorizationCode(form: URLSearchParams): Grant | SignInError {
    const refusal = this.#settings.control.refusalOf('authorizationCode');
    if (refusal) return refusal;
    const text = form.get('code') ?? '';
    const code = this.#authorizationCodes.get(text);
    if (!code) return { code: 54005 };
    this.#authorizationCodes.delete(text);
    if (code.redirectUri !== form.get('redirect_uri') || code.grant.clientId !== form.get('client_id')) {
      return { code: 70000 };
    }
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code.challenge !== null && code.challenge !== challenge) return { code: 501481 };
    return code.grant;
  }

  #authorize(request: Request, params: URLSearchParams): Response {
    const { control, consents, clock, random } = this.#settings;
    const redirectUri = params.get('redirect_uri') ?? '';
    if (!isLoopback(redirectUri)) return this.#refuse(request, { code: 50011 });
    const refusal =
      control.refusalOf('authorize') ??
      missing(params, ['client_id', 'response_type', 'scope']) ??
      consents.ask(scopesOf(params));
    const state = params.get('state');
    const echoed: Record<string, string> = state === null ? {} : { state };
    if (refusal) {
      return authorizeAnswer(params, redirectUri, { ...signInErrorParams(request, refusal, clock, random), ...echoed });
    }
    const code = `1.${random.guid().replaceAll('-', '')}${random.guid().replaceAll('-', '')}`;
    const grant: Grant = {
      clientId: params.get('client_id') ?? '',
      scopes: scopesOf(params),
      way: 'browser',
      nonce: params.get('nonce'),
    };
    this.#authorizationCodes.set(code, { grant, redirectUri, challenge: params.get('code_challenge') });
    return authorizeAnswer(params, redirectUri, { code, ...echoed, session_state: random.guid() });
  }

  #isKnownTenant(tenant: string): boolean {
    const { identity } = this.#settings;
    return [identity.tenantId, identity.domain, ...ANY_TENANT].includes(tenant.toLowerCase());
  }

  #refuse(request: Request, error: SignInError): Response {
    return signInErrorResponse(request, error, this.#settings.clock, this.#settings.random);
  }
}

function missing(form: URLSearchParams, names: readonly string[]): SignInError | null {
  const name = names.find((candidate) => !form.get(candidate));
  if (name === undefined) return null;
  return { code: 900144, text: `The request body must contain the following parameter: '${name}'.` };
}

function scopesOf(form: URLSearchParams): readonly string[] {
  return (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

/** As for a public client with the platform "Mobile and desktop": loopback, any port. */
function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
}

function tenantNotFound(tenant: string): string {
  return `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
}

function json(body: object): Response {
  return new Response(JSON.stringify(body), {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' },
  });
}
