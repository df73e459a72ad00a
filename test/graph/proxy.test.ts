/** Which proxy the environment means, as curl understands it, and which hosts are reached without one. */
import { describe, expect, test } from 'vitest';
import { isExcepted } from '../../src/graph/no-proxy.ts';
import { type Environment, proxyAuthorization, proxyRoute, unusableProxy } from '../../src/graph/proxy.ts';

const GRAPH = 'https://graph.microsoft.com/v1.0/';

function routeText(environment: Environment, url = GRAPH): string {
  const route = proxyRoute(url, environment);
  switch (route.kind) {
    case 'direct':
      return route.because;
    case 'proxy':
      return `${route.proxy.address} ${route.proxy.variable}`;
    case 'unusable':
      return route.reason;
  }
}

describe('which variable counts', () => {
  const all = {
    https_proxy: 'a:1',
    HTTPS_PROXY: 'b:1',
    all_proxy: 'c:1',
    ALL_PROXY: 'd:1',
    http_proxy: 'e:1',
    HTTP_PROXY: 'f:1',
  };
  test('lower case before upper case, https before all before http', () => {
    const names = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;
    const without = (count: number) => ({ ...all, ...Object.fromEntries(names.slice(0, count).map((n) => [n, ''])) });
    expect(names.map((_, index) => routeText(without(index)))).toEqual([
      'http://a:1 https_proxy',
      'http://b:1 HTTPS_PROXY',
      'http://c:1 all_proxy',
      'http://d:1 ALL_PROXY',
      'http://e:1 http_proxy',
      'http://f:1 HTTP_PROXY',
    ]);
    expect(routeText(without(6))).toBe('none');
    expect(routeText({ ...without(6), HTTPS_PROXY: '  ' })).toBe('none');
  });
});

describe('the address', () => {
  test.each([
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['proxy', 'http://proxy'],
    ['10.0.0.1:8080', 'http://10.0.0.1:8080'],
    ['[fd00::1]:8080', 'http://[fd00::1]:8080'],
    [' http://proxy:3128/ ', 'http://proxy:3128'],
    ['HTTPS://proxy:3129', 'https://proxy:3129'],
    ['ana:hush@proxy:3128', 'http://proxy:3128'],
    ['http://CORP\\ana:hush@proxy:3128', 'http://proxy:3128'],
  ])('%s is %s', (text, address) => {
    expect(routeText({ HTTPS_PROXY: text })).toBe(`${address} HTTPS_PROXY`);
  });

  test.each([
    ['socks5://127.0.0.1:1080', 'HTTPS_PROXY names a SOCKS proxy (socks5://), which is not supported.'],
    ['SOCKS5h://ana:hush@p:1', 'HTTPS_PROXY names a SOCKS proxy (socks5h://), which is not supported.'],
    ['ftp://ana:hush@p', 'HTTPS_PROXY begins with ftp://, and only proxies at http:// and https:// are supported.'],
    ['http://[no address', 'HTTPS_PROXY does not hold the address of a proxy.'],
    ['http://', 'HTTPS_PROXY does not hold the address of a proxy.'],
    ['http://p:99999', 'HTTPS_PROXY does not hold the address of a proxy.'],
    ['http://p:0', 'HTTPS_PROXY does not hold the address of a proxy.'],
    // The password was not encoded, and would make `ana` the host.
    ['http://ana:12/hush@p:3128', 'HTTPS_PROXY does not hold the address of a proxy.'],
    ['http://ana:12#hush@p:3128', 'HTTPS_PROXY does not hold the address of a proxy.'],
  ])('%s cannot be used', (text, reason) => {
    expect(routeText({ HTTPS_PROXY: text })).toBe(reason);
    expect(unusableProxy([GRAPH], { HTTPS_PROXY: text })).toMatchObject({ variable: 'HTTPS_PROXY', reason });
    expect(unusableProxy([GRAPH], { HTTPS_PROXY: text, NO_PROXY: 'microsoft.com' })).toBeNull();
  });

  test.each([
    ['http://ana:hush@p:1', 'ana:hush'],
    ['ana:hush@p:1', 'ana:hush'],
    ['http://an%40corp:p%3A%23%2Fx@p:1', 'an@corp:p:#/x'],
    ['http://CORP\\ana:hush@p:1', 'CORP\\ana:hush'],
    ['http://ana@p:1', 'ana:'],
    ['http://:token@p:1', ':token'],
    ['http://ana:50%@p:1', 'ana:50%'],
    ['http://ana:100%zz@p:1', 'ana:100%zz'],
    ['http://%C3%A9ve:gr%C3%BCn@p:1', 'éve:grün'],
    ['http://ana:grün@p:1', 'ana:grün'],
    ['http://p:1', null],
  ])('%s gives its user name and password to the proxy', (text, credentials) => {
    const header = credentials === null ? null : `Basic ${Buffer.from(credentials).toString('base64')}`;
    expect(proxyAuthorization('HTTPS_PROXY', { HTTPS_PROXY: text })).toBe(header);
    const route = proxyRoute(GRAPH, { HTTPS_PROXY: text });
    expect(route).toMatchObject({ proxy: { hasCredentials: credentials !== null } });
    expect(JSON.stringify(route)).not.toMatch(/ana|hush|token|gr|corp/i);
  });
});

describe('NO_PROXY', () => {
  test.each([
    ['graph.microsoft.com', GRAPH, true],
    ['microsoft.com', GRAPH, true],
    ['.microsoft.com', GRAPH, true],
    ['*.microsoft.com', GRAPH, true],
    ['MICROSOFT.COM.', GRAPH, true],
    ['com', GRAPH, true],
    ['soft.com', GRAPH, false],
    ['*soft.com', GRAPH, false],
    ['aph.microsoft.com', GRAPH, false],
    ['v1.graph.microsoft.com', GRAPH, false],
    ['*', GRAPH, true],
    ['corp,*', GRAPH, true],
    ['corp , other  microsoft.com', GRAPH, true],
    [',,', GRAPH, false],
    ['.', GRAPH, false],
    ['', GRAPH, false],
    ['microsoft.com:443', GRAPH, true],
    ['microsoft.com:8443', GRAPH, false],
    ['*:8443', 'https://localhost:8443/', true],
    ['localhost:8443', 'https://localhost:8443/', true],
    ['localhost', 'https://localhost:8443/', true],
    ['127.0.0.1', 'https://127.0.0.1:8443/', true],
    ['127.0.0.1:8443', 'https://127.0.0.1:8443/', true],
    ['127.0.0.1:9', 'https://127.0.0.1:8443/', false],
    ['.0.0.1', 'https://127.0.0.1/', false],
    ['127.0.0.0/8', 'https://127.0.0.1/', true],
    ['10.0.0.0/8', 'https://127.0.0.1/', false],
    ['10.1.2.3/16', 'https://10.1.99.1/', true],
    ['0.0.0.0/0', 'https://10.1.99.1/', true],
    ['0.0.0.0/0', GRAPH, false],
    ['10.0.0.0/33', 'https://10.0.0.1/', false],
    ['10.0.0.0/', 'https://10.0.0.1/', false],
    ['10.0.0.0/x', 'https://10.0.0.1/', false],
    ['::1', 'https://[::1]/', true],
    ['[::1]', 'https://[::1]/', true],
    ['[::1]:8443', 'https://[::1]:8443/', true],
    ['[::1]:8443', 'https://[::1]/', false],
    ['0:0:0:0:0:0:0:1', 'https://[::1]/', true],
    ['fd00::/8', 'https://[fd12::7]/', true],
    ['[fd00::]/8', 'https://[fd12::7]/', true],
    ['fd00::/8', 'https://[fe80::7]/', false],
    ['fd00::/8', 'https://10.0.0.1/', false],
    ['::ffff:10.0.0.0/104', 'https://10.0.0.1/', true],
  ])('%o, asked for %s: %o', (text, url, isOutside) => {
    expect(isExcepted(new URL(url), text)).toBe(isOutside);
  });

  test('it is read in lower case first, and an empty one is none', () => {
    const proxied = { HTTPS_PROXY: 'p:1', no_proxy: 'graph.microsoft.com', NO_PROXY: 'other' };
    expect(routeText(proxied)).toBe('noProxy');
    expect(routeText({ ...proxied, no_proxy: 'other', NO_PROXY: '*' })).toBe('http://p:1 HTTPS_PROXY');
    expect(routeText({ ...proxied, no_proxy: '', NO_PROXY: '*' })).toBe('noProxy');
  });
});
