/** What the other logs have of one attempt, read from the demo tenant, which knows what belongs to it. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import type { DemoTenant } from '../../src/demo/tenant.ts';
import type { RelatedFact, RelatedQuery, RelatedSource } from '../../src/facts/related.ts';
import { readRelated } from '../../src/graph/related.ts';
import { settle } from '../support/manual-clock.ts';
import { DEMO_MS, type DemoReading, readingDemo } from './run-demo.ts';

beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const DAY_MS = 86_400_000;
const span = { fromMs: DEMO_MS - 6 * DAY_MS, toMs: DEMO_MS };

/** An attempt that made an account, with later sign-ins of each kind and provisioning, all of it visible. */
function fullAttempt({ truth }: DemoTenant) {
  const attempts = truth.attempts({ fromMs: DEMO_MS - 5 * DAY_MS, toMs: DEMO_MS - 3 * DAY_MS });
  const found = attempts.find(
    ({ entries }) =>
      entries.some(({ log }) => log === 'provisioning') && entries.some(({ isInteractive }) => !isInteractive),
  );
  if (!found?.userId) throw new Error('the demo tenant has no such attempt');
  return { ...found, userId: found.userId };
}

function requestFor(tenant: DemoTenant, more: Partial<RelatedQuery> = {}): RelatedQuery {
  const { correlationId, userId } = fullAttempt(tenant);
  return { correlationId, userId, span, signIns: 'interactive', without: [], ...more };
}

async function read(reading: DemoReading, request: RelatedQuery): Promise<readonly RelatedFact[]> {
  const facts: RelatedFact[] = [];
  const work = async () => {
    for await (const fact of readRelated(request, reading.deps)) facts.push(fact);
  };
  await reading.toEnd(work());
  return facts;
}

function entriesOf(facts: readonly RelatedFact[], source: RelatedSource) {
  const fact = facts.find((one) => one.source === source && one.type === 'related.read');
  return fact?.type === 'related.read' ? fact.entries : null;
}

const idsOf = (list: readonly { readonly id: string }[] | null) => list?.map(({ id }) => id).sort();

describe('what belongs to an attempt', () => {
  test('is read from each log by what ties it to the attempt', async () => {
    const reading = readingDemo();
    const { entries } = fullAttempt(reading.tenant);
    const facts = await read(reading, requestFor(reading.tenant));
    const truly = (log: string, isOfAttempt: boolean) =>
      idsOf(entries.filter((e) => e.log === log && e.isOfAttempt === isOfAttempt && e.isInteractive));
    expect(idsOf(entriesOf(facts, 'signIns'))).toEqual(truly('signIns', true));
    expect(idsOf(entriesOf(facts, 'audits'))).toEqual(truly('directoryAudits', true));
    expect(idsOf(entriesOf(facts, 'laterSignIns'))).toEqual(truly('signIns', false));
    expect(idsOf(entriesOf(facts, 'provisioning'))).toEqual(truly('provisioning', false));
    expect(facts.filter(({ type }) => type === 'related.started').map(({ source }) => source)).toEqual([
      'signIns',
      'audits',
      'laterSignIns',
      'provisioning',
    ]);
  });

  test('includes renewals when they are asked for, from the beta', async () => {
    const reading = readingDemo();
    const { entries } = fullAttempt(reading.tenant);
    const facts = await read(reading, requestFor(reading.tenant, { signIns: 'all' }));
    const later = entriesOf(facts, 'laterSignIns');
    expect(idsOf(later)).toEqual(idsOf(entries.filter((e) => e.log === 'signIns' && !e.isOfAttempt)));
    expect(later?.some(({ raw }) => raw.isInteractive === false)).toBe(true);
    const signIns = reading.asked.filter((address) => address.includes('signIns'));
    expect(signIns.every((address) => address.startsWith('/beta/auditLogs/signIns?'))).toBe(true);
  });

  test('is only asked by what is known', async () => {
    const reading = readingDemo();
    const sourcesOf = async (more: Partial<RelatedQuery>) =>
      (await read(reading, requestFor(reading.tenant, more))).map(({ source }) => source);
    expect(new Set(await sourcesOf({ userId: null }))).toEqual(new Set(['signIns', 'audits']));
    expect(new Set(await sourcesOf({ correlationId: null }))).toEqual(new Set(['laterSignIns', 'provisioning']));
    expect(await sourcesOf({ correlationId: null, userId: null })).toEqual([]);
  });

  test('keeps a time range in what is asked, which the provisioning log knows no ends for', async () => {
    const reading = readingDemo();
    await read(reading, requestFor(reading.tenant));
    const filters = reading.asked.map((address) => new URL(`https://x${address}`).searchParams.get('$filter') ?? '');
    expect(filters).toHaveLength(4);
    for (const filter of filters.slice(0, 3))
      expect(filter).toMatch(/^\w+DateTime ge \S+Z and \w+DateTime le \S+Z and /);
    expect(filters[3]).toMatch(/^activityDateTime gt \S+Z and activityDateTime lt \S+Z and sourceIdentity\/id eq '/);
  });

  test('is never a row that Graph sent by mistake', async () => {
    const reading = readingDemo();
    const before = await read(reading, requestFor(reading.tenant));
    reading.tenant.faults.always({ kind: 'filterIgnored' });
    const facts = await read(reading, requestFor(reading.tenant));
    // Without the filter the newest come first, and there are more of them than anybody would read.
    expect(facts.filter((fact) => fact.type === 'related.read').every(({ isComplete }) => !isComplete)).toBe(true);
    for (const source of ['signIns', 'audits', 'laterSignIns', 'provisioning'] as const) {
      const known = new Set(idsOf(entriesOf(before, source)));
      expect(entriesOf(facts, source)?.filter(({ id }) => !known.has(id))).toEqual([]);
    }
  });

  test('begins where the memory of Graph does', async () => {
    const reading = readingDemo();
    const facts = await read(reading, requestFor(reading.tenant, { span: { ...span, fromMs: DEMO_MS - 20 * DAY_MS } }));
    expect(facts.filter(({ type }) => type === 'related.failed')).toEqual([]);
    expect(entriesOf(facts, 'signIns')?.length).toBeGreaterThan(0);
  });

  test('is asked within the limit of Graph, and again when Graph asks to wait', async () => {
    const reading = readingDemo();
    reading.tenant.faults.once({ kind: 'throttled', retryAfterS: 12 });
    reading.tenant.faults.once({ kind: 'serverError', status: 503, body: 'html' });
    const facts = await read(reading, requestFor(reading.tenant));
    expect(facts.filter(({ type }) => type === 'related.read')).toHaveLength(4);
  });
});

describe('a log that cannot be read', () => {
  const paths: Readonly<Record<RelatedSource, string>> = {
    signIns: 'signIns?',
    laterSignIns: 'signIns?',
    audits: 'directoryAudits?',
    provisioning: 'provisioning?',
  };
  const names: Readonly<Record<RelatedSource, string>> = {
    signIns: 'sign-in log',
    laterSignIns: 'sign-in log',
    audits: 'audit log',
    provisioning: 'provisioning log',
  };
  const faults: readonly (readonly [string, Fault, { kind: string; title: RegExp; todo: RegExp }])[] = [
    [
      'for want of a licence',
      { kind: 'forbidden', reason: 'licence' },
      { kind: 'refused', title: /Licence/, todo: /licence.*Directory\.Read\.All/ },
    ],
    [
      'for want of a role',
      { kind: 'forbidden', reason: 'role' },
      { kind: 'refused', title: /Role/, todo: /Reports Reader/ },
    ],
    [
      'for want of consent',
      { kind: 'forbidden', reason: 'permission' },
      { kind: 'refused', title: /Consent/, todo: /AuditLog\.Read\.All/ },
    ],
    [
      'because its licence check fails',
      { kind: 'forbidden', reason: 'directoryRead' },
      { kind: 'refused', title: /Consent/, todo: /Directory\.Read\.All/ },
    ],
    [
      'for want of privileges',
      { kind: 'forbidden', reason: 'privileges' },
      { kind: 'refused', title: /Consent or role/, todo: /AuditLog\.Read\.All.*Reports Reader/ },
    ],
    ['because it is not there', { kind: 'notFound' }, { kind: 'refused', title: /HTTP 404/, todo: /--cloud/ }],
    [
      'because Graph does not come back',
      { kind: 'serverError', status: 503, body: 'json' },
      { kind: 'unreachable', title: /HTTP 503/, todo: /later/ },
    ],
    [
      'because a proxy answers',
      { kind: 'notJson' },
      { kind: 'unreachable', title: /not an answer/, todo: /HTTPS_PROXY/ },
    ],
    ['because the line is cut', { kind: 'dropped' }, { kind: 'unreachable', title: /dropped/, todo: /network/ }],
    ['because it understands nothing', { kind: 'invalidFilter' }, { kind: 'fault', title: /HTTP 400/, todo: /report/ }],
  ];

  const cases = faults.flatMap(([why, fault, words]) =>
    (['signIns', 'audits', 'provisioning'] as const).map((source) => [source, why, fault, words] as const),
  );
  test.each(cases)('%s %s, is one problem that names it; the others are read', async (source, _, fault, words) => {
    const reading = readingDemo();
    reading.tenant.faults.always(fault, ({ url }) => url.includes(paths[source]));
    const facts = await read(reading, requestFor(reading.tenant));
    for (const fact of facts) {
      if (fact.type === 'related.started') continue;
      expect(fact.type).toBe(paths[fact.source] === paths[source] ? 'related.failed' : 'related.read');
      if (fact.type !== 'related.failed') continue;
      expect(fact.problem.kind).toBe(words.kind);
      expect(fact.problem.title).toContain(`The ${names[source]} could not be read: `);
      expect(fact.problem.title).toMatch(words.title);
      expect(fact.problem.todo).toMatch(words.todo);
    }
    expect(facts.filter(({ type }) => type !== 'related.started')).toHaveLength(4);
  });

  test('because nobody is signed in any more says that, once for each', async () => {
    const problem = {
      kind: 'signIn',
      title: 'No.',
      meaning: '',
      todo: 'Sign in.',
      code: null,
      requestId: null,
    } as const;
    const reading = readingDemo(() => ({ accessToken: async () => ({ ok: false, problem }) }));
    const facts = await read(reading, requestFor(reading.tenant));
    expect(facts.filter((fact) => fact.type === 'related.failed').map((fact) => fact.problem)).toEqual(
      Array.from({ length: 4 }, () => problem),
    );
  });
});

describe('somebody who gives up', () => {
  test('hears nothing more', async () => {
    const reading = readingDemo();
    reading.tenant.faults.always({ kind: 'slow', delayMs: 60_000 });
    const facts: RelatedFact[] = [];
    const work = (async () => {
      for await (const fact of readRelated(requestFor(reading.tenant), reading.deps)) facts.push(fact);
    })();
    await settle();
    reading.abort();
    await work;
    expect(facts.every(({ type }) => type === 'related.started')).toBe(true);
  });

  test('by listening no longer ends what was asked', async () => {
    const reading = readingDemo();
    const aborted: boolean[] = [];
    const { client } = reading.deps;
    const watched = {
      ...reading.deps,
      client: {
        get: async (call: Parameters<typeof client.get>[0]) => {
          const outcome = await client.get(call);
          aborted.push(call.signal.aborted);
          return outcome;
        },
      },
    };
    reading.tenant.faults.always({ kind: 'slow', delayMs: 60_000 }, ({ url }) => !url.includes('directoryAudits'));
    const first = async () => {
      for await (const fact of readRelated(requestFor(reading.tenant), watched)) {
        if (fact.type === 'related.read') return fact.source;
      }
      return null;
    };
    expect(await reading.toEnd(first())).toBe('audits');
    await settle();
    expect(aborted).toEqual([false, true, true, true]);
  });
});
