/** What each check makes of what it is given. */
import { describe, expect, test } from 'vitest';
import { directoryRole } from '../../src/doctor/directory-roles.ts';
import { certificatesCheck, proxyCheck, unreachedCheck } from '../../src/doctor/network-checks.ts';
import type { Environment, ExtraCertificates, Whereto } from '../../src/doctor/patient.ts';
import { clockCheck } from '../../src/doctor/service-checks.ts';
import { cloudCheck, programCheck, settingsChecks, tenantCloudCheck } from '../../src/doctor/settings-checks.ts';
import { permissionsCheck, roleCheck, tokenCheck } from '../../src/doctor/sign-in-checks.ts';
import { terminalChecks } from '../../src/doctor/terminal-checks.ts';
import type { TokenClaims } from '../../src/doctor/token-claims.ts';
import { endpointsOf } from '../../src/endpoints.ts';

const { loginUrl, graphUrl } = endpointsOf.global;
const whereto: Whereto = {
  tenant: 'contoso.onmicrosoft.com',
  clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  cloud: 'global',
  loginUrl,
  graphUrl,
  isDemo: false,
};

describe('the program', () => {
  test.each([
    ['20.19.0', 'pass'],
    ['20.18.3', 'fail'],
    ['18.20.0', 'fail'],
    ['24.1.0', 'pass'],
  ])('with Node.js %s: %s', (node, state) => {
    expect(programCheck({ program: '1.0.0', node, system: 'linux x64' })).toMatchObject({ state });
  });
});

describe('the settings', () => {
  const none = { file: '/c/config.toml', wasRead: false, complaints: [], unknownVariables: [] };

  test('that are right name their file', () => {
    expect(settingsChecks({ ...none, wasRead: true })).toMatchObject([
      { state: 'pass', found: 'read from /c/config.toml' },
    ]);
  });

  test('that are not there are none', () => {
    expect(settingsChecks(none)).toMatchObject([{ state: 'pass', found: 'no settings file; none is needed' }]);
  });

  test('that are wrong are told one by one, each with its remedy', () => {
    const complaints = [
      { message: 'config.toml, line 3: there is no key "tenat"', advice: 'Did you mean tenant?' },
      { message: 'ENTRA_SIGNUPS_LIMIT takes a whole number', advice: '' },
    ];
    expect(settingsChecks({ ...none, complaints, unknownVariables: ['there is no variable ENTRA_SIGNUPS_X'] })).toEqual(
      [
        expect.objectContaining({
          state: 'fail',
          kind: 'usage',
          found: complaints[0]?.message,
          fix: 'Did you mean tenant?',
        }),
        expect.objectContaining({ state: 'fail', kind: 'usage', fix: expect.stringContaining('Correct it') }),
        expect.objectContaining({ state: 'warn' }),
      ],
    );
  });
});

describe('the cloud', () => {
  test('is named with its hosts', () => {
    expect(cloudCheck(whereto)).toMatchObject({ state: 'pass', found: expect.stringContaining('graph.microsoft.com') });
  });

  test('without a documented sign-up log is a warning', () => {
    expect(cloudCheck({ ...whereto, cloud: 'china', ...endpointsOf.china })).toMatchObject({ state: 'warn' });
  });

  test('that the tenant does not live in is told, with the option', () => {
    expect(tenantCloudCheck(whereto, 'graph.microsoft.us')).toMatchObject({
      state: 'warn',
      fix: 'Choose its cloud: --cloud usgov',
    });
    expect(tenantCloudCheck(whereto, 'graph.microsoft.com')).toBeNull();
    expect(tenantCloudCheck({ ...whereto, graphUrl: 'https://graph.example.org' }, 'graph.microsoft.com')).toBeNull();
  });
});

describe('the proxy', () => {
  test.each<[string, Environment, string]>([
    ['none', {}, 'none'],
    ['one', { HTTPS_PROXY: 'http://proxy.example:3128' }, 'http://proxy.example:3128 (HTTPS_PROXY)'],
    ['that for http, where there is none for https', { http_proxy: 'http://p:1' }, 'http://p:1 (http_proxy)'],
    ['lower case first', { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'http://a:1 (https_proxy)'],
    ['that for everything', { ALL_PROXY: 'p:1' }, 'http://p:1 (ALL_PROXY)'],
    ['an empty one is none', { https_proxy: '', HTTPS_PROXY: 'http://b:1' }, 'http://b:1 (HTTPS_PROXY)'],
    [
      'excepted by name',
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.microsoft.com,login.microsoftonline.com' },
      'none, because of NO_PROXY',
    ],
    ['excepted by *', { HTTPS_PROXY: 'http://p:1', no_proxy: '*' }, 'none, because of NO_PROXY'],
    [
      'not excepted by another port',
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*.microsoft.com:8443' },
      'http://p:1 (HTTPS_PROXY)',
    ],
    [
      'for one of two',
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'graph.microsoft.com:443' },
      'login.microsoftonline.com: http://p:1 (HTTPS_PROXY); graph.microsoft.com: none, because of NO_PROXY',
    ],
  ])('%s', (_, environment, found) => {
    expect(proxyCheck([loginUrl, graphUrl], environment)).toMatchObject({ state: 'pass', found });
  });

  test('is told without user name and password', () => {
    const { found } = proxyCheck([graphUrl], { HTTPS_PROXY: 'http://ana:hush@proxy.example:3128/' });
    expect(found).toContain('http://proxy.example:3128');
    expect(found).not.toMatch(/ana|hush/);
  });

  test.each(['socks5://ana:hush@p:1', 'http://ana:12#hush@p:1'])('%s cannot be used, and is not repeated', (text) => {
    const finding = proxyCheck([graphUrl], { HTTPS_PROXY: text });
    expect(finding).toMatchObject({
      state: 'fail',
      kind: 'unreachable',
      found: expect.stringContaining('HTTPS_PROXY'),
    });
    expect(finding.found + finding.fix).not.toMatch(/ana|hush/);
  });
});

describe('the certificates', () => {
  test.each<[string, ExtraCertificates, Environment, string]>([
    ['of Node alone', null, {}, 'pass'],
    ['and others', { file: 'ca.pem', state: 'certificates' }, {}, 'pass'],
    ['and a file that is none', { file: 'ca.pem', state: 'noCertificates' }, {}, 'warn'],
    ['and a file that is not there', { file: 'ca.pem', state: 'unreadable' }, {}, 'warn'],
    ['that are not checked at all', null, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'warn'],
  ])('%s', (_, extra, environment, state) => {
    expect(certificatesCheck(extra, environment)).toMatchObject({ state });
  });
});

test.each([
  ['name', '--graph-url'],
  ['certificate', 'NODE_EXTRA_CA_CERTS'],
  ['proxyForbids', 'allow graph.microsoft.com'],
  ['timeout', 'firewalls often block without a word'],
] as const)('a service out of reach by its %s names the remedy', (reason, words) => {
  const finding = unreachedCheck('Graph', graphUrl, '--graph-url', { reason, code: 'E', detail: 'so it said' });
  expect(finding).toMatchObject({ state: 'fail', kind: 'unreachable', fix: expect.stringContaining(words) });
  expect(finding.found).toContain('so it said');
});

describe('the clock', () => {
  const serverMs = Date.parse('2026-11-23T10:42:00Z');

  test.each([
    [0, 'pass'],
    [29_000, 'pass'],
    [-29_000, 'pass'],
    [40_000, 'warn'],
    [-40_000, 'warn'],
  ])('%i ms off: %s', (offMs, state) => {
    expect(clockCheck({ serverMs, hereMs: serverMs + offMs })).toMatchObject({ state });
  });

  test('says in which direction it is wrong', () => {
    expect(clockCheck({ serverMs, hereMs: serverMs + 600_000 }).found).toContain('10 min ahead of');
    expect(clockCheck({ serverMs, hereMs: serverMs - 86_400_000 * 3 }).found).toContain('3 days behind');
  });

  test('is not judged when nobody told the time', () => {
    expect(clockCheck(null)).toMatchObject({ state: 'skipped' });
  });
});

describe('the token', () => {
  const login = 'entra-signups login --tenant contoso.example.org';
  const claims: TokenClaims = { scopes: ['AuditLog.Read.All'], roleIds: null, expiresAtMs: 600_000 };
  const reportsReader = '4a5d8f65-41da-4de4-8968-e035b65339cf';
  const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';

  test('says how long it lasts, if it can be read', () => {
    expect(tokenCheck(claims, 0, true, login)).toMatchObject({
      state: 'pass',
      found: 'good for 10 min, then renewed automatically',
    });
    expect(tokenCheck(null, 0, true, login)).toMatchObject({ state: 'pass' });
  });

  test('is not said to be renewed when there is nothing to renew it with', () => {
    const finding = tokenCheck(claims, 0, false, login);
    expect(finding).toMatchObject({ state: 'warn', fix: expect.stringContaining(`${login} --auth browser`) });
    expect(finding.found).toMatch(/^good for 10 min\. It cannot be renewed: /);
  });

  test.each([
    [['AuditLog.Read.All', 'User.Read'], 'pass'],
    [['User.Read'], 'fail'],
    [[], 'skipped'],
  ])('with the permissions %j: %s', (scopes, state) => {
    expect(permissionsCheck({ ...claims, scopes })).toMatchObject({ state });
  });

  test('without the permission says who can grant it', () => {
    const finding = permissionsCheck({ ...claims, scopes: ['User.Read'] });
    expect(finding).toMatchObject({ kind: 'refused', fix: expect.stringContaining('consent to AuditLog.Read.All') });
  });

  test.each([
    [[reportsReader], 'pass', 'Reports Reader'],
    [[userAdministrator, reportsReader.toUpperCase()], 'pass', 'User Administrator, Reports Reader'],
    [[userAdministrator], 'warn', 'User Administrator'],
    [['00000000-0000-4000-8000-000000000000'], 'warn', '1 not known here'],
    [[], 'warn', 'the token names none'],
    [null, 'skipped', 'the token does not say'],
  ])('with the roles %j: %s', (roleIds, state, words) => {
    expect(roleCheck({ ...claims, roleIds })).toMatchObject({ state, found: expect.stringContaining(words) });
  });

  test('a role that is not kept has no name', () => {
    expect(directoryRole('not-an-id')).toBeNull();
  });
});

describe('the terminal', () => {
  const terminal = { columns: 120, rows: 40, ascii: false, color: true };
  const environment = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };

  test.each<[string, object, Environment, string]>([
    ['that is fine', {}, {}, 'pass'],
    ['that is small', { columns: 39 }, {}, 'warn'],
    ['that is low', { rows: 9 }, {}, 'warn'],
    ['that is dumb', {}, { TERM: 'dumb' }, 'warn'],
    ['that has no name', {}, { TERM: undefined }, 'warn'],
    ['whose locale is not UTF-8', { ascii: true }, { LANG: 'C' }, 'warn'],
    ['where plain glyphs were asked for', { ascii: true }, {}, 'pass'],
  ])('%s', (_, size, more, state) => {
    expect(terminalChecks({ ...terminal, ...size }, { ...environment, ...more })[0]).toMatchObject({ state });
  });

  test('over SSH is told', () => {
    expect(terminalChecks(terminal, { ...environment, SSH_TTY: '/dev/pts/1' })[0]?.found).toContain('over SSH');
  });

  test.each<[Environment, string]>([
    [{ TMUX: '/tmp/tmux,1,0' }, 'allow-passthrough on'],
    [{ TERM: 'screen.xterm' }, 'screen'],
    [{ TERM: 'linux' }, 'has no clipboard'],
    [{}, 'OSC 52'],
  ])('with %j copies so', (more, words) => {
    expect(terminalChecks(terminal, { ...environment, ...more })[1]?.found).toContain(words);
  });

  test('that is none is not checked', () => {
    expect(terminalChecks(null, environment).map(({ state }) => state)).toEqual(['skipped', 'skipped']);
  });
});
