/** The built program on networks that stand in its way: it ends at once where waiting cannot help, and says what would. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type ProxyManner, type ProxyServer, startProxy } from '../support/proxy-server.ts';
import { quit } from './reading.ts';
import { login, startLive } from './signed-in.ts';
import { at, isForLog, type Stage, scenario, test, trusting } from './stage.ts';

/** Far less than the minutes that trying again and again takes, and enough for a busy machine. */
const AT_ONCE_MS = 30_000;

const commands = [['list'], ['attempts'], ['stats'], ['trace', 'f4414243-b0ee-4030-9c0c-d661c716a6b8'], ['login']];

interface Way {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Runs `work` with a proxy. */
async function withProxy<T>(
  manner: ProxyManner | (() => ProxyManner),
  work: (proxy: ProxyServer) => Promise<T>,
): Promise<T> {
  const proxy = await startProxy(manner);
  try {
    return await work(proxy);
  } finally {
    proxy.close();
  }
}

/** Every command that ends, side by side, on this way to Microsoft: exit code 5, soon, and the same words. */
async function expectEndOfAll(stage: Stage, { args, env }: Way, words: RegExp): Promise<void> {
  await Promise.all(
    commands.map(async (command) => {
      const startMs = Date.now();
      const piped = stage.pipe([...command, ...args], env);
      expect(await piped.end(), piped.stderr).toBe(5);
      expect(Date.now() - startMs, piped.stderr).toBeLessThan(AT_ONCE_MS);
      expect(piped.stderr.replaceAll(/\s+/g, ' ')).toMatch(words);
      expect(piped.stderr).not.toMatch(/ExperimentalWarning|hush/);
    }),
  );
}

describe('what waiting cannot fix ends a command at once', scenario, () => {
  test.for<[string, string, RegExp]>([
    [
      'a SOCKS proxy',
      'socks5://ana:hush@localhost:1080',
      /^entra-signups: HTTPS_PROXY names a SOCKS proxy .* Set it to/,
    ],
    ['a password that was not encoded', 'http://ana:12#hush@localhost:1', /HTTPS_PROXY does not hold the address/],
  ])('%s', async ([, proxy, words], { stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    await expectEndOfAll(stage, { args: at(server), env: { ...trusting(server), HTTPS_PROXY: proxy } }, words);
    expect(await stage.pipe(['whoami', ...at(server)], { HTTPS_PROXY: proxy }).end()).toBe(0);
    const screen = stage.start(at(server), { env: { HTTPS_PROXY: proxy } });
    expect(await screen.waitForEnd()).toBe(5);
    expect(screen.output).not.toContain('\x1b');
  });

  test.for<[string, ProxyManner, RegExp]>([
    [
      'a proxy that wants a password',
      { kind: 'wants', credentials: 'x:y' },
      /did not accept the user name and password/,
    ],
    ['a proxy that forbids it', { kind: 'answers', status: 403 }, /does not allow connections to .* \(HTTP 403\)/],
  ])('%s', async ([, manner, words], { stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    await withProxy(manner, async ({ address, tunnels }) => {
      const env = { ...trusting(server), HTTPS_PROXY: `http://ana:hush@${address}` };
      await expectEndOfAll(stage, { args: at(server), env }, words);
      expect(tunnels.length).toBeGreaterThanOrEqual(commands.length);
    });
  });

  test.for<[string, string, RegExp]>([
    // Longer than a name can be, so that nobody is asked for it.
    ['a name that does not exist', `${'a'.repeat(64)}.example:1`, /The name of the proxy .* could not be looked up/],
    ['a connection that is refused', 'localhost:1', /The connection to the proxy .* was refused/],
  ])('%s', async ([, proxy, words], { stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    await expectEndOfAll(stage, { args: at(server), env: { ...trusting(server), HTTPS_PROXY: proxy } }, words);
  });

  test('a certificate that is not trusted', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    await expectEndOfAll(stage, { args: at(server), env: {} }, /is not trusted here.*NODE_EXTRA_CA_CERTS=FILE/);
  });
});

describe('what goes on does not give up', scenario, () => {
  test('tail says why, and goes on once the proxy lets it through', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const manner: { current: ProxyManner } = { current: { kind: 'answers', status: 403 } };
    await withProxy(
      () => manner.current,
      async ({ address }) => {
        const tail = stage.pipe(['tail', '--since', '24h', ...at(server)], {
          ...trusting(server),
          HTTPS_PROXY: address,
        });
        await tail.waitUntil(
          () => /does not allow connections to .*\n(.*\n)*.*trying again at/.test(tail.stderr),
          'no reason',
        );
        manner.current = { kind: 'connects' };
        await tail.waitUntil(() => tail.lines.length > 0, 'no rows');
      },
    );
  });

  test('the screen says why', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    const screen = stage.start(at(server));
    await screen.waitFor((shown) =>
      /is not trusted here.*NODE_EXTRA_CA_CERTS=FILE/.test(shown.text().replaceAll(/\s+/g, ' ')),
    );
    expect(screen.screen.text()).toMatch(/failed, again in \d+ s/);
    expect(await quit(screen)).toBe(0);
  });
});

describe('a wait that Graph asks for', scenario, () => {
  test('ends a command when it is longer than ten minutes, and says until when', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    server.tenant.faults.always({ kind: 'throttled', retryAfterS: 3 * 60 * 60 }, isForLog);
    const list = stage.pipe(['list', ...at(server)], trusting(server));
    expect(await list.end()).toBe(5);
    expect(list.stderr).toContain('Microsoft Graph asks to wait 3 h.');
    expect(list.stderr).toMatch(/it asks to wait until (\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d, too long for this command/);
  });

  test('is obeyed in full by what goes on', async ({ stage }) => {
    const server = await stage.serve();
    const screen = await startLive(stage, server);
    server.tenant.faults.always({ kind: 'throttled', retryAfterS: 3 * 60 * 60 }, isForLog);
    const before = Date.now();
    await screen.waitFor(/throttled, goes on at (\w{3} )?\d\d:\d\d:\d\d/);
    const until = /goes on at (?:\w{3} )?(\d\d):(\d\d)/.exec(screen.screen.text());
    const minutesAhead = (Number(until?.[1]) * 60 + Number(until?.[2]) - Math.floor(before / 60_000)) % 1440;
    expect((minutesAhead + 1440) % 1440).toBeGreaterThanOrEqual(180);
    expect((minutesAhead + 1440) % 1440).toBeLessThanOrEqual(182);
    expect(await quit(screen)).toBe(0);
  });
});

describe('the debug log', scenario, () => {
  test('names the proxy, and not its password', async ({ stage }) => {
    const server = await stage.serve();
    await login(stage, server);
    await withProxy({ kind: 'wants', credentials: 'ana:hush' }, async ({ address }) => {
      const env = { ...trusting(server), HTTPS_PROXY: `ana:hush@${address}`, NO_PROXY: new URL(server.loginUrl).host };
      const list = stage.pipe(['list', '--debug-log', 'debug.log', ...at(server)], env);
      expect(await list.end()).toBe(0);
      const written = await readFile(join(stage.home, 'debug.log'), 'utf8');
      expect(written).toContain(`http://${address} (HTTPS_PROXY; its user name and password are not shown)`);
      expect(written).toContain('none, because of NO_PROXY');
      expect(written + list.stderr).not.toMatch(/hush/);
    });
  });
});
