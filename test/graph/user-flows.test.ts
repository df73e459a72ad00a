import { beforeAll, describe, expect, test } from 'vitest';
import type { UserFlowsOutcome } from '../../src/facts/user-flows.ts';
import type { Send } from '../../src/graph/send.ts';
import type { TokenOutcome, TokenSource } from '../../src/graph/token-source.ts';
import { readUserFlows } from '../../src/graph/user-flows.ts';
import { settle } from '../support/manual-clock.ts';
import { GRAPH_URL, refusal } from './fake-graph.ts';
import { setUp } from './run-client.ts';

beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const LIST = '/v1.0/identity/authenticationEventsFlows';
const shop = '94559aba-b733-468e-aaec-44cc4e7f0b58';
const bank = '7e2f9d18-0c4b-4b6f-8f3d-5a1e0b9c7d21';

const applications = (appIds: readonly string[] | undefined, includeAllApplications = false) => ({
  applications: { includeAllApplications, ...(appIds && { includeApplications: appIds.map((appId) => ({ appId })) }) },
});
const problem = { kind: 'refused', title: 'No.', meaning: '', todo: 'Ask.', code: null, requestId: null } as const;

/** Answers by path and query, the last for ever; everything else is 404. */
function graph(answers: Readonly<Record<string, readonly (() => Response)[]>>, token?: TokenOutcome) {
  const tokens: { readonly scopes: readonly string[] | undefined }[] = [];
  const accessToken: TokenSource['accessToken'] = async ({ scopes }) => {
    tokens.push({ scopes });
    return token ?? { ok: true, token: 'a-token' };
  };
  const left = new Map(Object.entries(answers).map(([path, list]) => [path, [...list]]));
  const answer: Send = async ({ url }) => {
    const list = left.get(url.slice(GRAPH_URL.length)) ?? [];
    const next = list.length > 1 ? list.shift() : list[0];
    return next ? next() : refusal(404, 'ResourceNotFound');
  };
  const made = setUp(answer, { accessToken });
  const controller = new AbortController();
  const read = () =>
    readUserFlows({ client: made.client, clock: made.clock, random: () => 0, signal: controller.signal });
  return { ...made, tokens, read, abort: () => controller.abort() };
}

const list = (...value: readonly unknown[]) => [() => Response.json({ value })];

/** Turns the clock to the next waiter until the reading ends. */
async function ended({ clock, read }: ReturnType<typeof graph>): Promise<UserFlowsOutcome> {
  const state: { outcome: UserFlowsOutcome | null } = { outcome: null };
  const reading = read().then((outcome) => {
    state.outcome = outcome;
  });
  for (await settle(); state.outcome === null; await settle()) {
    if (clock.nextWakeMs === null) throw new Error('nobody waits, and nothing ends');
    await clock.advance(clock.nextWakeMs - clock.now());
  }
  await reading;
  return state.outcome;
}

describe('the user flows', () => {
  test('are read with their applications, which the list may leave out', async () => {
    const given = graph({
      [LIST]: list(
        {
          id: 'f-1',
          displayName: 'Shop sign-up',
          description: 'For customers',
          conditions: applications([shop.toUpperCase(), shop]),
          onAuthenticationMethodLoadStart: { identityProviders: [{ id: 'Google-OAUTH', displayName: 'Google' }] },
        },
        { id: 'f/2', displayName: 'Two', conditions: applications([]) },
        { id: 'f-3', displayName: 'Everything', conditions: applications([], true) },
        { id: 'f-4' },
      ),
      [`${LIST}/f%2F2/conditions/applications/includeApplications`]: list({ appId: bank }, { appId: shop }, {}, null),
      [`${LIST}/f-4/conditions/applications/includeApplications`]: list(),
    });
    const none = { description: null, includesAllApplications: false, appIds: [], identityProviders: [] };
    expect(await given.read()).toEqual({
      kind: 'read',
      flows: [
        {
          ...none,
          id: 'f-1',
          displayName: 'Shop sign-up',
          description: 'For customers',
          appIds: [shop],
          identityProviders: ['Google'],
        },
        { ...none, id: 'f/2', displayName: 'Two', appIds: [bank, shop] },
        { ...none, id: 'f-3', displayName: 'Everything', includesAllApplications: true },
        { ...none, id: 'f-4', displayName: 'f-4' },
      ],
      unreadable: [],
    });
    expect(new Set(given.tokens.map(({ scopes }) => scopes?.join(' ')))).toEqual(new Set(['EventListener.Read.All']));
  });

  test('come from all pages, of the list and of a collection', async () => {
    const apps = `${LIST}/b/conditions/applications/includeApplications`;
    const given = graph({
      [LIST]: [
        () =>
          Response.json({
            value: [{ id: 'a', conditions: applications([shop]) }],
            '@odata.nextLink': `${GRAPH_URL}${LIST}?$skiptoken=2`,
          }),
      ],
      [`${LIST}?$skiptoken=2`]: list({ id: 'b', conditions: {} }, { displayName: 'nameless' }),
      [apps]: [
        () => Response.json({ value: [{ appId: shop }], '@odata.nextLink': `${GRAPH_URL}${apps}?$skiptoken=2` }),
      ],
      [`${apps}?$skiptoken=2`]: [
        () => Response.json({ value: [{ appId: bank }], '@odata.nextLink': `${GRAPH_URL}${apps}` }),
      ],
    });
    const outcome = await ended(given);
    expect(outcome).toMatchObject({ kind: 'read', unreadable: ['a user flow without an id'] });
    expect(outcome.kind === 'read' && outcome.flows.map(({ id, appIds }) => [id, appIds])).toEqual([
      ['a', [shop]],
      ['b', [shop, bank]],
    ]);
  });

  test('leave out one that is deleted while they are read', async () => {
    const given = graph({ [LIST]: list({ id: 'gone' }, { id: 'stays', conditions: applications([shop]) }) });
    expect(await given.read()).toMatchObject({ kind: 'read', flows: [{ id: 'stays' }] });
  });

  test('keep to the budget of all requests', async () => {
    const rows = Array.from({ length: 9 }, (_, n) => ({ id: `f${n}` }));
    const given = graph({
      [LIST]: list(...rows),
      ...Object.fromEntries(
        rows.map(({ id }) => [`${LIST}/${id}/conditions/applications/includeApplications`, list({ appId: shop })]),
      ),
    });
    const startMs = given.clock.now();
    expect(await ended(given)).toMatchObject({ kind: 'read' });
    expect(given.sent).toHaveLength(10);
    expect(given.clock.now() - startMs).toBeGreaterThanOrEqual(20_000);
  });

  test('are waited for when Graph asks for it, or is out of order for a moment', async () => {
    const given = graph({
      [LIST]: [
        () => refusal(429, 'TooManyRequests', '', { 'Retry-After': '30' }),
        () => refusal(503),
        () => Response.json({ value: [] }),
      ],
    });
    const startMs = given.clock.now();
    expect(await ended(given)).toEqual({ kind: 'read', flows: [], unreadable: [] });
    expect(given.clock.now() - startMs).toBeGreaterThanOrEqual(35_000);
  });

  test('are given up when it stays so', async () => {
    const outcome = await ended(graph({ [LIST]: [() => refusal(503, 'serviceNotAvailable')] }));
    expect(outcome).toMatchObject({
      kind: 'failed',
      problem: { kind: 'unreachable', title: expect.stringMatching(/^The user flows could not be listed: .*503/) },
    });
  });

  test('are no longer waited for by somebody who left', async () => {
    const given = graph({ [LIST]: [() => refusal(503)] });
    const reading = given.read();
    await settle();
    given.abort();
    expect(await reading).toEqual({ kind: 'cancelled' });
  });
});

describe('a refusal', () => {
  const role = 'External ID User Flow Administrator';
  test.each([
    ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', /^Role or consent/, role],
    ['Authentication_RequestFromUnsupportedUserRole', 'User is not in the allowed roles', /^Role:/, role],
    ['UnknownError', 'User is not in the allowed roles', /^Role:/, role],
    ['Authentication_MSGraphPermissionMissing', '', /^Consent:/, 'EventListener.Read.All'],
    ['', '', /^Role or consent/, role],
  ])('%s %s tells what is missing, and what works all the same', async (code, message, title, missing) => {
    const outcome = await graph({ [LIST]: [() => refusal(403, code, message)] }).read();
    expect(outcome).toMatchObject({ kind: 'failed', problem: { kind: 'refused', requestId: 'the-request' } });
    if (outcome.kind !== 'failed') return;
    expect(outcome.problem.title).toMatch(title);
    expect(outcome.problem.todo).toContain(missing);
    expect(outcome.problem.todo).toContain('Filtering by application works without it');
    expect(outcome.problem.meaning).toContain('EventListener.Read.All');
  });

  test('of the applications of one flow is one of all, so that no event is missed without a word', async () => {
    const given = graph({
      [LIST]: list({ id: 'a' }),
      [`${LIST}/a/conditions/applications/includeApplications`]: [() => refusal(403, 'Authorization_RequestDenied')],
    });
    expect(await given.read()).toMatchObject({ kind: 'failed', problem: { kind: 'refused' } });
  });

  test.each([400, 404])('with %i is that of a cloud without user flows', async (status) => {
    expect(await graph({ [LIST]: [() => refusal(status, 'BadRequest')] }).read()).toMatchObject({
      kind: 'failed',
      problem: { kind: 'refused', meaning: expect.stringContaining('not document them for every cloud') },
    });
  });

  test('for want of consent is an outcome of its own, and nothing is sent', async () => {
    const given = graph({}, { ok: false, problem, consentNeeded: ['EventListener.Read.All'] });
    expect(await given.read()).toEqual({
      kind: 'consentNeeded',
      scopes: ['EventListener.Read.All'],
      problem: { ...problem, todo: expect.stringMatching(/^Ask\. Filtering by application works/) },
    });
    expect(given.sent).toEqual([]);
  });

  test('of something that is no list is told', async () => {
    expect(await ended(graph({ [LIST]: [() => Response.json({ value: 'x' })] }))).toMatchObject({
      kind: 'failed',
      problem: { kind: 'unreachable' },
    });
  });
});
