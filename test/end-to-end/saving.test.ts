/** Where the sign-in cannot be saved, or what is there must not be trusted: said plainly, and never taken for success. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { script } from '../files/script.ts';
import type { DemoServer } from '../support/demo-server.ts';
import { until } from '../support/until.ts';
import { login } from './signed-in.ts';
import { at, type Stage, scenario, test, trusting } from './stage.ts';

const hasCode = (text: string) => /^ {2}[A-Z0-9]{9}$/m.test(text);

function folderOf(stage: Stage): string {
  return join(stage.home, 'data', 'entra-signups');
}

function accountsOf(stage: Stage): string {
  return join(folderOf(stage), 'accounts.json');
}

function codesAsked(server: DemoServer): number {
  return server.requests().filter(({ url }) => url.includes('/devicecode')).length;
}

describe.concurrent('login', scenario, () => {
  test('ends with 3, before anybody types in a code, when its file is a folder', async ({ stage }) => {
    const server = await stage.serve();
    mkdirSync(accountsOf(stage), { recursive: true });

    const piped = stage.pipe(['login', ...at(server)], trusting(server));

    expect(await piped.end()).toBe(3);
    expect(piped.stderr).toContain(
      `Not signed in. The sign-in could not be saved: ${accountsOf(stage)} is a folder, so it is not trusted.`,
    );
    expect(piped.stderr).toContain('Delete it or move it away');
    expect(piped.stderr).not.toContain('signed in as');
    expect(codesAsked(server)).toBe(0);
  });

  test('ends with 3 when its folder cannot be made', async ({ stage }) => {
    const server = await stage.serve();
    writeFileSync(join(stage.home, 'data'), '');

    const piped = stage.pipe(['login', ...at(server)], trusting(server));

    expect(await piped.end()).toBe(3);
    expect(piped.stderr).toMatch(/could not be saved: part of the path .*data\/entra-signups is not a folder\./);
  });

  test('ends with 3 when it cannot save what it got', async ({ stage }) => {
    const server = await stage.serve();
    const piped = stage.pipe(['login', ...at(server)], trusting(server));
    await piped.waitUntil(() => hasCode(piped.stderr), 'no code');
    mkdirSync(accountsOf(stage));
    server.tenant.signIn.approve();

    expect(await piped.end()).toBe(3);
    expect(piped.stderr).toMatch(/ was accepted\. The sign-in could not be saved: .*accounts\.json is a folder/);
    expect(piped.stderr).not.toContain('signed in as');
    const whoami = stage.pipe(['whoami', ...at(server)], trusting(server));
    expect(await whoami.end()).toBe(3);
  });
});

describe('login beside other processes', scenario, () => {
  test('takes over the lock of a process that was killed while it saved', async ({ stage }) => {
    const server = await stage.serve();
    const start = await script(`
      import { writeSync } from 'node:fs';
      import { changeSharedFile } from './src/files/shared-file.ts';
      await changeSharedFile(process.argv[2] ?? '', () => {
        writeSync(1, 'has the lock');
        return String(Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
      }, { waitMs: 0 });
    `);
    const killed = start([accountsOf(stage)]);
    await until(() => killed.printed() !== '', killed.printed);
    killed.process.kill('SIGKILL');
    await killed.end;
    const leftover = `${accountsOf(stage)}.4711.01234567-89ab-4cde-8f01-23456789abcd.tmp`;
    writeFileSync(leftover, 'tokens');

    await login(stage, server);

    expect(readdirSync(folderOf(stage))).toEqual(['accounts.json']);
  });

  test('waits for a lock that nobody may be holding, and takes it over', async ({ stage }) => {
    const server = await stage.serve();
    mkdirSync(folderOf(stage), { recursive: true, mode: 0o700 });
    writeFileSync(`${accountsOf(stage)}.lock`, '');

    await login(stage, server);

    expect(readdirSync(folderOf(stage))).toEqual(['accounts.json']);
  });
});

describe.concurrent('a sign-in that cannot be saved', scenario, () => {
  test('holds for the run of any other command, which says so', async ({ stage }) => {
    const server = await stage.serve();
    mkdirSync(accountsOf(stage), { recursive: true });
    const shell = ['sh', '-c', '"$@"; echo "code $?"; read -r answer', 'sh'] as const;
    const list = ['list', '--limit', '3', ...at(server)];

    const terminal = stage.startCommand([...shell, ...stage.command(list)], { env: trusting(server), columns: 200 });
    await terminal.waitFor((screen) => hasCode(screen.text()));
    server.tenant.signIn.approve();
    await terminal.waitFor('code 0');

    expect(terminal.screen.text()).toMatch(/Signed in as .* for this run\. The sign-in could not be saved: /);
  });
});

describe.concurrent('a saved sign-in', scenario, () => {
  test('that others could read is closed to them, which is said once', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    chmodSync(accountsOf(stage), 0o644);
    chmodSync(folderOf(stage), 0o777);
    const list = ['list', '--limit', '1', ...at(server)];

    const first = stage.pipe(list, trusting(server));
    expect(await first.end()).toBe(0);
    const second = stage.pipe(list, trusting(server));
    expect(await second.end()).toBe(0);

    expect(
      first.stderr.match(/Others could read .*accounts\.json \(mode 0644\)\. It is closed to them now\./g),
    ).toHaveLength(1);
    expect(first.stderr).toContain('(mode 0777)');
    expect(second.stderr).not.toContain('Others could');
    expect(statSync(accountsOf(stage)).mode & 0o777).toBe(0o600);
    expect(statSync(folderOf(stage)).mode & 0o777).toBe(0o700);
  });

  test('that others could read is said on the screen, too', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    chmodSync(accountsOf(stage), 0o644);

    const terminal = stage.start(at(server), { env: trusting(server) });

    await terminal.waitFor('Others could read');
    expect(statSync(accountsOf(stage)).mode & 0o777).toBe(0o600);
  });

  const untrusted = [
    { what: 'a symbolic link', put: (path: string) => linkInPlaceOf(path) },
    { what: 'a pipe', put: (path: string) => execFileSync('mkfifo', ['-m', '600', path]) },
    { what: 'larger than 1 MB', put: (path: string) => makeHuge(path) },
  ];
  for (const { what, put } of untrusted) {
    test(`that is ${what} is not used, nor waited for`, async ({ stage }) => {
      const server = await stage.serve();
      await login(stage, server);
      renameSync(accountsOf(stage), `${accountsOf(stage)}.theirs`);
      put(accountsOf(stage));

      const piped = stage.pipe(['list', ...at(server)], trusting(server));

      expect(await piped.end()).toBe(3);
      expect(piped.stderr).toContain(`The saved sign-in could not be used: ${accountsOf(stage)} is ${what}`);
      expect(piped.stderr).toContain('Delete it or move it away');
      const logout = stage.pipe(['logout', ...at(server)], trusting(server));
      expect(await logout.end()).toBe(3);
      expect(existsSync(`${accountsOf(stage)}.theirs`)).toBe(true);
      rmSync(accountsOf(stage));
    });
  }
});

function linkInPlaceOf(path: string): void {
  symlinkSync(`${path}.theirs`, path);
}

function makeHuge(path: string): void {
  writeFileSync(path, '', { mode: 0o600 });
  truncateSync(path, 400e6);
}
