/** `flow:` for commands without a screen, with the real libraries of Microsoft against the demo tenant. */

import { describe, expect, test } from 'vitest';
import { createAuth } from '../../src/auth/auth.ts';
import type { Command } from '../../src/commands/command.ts';
import { type WithFlows, withFlows } from '../../src/commands/flows.ts';
import { requestPace } from '../../src/commands/request-pace.ts';
import type { Connection } from '../../src/connect.ts';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import { parseQuery } from '../../src/filter/parse-query.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { createLogClock } from '../../src/graph/log-clock.ts';
import { readUserFlows } from '../../src/graph/user-flows.ts';
import { passingTime } from '../auth/support.ts';
import { Recorder } from '../headless/run-program.ts';
import { ManualClock } from '../support/manual-clock.ts';

const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const FLOWS_PATH = '/v1.0/identity/authenticationEventsFlows';
const onFlows = (request: Request) => new URL(request.url).pathname.startsWith(FLOWS_PATH);

/** Somebody who is signed in for the log and nothing else. */
async function signedInForTheLog({ hasPerson = false } = {}) {
  // MSAL dates tokens by the real clock; the manual one starts there, so that both agree about what is still valid.
  const clock = new ManualClock(Date.now());
  const tenant = createDemoTenant({ seed: 'flows', clock, approveAfterMs: 4_000 });
  const asked: string[] = [];
  const send = (request: Request) => {
    asked.push(new URL(request.url).pathname);
    return tenant.send(request);
  };
  const { loginUrl, graphUrl, tenantId } = tenant;
  const auth = createAuth({
    ...{ loginUrl, graphUrl, tenant: tenantId, clientId, send, clock },
    cacheFile: null,
    openBrowser: async () => false,
  });
  const random = () => 0;
  const budget = createBudget({ clock, newId: () => 'process' });
  const newId = () => '11111111-1111-4111-8111-111111111111';
  const client = createGraphClient({ graphUrl, send, tokens: auth, budget, clock, random, newId, userAgent: 'test' });
  const connection: Connection = {
    findAccount: async () => ({ account: await auth.account(), problem: null }),
    signIn: (method, signal, extraScopes) => auth.signIn(method, signal, extraScopes),
    checkSaving: () => auth.checkSaving(),
    signOut: () => auth.signOut(),
    readFeed: async function* () {},
    readCorrelation: async function* () {},
    readRelated: async function* () {},
    readUserFlows: (signal) => readUserFlows({ client, clock, random, signal }),
    readPerson: async () => ({ kind: 'nobody' }),
    findPerson: async () => ({ kind: 'nobody' }),
    readMethods: async () => ({ kind: 'nobody' }),
  };
  const interrupted = new AbortController();
  const interruption = { signal: interrupted.signal, exitCode: () => 130, release: () => {} };
  const stderr = new Recorder();
  const io = { stdin: process.stdin, stdout: stderr, stderr, env: {} };
  const host = { onSignal: () => () => {}, onCrash: () => () => {}, onExit: () => () => {} };
  const edges: Command['program']['edges'] = {
    ...{ clock, random, newId, platform: 'linux', terminal: null },
    dataFolder: async () => '',
    configFolder: async () => '',
    host: { ...host, stop: () => {}, report: () => {}, exit: () => {} },
  };
  const command: Command = {
    program: { io, edges, version: '0.0.0' },
    ...{
      connection,
      interruption,
      hasPerson,
      hasReader: hasPerson,
      pace: requestPace(clock),
      logClock: createLogClock(clock),
    },
    write: (text) => void stderr.write(text),
    ends: { clock, interrupted: interrupted.signal },
  };
  for await (const _ of passing(clock, auth.signIn('device-code', interrupted.signal)));
  asked.length = 0;
  const run = (query: string): Promise<WithFlows> => {
    const parsed = parseQuery(query, { nowMs: clock.now(), timeZone: 'UTC' });
    if (!parsed.ok) throw new Error(parsed.error.message);
    const options = {
      filter: parsed.filter,
      target: { kind: 'tenant', tenant: tenantId, clientId, cloud: 'global', loginUrl, graphUrl },
      signInMethod: null,
      debugLogFile: null,
    } as const;
    return passingTime(clock, withFlows(options, command));
  };
  /** A token for the log, without asking anybody. */
  const logToken = () => auth.accessToken({ renew: true, claims: null, signal: interrupted.signal });
  return { tenant, asked, run, said: () => stderr.text, logToken, auth };
}

async function* passing<Fact>(clock: ManualClock, facts: AsyncIterable<Fact>): AsyncGenerator<Fact> {
  const iterator = facts[Symbol.asyncIterator]();
  for (;;) {
    const next = await passingTime(clock, iterator.next());
    if (next.done) return;
    yield next.value;
  }
}

describe('a query with flow:', () => {
  test('asks for the permission where a person is there, and reads the flows then', async () => {
    const { run, said, logToken, asked } = await signedInForTheLog({ hasPerson: true });
    const outcome = await run('flow:"Loyalty sign-up" outcome:failed');
    expect(outcome).toMatchObject({
      ok: true,
      filter: {
        terms: [{ values: [{ text: 'Loyalty sign-up', apps: [expect.any(String), expect.any(String)] }] }, {}],
      },
    });
    expect(said()).toMatch(/takes a permission more: EventListener\.Read\.All\n.*To sign in, open this page/s);
    expect(asked.filter((path) => path.startsWith(FLOWS_PATH))).toHaveLength(2);
    expect(await logToken()).toMatchObject({ ok: true });
    const saidBefore = said();
    expect(await run('flow:"Shop sign-up"')).toMatchObject({ ok: true });
    expect(said()).toBe(saidBefore);
  });

  test('ends with 4 where nobody is there, says what to do, and leaves the sign-in alone', async () => {
    const { run, said, logToken, asked, auth } = await signedInForTheLog();
    expect(await run('flow:"Shop sign-up"')).toEqual({ ok: false, exitCode: 4 });
    expect(said()).toMatch(/^entra-signups: Consent: .*EventListener\.Read\.All/);
    expect(said()).toContain('Filtering by application works without it: app:"name"');
    expect(said()).toContain('code AADSTS65001');
    expect(asked.filter((path) => path.startsWith(FLOWS_PATH))).toEqual([]);
    expect(await logToken()).toMatchObject({ ok: true });
    expect(await auth.account()).not.toBeNull();
  });

  test('ends with 3 when the person does not accept, who is still signed in for the log', async () => {
    const { run, said, logToken, tenant } = await signedInForTheLog({ hasPerson: true });
    tenant.signIn.refuseConsent();
    expect(await run('flow:"Shop sign-up"')).toEqual({ ok: false, exitCode: 3 });
    expect(said()).toContain('The permissions were not accepted.');
    expect(said()).toContain('filtering by application (app: or appid:) works without it');
    expect(await logToken()).toMatchObject({ ok: true });
  });

  test('ends with 4 and names the role where Graph refuses all the same', async () => {
    const { run, said, tenant } = await signedInForTheLog();
    tenant.signIn.grantConsent('EventListener.Read.All');
    tenant.faults.always({ kind: 'forbidden', reason: 'role' }, onFlows);
    expect(await run('flow:"Shop sign-up"')).toEqual({ ok: false, exitCode: 4 });
    expect(said()).toContain('External ID User Flow Administrator');
  });

  test('ends with 5 when Graph cannot be reached', async () => {
    const { run, tenant } = await signedInForTheLog();
    tenant.signIn.grantConsent('EventListener.Read.All');
    tenant.faults.always({ kind: 'dropped' }, onFlows);
    expect(await run('flow:x')).toEqual({ ok: false, exitCode: 5 });
  });

  test('that names none ends with 2, and offers the nearest', async () => {
    const { run, said, tenant } = await signedInForTheLog();
    tenant.signIn.grantConsent('EventListener.Read.All');
    expect(await run('flow:"Shp sign-up" -flow:zzz')).toEqual({ ok: false, exitCode: 2 });
    const flows = 'the flows are "Loyalty sign-up", "Partner sign-up", "Shop sign-up"';
    expect(said()).toBe(
      `entra-signups: There is no user flow "Shp sign-up"; ${flows}.\n` +
        'Did you mean flow:"Shop sign-up"?\n' +
        `entra-signups: There is no user flow "zzz"; ${flows}.\n`,
    );
  });
});

test('a query without flow: asks nobody for anything', async () => {
  const { run, asked, said } = await signedInForTheLog();
  expect(await run('app:"Contoso Shop" flow')).toMatchObject({ ok: true });
  expect([asked, said()]).toEqual([[], '']);
});
