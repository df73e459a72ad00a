/** The whole examination, on the demo tenant with something wrong. */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { createDemoTenant, type DemoTenant } from '../../src/demo/tenant.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { Patient } from '../../src/doctor/patient.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { TokenOutcome } from '../../src/graph/token-source.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';

interface Setup {
  readonly tenant: DemoTenant;
  readonly patient: Patient;
  readonly asked: string[];
  readonly examine: () => Promise<readonly Finding[]>;
}

/** `token`: what there is instead of the demo's own. */
function setUp(more: Partial<Patient> = {}, token: TokenOutcome | null = null): Setup {
  const clock = new ManualClock(NOON_MS);
  const tenant = createDemoTenant({ seed: '1', clock });
  const { loginUrl, graphUrl, account } = tenant;
  const asked: string[] = [];
  const tokens = { accessToken: async () => token ?? { ok: true as const, token: tenant.accessToken() } };
  const client = createGraphClient({
    ...{ graphUrl, send: tenant.send, tokens, clock },
    budget: createBudget({ clock, newId: () => 'process' }),
    random: () => 0,
    newId: () => 'an-id',
    userAgent: 'test/1',
  });
  const patient: Patient = {
    versions: { program: '1.0.0', node: '22.0.0', system: 'linux x64' },
    settings: { file: null, wasRead: false, complaints: [], unknownVariables: [] },
    whereto: {
      ...{ tenant: tenant.tenantDomain, clientId: 'a-client', cloud: 'global' },
      ...{ loginUrl, graphUrl, isDemo: false },
    },
    environment: { TERM: 'xterm', LANG: 'C.UTF-8' },
    extraCertificates: null,
    terminal: { columns: 80, rows: 24, ascii: false, color: true },
    loginCommand: 'entra-signups login --tenant example',
    send: tenant.send,
    signedIn: {
      findAccount: async () => ({ account, problem: null }),
      accessToken: tokens.accessToken,
      get: (url, signal) => {
        asked.push(new URL(url, graphUrl).pathname);
        return client.get({ url, priority: 'user', signal });
      },
    },
    clock,
    ...more,
  };
  const examineNow = async () => {
    const findings: Finding[] = [];
    const running = (async () => {
      for await (const finding of examine(patient, new AbortController().signal)) findings.push(finding);
      return 'done' as const;
    })();
    // Where Graph asks to wait, time passes.
    while ((await Promise.race([running, clock.advance(1_000)])) !== 'done');
    return findings;
  };
  return { tenant, patient, asked, examine: examineNow };
}

function stateOf(findings: readonly Finding[], name: string) {
  return findings.filter((finding) => finding.name === name).map(({ state }) => state);
}

function find(findings: readonly Finding[], name: string): Finding {
  const found = findings.find((finding) => finding.name === name);
  if (found === undefined) throw new Error(`no finding about ${name}`);
  return found;
}

const isFor = (log: string) => (request: Request) => new URL(request.url).pathname.endsWith(`/${log}`);

describe('a tenant in good order', () => {
  test('passes, and each log is asked for once', async () => {
    const { examine: run, asked } = setUp();
    const findings = await run();
    expect(findings.filter(({ state }) => state === 'fail')).toEqual([]);
    for (const name of ['sign-in service', 'tenant', 'sign-in', 'token', 'permissions', 'Graph', 'clock', 'sign-ups']) {
      expect(stateOf(findings, name)).toEqual(['pass']);
    }
    expect(find(findings, 'sign-ups').found).toMatch(/^can be read; newest entry \d+ min ago$/);
    expect(asked).toEqual([
      '/beta/auditLogs/signUps',
      '/v1.0/auditLogs/signIns',
      '/v1.0/auditLogs/directoryAudits',
      '/v1.0/auditLogs/provisioning',
    ]);
  });

  test('never shows the token', async () => {
    const { examine: run, tenant } = setUp();
    const told = JSON.stringify(await run());
    for (const part of tenant.accessToken().split('.')) expect(told).not.toContain(part);
  });
});

describe('a refusal', () => {
  const refusals: readonly [Extract<Fault, { kind: 'forbidden' }>['reason'], string, string][] = [
    ['licence', 'Licence:', 'Directory.Read.All'],
    ['role', 'Role:', 'Reports Reader'],
    ['permission', 'Consent:', 'consent to AuditLog.Read.All'],
    ['directoryRead', 'Consent:', 'consent to Directory.Read.All'],
  ];

  test.each(refusals)('of the sign-up log for want of %s is a failure with its remedy', async (reason, title, todo) => {
    const { examine: run, tenant } = setUp();
    tenant.faults.always({ kind: 'forbidden', reason }, isFor('signUps'));
    const finding = find(await run(), 'sign-ups');
    expect(finding).toMatchObject({ state: 'fail', kind: 'refused' });
    expect(finding.found).toContain(title);
    expect(finding.fix).toContain(todo);
  });

  test.each(['signIns', 'directoryAudits', 'provisioning'])('of %s is a warning', async (log) => {
    const { examine: run, tenant } = setUp();
    tenant.faults.always({ kind: 'forbidden', reason: 'licence' }, isFor(log));
    const findings = await run();
    const refused = findings.filter(({ found }) => found.startsWith('Licence:'));
    expect(refused).toMatchObject([{ state: 'warn', fix: expect.stringContaining('Add a licence') }]);
    expect(stateOf(findings, 'sign-ups')).toEqual(['pass']);
  });
});

describe('what cannot be asked is not guessed', () => {
  test('when nobody is signed in, Graph is looked at without a token', async () => {
    const patient = setUp().patient;
    const signedIn = patient.signedIn && { ...patient.signedIn, findAccount: async () => nobody };
    const { examine: run, asked } = setUp({ signedIn });
    const findings = await run();
    expect(find(findings, 'sign-in')).toMatchObject({ state: 'fail', kind: 'signIn' });
    expect(find(findings, 'sign-in').fix).toContain('entra-signups login --tenant example');
    expect(stateOf(findings, 'Graph')).toEqual(['pass']);
    expect(stateOf(findings, 'clock')).toEqual(['pass']);
    for (const name of ['token', 'permissions', 'role', 'sign-ups', 'sign-ins', 'audits', 'provisioning']) {
      expect(find(findings, name)).toMatchObject({ found: 'not checked, because nobody is signed in' });
    }
    expect(asked).toEqual([]);
  });

  const nobody = { account: null, problem: null };

  test('when there is no token, the problem says why and the command is named', async () => {
    const problem = { kind: 'signIn', title: 'It has expired.', meaning: '', todo: 'Sign in again.' } as const;
    const { examine: run } = setUp({}, { ok: false, problem: { ...problem, code: 'AADSTS70008', requestId: null } });
    const findings = await run();
    expect(find(findings, 'token')).toMatchObject({ state: 'fail', found: 'It has expired. (code AADSTS70008)' });
    expect(find(findings, 'token').fix).toContain('entra-signups login');
    expect(stateOf(findings, 'sign-ups')).toEqual(['skipped']);
  });

  test('when Graph cannot be reached, no log is asked for in vain', async () => {
    const { examine: run, asked, tenant } = setUp();
    tenant.faults.always({ kind: 'dropped' });
    const findings = await run();
    expect(find(findings, 'Graph')).toMatchObject({ state: 'fail', kind: 'unreachable' });
    for (const name of ['sign-ups', 'sign-ins', 'audits', 'provisioning']) {
      expect(find(findings, name).found).toContain('Graph could not be reached');
    }
    expect(asked).toHaveLength(1);
  });

  test('when the sign-in service is silent, that is told after a while', async () => {
    const { examine: run } = setUp({ send: () => new Promise(() => {}) });
    const findings = await run();
    expect(find(findings, 'sign-in service')).toMatchObject({ state: 'fail', kind: 'unreachable' });
    expect(stateOf(findings, 'tenant')).toEqual(['skipped']);
  });
});

test('a tenant that is not there is a mistake in the settings', async () => {
  const { patient } = setUp();
  const { examine: run } = setUp({ whereto: { ...patient.whereto, tenant: 'other.onmicrosoft.com' } });
  expect(find(await run(), 'tenant')).toMatchObject({
    state: 'fail',
    kind: 'usage',
    found: expect.stringContaining('There is no tenant other.onmicrosoft.com'),
    fix: expect.stringContaining('Check --tenant'),
  });
});

test('a page for people in between is not taken for Microsoft', async () => {
  const { examine: run } = setUp({ send: async () => new Response('<html>Welcome to the hotel</html>') });
  const finding = find(await run(), 'sign-in service');
  expect(finding).toMatchObject({ state: 'fail', kind: 'unreachable' });
  expect(finding.found).not.toContain('hotel');
});

test('where Graph asks to wait, it waits and asks again', async () => {
  const { examine: run, tenant, asked } = setUp();
  tenant.faults.once({ kind: 'throttled', retryAfterS: 8 }, isFor('signUps'));
  expect(stateOf(await run(), 'sign-ups')).toEqual(['pass']);
  expect(asked.filter((path) => path.endsWith('signUps'))).toHaveLength(2);
});

test('a clock that is wrong is told', async () => {
  const { examine: run } = setUp({ clock: new ManualClock(NOON_MS - 600_000) });
  expect(find(await run(), 'clock')).toMatchObject({ state: 'warn', found: expect.stringContaining('10 min behind') });
});
