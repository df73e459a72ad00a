/**
 * A sign-in service for the tests, behind `Send`: the endpoints, bodies and refusals of Microsoft's, for one tenant and
 * one account. It throws when anything is sent to another host or to an address that it does not have.
 */
import type { Send } from '../../src/graph/send.ts';

export const loginUrl = 'https://login.example.org';
export const graphUrl = 'https://graph.example.org';
export const tenantId = '11111111-2222-4333-8444-555555555555';
export const clientId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const homeTenantId = '99999999-8888-4777-8666-555555555555';

/** An answer of the service: a status, a JSON body and headers; or no answer, for an `Error`. */
export type Reply =
  | Error
  | { readonly status: number; readonly body: object; readonly headers?: Record<string, string> };

export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly form: URLSearchParams;
}

/** A refusal in the form of Microsoft's: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export function refused(error: string, code: number, text = 'Something was refused.', status = 400): Reply {
  const body = {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: 0 Correlation ID: c0ffee00-0000-4000-8000-000000000000 Timestamp: 2026-11-23 10:00:00Z`,
    error_codes: [code],
    timestamp: '2026-11-23 10:00:00Z',
    trace_id: '00000000-0000-4000-8000-000000000000',
    correlation_id: 'c0ffee00-0000-4000-8000-000000000000',
    error_uri: `https://login.example.org/error?code=${code}`,
  };
  return { status, body };
}

export const pending = refused('authorization_pending', 70016, 'Authorization is pending.');
export const slowDown: Reply = { status: 400, body: { error: 'slow_down' } };

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class SignInService {
  /** What was asked, in order. */
  readonly asked: Exchange[] = [];
  /** What the next requests of each kind are answered with; when empty, they succeed. */
  readonly deviceCodeReplies: Reply[] = [];
  readonly tokenReplies: Reply[] = [];
  /** Seconds; under 300 MSAL takes the token for expired at once. */
  expiresIn = 3600;
  /** Under security defaults a sign-in by device code can succeed without a refresh token. */
  givesRefreshTokens = true;
  /** Who signs in. */
  username = 'reader@contoso.example.org';
  objectId = '12345678-90ab-4cde-8f01-234567890abc';
  /** Waits for this before it answers anything. */
  gate: Promise<void> = Promise.resolve();
  #tokens = 0;

  get polls(): number {
    return this.asked.filter(({ form }) => form.get('grant_type')?.endsWith('device_code')).length;
  }

  get refreshes(): number {
    return this.asked.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;
  }

  readonly send: Send = async (request) => {
    const url = new URL(request.url);
    if (url.origin !== loginUrl) throw new Error(`Nothing may be sent to ${url.origin}.`);
    const form = new URLSearchParams(await request.text());
    this.asked.push({ method: request.method, url, form });
    await this.gate;
    const reply = this.#replyTo(url, form);
    if (reply instanceof Error) throw reply;
    return Response.json(reply.body, { status: reply.status, headers: reply.headers ?? {} });
  };

  #replyTo(url: URL, form: URLSearchParams): Reply {
    if (url.pathname === `/${tenantId}/oauth2/v2.0/devicecode`) return this.deviceCodeReplies.shift() ?? deviceCode;
    if (url.pathname === `/${tenantId}/oauth2/v2.0/token`) return this.tokenReplies.shift() ?? this.tokens(form);
    throw new Error(`The sign-in service has no ${url.pathname}.`);
  }

  /** A guest of the tenant, at home in another one. */
  tokens(form: URLSearchParams): Reply {
    const number = ++this.#tokens;
    const claims = {
      aud: clientId,
      iss: `${loginUrl}/${tenantId}/v2.0`,
      tid: tenantId,
      oid: this.objectId,
      sub: 'subject',
      preferred_username: this.username,
      name: 'A reader',
      ver: '2.0',
    };
    const body = {
      token_type: 'Bearer',
      scope: form.get('scope') ?? '',
      expires_in: this.expiresIn,
      ext_expires_in: this.expiresIn,
      access_token: `access-token-${number}`,
      ...(this.givesRefreshTokens ? { refresh_token: `refresh-token-${number}` } : {}),
      id_token: `${encoded({ typ: 'JWT', alg: 'none' })}.${encoded(claims)}.`,
      client_info: encoded({ uid: `home-${this.objectId}`, utid: homeTenantId }),
    };
    return { status: 200, body };
  }
}

export const deviceCode: Reply = {
  status: 200,
  body: {
    device_code: 'device-code-secret',
    user_code: 'ABCD12345',
    verification_uri: 'https://login.example.org/device',
    expires_in: 900,
    interval: 5,
    message: 'To sign in, use a web browser.',
  },
};
