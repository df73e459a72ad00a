/** The real `Send` under the real Graph client, through proxies on this machine that help, ask, refuse and hang. */
import { createServer, type Server } from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createBudget } from '../../src/graph/budget.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import type { GraphOutcome } from '../../src/graph/outcome.ts';
import type { Environment } from '../../src/graph/proxy.ts';
import { createRealSend, type RealSendOptions } from '../../src/graph/real-send.ts';
import { type Certificate, createCertificate } from '../support/certificate.ts';
import { type ProxyManner, type ProxyServer, startProxy } from '../support/proxy-server.ts';
import { goodToken } from './run-feed.ts';

const trusted = createCertificate();
const untrusted = createCertificate();
let graph: Server;
let port: number;
const proxies: ProxyServer[] = [];

beforeAll(async () => {
  const { certificate, privateKey } = trusted;
  graph = createServer({ cert: certificate, key: privateKey }, (_, outgoing) => outgoing.end('{"value":[]}'));
  port = await listening(graph);
});

afterAll(() => {
  graph.closeAllConnections();
  graph.close();
});

afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

async function proxyThat(manner: ProxyManner, certificate?: Certificate): Promise<ProxyServer> {
  const proxy = await startProxy(manner, certificate);
  proxies.push(proxy);
  return proxy;
}

/** One call to Graph, for which `localhost` stands. */
function get(environment: Environment, options: RealSendOptions & { host?: string } = {}): Promise<GraphOutcome> {
  const { host = `localhost:${port}`, ...send } = options;
  const client = createGraphClient({
    graphUrl: `https://${host}`,
    send: createRealSend({ ca: trusted.certificate, environment, ...send }),
    tokens: goodToken,
    budget: createBudget({ clock: systemClock, newId: () => 'process' }),
    clock: systemClock,
    random: () => 0,
    newId: () => '11111111-1111-4111-8111-111111111111',
    userAgent: 'entra-signups/1.0.0',
  });
  return client.get({ url: '/v1.0/', priority: 'user', signal: new AbortController().signal });
}

describe('a proxy that connects', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'is used when %s names it, without a scheme',
    async (variable) => {
      const proxy = await proxyThat({ kind: 'connects' });
      expect(await get({ [variable]: proxy.address })).toMatchObject({ kind: 'ok' });
      expect(proxy.tunnels).toEqual([`localhost:${port}`]);
      expect(proxy.credentials).toEqual([null]);
    },
  );

  test('may itself be reached by https', async () => {
    const proxy = await proxyThat({ kind: 'connects' }, trusted);
    expect(await get({ HTTPS_PROXY: `https://${proxy.address}` })).toMatchObject({ kind: 'ok' });
    expect(proxy.tunnels).toHaveLength(1);
  });

  test('is passed by for what NO_PROXY names', async () => {
    const proxy = await proxyThat({ kind: 'connects' });
    const environment = { HTTPS_PROXY: proxy.address, NO_PROXY: `other, localhost:${port}` };
    expect(await get(environment)).toMatchObject({ kind: 'ok' });
    expect(await get({ ...environment, NO_PROXY: '127.0.0.0/8' }, { host: `127.0.0.1:${port}` })).toMatchObject({
      kind: 'ok',
    });
    expect(proxy.tunnels).toEqual([]);
    expect(await get({ ...environment, NO_PROXY: 'localhost:1' })).toMatchObject({ kind: 'ok' });
    expect(proxy.tunnels).toHaveLength(1);
  });

  test.each([
    ['ana:hush@', 'ana:hush'],
    ['CORP%5Cana:p%40%3A%2F%23@', 'CORP\\ana:p@:/#'],
    ['ana@', 'ana:'],
  ])('gets the credentials in %s, decoded', async (before, credentials) => {
    const proxy = await proxyThat({ kind: 'wants', credentials });
    expect(await get({ HTTPS_PROXY: `http://${before}${proxy.address}` })).toMatchObject({ kind: 'ok' });
    expect(proxy.credentials).toEqual([credentials]);
  });
});

describe('a proxy that does not', () => {
  async function failureAt(environment: Environment, options: RealSendOptions = {}) {
    const outcome = await get(environment, options);
    if (outcome.kind !== 'unreachable') throw new Error(`expected no answer, got ${outcome.kind}`);
    return outcome.failure;
  }

  test('wants a user name and password', async () => {
    const proxy = await proxyThat({ kind: 'wants', credentials: 'ana:hush' });
    expect(await failureAt({ HTTPS_PROXY: proxy.address })).toMatchObject({
      reason: 'proxySignIn',
      proxy: { status: 407, offers: ['basic'], proxy: { hasCredentials: false } },
    });
    const failure = await failureAt({ HTTPS_PROXY: `ana:secret@${proxy.address}` });
    expect(failure).toMatchObject({ reason: 'proxySignIn', proxy: { proxy: { hasCredentials: true } } });
    expect(JSON.stringify(failure)).not.toContain('secret');
  });

  test('wants what is not supported', async () => {
    const headers = ['Proxy-Authenticate: Negotiate', 'Proxy-Authenticate: NTLM'];
    const proxy = await proxyThat({ kind: 'answers', status: 407, headers });
    expect(await failureAt({ HTTPS_PROXY: proxy.address })).toMatchObject({
      proxy: { offers: ['negotiate', 'ntlm'] },
    });
  });

  test.each([
    [403, 'proxyForbids'],
    [405, 'proxyForbids'],
    [429, 'proxy'],
    [502, 'proxy'],
    [503, 'proxy'],
  ])('answers %i', async (status, reason) => {
    const proxy = await proxyThat({ kind: 'answers', status });
    const name = { address: `http://${proxy.address}`, variable: 'HTTPS_PROXY', hasCredentials: false };
    expect(await failureAt({ HTTPS_PROXY: proxy.address })).toMatchObject({ reason, proxy: { status, proxy: name } });
  });

  test('hangs', async () => {
    const proxy = await proxyThat({ kind: 'hangs' });
    const failure = await failureAt({ HTTPS_PROXY: proxy.address }, { connectTimeoutMs: 50 });
    expect(failure).toMatchObject({ reason: 'timeout', proxy: { status: null } });
  });

  test('is not there', async () => {
    const proxy = await proxyThat({ kind: 'connects' });
    proxy.close();
    expect(await failureAt({ HTTPS_PROXY: proxy.address })).toMatchObject({
      reason: 'refused',
      code: 'ECONNREFUSED',
      proxy: { status: null, proxy: { variable: 'HTTPS_PROXY' } },
    });
  });

  test('speaks https, with a certificate that is not trusted', async () => {
    const proxy = await proxyThat({ kind: 'connects' }, untrusted);
    expect(await failureAt({ HTTPS_PROXY: `https://${proxy.address}` })).toMatchObject({
      reason: 'certificate',
      proxy: { proxy: { address: `https://${proxy.address}` } },
    });
    expect(proxy.tunnels).toEqual([]);
  });

  test('speaks http where https was named', async () => {
    const proxy = await proxyThat({ kind: 'connects' });
    expect(await failureAt({ HTTPS_PROXY: `https://${proxy.address}` })).toMatchObject({ reason: 'tls', proxy: {} });
  });

  test('connects to a host whose certificate is not trusted: that is not about the proxy', async () => {
    const proxy = await proxyThat({ kind: 'connects' });
    const failure = await failureAt({ HTTPS_PROXY: proxy.address }, { ca: untrusted.certificate });
    expect(failure).toMatchObject({ reason: 'certificate' });
    expect(failure.proxy).toBeUndefined();
  });

  test('cannot be used at all', async () => {
    expect(await failureAt({ ALL_PROXY: 'socks5://localhost:1080' })).toEqual({
      reason: 'proxyAddress',
      code: null,
      detail: 'ALL_PROXY names a SOCKS proxy (socks5://), which is not supported.',
    });
  });
});

describe('certificates', () => {
  const day = createCertificate({ fromDays: -30, toDays: -1 });
  test.each([
    ['expired', day, 'CERT_HAS_EXPIRED'],
    ['not valid yet', createCertificate({ fromDays: 1, toDays: 30 }), 'CERT_NOT_YET_VALID'],
    ['for another name', createCertificate({ name: 'other.example' }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('one that is %s is told as such', async (_, { certificate, privateKey }, code) => {
    const server = createServer({ cert: certificate, key: privateKey });
    const host = `localhost:${await listening(server)}`;
    try {
      expect(await get({}, { host, ca: certificate })).toMatchObject({
        kind: 'unreachable',
        failure: { reason: 'certificate', code },
      });
    } finally {
      server.close();
    }
  });
});
