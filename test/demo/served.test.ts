/** The demo tenant over HTTPS on loopback, as a program of its own meets it. */
import { PublicClientApplication } from '@azure/msal-node';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Send } from '../../src/graph/send.ts';
import { type DemoServer, startDemoServer } from '../support/demo-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { networkOver } from './msal-network.ts';
import { allRows, errorOf, getFrom, listAddress, pageOf } from './reading.ts';

const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

let server: DemoServer;
let dispatcher: Agent;

beforeAll(async () => {
  const clock = new ManualClock(Date.parse('2026-03-11T10:42:00Z'));
  server = await startDemoServer({ clock, requestsPer10S: null, pollIntervalS: 0 });
  dispatcher = new Agent({ connect: { ca: server.ca } });
});

afterEach(() => server.tenant.faults.clear());

afterAll(async () => {
  await dispatcher.close();
  await server.close();
});

/** The way over the wire, trusting the server's certificate. */
const overTheWire: Send = async (request) => {
  const body = request.method === 'GET' ? {} : { body: await request.text() };
  const response = await undiciFetch(request.url, {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    redirect: 'manual',
    dispatcher,
    ...body,
  });
  return new Response(response.body, { status: response.status, headers: Object.fromEntries(response.headers) });
};

function wired(): DemoServer['tenant'] {
  return { ...server.tenant, send: overTheWire };
}

describe('over HTTPS', () => {
  test('the rows are those of the handler, through all pages', async () => {
    const options = { filter: 'createdDateTime ge 2026-03-11T04:00:00Z', top: '100' };
    const rows = await allRows(wired(), options);
    expect(rows).toEqual(await allRows(server.tenant, options));
    expect(rows.length).toBeGreaterThan(300);
  });

  test('the certificate is refused by who does not trust it', async () => {
    await expect(fetch(listAddress(server.tenant))).rejects.toThrow('fetch failed');
  });

  test('msal-node signs in and Graph takes the token', async () => {
    const { loginUrl, tenant } = server;
    const msal = new PublicClientApplication({
      auth: { clientId, authority: `${loginUrl}/${tenant.tenantId}`, knownAuthorities: [new URL(loginUrl).host] },
      system: { networkClient: networkOver(overTheWire) },
    });
    const result = await msal.acquireTokenByDeviceCode({
      scopes: [`${server.graphUrl}/AuditLog.Read.All`],
      deviceCodeCallback: () => tenant.signIn.approve(),
    });
    expect(result?.account).toMatchObject(tenant.account);
    const authorization = `Bearer ${result?.accessToken}`;
    const page = await pageOf(await getFrom(wired(), listAddress(tenant, { top: '3' }), { authorization }));
    expect(page.value).toHaveLength(3);
  });

  test('what arrived is written down, with where, when and how it was answered', async () => {
    const before = server.requests().length;
    await getFrom(wired(), listAddress(server.tenant, { top: '0' }));
    expect(server.requests().slice(before)).toEqual([
      expect.objectContaining({
        atMs: Date.parse('2026-03-11T10:42:00Z'),
        to: 'graph',
        method: 'GET',
        url: listAddress(server.tenant, { top: '0' }),
        headers: expect.objectContaining({ prefer: 'include-unknown-enum-members' }),
        status: 400,
      }),
    ]);
  });

  test('an error keeps its headers', async () => {
    server.tenant.faults.once({ kind: 'throttled', retryAfterS: 12 });
    const response = await getFrom(wired(), listAddress(server.tenant));
    expect(response.headers.get('retry-after')).toBe('12');
    expect((await errorOf(response)).status).toBe(429);
  });

  test('a dropped connection is dropped', async () => {
    server.tenant.faults.once({ kind: 'dropped' });
    await expect(getFrom(wired(), listAddress(server.tenant))).rejects.toThrow('fetch failed');
    expect(server.requests().at(-1)?.status).toBe(null);
  });

  test('a body that breaks off does so on the wire', async () => {
    server.tenant.faults.once({ kind: 'droppedBody' });
    const response = await getFrom(wired(), listAddress(server.tenant));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });
});
