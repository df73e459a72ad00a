/** Microsoft's own libraries against the demo tenant: what they accept, Microsoft's services would have sent. */
import { PublicClientApplication } from '@azure/msal-node';
import { type Context, Client as GraphClient, PageIterator } from '@microsoft/microsoft-graph-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import type { Send } from '../../src/graph/send.ts';
import { signInWithBrowser } from '../support/demo-browser.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { networkOver } from './msal-network.ts';
import { allRows, type GraphRow } from './reading.ts';

const scopes = ['https://graph.microsoft.com/AuditLog.Read.All'];
const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

let tenant: DemoTenant;
let asked: string[];
let send: Send;

beforeEach(() => {
  const clock = new ManualClock(Date.parse('2026-03-11T10:42:00Z'));
  // MSAL waits by the real clock: a poll without a pause keeps the test from waiting with it.
  tenant = createDemoTenant({ seed: 'sdks', clock, requestsPer10S: null, pollIntervalS: 0 });
  asked = [];
  send = (request) => {
    asked.push(new URL(request.url).pathname.split('/').at(-1) ?? '');
    return tenant.send(request);
  };
});

describe('msal-node', () => {
  function application(authority = `${tenant.loginUrl}/${tenant.tenantId}`): PublicClientApplication {
    return new PublicClientApplication({
      auth: { clientId, authority },
      system: { networkClient: networkOver((request) => send(request)) },
    });
  }

  function byDeviceCode(msal: PublicClientApplication, onCode: () => void) {
    return msal.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: onCode });
  }

  test('signs in by device code, after polling for a while', async () => {
    let polls = 0;
    const patient = send;
    send = (request) => {
      if (new URL(request.url).pathname.endsWith('/token') && ++polls === 3) tenant.signIn.approve();
      return patient(request);
    };
    const result = await byDeviceCode(application(), () => {});
    expect(polls).toBe(3);
    expect(result?.account).toMatchObject({ ...tenant.account, name: 'Demo Administrator' });
    expect(result?.scopes).toEqual(expect.arrayContaining(scopes));
  });

  test('signs in by the name of the tenant', async () => {
    const msal = application(`${tenant.loginUrl}/${tenant.tenantDomain}`);
    const result = await byDeviceCode(msal, () => tenant.signIn.approve());
    expect(result?.tenantId).toBe(tenant.tenantId);
  });

  test('renews silently, and is refused when the session was revoked', async () => {
    const msal = application();
    const first = await byDeviceCode(msal, () => tenant.signIn.approve());
    const account = first?.account ?? undefined;
    if (!account) throw new Error('nobody is signed in');
    expect((await msal.acquireTokenSilent({ account, scopes })).fromCache).toBe(true);
    const second = await msal.acquireTokenSilent({ account, scopes, forceRefresh: true });
    expect(second.fromCache).toBe(false);
    expect(second.account?.homeAccountId).toBe(tenant.account.homeAccountId);
    tenant.signIn.revokeRefreshTokens();
    await expect(msal.acquireTokenSilent({ account, scopes, forceRefresh: true })).rejects.toMatchObject({
      errorCode: 'invalid_grant',
      errorMessage: expect.stringContaining('AADSTS50173'),
    });
  });

  test.each([
    ['declined', () => tenant.signIn.decline(), 'authorization_declined'],
    ['too late', () => tenant.signIn.expireCodes(), 'expired_token'],
    ['blocked by security defaults', () => tenant.signIn.block('devicePolling', 530035), 'invalid_grant'],
  ])('is refused when the person is %s', async (_, decide, word) => {
    await expect(byDeviceCode(application(), decide)).rejects.toMatchObject({ errorMessage: word });
  });

  test('signs in with a browser by a form that posts itself', async () => {
    const result = await application().acquireTokenInteractive({
      scopes,
      openBrowser: async (address) => {
        await signInWithBrowser(address, tenant.send);
      },
      successTemplate: 'done',
    });
    expect(result.account).toMatchObject(tenant.account);
  });

  test('is refused in the browser', async () => {
    tenant.signIn.block('authorize', 65004);
    const signingIn = application().acquireTokenInteractive({
      scopes,
      openBrowser: async (address) => {
        await signInWithBrowser(address, tenant.send);
      },
    });
    await expect(signingIn).rejects.toMatchObject({
      errorCode: 'access_denied',
      errorMessage: expect.stringContaining('AADSTS65004'),
    });
  });

  test('finds a sign-in service with an address of its own', async () => {
    const loginUrl = 'https://login.example.org:8443';
    const clock = new ManualClock(Date.parse('2026-03-11T10:42:00Z'));
    tenant = createDemoTenant({ seed: 'sdks', clock, loginUrl, pollIntervalS: 0 });
    const msal = new PublicClientApplication({
      auth: { clientId, authority: `${loginUrl}/${tenant.tenantId}`, knownAuthorities: ['login.example.org:8443'] },
      system: { networkClient: networkOver((request) => send(request)) },
    });
    const result = await byDeviceCode(msal, () => tenant.signIn.approve());
    expect(result?.account).toMatchObject(tenant.account);
    expect(asked).toEqual(['openid-configuration', 'devicecode', 'token']);
  });
});

describe('the Graph client', () => {
  function graph(permissions = ['AuditLog.Read.All']): GraphClient {
    return GraphClient.initWithMiddleware({
      middleware: {
        execute: async (context: Context) => {
          const request = new Request(context.request, context.options);
          request.headers.set('authorization', `Bearer ${tenant.accessToken(permissions)}`);
          context.response = await tenant.send(request);
        },
      },
    });
  }

  test('pages through everything', async () => {
    const filter = 'createdDateTime ge 2026-03-09T00:00:00Z and status/errorCode ne 0';
    const header = ['Prefer', 'include-unknown-enum-members'] as const;
    const client = graph();
    const first = await client
      .api('/auditLogs/signUps')
      .version('beta')
      .filter(filter)
      .top(100)
      .header(...header)
      .get();
    const rows: GraphRow[] = [];
    const pages = new PageIterator(
      client,
      first,
      (row) => {
        rows.push(row);
        return true;
      },
      { headers: { Prefer: 'include-unknown-enum-members' } },
    );
    await pages.iterate();
    expect(rows.length).toBeGreaterThan(300);
    expect(rows).toEqual(await allRows(tenant, { filter, top: '1000' }));
  });

  test('understands an error', async () => {
    tenant.faults.once({ kind: 'forbidden', reason: 'role' });
    await expect(graph().api('/auditLogs/signUps').version('beta').get()).rejects.toMatchObject({
      statusCode: 403,
      code: 'Authentication_RequestFromUnsupportedUserRole',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('reads one row', async () => {
    const row = (await allRows(tenant, { filter: 'status/errorCode eq 1002099' }))[0];
    expect(await graph().api(`/auditLogs/signUps/${row?.id}`).version('beta').get()).toMatchObject({ id: row?.id });
  });

  test('pages through the other logs, and finds a person', async () => {
    const read = (path: string, filter: string) => graph().api(path).filter(filter).top(200);
    const client = graph();
    const first = await read('/auditLogs/signIns', 'createdDateTime ge 2026-03-10T00:00:00Z').get();
    const found: { readonly userId: string }[] = [];
    const pages = new PageIterator(client, first, (row) => {
      found.push(row);
      return true;
    });
    await pages.iterate();
    expect(found.length).toBeGreaterThan(400);
    const dayMs = { fromMs: Date.parse('2026-03-10T00:00:00Z'), toMs: Date.parse('2026-03-11T00:00:00Z') };
    const userId = tenant.truth.attempts(dayMs).find((attempt) => attempt.userId !== null)?.userId ?? '';
    expect(found.map((row) => row.userId)).toContain(userId);
    const audits = await read('/auditLogs/directoryAudits', `targetResources/any(t:t/id eq '${userId}')`).get();
    expect(audits.value.length).toBeGreaterThan(0);
    const provisioning = await read('/auditLogs/provisioning', `sourceIdentity/id eq '${userId}'`).get();
    expect(provisioning.value.length).toBeLessThan(2);
    const user = await graph(['User.Read.All']).api(`/users/${userId}`).select(['id', 'identities']).get();
    expect(user).toMatchObject({ id: userId, identities: [{ issuer: expect.any(String) }, expect.anything()] });
  });
});
