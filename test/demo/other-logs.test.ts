/** The demo tenant's sign-ins, directory audits and provisioning, and how they belong together with its sign-ups. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { errorOf, getFrom, pageOf } from './reading.ts';

const startMs = Date.parse('2026-03-11T10:42:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const iso = (timeMs: number) => new Date(timeMs).toISOString();

const signIns = '/v1.0/auditLogs/signIns';
const betaSignIns = '/beta/auditLogs/signIns';
const audits = '/v1.0/auditLogs/directoryAudits';
const provisioning = '/v1.0/auditLogs/provisioning';
const everyKind = "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')";

interface Row {
  readonly [field: string]: unknown;
  readonly id: string;
}

let clock: ManualClock;
let tenant: DemoTenant;

function create(): DemoTenant {
  return createDemoTenant({ seed: 'other-logs', clock, requestsPer10S: null });
}

beforeEach(() => {
  clock = new ManualClock(startMs);
  tenant = create();
});

function get(path: string, filter = '', token = tenant.accessToken(), top = ''): Promise<Response> {
  const query = [...(filter === '' ? [] : [['$filter', filter]]), ...(top === '' ? [] : [['$top', top]])]
    .map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return getFrom(tenant, `${tenant.graphUrl}${path}?${query}`, { authorization: `Bearer ${token}` });
}

async function rows(path: string, filter = ''): Promise<readonly Row[]> {
  const all: Row[] = [];
  let response = await get(path, filter);
  for (;;) {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const page = await pageOf(response);
    all.push(...page.value);
    const next = page['@odata.nextLink'];
    if (next === undefined) return all;
    response = await getFrom(tenant, next);
  }
}

/** Attempts of the day before, of which everything that happened within hours can be seen. */
function attempts() {
  return tenant.truth.attempts({ fromMs: startMs - 3 * DAY_MS, toMs: startMs - 2 * DAY_MS });
}

const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).sort();

describe('what belongs to one attempt', () => {
  test('that made an account is a sign-in within seconds and the record of the directory, with its correlation ID', async () => {
    const created = attempts().filter(({ outcome }) => outcome === 'created');
    expect(created.length).toBeGreaterThan(100);
    for (const attempt of created.slice(0, 40)) {
      const sameId = `correlationId eq '${attempt.correlationId}'`;
      const of = (log: string) => attempt.entries.filter((entry) => entry.isOfAttempt && entry.log === log);
      expect(idsOf(await rows(signIns, sameId))).toEqual(idsOf(of('signIns')));
      expect(idsOf(await rows(audits, sameId))).toEqual(idsOf(of('directoryAudits')));
      const [first] = await rows(signIns, sameId);
      const made = attempt.stages.findLast(({ stage, errorCode }) => stage === 'userCreation' && errorCode === 0);
      const laterMs = Date.parse(String(first?.createdDateTime)) - Math.floor((made?.timeMs ?? 0) / 1000) * 1000;
      expect(laterMs).toBeGreaterThanOrEqual(0);
      expect(laterMs).toBeLessThan(10_000);
      expect(first?.userId).toBe(attempt.userId);
    }
  });

  test('that the directory refused is a failure in its record', async () => {
    const refused = tenant.truth
      .attempts({ fromMs: startMs - 6 * DAY_MS, toMs: startMs - HOUR_MS / 2 })
      .filter(({ stages }) => stages.some(({ errorCode }) => errorCode === 399279));
    expect(refused.length).toBeGreaterThan(5);
    for (const { correlationId } of refused.slice(0, 10)) {
      expect(await rows(audits, `correlationId eq '${correlationId}'`)).toMatchObject([
        {
          activityDisplayName: 'Add user',
          result: 'failure',
          resultReason: expect.stringMatching(/already exists|in time/),
          targetResources: [{ id: null, type: 'User' }],
        },
      ]);
    }
  });

  test('that ended before is nothing', async () => {
    const ended = attempts().find(({ outcome }) => outcome === 'noFurtherEvent');
    expect(await rows(signIns, `correlationId eq '${ended?.correlationId}'`)).toEqual([]);
    expect(await rows(audits, `correlationId eq '${ended?.correlationId}'`)).toEqual([]);
  });

  test('goes on under the account: later sign-ins have other correlation IDs, some of them fail', async () => {
    const withLater = attempts().filter(({ entries }) => entries.some((e) => e.log === 'signIns' && !e.isOfAttempt));
    const attempt = withLater[0];
    const visible = attempt?.entries.filter(
      (e) => e.log === 'signIns' && e.isInteractive && e.visibleAtMs <= clock.now(),
    );
    const found = await rows(signIns, `userId eq '${attempt?.userId}'`);
    expect(idsOf(found)).toEqual(idsOf(visible ?? []));
    expect(new Set(found.map(({ correlationId }) => correlationId)).size).toBe(found.length);
    const codes = await Promise.all(
      [50105, 50126, 53003].map((code) => rows(signIns, `status/errorCode eq ${code}`).then(({ length }) => length)),
    );
    for (const count of codes) expect(count).toBeGreaterThan(3);
    const blocked = await rows(signIns, "conditionalAccessStatus eq 'failure'");
    expect(new Set(blocked.map(({ status }) => Reflect.get(Object(status), 'errorCode')))).toEqual(new Set([53003]));
  });

  test('is provisioned hours later, for some, and found by the account alone', async () => {
    const provisioned = attempts().filter(({ entries }) => entries.some(({ log }) => log === 'provisioning'));
    expect(provisioned.length).toBeGreaterThan(10);
    const attempt = provisioned[0];
    const [row, ...others] = await rows(provisioning, `sourceIdentity/id eq '${attempt?.userId}'`);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ sourceIdentity: { id: attempt?.userId, identityType: 'User' } });
    expect(row).not.toHaveProperty('correlationId');
    const laterMs = Date.parse(String(row?.activityDateTime)) - (attempt?.stages.at(-1)?.timeMs ?? 0);
    expect(laterMs).toBeGreaterThan(1.9 * HOUR_MS);
    expect(laterMs).toBeLessThan(9.1 * HOUR_MS);
  });

  test('is found in the record of the directory by the account as well', async () => {
    const attempt = attempts().find(({ outcome }) => outcome === 'created');
    const found = await rows(audits, `targetResources/any(t:t/id eq '${attempt?.userId}')`);
    expect(found.map(({ activityDisplayName }) => activityDisplayName)).toContain('Add user');
    expect(idsOf(found)).toEqual(
      idsOf(
        attempt?.entries.filter(({ log, visibleAtMs }) => log === 'directoryAudits' && visibleAtMs <= startMs) ?? [],
      ),
    );
  });

  test('is the same for the same seed', async () => {
    const read = (other: DemoTenant) => {
      tenant = other;
      return rows(signIns, `createdDateTime ge ${iso(startMs - HOUR_MS)}`);
    };
    expect(await read(create())).toEqual(await read(create()));
  });
});

describe('a row', () => {
  test("of the sign-ins has the members of Microsoft's reference page, in v1.0 and beta", async () => {
    const stable = await pageOf(await get(signIns, '', tenant.accessToken(), '20'));
    expect(stable).toMatchObject({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/signIns' });
    for (const row of stable.value) {
      expect(row).toMatchObject({
        userPrincipalName: expect.stringMatching(/^[0-9a-f-]{36}@contosocustomers\.onmicrosoft\.com$/),
        createdDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        isInteractive: true,
        conditionalAccessStatus: expect.stringMatching(/^(success|failure|notApplied)$/),
        status: { errorCode: expect.any(Number) },
        location: { countryOrRegion: expect.any(String) },
        deviceDetail: { browser: expect.any(String) },
      });
      expect(row).not.toHaveProperty('signInEventTypes');
    }
    const preview = await pageOf(await get(betaSignIns, '', tenant.accessToken(), '20'));
    for (const row of preview.value) expect(row).toMatchObject({ signInEventTypes: ['interactiveUser'] });
  });

  test('of the audits has its own name for the time, seven digits, and ids that are no GUIDs', async () => {
    for (const row of (await pageOf(await get(audits, '', tenant.accessToken(), '20'))).value) {
      expect(row.id).toMatch(/^Directory_[0-9a-f-]{36}_/);
      expect(row).not.toHaveProperty('createdDateTime');
      expect(row).toMatchObject({
        activityDateTime: expect.stringMatching(/\.\d{7}Z$/),
        category: 'UserManagement',
        loggedByService: 'Core Directory',
      });
    }
  });

  test.each([signIns, audits])('is given by its id: %s', async (path) => {
    const [row] = (await pageOf(await get(path, '', tenant.accessToken(), '1'))).value;
    expect(await (await get(`${path}/${row?.id}`)).json()).toMatchObject({ id: row?.id });
    expect((await get(`${path}/nobody`)).status).toBe(404);
  });
});

describe('sign-ins of those who were not asked', () => {
  test('are told by beta alone, and there to those who ask for them', async () => {
    const range = `createdDateTime ge ${iso(startMs - DAY_MS)}`;
    const interactive = await rows(signIns, range);
    expect(idsOf(await rows(betaSignIns, range))).toEqual(idsOf(interactive));
    const all = await rows(betaSignIns, `${range} and ${everyKind}`);
    const others = all.filter(({ isInteractive }) => isInteractive === false);
    expect(others.length).toBeGreaterThan(20);
    expect(all).toHaveLength(interactive.length + others.length);
    const only = await rows(betaSignIns, `${range} and signInEventTypes/any(t: t eq 'nonInteractiveUser')`);
    expect(idsOf(only)).toEqual(idsOf(others));
    expect((await get(signIns, `${range} and ${everyKind}`)).status).toBe(400);
  });
});

describe('a filter', () => {
  test.each([
    [signIns, `createdDateTime ge ${iso(startMs - HOUR_MS)} and createdDateTime le ${iso(startMs)}`],
    [signIns, "startswith(appDisplayName,'Contoso')"],
    [signIns, "location/countryOrRegion eq 'NO' and deviceDetail/operatingSystem eq 'MacOs'"],
    [audits, `activityDateTime ge ${iso(startMs - HOUR_MS)} and activityDisplayName eq 'Update user'`],
    [audits, "initiatedBy/user/userPrincipalName eq 'admin@contosocustomers.onmicrosoft.com'"],
    [audits, "initiatedBy/app/displayName eq 'CPIM Service' and loggedByService eq 'Core Directory'"],
    [provisioning, `activityDateTime gt ${iso(startMs - DAY_MS)} and activityDateTime lt ${iso(startMs)}`],
    [provisioning, "contains(targetSystem/displayName,'CRM') and provisioningAction eq 'create'"],
  ])('of %s as documented finds something: %s', async (path, filter) => {
    expect((await rows(path, filter)).length).toBeGreaterThan(0);
  });

  test.each([
    [signIns, `createdDateTime gt ${iso(startMs)}`],
    [signIns, "signUpStage eq 'consent'"],
    [signIns, 'status/errorCode ne 0'],
    [audits, `createdDateTime ge ${iso(startMs)}`],
    [audits, "result eq 'failure'"],
    [audits, "targetResources/id eq '5d3c1b2a-9f8e-4d7c-b6a5-0e1f2d3c4b5a'"],
    [audits, "targetResources/any(t:t/type eq 'User')"],
    [provisioning, `activityDateTime ge ${iso(startMs)}`],
    [provisioning, "correlationId eq '5d3c1b2a-9f8e-4d7c-b6a5-0e1f2d3c4b5a'"],
  ])('of %s that is not documented is refused: %s', async (path, filter) => {
    expect(await errorOf(await get(path, filter))).toMatchObject({ status: 400, message: 'Invalid filter clause' });
  });

  test('minds letter case in the log of provisioning only', async () => {
    const [row] = await rows(provisioning, "servicePrincipal/name eq 'Contoso CRM'");
    expect(row).toBeDefined();
    expect(await rows(provisioning, "servicePrincipal/name eq 'contoso crm'")).toEqual([]);
    expect((await rows(audits, "loggedByService eq 'core directory'")).length).toBeGreaterThan(0);
  });
});

describe.each([
  [signIns, 'createdDateTime'],
  [audits, 'activityDateTime'],
  [provisioning, 'activityDateTime'],
])('%s', (path, timeField) => {
  test('is listed newest first, in pages that hold each row once, for seven days', async () => {
    const whole = await rows(path);
    const times = whole.map((row) => String(row[timeField]));
    expect(times).toEqual([...times].sort().reverse());
    expect(Date.parse(times.at(-1) ?? '')).toBeGreaterThan(startMs - 7 * DAY_MS - 10 * 60_000);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    const first = await pageOf(await get(path, '', tenant.accessToken(), '7'));
    const second = await pageOf(await getFrom(tenant, first['@odata.nextLink'] ?? ''));
    expect([...first.value, ...second.value].map(({ id }) => id)).toEqual(whole.slice(0, 14).map(({ id }) => id));
  });

  test('refuses a start before its retention', async () => {
    const operator = path === provisioning ? 'gt' : 'ge';
    const response = await get(path, `${timeField} ${operator} ${iso(startMs - 8 * DAY_MS)}`);
    expect((await errorOf(response)).message).toContain('minimum allowed date: 2026-03-04T10:37:00.000Z');
  });

  test('shows an entry when its delay is over', async () => {
    const log = path.split('/').at(-1);
    const entries = tenant.truth
      .attempts({ fromMs: startMs - 2 * DAY_MS, toMs: startMs + DAY_MS })
      .flatMap((attempt) => attempt.entries)
      .filter((entry) => entry.log === log && entry.isInteractive);
    const nextMs = Math.min(...entries.map(({ timeMs }) => timeMs).filter((timeMs) => timeMs >= startMs));
    await clock.advance(nextMs + 1_000 - startMs);
    const before = new Set(idsOf(await rows(path)));
    const nowMs = clock.now();
    const waiting = entries.filter(({ timeMs, visibleAtMs }) => timeMs <= nowMs && visibleAtMs > nowMs);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.filter(({ id }) => before.has(id))).toEqual([]);
    await clock.advance(HOUR_MS);
    const after = new Set(idsOf(await rows(path)));
    expect(waiting.filter(({ id }) => !after.has(id))).toEqual([]);
  });

  test('takes the permission of the logs, can fail alone, and counts towards the one limit', async () => {
    expect(await errorOf(await get(path, '', tenant.accessToken(['User.Read.All'])))).toMatchObject({
      status: 403,
      code: 'Authentication_MSGraphPermissionMissing',
    });
    tenant.faults.always({ kind: 'forbidden', reason: 'licence' }, ({ url }) => url.includes(path));
    expect((await get(path)).status).toBe(403);
    expect((await get('/beta/auditLogs/signUps')).status).toBe(200);
    tenant.faults.clear();
    tenant = createDemoTenant({ seed: 'other-logs', clock, requestsPer10S: 5 });
    const paths = [signIns, audits, provisioning, '/beta/auditLogs/signUps', betaSignIns, path];
    const statuses: number[] = [];
    for (const one of paths) statuses.push((await get(one, '', tenant.accessToken(), '1')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test('has empty pages, and rows that nobody asked for, when it is to', async () => {
    tenant.faults.once({ kind: 'emptyPage' }, ({ url }) => url.includes(path));
    const page = await pageOf(await get(path));
    expect(page.value).toEqual([]);
    expect((await pageOf(await getFrom(tenant, page['@odata.nextLink'] ?? ''))).value.length).toBeGreaterThan(0);
    tenant.faults.once({ kind: 'filterIgnored' }, ({ url }) => url.includes(path));
    expect((await pageOf(await get(path, "id eq 'nobody'"))).value.length).toBeGreaterThan(0);
  });
});
