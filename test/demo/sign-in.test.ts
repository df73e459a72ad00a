/** The demo tenant's sign-in service, as a program without any library meets it. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SignInStep } from '../../src/demo/sign-in-control.ts';
import { createDemoTenant, type DemoTenant, type DemoTenantOptions } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { getFrom, listAddress } from './reading.ts';

const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const scope = 'https://graph.microsoft.com/AuditLog.Read.All openid profile offline_access';
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

type Body = Readonly<Record<string, unknown>>;

let clock: ManualClock;
let tenant: DemoTenant;

beforeEach(() => create());

function create(options: Partial<DemoTenantOptions> = {}): void {
  clock = new ManualClock(Date.parse('2026-03-11T10:42:00Z'));
  tenant = createDemoTenant({ seed: 'sign-in', clock, ...options });
}

async function bodyOf(response: Response): Promise<Body> {
  const body: unknown = await response.json();
  return { status: response.status, ...(typeof body === 'object' ? body : {}) };
}

async function post(endpoint: string, form: Readonly<Record<string, string>>, name = tenant.tenantId): Promise<Body> {
  const address = `${tenant.loginUrl}/${name}/oauth2/v2.0/${endpoint}`;
  return bodyOf(await tenant.send(new Request(address, { method: 'POST', body: new URLSearchParams(form) })));
}

async function askForCode(): Promise<string> {
  return String((await post('devicecode', { client_id: clientId, scope })).device_code);
}

function poll(deviceCode: string): Promise<Body> {
  return post('token', { grant_type: grantType, client_id: clientId, device_code: deviceCode, client_info: '1' });
}

async function signIn(): Promise<Body> {
  const deviceCode = await askForCode();
  tenant.signIn.approve();
  return poll(deviceCode);
}

function renew({ refresh_token }: Body): Promise<Body> {
  return post('token', {
    grant_type: 'refresh_token',
    client_id: clientId,
    scope,
    refresh_token: String(refresh_token),
  });
}

function claimsOf(token: unknown): Body {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());
}

describe('the metadata', () => {
  test.each(['tenantId', 'tenantDomain'] as const)('is found by %s', async (name) => {
    const address = `${tenant.loginUrl}/${tenant[name]}/v2.0/.well-known/openid-configuration`;
    const base = `https://login.microsoftonline.com/${tenant[name]}`;
    expect(await bodyOf(await tenant.send(new Request(address)))).toMatchObject({
      status: 200,
      issuer: `https://login.microsoftonline.com/${tenant.tenantId}/v2.0`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    });
  });

  test('of a tenant that does not exist is refused with AADSTS90002', async () => {
    const address = `${tenant.loginUrl}/unknown.example.com/v2.0/.well-known/openid-configuration`;
    expect(await bodyOf(await tenant.send(new Request(address)))).toMatchObject({ status: 400, error_codes: [90002] });
  });

  test('names the hosts of the cloud', async () => {
    const address = `${tenant.loginUrl}/common/discovery/instance?api-version=1.1`;
    expect(await bodyOf(await tenant.send(new Request(address)))).toMatchObject({
      metadata: [{ preferred_network: 'login.microsoftonline.com' }],
    });
  });
});

describe('a device code', () => {
  test('is given out with an address, a code to type in and the time it has', async () => {
    expect(await post('devicecode', { client_id: clientId, scope })).toMatchObject({
      status: 200,
      user_code: expect.stringMatching(/^[A-Z0-9]{9}$/),
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 5,
      message: expect.stringContaining('To sign in, use a web browser to open the page'),
    });
  });

  test('waits for its person, in the words of Microsoft', async () => {
    const body = await poll(await askForCode());
    expect(body).toMatchObject({ status: 400, error: 'authorization_pending', error_codes: [70016] });
    expect(body.error_description).toMatch(
      /^AADSTS70016: .* Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: 2026-03-11 10:42:00Z$/,
    );
  });

  test('gives tokens once it is approved, and only once', async () => {
    const deviceCode = await askForCode();
    expect(tenant.signIn.pending.map((code) => code.deviceCode)).toEqual([deviceCode]);
    tenant.signIn.approve();
    const body = await poll(deviceCode);
    expect(body).toMatchObject({ status: 200, token_type: 'Bearer', expires_in: 3_599 });
    expect(claimsOf(body.id_token)).toMatchObject({
      aud: clientId,
      tid: tenant.tenantId,
      preferred_username: 'admin@contosocustomers.onmicrosoft.com',
      exp: clock.now() / 1_000 + 3_599,
    });
    const { uid, utid } = JSON.parse(Buffer.from(String(body.client_info), 'base64url').toString());
    expect(`${uid}.${utid}`).toBe(tenant.account.homeAccountId);
    expect(await poll(deviceCode)).toMatchObject({ error: 'bad_verification_code', error_codes: [70018] });
  });

  test('is approved by itself after a time that can be set', async () => {
    create({ approveAfterMs: 8_000 });
    const deviceCode = await askForCode();
    await clock.advance(7_999);
    expect((await poll(deviceCode)).error).toBe('authorization_pending');
    await clock.advance(1);
    expect((await poll(deviceCode)).status).toBe(200);
  });

  test('can be declined', async () => {
    const deviceCode = await askForCode();
    tenant.signIn.decline();
    expect((await poll(deviceCode)).error).toBe('authorization_declined');
  });

  test('expires after its time, and when it is made to', async () => {
    const first = await askForCode();
    await clock.advance(900_000);
    expect(await poll(first)).toMatchObject({ error: 'expired_token', error_codes: [70019] });
    const second = await askForCode();
    tenant.signIn.expireCodes();
    expect((await poll(second)).error).toBe('expired_token');
  });

  test('asks for patience when told to', async () => {
    const deviceCode = await askForCode();
    tenant.signIn.slowDown(1);
    expect((await poll(deviceCode)).error).toBe('slow_down');
    expect((await poll(deviceCode)).error).toBe('authorization_pending');
  });
});

describe('a refusal of the sign-in service', () => {
  const cases: readonly (readonly [number, SignInStep, string, () => Promise<Body>])[] = [
    [700016, 'deviceCode', 'unauthorized_client', () => post('devicecode', { client_id: clientId, scope })],
    [7000218, 'deviceCode', 'invalid_client', () => post('devicecode', { client_id: clientId, scope })],
    [530035, 'devicePolling', 'invalid_grant', async () => poll(await askForCode())],
    [53003, 'devicePolling', 'invalid_grant', async () => poll(await askForCode())],
    [65001, 'devicePolling', 'invalid_grant', async () => poll(await askForCode())],
    [530036, 'refresh', 'invalid_grant', () => renew({})],
    [99999, 'refresh', 'invalid_grant', () => renew({})],
  ];
  test.each(cases)('AADSTS%i at %s is %s', async (code, step, error, request) => {
    tenant.signIn.block(step, code);
    const body = await request();
    expect(body).toMatchObject({ error, error_codes: [code] });
    expect(body.error_description).toMatch(new RegExp(`^AADSTS${code}: `));
    tenant.signIn.unblock();
    expect((await request()).error_codes).not.toEqual([code]);
  });

  test('can have any words', async () => {
    tenant.signIn.block('deviceCode', { code: 90055, error: 'busy', text: 'Come back later.', status: 503 });
    expect(await post('devicecode', { client_id: clientId, scope })).toMatchObject({
      status: 503,
      error: 'busy',
      error_description: expect.stringMatching(/^AADSTS90055: Come back later\. /),
    });
  });

  test.each([
    ['devicecode', { scope }, 900144],
    ['token', { grant_type: 'password', client_id: clientId }, 70003],
    ['token', { client_id: clientId }, 900144],
  ])('comes from %s for %o: AADSTS%i', async (endpoint, form, code) => {
    expect(await post(endpoint, { ...form })).toMatchObject({ status: 400, error_codes: [code] });
  });
});

describe('a renewal', () => {
  test('gives a good access token when the old one has ended', async () => {
    const first = await signIn();
    tenant.signIn.expireTokens();
    const statusWith = async ({ access_token }: Body) =>
      (await getFrom(tenant, listAddress(tenant), { authorization: `Bearer ${access_token}` })).status;
    expect(await statusWith(first)).toBe(401);
    const second = await renew(first);
    expect(await statusWith(second)).toBe(200);
    expect((await renew(second)).status).toBe(200);
  });

  test('is refused after the session was revoked, and for another client', async () => {
    const first = await signIn();
    const form = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token), client_id: 'another' };
    expect(await post('token', form)).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
    tenant.signIn.revokeRefreshTokens();
    expect(await renew(first)).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
  });

  test('needs the scope offline_access at the sign-in', async () => {
    const { device_code } = await post('devicecode', { client_id: clientId, scope: 'AuditLog.Read.All' });
    tenant.signIn.approve();
    const body = await poll(String(device_code));
    expect([body.refresh_token, body.id_token]).toEqual([undefined, undefined]);
  });
});

test('a token without the scope for the log is refused by Graph', async () => {
  const { device_code } = await post('devicecode', {
    client_id: clientId,
    scope: 'https://graph.microsoft.com/User.Read',
  });
  tenant.signIn.approve();
  const { access_token } = await poll(String(device_code));
  const response = await getFrom(tenant, listAddress(tenant), { authorization: `Bearer ${access_token}` });
  expect(await bodyOf(response)).toMatchObject({
    status: 403,
    error: { code: 'Authentication_MSGraphPermissionMissing' },
  });
});

describe('the browser sign-in', () => {
  const verifier = 'a-verifier-that-is-long-enough-to-be-one-0123456789';
  const redirectUri = 'http://localhost:50123';
  const authorizeForm = {
    client_id: clientId,
    response_type: 'code',
    scope,
    redirect_uri: redirectUri,
    state: 'the state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };

  function authorize(changes: Readonly<Record<string, string>> = {}): Promise<Response> {
    const query = new URLSearchParams({ ...authorizeForm, ...changes });
    return tenant.send(new Request(`${tenant.loginUrl}/${tenant.tenantId}/oauth2/v2.0/authorize?${query}`));
  }

  async function codeFromRedirect(): Promise<string> {
    const target = new URL((await authorize()).headers.get('location') ?? '');
    expect(target.searchParams.get('state')).toBe('the state');
    return target.searchParams.get('code') ?? '';
  }

  function redeem(code: string, changes: Readonly<Record<string, string>> = {}): Promise<Body> {
    const form = { client_id: clientId, redirect_uri: redirectUri, code_verifier: verifier, code };
    return post('token', { grant_type: 'authorization_code', ...form, ...changes });
  }

  test('redirects back with a code that gives tokens once', async () => {
    const code = await codeFromRedirect();
    expect(await redeem(code)).toMatchObject({ status: 200, token_type: 'Bearer' });
    expect(await redeem(code)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  });

  test('posts a form when that is asked for, with everything escaped', async () => {
    const page = await (await authorize({ response_mode: 'form_post', state: '"><script>' })).text();
    expect(page).toContain(`action="${redirectUri}"`);
    expect(page).toContain('name="state" value="&quot;&gt;&lt;script&gt;"');
  });

  test('proves by PKCE who asked', async () => {
    const code = await codeFromRedirect();
    expect(await redeem(code, { code_verifier: 'another' })).toMatchObject({ error_codes: [501481] });
  });

  test('takes a code only from where it was sent', async () => {
    expect(await redeem(await codeFromRedirect(), { redirect_uri: 'http://localhost:1' })).toMatchObject({
      error_codes: [70000],
    });
  });

  test.each(['https://example.com/', 'http://example.com', 'nonsense'])('sends no code to %s', async (address) => {
    const response = await authorize({ redirect_uri: address });
    expect(response.headers.get('location')).toBe(null);
    expect(await bodyOf(response)).toMatchObject({ status: 400, error_codes: [50011] });
  });

  test('sends a refusal back as well', async () => {
    tenant.signIn.block('authorize', 65004);
    const target = new URL((await authorize()).headers.get('location') ?? '');
    expect(target.searchParams.get('error')).toBe('access_denied');
    expect(target.searchParams.get('error_description')).toMatch(/^AADSTS65004: /);
    expect(target.searchParams.get('state')).toBe('the state');
  });
});
