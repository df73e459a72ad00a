/** The demo tenant is a function of seed and time: when it was created makes no difference to what it holds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { getFrom, pageOf } from './reading.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** No row becomes visible later than this after its time. */
const LATEST_MS = HOUR_MS;

const permissions = ['AuditLog.Read.All', 'ProvisioningLog.Read.All'];

const logs = [
  { path: '/beta/auditLogs/signUps', after: 'createdDateTime ge', before: 'createdDateTime le' },
  { path: '/v1.0/auditLogs/signIns', after: 'createdDateTime ge', before: 'createdDateTime le' },
  { path: '/v1.0/auditLogs/directoryAudits', after: 'activityDateTime ge', before: 'activityDateTime le' },
  { path: '/v1.0/auditLogs/provisioning', after: 'activityDateTime gt', before: 'activityDateTime lt' },
] as const;

/** What a tenant that is created at `createdMs` shows between `fromMs` and `toMs` once it is `nowMs`: each row as JSON, in its order. */
async function rowsOf(
  seed: string,
  { createdMs, nowMs }: { readonly createdMs: number; readonly nowMs: number },
  { path, after, before }: (typeof logs)[number],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly string[]> {
  const clock = new ManualClock(createdMs);
  const tenant = createDemoTenant({ seed, clock, requestsPer10S: null });
  await clock.advance(nowMs - createdMs);
  const filter = `${after} ${new Date(fromMs).toISOString()} and ${before} ${new Date(toMs).toISOString()}`;
  return allJson(tenant, `${tenant.graphUrl}${path}?$filter=${encodeURIComponent(filter)}`);
}

async function allJson(tenant: DemoTenant, first: string): Promise<readonly string[]> {
  const rows: string[] = [];
  const headers = { authorization: `Bearer ${tenant.accessToken(permissions)}` };
  for (let address: string | undefined = first; address !== undefined; ) {
    const page = await pageOf(await getFrom(tenant, address, headers));
    rows.push(...page.value.map((row) => JSON.stringify(row)));
    address = page['@odata.nextLink'];
  }
  return rows;
}

const moments = fc.record({
  seed: fc.string({ maxLength: 8 }),
  createdMs: fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2031, 0) }),
  laterMs: fc.oneof(
    fc.integer({ min: 1, max: 90 * MINUTE_MS }),
    fc.integer({ min: HOUR_MS, max: DAY_MS }),
    fc.integer({ min: DAY_MS, max: 4 * DAY_MS }),
  ),
  beforeMs: fc.integer({ min: 0, max: 2 * DAY_MS }),
  lengthMs: fc.integer({ min: MINUTE_MS, max: 5 * HOUR_MS }),
});

describe('two tenants of one seed that are created at different moments', () => {
  test.each(logs)('show the same rows of $path for the same range', async (log) => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ seed, createdMs, laterMs, beforeMs, lengthMs }) => {
        const toMs = createdMs - beforeMs;
        const range = { fromMs: toMs - lengthMs, toMs };
        const nowMs = createdMs + laterMs;
        const early = await rowsOf(seed, { createdMs, nowMs }, log, range);
        expect(await rowsOf(seed, { createdMs: nowMs, nowMs }, log, range)).toEqual(early);
      }),
      { numRuns: 6 },
    );
  });

  test.each(logs)('show no row of $path differently at another moment, once all rows have come', async (log) => {
    await fc.assert(
      fc.asyncProperty(moments, async ({ seed, createdMs, laterMs, beforeMs, lengthMs }) => {
        const toMs = createdMs - beforeMs - LATEST_MS;
        const range = { fromMs: toMs - lengthMs, toMs };
        const early = await rowsOf(seed, { createdMs, nowMs: createdMs }, log, range);
        const nowMs = createdMs + laterMs;
        expect(await rowsOf(seed, { createdMs: nowMs, nowMs }, log, range)).toEqual(early);
      }),
      { numRuns: 6 },
    );
  });

  test('know the same of a range, down to when each event becomes visible', () => {
    fc.assert(
      fc.property(moments, ({ seed, createdMs, laterMs, beforeMs, lengthMs }) => {
        const known = (nowMs: number) => createDemoTenant({ seed, clock: new ManualClock(nowMs) }).truth;
        const [fromMs, toMs] = [createdMs - beforeMs, createdMs - beforeMs + lengthMs];
        const [early, late] = [known(createdMs), known(createdMs + laterMs)];
        expect(late.attempts({ fromMs, toMs })).toEqual(early.attempts({ fromMs, toMs }));
        expect(late.incidentsBetween(fromMs, toMs)).toEqual(early.incidentsBetween(fromMs, toMs));
      }),
      { numRuns: 6 },
    );
  });

  test('hold enough to compare: hundreds of rows of the sign-ups, and some of every other log', async () => {
    const nowMs = Date.parse('2026-03-11T10:42:00Z');
    const range = { fromMs: nowMs - 5 * HOUR_MS, toMs: nowMs };
    const counts = await Promise.all(
      logs.map(async (log) => (await rowsOf('7', { createdMs: nowMs, nowMs }, log, range)).length),
    );
    expect(counts[0]).toBeGreaterThan(300);
    expect(Math.min(...counts)).toBeGreaterThan(5);
  });
});

describe('the calendar of incidents', () => {
  test('has one begin within 25 minutes after any start, which people run into', () => {
    fc.assert(
      fc.property(moments, ({ seed, createdMs }) => {
        const { truth } = createDemoTenant({ seed, clock: new ManualClock(createdMs) });
        const soon = truth.incidentsBetween(createdMs, createdMs + 25 * MINUTE_MS);
        const next = soon.find(({ fromMs, size }) => fromMs >= createdMs && size === 'small');
        if (next === undefined) throw new Error(`nothing begins after ${new Date(createdMs).toISOString()}`);
        const { kind, fromMs, toMs } = next;
        expect(fromMs).toBeLessThanOrEqual(createdMs + 25 * MINUTE_MS);
        const caught = truth.attempts({ fromMs, toMs }).filter(({ story }) => story === kind);
        expect(caught.length).toBeGreaterThanOrEqual(3);
        expect(new Set(caught.map(({ identifier }) => identifier)).size).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 200 },
    );
  });

  test('has each large incident once in a cycle, in the last 24 hours, and never two of them at a time', () => {
    fc.assert(
      fc.property(moments, ({ seed, createdMs }) => {
        const { truth } = createDemoTenant({ seed, clock: new ManualClock(createdMs) });
        const cycle = truth.lastCycle(createdMs);
        expect(cycle.fromMs).toBeGreaterThan(createdMs - DAY_MS);
        const large = truth.incidentsBetween(cycle.fromMs, cycle.toMs).filter(({ size }) => size === 'large');
        const kinds = large.map(({ kind }) => kind).sort();
        expect(kinds).toEqual(['domainBurst', 'extensionDeleted', 'extensionFailure', 'otpOutage']);
        large.forEach(({ fromMs }, i) => {
          expect(fromMs).toBeGreaterThanOrEqual(large[i - 1]?.toMs ?? cycle.fromMs);
        });
        expect(large.at(-1)?.toMs).toBeLessThanOrEqual(cycle.toMs);
      }),
      { numRuns: 200 },
    );
  });

  test('has each story in each cycle, the same people in each', () => {
    fc.assert(
      fc.property(moments, ({ seed, createdMs }) => {
        const { truth } = createDemoTenant({ seed, clock: new ManualClock(createdMs) });
        const cycle = truth.lastCycle(createdMs);
        const countOf = (story: string) => truth.attempts(cycle).filter((attempt) => attempt.story === story).length;
        expect(Object.fromEntries(Object.keys(attemptsPerStory).map((story) => [story, countOf(story)]))).toEqual(
          attemptsPerStory,
        );
      }),
      { numRuns: 25 },
    );
  });
});

const attemptsPerStory = {
  threeTries: 9,
  duplicateAccount: 3,
  invalidAttributes: 3,
  fallbackMail: 1,
  unknownCode: 1,
  unknownStage: 1,
  hostileText: 2,
};
