/** Signing in on the screen, beyond the straight way: again from the cache, too late, refused, cancelled. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { createRealSend } from '../../src/graph/real-send.ts';
import { signInWithBrowser } from '../support/demo-browser.ts';
import type { DemoServer } from '../support/demo-server.ts';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { until } from '../support/until.ts';
import { expectGivenBack, startInFrame } from './frame.ts';
import { hasRows, quit, userCodeOf } from './reading.ts';
import { at, type Stage, scenario, test, trusting } from './stage.ts';

function isFor(endpoint: string, url: string): boolean {
  return new URL(url).pathname.endsWith(`/oauth2/v2.0/${endpoint}`);
}

/** The requests for tokens that arrived: what they were asked with. */
function grantsAsked(server: DemoServer): readonly URLSearchParams[] {
  return server
    .requests()
    .filter(({ to, url }) => to === 'login' && isFor('token', url))
    .map(({ body }) => new URLSearchParams(body));
}

function codesAsked(server: DemoServer): number {
  return server.requests().filter(({ url }) => isFor('devicecode', url)).length;
}

async function waitForCode(terminal: PseudoTerminal): Promise<string> {
  await terminal.waitFor((screen) => userCodeOf(screen) !== null);
  return userCodeOf(terminal.screen) ?? '';
}

/** A program in the place of the system's browser starter: writes down the address that it is to open. */
async function fakeBrowser(stage: Stage): Promise<{ readonly path: string; readonly address: () => Promise<string> }> {
  const folder = join(stage.home, 'bin');
  const note = join(stage.home, 'opened');
  await mkdir(folder);
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(folder, name), `#!/bin/sh\nprintf %s "$1" > '${note}.new' && mv '${note}.new' '${note}'\n`);
    await chmod(join(folder, name), 0o755);
  }
  return {
    path: `${folder}:${process.env.PATH ?? ''}`,
    address: async () => {
      await until(
        () => existsSync(note),
        () => 'no browser was started',
      );
      return readFile(note, 'utf8');
    },
  };
}

describe.concurrent('signing in', scenario, () => {
  test('the second start needs no code; logout forgets who it was', async ({ stage }) => {
    const server = await stage.serve();
    const env = trusting(server);
    const first = stage.start(at(server), { env });
    await waitForCode(first);
    server.tenant.signIn.approve();
    await first.waitFor(hasRows);
    expect(await quit(first)).toBe(0);

    const folder = join(stage.home, 'data', 'entra-signups');
    // When requests were sent stays: it says nothing about anybody.
    const saved = () => readdirSync(folder).filter((name) => !name.startsWith('requests-'));
    expect(saved()).toEqual(['accounts.json']);
    expect(statSync(join(folder, 'accounts.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);

    const asked = server.requests().filter(({ to }) => to === 'login').length;
    const second = stage.start(at(server), { env });
    await second.waitFor(hasRows);
    expect(server.requests().filter(({ to }) => to === 'login')).toHaveLength(asked);
    expect(await quit(second)).toBe(0);

    // Graph no longer takes the saved token: it is renewed without a word.
    server.tenant.signIn.expireTokens();
    const third = stage.start(at(server), { env });
    await third.waitFor(hasRows);
    expect(grantsAsked(server).at(-1)?.get('grant_type')).toBe('refresh_token');
    expect(codesAsked(server)).toBe(1);
    expect(await quit(third)).toBe(0);

    const { tenant } = server;
    const before = stage.pipe(['whoami', ...at(server)], env);
    expect(await before.end()).toBe(0);
    expect(before.stdout).toContain(tenant.account.username);
    expect(before.stdout).toContain(tenant.tenantId);
    const logout = stage.pipe(['logout', ...at(server)], env);
    expect(await logout.end()).toBe(0);
    expect(logout.stderr).toContain(tenant.account.username);
    expect(saved()).toEqual([]);
    const after = stage.pipe(['whoami', ...at(server)], env);
    expect(await after.end()).toBe(3);
    expect(after.stdout).toBe('');
    expect(after.stderr).toContain('entra-signups login');
  });

  test('a code that expired is replaced with n', async ({ stage }) => {
    const server = await stage.serve();
    const terminal = stage.start(at(server), { env: trusting(server) });
    const first = await waitForCode(terminal);
    server.tenant.signIn.expireCodes();
    await terminal.waitFor('The code has expired');
    terminal.press('n');
    const second = await waitForCode(terminal);
    expect(second).not.toBe(first);
    server.tenant.signIn.approve();
    await terminal.waitFor(hasRows);
  });

  test('where the tenant refuses device codes, the browser is offered and completes', async ({ stage }) => {
    const server = await stage.serve();
    server.tenant.signIn.block('deviceCode', 530035);
    const browser = await fakeBrowser(stage);
    const terminal = stage.start(at(server), { env: { ...trusting(server), PATH: browser.path } });
    await terminal.waitFor('AADSTS530035');
    expect(terminal.screen.text()).toMatch(/^ *b +signs in with a browser/m);
    terminal.press('b');
    await terminal.waitFor('The browser is open');
    const page = await signInWithBrowser(await browser.address(), createRealSend({ ca: server.ca }));
    expect(page).toContain('<html');
    await terminal.waitFor(hasRows);
    expect(grantsAsked(server).at(-1)?.get('grant_type')).toBe('authorization_code');
  });

  test('Esc cancels at once, whatever the service is doing, and its code is never redeemed', async ({ stage }) => {
    const server = await stage.serve();
    const { faults, signIn } = server.tenant;
    const slow = faults.always({ kind: 'slow', delayMs: 120_000 }, ({ url }) => isFor('devicecode', url));
    const terminal = stage.start(at(server), { env: trusting(server) });
    await until(
      () => codesAsked(server) === 1,
      () => 'no code was asked for',
    );
    await terminal.waitFor('Asking for a code');
    terminal.press('\x1b');
    await terminal.waitFor(/^ *d +with a code/m);
    expect(server.requests().find(({ url }) => isFor('devicecode', url))?.status).toBeNull();

    slow();
    terminal.press('d');
    const cancelled = await waitForCode(terminal);
    const { deviceCode } = signIn.pending[0] ?? {};
    terminal.press('\x1b');
    await terminal.waitFor(/^ *d +with a code/m);
    const asked = grantsAsked(server).length;
    signIn.approve();
    terminal.press('d');
    expect(await waitForCode(terminal)).not.toBe(cancelled);
    signIn.approve();
    await terminal.waitFor(hasRows);
    // One poll may have been under way when the key was pressed.
    const later = grantsAsked(server).slice(asked + 1);
    expect(later.filter((form) => form.get('device_code') === deviceCode)).toEqual([]);
  });

  test('^C twice quits', async ({ stage }) => {
    const server = await stage.serve();
    const terminal = startInFrame(stage, at(server), { env: trusting(server) });
    await waitForCode(terminal);
    terminal.press('\x03');
    await terminal.waitFor('Press ^C again to quit.');
    expect(userCodeOf(terminal.screen)).not.toBeNull();
    terminal.press('\x03');
    await expectGivenBack(terminal, 0);
  });
});
