/** `trace` against a tenant that refuses some of its logs: the others are printed, and what is refused is one line. */
import { describe, expect } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import type { DemoServer } from '../support/demo-server.ts';
import { login } from './signed-in.ts';
import { at, type Stage, scenario, test, trusting } from './stage.ts';

type Reason = Extract<Fault, { kind: 'forbidden' }>['reason'];

const DAY_MS = 86_400_000;

const reasons: readonly (readonly [Reason, words: RegExp, code: string])[] = [
  ['licence', /Licence: .*Directory\.Read\.All/, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'],
  ['role', /Role: .*Reports Reader/, 'Authentication_RequestFromUnsupportedUserRole'],
  ['permission', /Consent: .*AuditLog\.Read\.All/, 'Authentication_MSGraphPermissionMissing'],
  ['directoryRead', /Consent: .*Directory\.Read\.All/, 'Authentication_ApplicationHasNoDirectoryReadAccess'],
  ['privileges', /Consent or role: .*AuditLog\.Read\.All/, 'Authorization_RequestDenied'],
];

/** Attempts that left something in every log, one for each reason: so that a fault is for one program alone. */
function attemptsEverywhere({ tenant }: DemoServer) {
  const found = tenant.truth
    .attempts({ fromMs: Date.now() - 6 * DAY_MS, toMs: Date.now() - 2 * DAY_MS })
    .filter(({ entries }) => entries.some(({ log }) => log === 'provisioning'))
    .slice(0, reasons.length);
  expect(found).toHaveLength(reasons.length);
  return found;
}

/** Each in a data folder of its own: together they would wait for the request budget. */
async function trace(stage: Stage, server: DemoServer, correlationId: string) {
  const env = { ...trusting(server), ...(await stage.dataOfItsOwn()) };
  return stage.pipe(['trace', correlationId, ...at(server)], env);
}

describe.concurrent('trace', scenario, () => {
  test.for([
    ['signUps', 'sign-up log', 'sign-ups'],
    ['signIns', 'sign-in log', 'sign-ins'],
    ['directoryAudits', 'audit log', 'audits'],
    ['provisioning', 'provisioning log', 'provisioning'],
  ] as const)(
    'without the %s prints the rest, and says why, whatever the reason',
    async ([path, called, word], { stage }) => {
      const server = await stage.serve({ requestsPer10S: null });
      await login(stage, server);
      const attempts = attemptsEverywhere(server);
      const ends = reasons.map(async ([reason, words, code], at) => {
        const { correlationId = '', userId } = attempts[at] ?? {};
        server.tenant.faults.always({ kind: 'forbidden', reason }, ({ url }) => {
          return url.includes(`/${path}?`) && (url.includes(correlationId) || url.includes(String(userId)));
        });
        const piped = await trace(stage, server, correlationId);
        expect(await piped.end()).toBe(0);
        const logs = new Set(piped.lines.map((line) => JSON.parse(line).log));
        const all = ['sign-ups', 'sign-ins', 'audits', 'provisioning'];
        expect([...logs].sort()).toEqual(all.filter((one) => one !== word).sort());
        const told = piped.stderr.split('\n').slice(0, -1);
        expect(told).toHaveLength(1);
        expect(told[0]).toContain(`The ${called} could not be read: `);
        expect(told[0]).toMatch(words);
        expect(told[0]).toContain(`(code ${code}, request `);
      });
      await Promise.all(ends);
    },
  );

  test('ends with 4 when every log is refused, each with its line', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    server.tenant.faults.always({ kind: 'forbidden', reason: 'role' });
    const piped = await trace(stage, server, attemptsEverywhere(server)[0]?.correlationId ?? '');
    expect(await piped.end()).toBe(4);
    expect(piped.stdout).toBe('');
    const told = piped.stderr.split('\n').slice(0, -1);
    expect(told.map((line) => /The ([a-z-]+ log) could not/.exec(line)?.[1]).sort()).toEqual([
      'audit log',
      'sign-in log',
      'sign-up log',
    ]);
  });

  test('ends with 3 when nobody is signed in and nobody is there', async ({ stage }) => {
    const server = await stage.serve();
    const piped = await trace(stage, server, 'f4414243-b0ee-4030-9c0c-d661c716a6b8');
    expect(await piped.end()).toBe(3);
    expect(piped.stderr).toContain('entra-signups login');
  });

  test('asks no more than the limit of Graph allows', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const piped = await trace(stage, server, attemptsEverywhere(server)[0]?.correlationId ?? '');
    expect(await piped.end()).toBe(0);
    const statuses = server
      .requests()
      .filter(({ to }) => to === 'graph')
      .map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });
});
