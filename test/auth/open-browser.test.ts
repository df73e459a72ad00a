import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserCommand, canOpenBrowser, openBrowser } from '../../src/auth/open-browser.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryFolder, until } from './support.ts';

const url = 'https://login.example.org/t/authorize?a=1&b=%20$(id)';

describe('whether a browser can be opened', () => {
  it.each([
    { can: true, where: 'on a desktop', platform: 'linux', env: { DISPLAY: ':0' } },
    { can: true, where: 'on a Wayland desktop', platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } },
    { can: false, where: 'on a server', platform: 'linux', env: {} },
    { can: false, where: 'with an empty display', platform: 'linux', env: { DISPLAY: '' } },
    {
      can: false,
      where: 'over SSH, also with X forwarding',
      platform: 'linux',
      env: { SSH_CONNECTION: 'x', DISPLAY: ':10' },
    },
    { can: false, where: 'over SSH to a Mac', platform: 'darwin', env: { SSH_TTY: '/dev/ttys001' } },
    { can: true, where: 'on a Mac', platform: 'darwin', env: {} },
    { can: true, where: 'on Windows', platform: 'win32', env: {} },
  ] as const)('$can $where', ({ can, platform, env }) => {
    expect(canOpenBrowser(env, platform)).toBe(can);
  });
});

describe('the program that opens a browser', () => {
  it.each([
    { platform: 'linux', program: ['xdg-open'] },
    { platform: 'darwin', program: ['open'] },
    { platform: 'win32', program: ['rundll32', 'url.dll,FileProtocolHandler'] },
  ] as const)('on $platform gets the address as one argument', ({ platform, program }) => {
    expect(browserCommand(platform, url)).toEqual([...program, url]);
  });

  it.each(['http://login.example.org', 'file:///etc/passwd', 'javascript:alert(1)', '--help', ''])(
    'is not started for %o',
    (other) => {
      expect(browserCommand('linux', other)).toBeNull();
    },
  );
});

describe('opening a browser', () => {
  it('hands over the address unchanged, without a shell', async () => {
    const { env, out } = launcher('printf "%s" "$1" > "$OUT.part" && mv "$OUT.part" "$OUT"');

    expect(await openBrowser(url, { clock: new ManualClock(0), env, platform: 'linux' })).toBe(true);

    expect(readFileSync(out, 'utf8')).toBe(url);
  });

  it('tells when the launcher found no browser', async () => {
    const { env } = launcher('exit 3');

    expect(await openBrowser(url, { clock: new ManualClock(0), env, platform: 'linux' })).toBe(false);
  });

  it('tells when there is no launcher', async () => {
    const env = { PATH: temporaryFolder() };

    expect(await openBrowser(url, { clock: new ManualClock(0), env, platform: 'linux' })).toBe(false);
  });

  it('counts a launcher that goes on running as a browser', async () => {
    const { env, out } = launcher('echo $$ > "$OUT.part" && mv "$OUT.part" "$OUT"; exec sleep 60');
    const clock = new ManualClock(0);
    const opened = openBrowser(url, { clock, env, platform: 'linux' });
    await until(() => existsSync(out));

    await clock.advance(2_000);

    expect(await opened).toBe(true);
    process.kill(Number(readFileSync(out, 'utf8')));
  });
});

/** A folder with an `xdg-open` of ours in front of the path. */
function launcher(script: string) {
  const folder = temporaryFolder();
  const program = join(folder, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  const out = join(folder, 'out');
  return { out, env: { PATH: `${folder}:${process.env.PATH}`, OUT: out } };
}
