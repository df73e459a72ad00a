/** The directory of the demo tenant: who has an account, under which identities, and how they prove it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { errorOf, getFrom, pageOf } from './reading.ts';

const startMs = Date.parse('2026-03-11T10:42:00Z');
const DAY_MS = 86_400_000;

let clock: ManualClock;
let tenant: DemoTenant;

beforeEach(() => {
  clock = new ManualClock(startMs);
  tenant = createDemoTenant({ seed: 'users', clock, requestsPer10S: null });
});

const permissions = ['User.Read.All', 'UserAuthenticationMethod.Read.All'];

function get(path: string, token = tenant.accessToken(permissions)): Promise<Response> {
  return getFrom(tenant, `${tenant.graphUrl}/v1.0/users${path}`, { authorization: `Bearer ${token}` });
}

function findIdentity(issuerAssignedId: string, issuer = tenant.tenantDomain): Promise<Response> {
  const id = issuerAssignedId.replaceAll("'", "''");
  const filter = `identities/any(c:c/issuerAssignedId eq '${id}' and c/issuer eq '${issuer}')`;
  return get(`?$filter=${encodeURIComponent(filter)}&$select=id,identities`);
}

function attempts() {
  return tenant.truth.attempts({ fromMs: startMs - 5 * DAY_MS, toMs: startMs - 3_600_000 });
}

describe('somebody who signed up', () => {
  test('has an account from that moment on, with an identity of the kind that they chose', async () => {
    const created = attempts().filter(({ userId }) => userId !== null);
    const local = created.find(({ provider }) => provider === 'Email OTP');
    const social = created.find(({ provider }) => provider === 'Google');
    const select = '$select=id,displayName,userPrincipalName,mail,identities,createdDateTime,creationType,userType';
    expect(await (await get(`/${local?.userId}?${select}`)).json()).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
      id: local?.userId,
      creationType: 'LocalAccount',
      userType: 'Member',
      identities: [
        { signInType: 'emailAddress', issuer: tenant.tenantDomain, issuerAssignedId: local?.identifier },
        { signInType: 'userPrincipalName' },
      ],
    });
    expect(await (await get(`/${social?.userId}?${select}`)).json()).toMatchObject({
      identities: [
        { signInType: 'federated', issuer: 'google.com', issuerAssignedId: expect.stringMatching(/^\d{21}$/) },
        { signInType: 'userPrincipalName' },
      ],
    });
  });

  test('has none before, and nobody has one who did not', async () => {
    await clock.advance(30 * 60_000);
    const newest = tenant.truth
      .attempts({ fromMs: startMs, toMs: clock.now() })
      .filter(({ userId, stages }) => userId !== null && (stages.at(-1)?.timeMs ?? 0) <= clock.now())
      .at(-1);
    expect((await get(`/${newest?.userId}`)).status).toBe(200);
    const earlier = createDemoTenant({ seed: 'users', clock: new ManualClock(startMs), requestsPer10S: null });
    tenant = earlier;
    expect(await errorOf(await get(`/${newest?.userId}`))).toMatchObject({
      status: 404,
      code: 'Request_ResourceNotFound',
    });
  });

  test('answers with identities only when they are asked for', async () => {
    const userId = attempts().find((attempt) => attempt.userId !== null)?.userId;
    const usual: unknown = await (await get(`/${userId}`)).json();
    expect(usual).toHaveProperty('mail');
    expect(usual).not.toHaveProperty('identities');
    const chosen: unknown = await (await get(`/${userId}?$select=id,accountEnabled`)).json();
    expect(Object.keys(Object(chosen)).sort()).toEqual(['@odata.context', 'accountEnabled', 'id']);
  });

  test('proves who they are in ways that fit how they signed up', async () => {
    const typesOf = async (provider: string) => {
      const userId = attempts().find((attempt) => attempt.userId !== null && attempt.provider === provider)?.userId;
      const { value } = await pageOf(await get(`/${userId}/authentication/methods`));
      return value.map((row) => String(row['@odata.type'])).filter((type) => !type.includes('phone'));
    };
    expect(await typesOf('Email OTP')).toEqual(['#microsoft.graph.emailAuthenticationMethod']);
    expect(await typesOf('Email Password')).toEqual([
      '#microsoft.graph.passwordAuthenticationMethod',
      '#microsoft.graph.emailAuthenticationMethod',
    ]);
    expect(await typesOf('Google')).toEqual([]);
    expect((await get('/nobody/authentication/methods')).status).toBe(404);
  });
});

describe('an address that is taken', () => {
  test('is that of the first account in the story of the duplicate', async () => {
    const cycle = tenant.truth.lastCycle(startMs + DAY_MS / 2);
    await clock.advance(cycle.toMs - startMs);
    const duplicates = tenant.truth.attempts(cycle).filter(({ story }) => story === 'duplicateAccount');
    const [first, ...refused] = duplicates;
    expect(refused.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    const { value } = await pageOf(await findIdentity(refused[0]?.identifier ?? ''));
    expect(value.map(({ id }) => id)).toEqual([first?.userId]);
    const later = first?.entries.filter(({ log, isOfAttempt }) => log === 'signIns' && !isOfAttempt) ?? [];
    const lastRefusedMs = refused.at(-1)?.stages.at(-1)?.timeMs ?? 0;
    expect(later.some(({ timeMs, succeeded }) => succeeded && timeMs > lastRefusedMs)).toBe(true);
  });

  test('is that of an account older than the log for some whom the directory refused', async () => {
    const inTheWay = attempts().filter(
      ({ existingUserId, provider }) => existingUserId !== null && provider.startsWith('Email'),
    );
    expect(inTheWay.length).toBeGreaterThan(2);
    for (const { identifier, existingUserId } of inTheWay) {
      const { value } = await pageOf(await findIdentity(identifier));
      expect(value).toMatchObject([{ id: existingUserId }]);
    }
  });

  test('is found under any issuer, for that counts only with identity providers', async () => {
    const local = attempts().find(({ userId, provider }) => userId !== null && provider === 'Email OTP');
    expect((await pageOf(await findIdentity(local?.identifier ?? '', 'whatever.example'))).value).toHaveLength(1);
    const social = attempts().find(({ userId, provider }) => userId !== null && provider === 'Google');
    const row = Object(await (await get(`/${social?.userId}?$select=identities`)).json());
    const { issuerAssignedId } = row.identities[0];
    expect((await pageOf(await findIdentity(issuerAssignedId, 'google.com'))).value).toHaveLength(1);
    expect((await pageOf(await findIdentity(issuerAssignedId, 'facebook.com'))).value).toEqual([]);
  });

  test('is nobody else', async () => {
    expect((await pageOf(await findIdentity('nobody@example.org'))).value).toEqual([]);
    const refused = await get(`?$filter=${encodeURIComponent("identities/any(c:c/signInType eq 'federated')")}`);
    expect(refused.status).toBe(400);
  });
});

test('the directory and the methods take a permission each', async () => {
  const userId = attempts().find((attempt) => attempt.userId !== null)?.userId;
  const denied = { status: 403, code: 'Authorization_RequestDenied' };
  const only = (scope: string) => tenant.accessToken([scope]);
  expect(await errorOf(await get(`/${userId}`, tenant.accessToken()))).toMatchObject(denied);
  expect(await errorOf(await get('', only('UserAuthenticationMethod.Read.All')))).toMatchObject(denied);
  expect(await errorOf(await get(`/${userId}/authentication/methods`, only('User.Read.All')))).toMatchObject(denied);
  expect((await get(`/${userId}`, only('User.Read.All'))).status).toBe(200);
  const methods = await get(`/${userId}/authentication/methods`, only('UserAuthenticationMethod.Read.All'));
  expect(methods.status).toBe(200);
});
