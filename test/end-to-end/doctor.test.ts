/** `doctor`, built, against a tenant that is served: what it says, how it ends, and that it keeps secrets. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Fault } from '../../src/demo/faults.ts';
import { SkippingClock } from '../support/skipping-clock.ts';
import type { PipedProgram } from './piped-program.ts';
import { login } from './signed-in.ts';
import { at, isForLog, type Stage, scenario, test, trusting } from './stage.ts';

/** The words of a report, wherever its lines break. */
function wordsOf({ stdout }: PipedProgram): string {
  return stdout.replaceAll(/\s+/g, ' ');
}

/** Everything in the saved sign-in that must not get out. */
async function secretsOf(stage: Stage): Promise<readonly string[]> {
  const folder = join(stage.home, 'data');
  const names = await readdir(folder, { recursive: true });
  const file = names.find((name) => name.endsWith('accounts.json'));
  const text = await readFile(join(folder, file ?? ''), 'utf8');
  return [...text.matchAll(/"secret":"([^"]+)"/g)].map(([, secret]) => secret ?? '');
}

describe.concurrent('doctor', scenario, () => {
  test('finds all well after a sign-in, and shows no secret', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const before = server.requests().length;
    const env = { ...trusting(server), HTTP_PROXY: 'http://ana:hush@127.0.0.1:9', NO_PROXY: 'localhost' };
    const piped = stage.pipe(['doctor', ...at(server)], env);
    expect(await piped.end()).toBe(0);
    for (const name of ['sign-in service', 'tenant', 'sign-in', 'token', 'permissions', 'Graph', 'clock', 'sign-ups']) {
      expect(piped.stdout).toMatch(new RegExp(`^\\+ pass {2}${name} `, 'm'));
    }
    expect(piped.lines.filter((line) => line.length > 80)).toEqual([]);
    const toGraph = server
      .requests()
      .slice(before)
      .filter(({ to }) => to === 'graph');
    expect(toGraph).toHaveLength(4);
    const secrets = [...(await secretsOf(stage)), 'hush'];
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(piped.stdout + piped.stderr).not.toContain(secret);
  });

  test('as JSON is one object, with no secret in it', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const piped = stage.pipe(['doctor', '--output', 'json', ...at(server)], trusting(server));
    expect(await piped.end()).toBe(0);
    const report: { ok: boolean; checks: { name: string; state: string }[] } = JSON.parse(piped.stdout);
    expect(report.ok).toBe(true);
    expect(report.checks.find(({ name }) => name === 'sign-ups')).toMatchObject({ state: 'pass' });
    for (const secret of await secretsOf(stage)) expect(piped.stdout).not.toContain(secret);
  });

  test('names the command when nobody is signed in, and signs nobody in', async ({ stage }) => {
    const server = await stage.serve();
    const piped = stage.pipe(['doctor', ...at(server)], trusting(server));
    expect(await piped.end()).toBe(3);
    expect(wordsOf(piped)).toContain('Fix: Sign in with: entra-signups login --tenant');
    expect(piped.stdout).toMatch(/^- skip {2}sign-ups +not checked, because nobody is signed in$/m);
    expect(server.requests().filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('tells a tenant that is not there', async ({ stage }) => {
    const server = await stage.serve();
    const piped = stage.pipe(['doctor', ...at(server), '--tenant', 'other.onmicrosoft.com'], trusting(server));
    expect(await piped.end()).toBe(2);
    expect(wordsOf(piped)).toContain('There is no tenant other.onmicrosoft.com in this cloud.');
  });

  test('tells a host that cannot be reached', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const gone = await stage.serve();
    await gone.close();
    const piped = stage.pipe(['doctor', ...at(server), '--graph-url', gone.graphUrl], trusting(server));
    expect(await piped.end()).toBe(5);
    expect(piped.stdout).toMatch(/^x FAIL {2}Graph /m);
    expect(wordsOf(piped)).toMatch(/The connection to localhost:\d+ was refused/);
  });

  test('tells a certificate that is not trusted, and how to have it trusted', async ({ stage }) => {
    const server = await stage.serve();
    const piped = stage.pipe(['doctor', ...at(server)]);
    expect(await piped.end()).toBe(5);
    expect(wordsOf(piped)).toMatch(/The certificate of localhost:\d+ is not trusted here.*NODE_EXTRA_CA_CERTS=FILE/);
  });

  const refusals: readonly [Extract<Fault, { kind: 'forbidden' }>['reason'], string, string][] = [
    ['licence', 'Licence: this tenant', 'consent to Directory.Read.All'],
    ['role', 'Role: your account', 'Fix: Have the role Reports Reader assigned'],
    ['permission', 'Consent: this sign-in lacks', 'consent to AuditLog.Read.All'],
  ];

  for (const [reason, title, todo] of refusals) {
    test(`tells a refusal for want of a ${reason}`, async ({ stage }) => {
      const server = await stage.serve();
      await login(stage, server);
      server.tenant.faults.always({ kind: 'forbidden', reason }, isForLog);
      const piped = stage.pipe(['doctor', ...at(server)], trusting(server));
      expect(await piped.end()).toBe(4);
      expect(wordsOf(piped)).toContain(title);
      expect(wordsOf(piped)).toContain(todo);
    });
  }

  test('tells a clock that is wrong, and does not fail for it', async ({ stage }) => {
    const clock = new SkippingClock();
    const server = await stage.serve({ clock, accessTokenLifetimeS: 86_400 });
    await login(stage, server);
    clock.skipTo(clock.now() + 600_000);
    const piped = stage.pipe(['doctor', ...at(server)], trusting(server));
    expect(await piped.end()).toBe(0);
    expect(wordsOf(piped)).toContain('this machine is 10 min behind the server');
  });

  test('names line and key of a damaged settings file, and goes on', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const folder = join(stage.home, 'config', 'entra-signups');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.toml'), 'interval = "15s"\npage-sise = 100\n');
    const piped = stage.pipe(['doctor', ...at(server)], trusting(server));
    expect(await piped.end()).toBe(2);
    expect(wordsOf(piped)).toMatch(/config\.toml, line 2: there is no key "page-sise" Fix: Did you mean page-size\?/);
    expect(piped.stdout).toMatch(/^\+ pass {2}sign-ups /m);
  });

  test('tells the terminal that it runs in', async ({ stage }) => {
    const terminal = stage.start(['doctor', '--demo'], { columns: 100, rows: 50, env: { TMUX: '/tmp/tmux,1,0' } });
    expect(await terminal.waitForEnd()).toBe(0);
    expect(terminal.screen.text()).toMatch(/\+ pass {2}terminal +100x50, xterm-256color, UTF-8, 16 colours/);
    expect(terminal.screen.text().replaceAll(/\s+/g, ' ')).toContain('(allow-passthrough on)');
    expect(terminal.output).not.toContain('\x1b');
  });
});
