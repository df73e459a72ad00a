/** What can be made to go wrong at the demo tenant, one sentence for each. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { allRows, errorOf, getFrom, listAddress, pageFrom, pageOf } from './reading.ts';

const startMs = Date.parse('2026-03-11T10:42:00Z');
let clock: ManualClock;
let tenant: DemoTenant;

beforeEach(() => {
  clock = new ManualClock(startMs);
  tenant = createDemoTenant({ seed: 'faults', clock, requestsPer10S: null });
});

function read(): Promise<Response> {
  return getFrom(tenant, listAddress(tenant, { top: '10' }));
}

describe('an error of Graph', () => {
  const unauthorized = { status: 401, code: 'InvalidAuthenticationToken' };
  const cases: readonly (readonly [string, Fault, object])[] = [
    ['throttling', { kind: 'throttled', retryAfterS: 7 }, { status: 429, code: 'UnknownError' }],
    ['an expired token', { kind: 'unauthorized', reason: 'expired' }, unauthorized],
    ['an empty token', { kind: 'unauthorized', reason: 'empty' }, unauthorized],
    [
      'a missing licence',
      { kind: 'forbidden', reason: 'licence' },
      { status: 403, code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant' },
    ],
    [
      'a missing role',
      { kind: 'forbidden', reason: 'role' },
      {
        status: 403,
        code: 'Authentication_RequestFromUnsupportedUserRole',
        message: 'User is not in the allowed roles',
      },
    ],
    [
      'a missing consent',
      { kind: 'forbidden', reason: 'permission' },
      { status: 403, code: 'Authentication_MSGraphPermissionMissing' },
    ],
    [
      'a licence check that failed',
      { kind: 'forbidden', reason: 'directoryRead' },
      { status: 403, code: 'Authentication_ApplicationHasNoDirectoryReadAccess' },
    ],
    [
      'missing privileges',
      { kind: 'forbidden', reason: 'privileges' },
      { status: 403, code: 'Authorization_RequestDenied' },
    ],
    ['a row that is not there', { kind: 'notFound' }, { status: 404 }],
    ['a fault of Graph', { kind: 'serverError', status: 500, body: 'json' }, { status: 500, code: 'generalException' }],
    ['a bad page token', { kind: 'invalidSkipToken' }, { status: 400, code: '', message: 'Invalid Skip Token' }],
    [
      'a filter refused',
      { kind: 'invalidFilter' },
      { status: 400, code: 'BadRequest', message: 'Invalid filter clause' },
    ],
    [
      'a start that is too early',
      { kind: 'startTooOld', minimumMs: startMs },
      { status: 400, message: expect.stringContaining('2026-03-11T10:42:00.000Z') },
    ],
  ];
  test.each(cases)('%s', async (_, fault, error) => {
    tenant.faults.once(fault);
    expect(await errorOf(await read())).toMatchObject(error);
    expect((await read()).status).toBe(200);
  });

  test('names the seconds to wait, or does not', async () => {
    tenant.faults.once({ kind: 'throttled', retryAfterS: 7 });
    tenant.faults.once({ kind: 'throttled', retryAfterS: null });
    tenant.faults.once({ kind: 'serverError', status: 503, body: 'html', retryAfterS: 30 });
    const waits = [await read(), await read(), await read()].map(({ headers }) => headers.get('retry-after'));
    expect(waits).toEqual(['7', null, '30']);
  });

  test('challenges for claims in the way of continuous access evaluation', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1773225720"}}}';
    tenant.faults.once({ kind: 'claimsChallenge', claims });
    const response = await read();
    const header = response.headers.get('www-authenticate') ?? '';
    expect(response.status).toBe(401);
    expect(header).toContain('error="insufficient_claims"');
    expect(Buffer.from(/claims="([^"]*)"/.exec(header)?.[1] ?? '', 'base64').toString()).toBe(claims);
  });
});

describe('an answer that is not from Graph', () => {
  test('is a page of the gateway', async () => {
    tenant.faults.once({ kind: 'serverError', status: 502, body: 'html' });
    const response = await read();
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
  });

  test('is nothing at all with a status', async () => {
    tenant.faults.once({ kind: 'serverError', status: 504, body: 'empty' });
    const response = await read();
    expect([response.status, await response.text()]).toEqual([504, '']);
  });

  test('is a page of a proxy that pretends to be well', async () => {
    tenant.faults.once({ kind: 'notJson' });
    const response = await read();
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('is a redirect', async () => {
    tenant.faults.once({ kind: 'redirect', location: 'https://example.com/' });
    const response = await read();
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://example.com/']);
  });
});

describe('a good answer', () => {
  test('stops in the middle', async () => {
    tenant.faults.once({ kind: 'truncated' });
    const text = await (await read()).text();
    expect(text.startsWith('{"@odata.context"')).toBe(true);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  test('breaks off in the middle', async () => {
    tenant.faults.once({ kind: 'droppedBody' });
    const response = await read();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('fetch failed');
  });

  test('does not come: the connection is dropped', async () => {
    tenant.faults.once({ kind: 'dropped' });
    await expect(read()).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } });
  });

  test('takes its time', async () => {
    tenant.faults.once({ kind: 'slow', delayMs: 40_000 });
    let status: number | null = null;
    const reading = read().then((response) => {
      status = response.status;
    });
    await clock.advance(39_999);
    expect(status).toBe(null);
    await clock.advance(1);
    await reading;
    expect(status).toBe(200);
  });

  test('takes its time, and nobody waits for it', async () => {
    tenant.faults.once({ kind: 'slow', delayMs: 40_000 });
    const patience = new AbortController();
    const headers = { authorization: `Bearer ${tenant.accessToken()}` };
    const reading = tenant.send(new Request(listAddress(tenant), { headers, signal: patience.signal }));
    await settle();
    patience.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('holds rows that the filter excludes', async () => {
    tenant.faults.once({ kind: 'filterIgnored' });
    const address = listAddress(tenant, { filter: 'status/errorCode eq 1002013' });
    const codes = new Set((await pageFrom(tenant, address)).value.map(({ status }) => status.errorCode));
    expect(codes.size).toBeGreaterThan(1);
  });

  test('holds no rows but a next page, where they are', async () => {
    const options = { top: '40', filter: 'createdDateTime ge 2026-03-11T09:42:00Z' };
    const whole = await allRows(tenant, options);
    tenant.faults.once({ kind: 'emptyPage' });
    const page = await pageFrom(tenant, listAddress(tenant, options));
    expect(page.value).toEqual([]);
    expect((await pageFrom(tenant, page['@odata.nextLink'] ?? '')).value).toEqual(whole.slice(0, 40));
    const isSecond = (request: Request) => request.url.includes('$skiptoken');
    tenant.faults.once({ kind: 'emptyPage' }, isSecond);
    expect(await allRows(tenant, options)).toEqual(whole);
  });

  test('leads on to another host', async () => {
    tenant.faults.once({ kind: 'foreignNextLink', origin: 'https://graph.example.com' });
    const page = await pageOf(await read());
    expect(new URL(page['@odata.nextLink'] ?? '').host).toBe('graph.example.com');
  });
});

describe('faults', () => {
  test('happen in the order in which they were asked for, then no more', async () => {
    tenant.faults.once({ kind: 'throttled', retryAfterS: 1 });
    tenant.faults.once({ kind: 'forbidden', reason: 'role' });
    expect(tenant.faults.waiting).toBe(2);
    const statuses = [await read(), await read(), await read()].map(({ status }) => status);
    expect(statuses).toEqual([429, 403, 200]);
    expect(tenant.faults.waiting).toBe(0);
  });

  test('go on until they are told to stop', async () => {
    const stop = tenant.faults.always({ kind: 'serverError', status: 503, body: 'json' });
    expect([(await read()).status, (await read()).status]).toEqual([503, 503]);
    stop();
    expect((await read()).status).toBe(200);
  });

  test('are cleared at once', async () => {
    tenant.faults.always({ kind: 'dropped' });
    tenant.faults.once({ kind: 'dropped' });
    tenant.faults.clear();
    expect((await read()).status).toBe(200);
  });

  test('are for the requests that they are meant for', async () => {
    const refusesStages = (request: Request) =>
      new URL(request.url).searchParams.get('$filter')?.includes('signUpStage');
    tenant.faults.always({ kind: 'invalidFilter' }, (request) => refusesStages(request) === true);
    expect((await read()).status).toBe(200);
    const narrowed = await getFrom(tenant, listAddress(tenant, { filter: "signUpStage eq 'consent'" }));
    expect(narrowed.status).toBe(400);
  });

  test('leave the sign-in service alone unless they are meant for it', async () => {
    const metadata = `${tenant.loginUrl}/${tenant.tenantId}/v2.0/.well-known/openid-configuration`;
    tenant.faults.always({ kind: 'dropped' });
    expect((await tenant.send(new Request(metadata))).status).toBe(200);
    tenant.faults.once({ kind: 'dropped' }, (request) => request.url.startsWith(tenant.loginUrl));
    await expect(tenant.send(new Request(metadata))).rejects.toThrow('fetch failed');
  });
});
