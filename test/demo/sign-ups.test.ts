/** The sign-up log as the demo tenant's Graph serves it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createDemoTenant, type DemoTenant, type DemoTenantOptions } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { allRows, errorOf, getFrom, listAddress, pageFrom, pageOf } from './reading.ts';

const startMs = Date.parse('2026-03-11T10:42:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const iso = (timeMs: number) => new Date(timeMs).toISOString();
const since = (timeMs: number) => `createdDateTime ge ${iso(timeMs)}`;
const upTo = (timeMs: number) => `createdDateTime le ${iso(timeMs)}`;

let clock: ManualClock;
let tenant: DemoTenant;

function create(options: Partial<DemoTenantOptions> = {}): DemoTenant {
  return createDemoTenant({ seed: 'sign-ups', clock, requestsPer10S: null, ...options });
}

beforeEach(() => {
  clock = new ManualClock(startMs);
  tenant = create();
});

describe('a row', () => {
  test("has exactly the fields of Microsoft's reference page", async () => {
    const { value } = await pageFrom(tenant, listAddress(tenant, { top: '50' }));
    for (const row of value) {
      expect(Object.keys(row)).toEqual([
        'id',
        'correlationId',
        'createdDateTime',
        'appId',
        'appDisplayName',
        'signUpStage',
        'signUpIdentityProvider',
        'signUpIdentity',
        'status',
        'appliedEventListeners',
        'userId',
      ]);
      expect(Object.keys(row.status)).toEqual(['errorCode', 'failureReason', 'additionalDetails']);
      expect(row.createdDateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(row.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  test('tells what an extension answered in the shape of the reference page', async () => {
    const { fromMs, toMs } = tenant.truth.lastIncident('extensionFailure', startMs);
    const filter = `status/errorCode eq 1003005 and ${since(fromMs)} and ${upTo(toMs)}`;
    const rows = await allRows(tenant, { filter });
    const listener = rows[0]?.appliedEventListeners.find(({ eventType }) => eventType === 'attributeCollectionSubmit');
    expect(listener).toMatchObject({
      executedListenerId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      handlerResult: {
        '@odata.type': '#microsoft.graph.customExtensionCalloutResult',
        customExtensionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        calloutDateTime: expect.stringMatching(/Z$/),
        numberOfAttempts: 2,
        httpStatus: null,
        errorCode: 1003005,
      },
    });
  });

  test('names newer members of enumerations only to callers who ask for them', async () => {
    const address = listAddress(tenant, { filter: upTo(tenant.truth.lastCycle(startMs).toMs) });
    const read = async (prefer: string) => {
      const response = await getFrom(tenant, address, { prefer });
      const { value } = await pageOf(response);
      const events = value.flatMap((row) => row.appliedEventListeners.map(({ eventType }) => eventType));
      return { applied: response.headers.get('preference-applied'), names: [...new Set(events)].sort(), value };
    };
    const all = await read('include-unknown-enum-members');
    expect(all.applied).toBe('include-unknown-enum-members');
    expect(all.names).toEqual([
      'attributeCollectionStart',
      'attributeCollectionSubmit',
      'emailOtpSend',
      'tokenIssuanceStart',
    ]);
    expect(all.value.map(({ signUpStage }) => signUpStage)).toContain('identityVerification');
    const few = await read('odata.maxpagesize=10');
    expect(few.applied).toBe(null);
    expect(few.names).toEqual(['tokenIssuanceStart', 'unknownFutureValue']);
    expect(few.value.map(({ signUpStage }) => signUpStage)).not.toContain('identityVerification');
  });

  test('of a first stage often lacks the name of the application, which later stages have', async () => {
    const rows = await allRows(tenant, { filter: since(startMs - 6 * HOUR_MS) });
    const nameless = rows.filter(({ appDisplayName }) => appDisplayName === null);
    expect(nameless.length).toBeGreaterThan(50);
    expect(new Set(nameless.map(({ signUpStage }) => signUpStage))).toEqual(
      new Set(['credentialCollection', 'credentialFederation']),
    );
  });
});

describe('paging', () => {
  test('lists everything once, newest first, in pages of the size that was asked for', async () => {
    const filter = since(startMs - DAY_MS);
    const whole = await allRows(tenant, { filter });
    const inParts = await allRows(tenant, { filter, top: '37' });
    expect(inParts).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1_000);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    const times = whole.map(({ createdDateTime }) => createdDateTime);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('gives 1,000 rows when no size is asked for, and a next page on the same host with the same options', async () => {
    const page = await pageFrom(tenant, listAddress(tenant, { filter: since(startMs - 3 * DAY_MS) }));
    expect(page.value).toHaveLength(1_000);
    const next = new URL(page['@odata.nextLink'] ?? '');
    expect(next.origin).toBe('https://graph.microsoft.com');
    expect(next.pathname).toBe('/beta/auditLogs/signUps');
    expect(next.searchParams.get('$filter')).toBe(since(startMs - 3 * DAY_MS));
    expect(next.searchParams.get('$skiptoken')).toMatch(/^[\w-]+$/);
  });

  test('has no next page after the last row', async () => {
    const filter = `${since(startMs - HOUR_MS)} and ${upTo(startMs - HOUR_MS / 2)}`;
    const { length } = await allRows(tenant, { filter });
    const exact = await pageFrom(tenant, listAddress(tenant, { filter, top: String(length) }));
    expect(exact.value).toHaveLength(length);
    expect(exact['@odata.nextLink']).toBeUndefined();
  });

  test('repeats and skips nothing while late rows turn up between the pages', async () => {
    tenant = create({ ratePerMinute: 15, startedAtMs: startMs - HOUR_MS });
    const filter = since(startMs - HOUR_MS);
    const before = await allRows(tenant, { filter });
    const during = await allRows(tenant, { filter, top: '20' }, () => clock.advance(30_000));
    const ids = new Set(during.map(({ id }) => id));
    expect(ids.size).toBe(during.length);
    expect(before.filter(({ id }) => !ids.has(id))).toEqual([]);
    expect(during.length).toBeGreaterThan(before.length);
  });

  test.each(['0', '1001', '-1', 'many', '1.5'])('refuses a page size of %s', async (top) => {
    expect(await errorOf(await getFrom(tenant, listAddress(tenant, { top })))).toMatchObject({
      status: 400,
      code: 'BadRequest',
    });
  });

  test('refuses $skip', async () => {
    const error = await errorOf(await getFrom(tenant, listAddress(tenant, { skip: '10' })));
    expect(error.message).toBe(
      "Query option 'Skip' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.",
    );
  });

  test.each([
    ['an empty token', '', 'Invalid Skip Token, skip token is null'],
    ['a made-up token', 'abcdef', 'Invalid Skip Token'],
    ['a token that is no token', '!!', 'Invalid Skip Token'],
  ])('refuses %s', async (_, skiptoken, message) => {
    const error = await errorOf(await getFrom(tenant, listAddress(tenant, { skiptoken })));
    expect(error).toMatchObject({ status: 400, message });
  });

  test('refuses the token of another filter', async () => {
    const page = await pageFrom(tenant, listAddress(tenant, { top: '5', filter: 'status/errorCode eq 0' }));
    const skiptoken = new URL(page['@odata.nextLink'] ?? '').searchParams.get('$skiptoken') ?? '';
    const response = await getFrom(tenant, listAddress(tenant, { skiptoken, filter: 'status/errorCode ne 0' }));
    expect((await errorOf(response)).message).toBe('Invalid Skip Token');
  });
});

describe('time', () => {
  test('shows a row from the moment that its delay is over, and every row in the end', async () => {
    const { truth } = tenant;
    await clock.advance(HOUR_MS);
    const stages = truth.attempts({ fromMs: startMs, toMs: startMs + HOUR_MS }).flatMap((attempt) => attempt.stages);
    const of = async () => {
      const rows = await allRows(tenant, { filter: since(startMs) });
      const shown = new Set(rows.map(({ createdDateTime }) => createdDateTime.slice(0, 23)));
      return stages.filter(({ timeMs }) => shown.has(iso(Math.floor(timeMs)).slice(0, 23))).length;
    };
    const visible = stages.filter(({ visibleAtMs }) => visibleAtMs <= clock.now()).length;
    expect(await of()).toBe(visible);
    expect(visible).toBeLessThan(stages.length);
    await clock.advance(3 * HOUR_MS);
    expect(await of()).toBe(stages.length);
  });

  test('lets rows turn up out of order', async () => {
    const before = new Set((await allRows(tenant, { filter: since(startMs - HOUR_MS) })).map(({ id }) => id));
    const newestBefore = (await pageFrom(tenant, listAddress(tenant, { top: '1' }))).value[0]?.createdDateTime ?? '';
    await clock.advance(120_000);
    const arrived = (await allRows(tenant, { filter: since(startMs - HOUR_MS) })).filter(({ id }) => !before.has(id));
    expect(arrived.some(({ createdDateTime }) => createdDateTime < newestBefore)).toBe(true);
    expect(arrived.some(({ createdDateTime }) => createdDateTime > newestBefore)).toBe(true);
  });

  test('has the backlog at the start, up to the last minutes', async () => {
    const { value } = await pageFrom(tenant, listAddress(tenant, { top: '20' }));
    expect(startMs - Date.parse(value[0]?.createdDateTime ?? '')).toBeLessThan(5 * 60_000);
  });

  test('keeps seven days', async () => {
    const rows = await allRows(tenant, {});
    const oldest = Date.parse(rows.at(-1)?.createdDateTime ?? '');
    expect(oldest).toBeLessThan(startMs - 6.9 * DAY_MS);
    expect(oldest).toBeGreaterThan(startMs - 7 * DAY_MS - 10 * 60_000);
    expect(await errorOf(await getFrom(tenant, listAddress(tenant, { filter: since(startMs - 8 * DAY_MS) })))).toEqual({
      status: 400,
      code: 'BadRequest',
      message: 'The start date is older than the minimum allowed date: 2026-03-04T10:37:00.000Z',
    });
  });

  test('takes a start of exactly seven days ago', async () => {
    expect((await getFrom(tenant, listAddress(tenant, { filter: since(startMs - 7 * DAY_MS) }))).status).toBe(200);
  });

  test('makes the same log again for the same seed and time, and another for another seed', async () => {
    const read = (other: DemoTenant) => allRows(other, { filter: since(startMs - HOUR_MS) });
    expect(await read(create())).toEqual(await read(tenant));
    expect(await read(create({ seed: 'other' }))).not.toEqual(await read(tenant));
  });
});

describe('a filter', () => {
  test('is decided as a reader of all rows would decide it', async () => {
    const range = since(startMs - DAY_MS);
    const all = await allRows(tenant, { filter: range });
    const failed = await allRows(tenant, { filter: `${range} and status/errorCode eq 50181` });
    expect(failed).toEqual(all.filter(({ status }) => status.errorCode === 50181));
    expect(failed.length).toBeGreaterThan(5);
  });

  test('finds an address with a plus and one with an apostrophe', async () => {
    for (const address of ['ana+shop@example.org', "maeve.o''neill@example.com"]) {
      const rows = await allRows(tenant, { filter: `signUpIdentity/signUpIdentifier eq '${address}'` });
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  test('that is not understood is refused in words that do not say why', async () => {
    const response = await getFrom(
      tenant,
      listAddress(tenant, { filter: "createdDateTime ge '2026-03-11T00:00:00Z'" }),
      {
        'client-request-id': '11111111-2222-4333-8444-555555555555',
      },
    );
    expect(response.headers.get('client-request-id')).toBe('11111111-2222-4333-8444-555555555555');
    expect(response.headers.get('date')).toBe('Wed, 11 Mar 2026 10:42:00 GMT');
    expect(await response.json()).toEqual({
      error: {
        code: 'BadRequest',
        message: 'Invalid filter clause',
        innerError: {
          date: '2026-03-11T10:42:00',
          'request-id': response.headers.get('request-id'),
          'client-request-id': '11111111-2222-4333-8444-555555555555',
        },
      },
    });
  });
});

describe('one row by its id', () => {
  test('is the row of the list', async () => {
    const row = (await pageFrom(tenant, listAddress(tenant, { top: '1' }))).value[0];
    const response = await getFrom(tenant, `${tenant.graphUrl}/beta/auditLogs/signUps/${row?.id}`);
    expect(await response.json()).toEqual({
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata#auditLogs/signUps/$entity',
      ...row,
    });
  });

  test('is not found when there is none', async () => {
    const response = await getFrom(tenant, `${tenant.graphUrl}/beta/auditLogs/signUps/no-such-id`);
    expect((await errorOf(response)).status).toBe(404);
  });
});

describe('what is not the sign-up log', () => {
  test.each([
    ['/v1.0/auditLogs/signUps', "Resource not found for the segment 'signUps'."],
    ['/beta/users', "Resource not found for the segment 'users'."],
  ])('%s is refused', async (path, message) => {
    expect(await errorOf(await getFrom(tenant, `${tenant.graphUrl}${path}`))).toMatchObject({ status: 400, message });
  });

  test('another method is refused', async () => {
    const headers = { authorization: `Bearer ${tenant.accessToken()}` };
    const response = await tenant.send(new Request(listAddress(tenant), { method: 'DELETE', headers }));
    expect(response.status).toBe(405);
  });

  test('another host cannot be reached', async () => {
    await expect(tenant.send(new Request('https://example.com/'))).rejects.toThrow('fetch failed');
  });
});

describe('the access token', () => {
  const malformed = 'CompactToken parsing failed with error code: 80049217';
  test.each([
    ['none', '', 'Access token is empty.'],
    ['an empty one', 'Bearer ', 'Access token is empty.'],
    ['one that is no token', 'Bearer nonsense', malformed],
    ['one that somebody changed', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.AAAA', malformed],
  ])('%s is refused', async (_, authorization, message) => {
    const response = await getFrom(tenant, listAddress(tenant), { authorization });
    expect(response.headers.get('www-authenticate')).toContain('invalid_token');
    expect(await errorOf(response)).toEqual({ status: 401, code: 'InvalidAuthenticationToken', message });
  });

  test('of another Graph is refused', async () => {
    const other = create({ graphUrl: 'https://graph.example.com' });
    const response = await getFrom(tenant, listAddress(tenant), { authorization: `Bearer ${other.accessToken()}` });
    expect((await errorOf(response)).message).toContain('Invalid audience');
  });

  test('ends after its lifetime, and when it is made to', async () => {
    const authorization = `Bearer ${tenant.accessToken()}`;
    const statusNow = async () => (await getFrom(tenant, listAddress(tenant, { top: '1' }), { authorization })).status;
    expect(await statusNow()).toBe(200);
    await clock.advance(3_599_000);
    expect(await statusNow()).toBe(401);
    expect((await getFrom(tenant, listAddress(tenant, { top: '1' }))).status).toBe(200);
    const renewed = { authorization: `Bearer ${tenant.accessToken()}` };
    tenant.signIn.expireTokens();
    expect((await getFrom(tenant, listAddress(tenant), renewed)).status).toBe(401);
  });
});

describe('the request limit', () => {
  const statuses = async (count: number) => {
    const responses = [];
    for (let i = 0; i < count; i++) responses.push(await getFrom(tenant, listAddress(tenant, { top: '1' })));
    return responses;
  };

  test('lets five requests through in any ten seconds', async () => {
    tenant = create({ requestsPer10S: 5 });
    const responses = await statuses(6);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(responses[5]?.headers.get('retry-after')).toBe('10');
    expect(await errorOf(responses[5] ?? Response.error())).toEqual({
      status: 429,
      code: 'UnknownError',
      message: expect.stringMatching(/^This request is throttled\. .* CorrelationId: [0-9a-f-]{36}$/),
    });
  });

  test('lets one through again after the time that it named', async () => {
    tenant = create({ requestsPer10S: 5 });
    await statuses(4);
    await clock.advance(6_000);
    const refused = (await statuses(2))[1];
    expect(refused?.headers.get('retry-after')).toBe('4');
    await clock.advance(4_000);
    expect((await statuses(1))[0]?.status).toBe(200);
  });

  test('counts those who come back early', async () => {
    tenant = create({ requestsPer10S: 5 });
    await statuses(5);
    for (let early = 0; early < 4; early++) {
      await clock.advance(2_000);
      expect((await statuses(1))[0]?.status).toBe(429);
    }
    await clock.advance(2_000);
    expect((await statuses(2)).map(({ status }) => status)).toEqual([200, 429]);
  });
});
