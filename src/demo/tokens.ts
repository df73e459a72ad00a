/**
 * The demo tenant's access, refresh and id tokens: JWTs that any library can decode, signed so that the tenant knows
 * its own. They are good for nothing but this demo.
 */
import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { AccessTokenFault } from './graph-answers.ts';
import type { TenantIdentity } from './identity.ts';
import type { SeededRandom } from './random.ts';

/** How somebody signed in; tokens that were born from a device code can be refused later for that alone. */
type SignInWay = 'deviceCode' | 'browser';

export interface Grant {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly way: SignInWay;
  readonly nonce: string | null;
}

interface TokenSettings {
  readonly identity: TenantIdentity;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly seed: string;
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly accessTokenLifetimeS: number;
}

type Claims = Readonly<Record<string, unknown>>;

export class TokenMint {
  readonly #settings: TokenSettings;
  /** Tokens of an earlier generation are no longer good. */
  #accessGeneration = 0;
  #refreshGeneration = 0;

  constructor(settings: TokenSettings) {
    this.#settings = settings;
  }

  /** The body of a successful answer of the token endpoint. */
  answerFor(grant: Grant, wantsClientInfo: boolean): object {
    const { identity, accessTokenLifetimeS } = this.#settings;
    const { objectId } = identity.administrator;
    const scopes = grant.scopes.filter((scope) => !oidcScopes.has(scope));
    return {
      token_type: 'Bearer',
      scope: [...scopes, ...(grant.scopes.includes('openid') ? ['openid', 'profile'] : [])].join(' '),
      expires_in: accessTokenLifetimeS,
      ext_expires_in: accessTokenLifetimeS,
      access_token: this.accessToken(grant),
      ...(grant.scopes.includes('offline_access') ? { refresh_token: this.#refreshToken(grant) } : {}),
      ...(grant.scopes.includes('openid') ? { id_token: this.#idToken(grant) } : {}),
      ...(wantsClientInfo ? { client_info: base64Url({ uid: objectId, utid: identity.tenantId }) } : {}),
    };
  }

  accessToken(grant: Grant): string {
    const { graphUrl, identity } = this.#settings;
    return this.#signed({
      ...this.#lifetime(),
      aud: graphUrl,
      appid: grant.clientId,
      oid: identity.administrator.objectId,
      upn: identity.administrator.username,
      // Graph's own scopes travel without the address of Graph.
      scp: grant.scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1)).join(' '),
      generation: this.#accessGeneration,
    });
  }

  /** What is wrong with the `Authorization` header; null when it carries a good access token. */
  faultOf(authorization: string | null): AccessTokenFault | null {
    const token = /^Bearer\s+(.*)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '';
    if (token === '') return 'empty';
    const claims = this.#opened(token);
    if (claims === null) return 'malformed';
    if (claims.aud !== this.#settings.graphUrl) return 'audience';
    const endsAtS = typeof claims.exp === 'number' ? claims.exp : 0;
    const isGood = claims.generation === this.#accessGeneration && this.#settings.clock.now() < endsAtS * 1_000;
    return isGood ? null : 'expired';
  }

  /** The scopes of an access token that `faultOf` found good. */
  scopesOf(authorization: string | null): readonly string[] {
    const claims = this.#opened((authorization ?? '').replace(/^Bearer\s+/i, '').trim());
    return typeof claims?.scp === 'string' ? claims.scp.split(' ') : [];
  }

  /** What a refresh token stands for; null when it is not ours or was revoked. */
  grantOf(refreshToken: string): Grant | null {
    const claims = this.#opened(refreshToken);
    if (claims?.use !== 'refresh' || claims.generation !== this.#refreshGeneration) return null;
    const { clientId, scopes, way } = claims;
    if (typeof clientId !== 'string' || typeof scopes !== 'string') return null;
    return { clientId, scopes: scopes.split(' '), way: way === 'browser' ? 'browser' : 'deviceCode', nonce: null };
  }

  expireAccessTokens(): void {
    this.#accessGeneration++;
  }

  revokeRefreshTokens(): void {
    this.#refreshGeneration++;
  }

  #refreshToken({ clientId, scopes, way }: Grant): string {
    const serial = this.#settings.random.guid();
    return this.#signed({
      use: 'refresh',
      clientId,
      scopes: scopes.join(' '),
      way,
      serial,
      generation: this.#refreshGeneration,
    });
  }

  #idToken(grant: Grant): string {
    const { administrator } = this.#settings.identity;
    return this.#signed({
      ...this.#lifetime(),
      aud: grant.clientId,
      oid: administrator.objectId,
      sub: administrator.objectId,
      name: administrator.displayName,
      preferred_username: administrator.username,
      ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
    });
  }

  #lifetime(): Claims {
    const { identity, clock, loginUrl, accessTokenLifetimeS } = this.#settings;
    const nowS = Math.floor(clock.now() / 1_000);
    const { tenantId } = identity;
    return {
      iss: `${loginUrl}/${tenantId}/v2.0`,
      tid: tenantId,
      ver: '2.0',
      iat: nowS,
      nbf: nowS,
      exp: nowS + accessTokenLifetimeS,
    };
  }

  #signed(claims: Claims): string {
    const content = `${base64Url({ typ: 'JWT', alg: 'HS256' })}.${base64Url(claims)}`;
    return `${content}.${this.#signatureOf(content)}`;
  }

  #opened(token: string): Claims | null {
    const end = token.lastIndexOf('.');
    const content = token.slice(0, Math.max(0, end));
    if (token.slice(end + 1) !== this.#signatureOf(content)) return null;
    const claims: unknown = JSON.parse(Buffer.from(content.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? { ...claims } : null;
  }

  #signatureOf(content: string): string {
    return createHmac('sha256', `demo ${this.#settings.seed}`).update(content).digest('base64url');
  }
}

const oidcScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'offline_access', 'email']);

function base64Url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
