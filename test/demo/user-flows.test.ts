/** The user flows of the demo tenant, as a program without any library meets them, and the permission that they take. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { allRows, errorOf, getFrom, pageOf } from './reading.ts';

const path = '/v1.0/identity/authenticationEventsFlows';
const permissions = ['AuditLog.Read.All', 'EventListener.Read.All'];
const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const scopeOf = (...names: readonly string[]) =>
  ['openid', 'offline_access', ...names.map((name) => `https://graph.microsoft.com/${name}`)].join(' ');

let tenant: DemoTenant;

beforeEach(() => {
  const clock = new ManualClock(Date.parse('2026-03-11T10:42:00Z'));
  tenant = createDemoTenant({ seed: 'flows', clock, requestsPer10S: null });
});

function get(address: string, token = tenant.accessToken(permissions)): Promise<Response> {
  return getFrom(tenant, `${tenant.graphUrl}${address}`, { authorization: `Bearer ${token}` });
}

async function post(endpoint: string, form: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const address = `${tenant.loginUrl}/${tenant.tenantId}/oauth2/v2.0/${endpoint}`;
  const body = new URLSearchParams({ client_id: clientId, ...form });
  const json: unknown = await (await tenant.send(new Request(address, { method: 'POST', body }))).json();
  return typeof json === 'object' ? { ...json } : {};
}

async function signIn(scope: string): Promise<Record<string, unknown>> {
  const { device_code } = await post('devicecode', { scope });
  tenant.signIn.approve();
  return post('token', { grant_type: 'device_code', device_code: String(device_code) });
}

const renew = ({ refresh_token }: Record<string, unknown>, scope: string) =>
  post('token', { grant_type: 'refresh_token', refresh_token: String(refresh_token), scope });

describe('the list', () => {
  test("has the members of Microsoft's samples, and leaves out the applications of one flow", async () => {
    const response = await get(path);
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    expect(body).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#identity/authenticationEventsFlows',
      value: [
        {
          '@odata.type': '#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow',
          displayName: 'Shop sign-up',
          conditions: {
            applications: { includeAllApplications: false, includeApplications: [{ appId: expect.any(String) }] },
          },
          onInteractiveAuthFlowStart: { isSignUpAllowed: true },
        },
        { displayName: 'Loyalty sign-up', conditions: { applications: { includeApplications: [] } } },
        { displayName: 'Partner sign-up' },
      ],
    });
  });

  test('is completed by the collection of the flow, which has two applications of the log', async () => {
    const collection = `${path}/2e1d9c63-8b47-4c2f-9fa1-6e5d4c3b2a02/conditions/applications/includeApplications`;
    const { value: listed } = await pageOf(await get(collection));
    const apps = new Set((await allRows(tenant, { top: '1000' })).map(({ appId }) => appId));
    expect(listed).toHaveLength(2);
    expect(listed.filter(({ appId }) => !apps.has(appId))).toEqual([]);
  });

  test('of the applications of a flow that does not exist is none', async () => {
    expect((await get(`${path}/nobody/conditions/applications/includeApplications`)).status).toBe(404);
  });

  test('is refused to a token for the log, and the log to a token for the list', async () => {
    expect(await errorOf(await get(path, tenant.accessToken()))).toEqual({
      status: 403,
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
    const only = tenant.accessToken(['EventListener.Read.All']);
    expect(await errorOf(await get('/beta/auditLogs/signUps', only))).toMatchObject({ status: 403 });
  });
});

describe('the permission', () => {
  const log = scopeOf('AuditLog.Read.All');
  const listeners = scopeOf('EventListener.Read.All');

  test('is missing at first, also for a renewal', async () => {
    const tokens = await signIn(log);
    expect(await renew(tokens, listeners)).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    });
    expect(await renew(tokens, log)).toHaveProperty('access_token');
  });

  test('is granted by a sign-in that asks for it, once and for all', async () => {
    const before = await signIn(log);
    const { access_token } = await signIn(scopeOf(...permissions));
    expect((await get(path, String(access_token))).status).toBe(200);
    const { access_token: renewed } = await renew(before, listeners);
    expect((await get(path, String(renewed))).status).toBe(200);
  });

  test('is not granted where the person may not, who can still sign in for the log', async () => {
    tenant.signIn.refuseConsent(90094);
    expect(await signIn(scopeOf(...permissions))).toMatchObject({ error_codes: [90094] });
    const tokens = await signIn(log);
    expect(await renew(tokens, listeners)).toMatchObject({ error_codes: [65001] });
    tenant.signIn.unblock();
    expect(await signIn(scopeOf(...permissions))).toHaveProperty('access_token');
  });

  test('is granted by an administrator, and taken back', async () => {
    const tokens = await signIn(log);
    tenant.signIn.grantConsent('EventListener.Read.All');
    expect(await renew(tokens, listeners)).toHaveProperty('access_token');
    tenant.signIn.revokeConsent('EventListener.Read.All');
    expect(await renew(tokens, listeners)).toMatchObject({ error_codes: [65001] });
  });
});
