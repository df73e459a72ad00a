import { describe, expect, test } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import { networkFailure } from '../../src/graph/network-failure.ts';
import type { FailedOutcome, GraphErrorText } from '../../src/graph/outcome.ts';
import { problemOf } from '../../src/graph/problems.ts';
import { ProxyError, UnusableProxyError } from '../../src/graph/proxy-error.ts';
import { logNames } from '../../src/logs/logs.ts';

const error = (status: number, code = '', message = ''): GraphErrorText => ({
  status,
  code,
  message,
  requestId: 'the-id',
});
const refused = (code: string, message = '') => problemOf({ kind: 'refused', error: error(403, code, message) });

describe('the refusals have different next steps', () => {
  test.each([
    ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', /^Licence/, /Directory\.Read\.All.*licence/],
    ['Authentication_RequestFromUnsupportedUserRole', /^Role/, /Reports Reader/],
    ['Authentication_MSGraphPermissionMissing', /^Consent/, /AuditLog\.Read\.All/],
    ['Authentication_ApplicationHasNoDirectoryReadAccess', /^Consent/, /Directory\.Read\.All/],
    ['Authorization_RequestDenied', /^Consent or role/, /AuditLog\.Read\.All.*Reports Reader/],
    ['SomethingNew', /refused/, /AuditLog\.Read\.All/],
  ])('%s', (code, title, todo) => {
    const problem = refused(code);
    expect(problem).toMatchObject({ kind: 'refused', code, requestId: 'the-id' });
    expect(problem.title).toMatch(title);
    expect(problem.todo).toMatch(todo);
  });

  test.each([
    ["Neither tenant is B2C or tenant doesn't have premium license", /^Licence/],
    ['User is not in the allowed roles', /^Role/],
    ["Application missing MSGraph API 'Read all audit log data' permission", /^Consent: this sign-in/],
    ['Failed to do premium license check from ADGraph', /^Consent: the licence/],
    ['Insufficient privileges to complete the operation.', /^Consent or role/],
  ])('the message decides where the code says nothing: %s', (message, title) => {
    expect(refused('UnknownError', message).title).toMatch(title);
  });

  test('each log is named, where one may be open and another not', () => {
    const premium = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';
    const titles = logNames.map((log) => problemOf({ kind: 'refused', error: error(403, premium) }, log).title);
    expect(titles).toEqual([
      'Licence: this tenant may not read its activity logs through Microsoft Graph.',
      'Licence: this tenant may not read its sign-in log through Microsoft Graph.',
      'Licence: this tenant may not read its audit log through Microsoft Graph.',
      'Licence: this tenant may not read its provisioning log through Microsoft Graph.',
    ]);
    // P1 or P2 is Microsoft's condition for the other logs; for sign-ups no page of it asks for a licence.
    const todos = logNames.map((log) => problemOf({ kind: 'refused', error: error(403, premium) }, log).todo);
    expect(todos.map((todo) => todo.startsWith('Add a licence'))).toEqual([false, true, true, true]);
    const unknown = problemOf({ kind: 'refused', error: error(403, 'New') }, 'audits').title;
    expect(unknown).toBe('Microsoft Graph refused to show the audit log (HTTP 403).');
    expect(problemOf({ kind: 'notFound', error: error(404) }, 'signIns').meaning).toContain('sign-in log');
  });

  test('consent names who may give it, and the permission to try next', () => {
    const todos = logNames.map((log) => {
      const refused = error(403, 'Authentication_MSGraphPermissionMissing');
      return problemOf({ kind: 'refused', error: refused }, log).todo;
    });
    for (const todo of todos) {
      expect(todo).toContain('Cloud Application Administrator');
      expect(todo).toContain('Directory.Read.All');
      expect(todo).not.toContain('Privileged');
    }
  });

  test('the role names the roles that Microsoft lists for the log', () => {
    const [signUps, , audits] = logNames.map((log) => {
      const refused = error(403, 'Authentication_RequestFromUnsupportedUserRole');
      return problemOf({ kind: 'refused', error: refused }, log).todo;
    });
    expect(signUps).toContain('Security Operator');
    expect(audits).toContain('Security Reader or Security Administrator');
    expect(audits).not.toContain('Security Operator');
  });

  test('the permissions that Graph names are named', () => {
    const message =
      'The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All,Directory.Read.All to call this API.';
    expect(refused('Authentication_MSGraphPermissionMissing', message).todo).toContain(
      'AuditLog.Read.All and Directory.Read.All',
    );
  });
});

describe('every other failure has words, a kind and its ids', () => {
  const cases: readonly [FailedOutcome, object][] = [
    [
      { kind: 'throttled', retryAfterMs: 1, until: momentAt(1), error: error(429, 'TooManyRequests') },
      { kind: 'unreachable', code: 'TooManyRequests', requestId: 'the-id' },
    ],
    [
      { kind: 'unavailable', retryAfterMs: null, error: error(503) },
      { kind: 'unreachable', code: null },
    ],
    [{ kind: 'notFound', error: error(404, 'UnknownError') }, { kind: 'refused' }],
    [
      { kind: 'badRequest', error: error(400, 'BadRequest') },
      { kind: 'fault', code: 'BadRequest' },
    ],
    [
      { kind: 'malformed', reason: 'the answer was cut off', requestId: 'r' },
      { kind: 'unreachable', requestId: 'r' },
    ],
    [{ kind: 'misdirected', origin: 'https://evil.example.org' }, { kind: 'refused' }],
  ];
  test.each(cases)('%o', (outcome, expected) => {
    const problem = problemOf(outcome);
    expect(problem).toMatchObject(expected);
    expect(problem.title).not.toBe('');
    expect(problem.todo).not.toBe('');
  });
});

describe('network failures', () => {
  const wrapped = (code: string, message = code) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
  const proxy = { address: 'http://p:3128', variable: 'HTTPS_PROXY', hasCredentials: false };
  const atProxy = (status: number, more: { hasCredentials?: true; offers?: readonly string[] } = {}) => {
    const { hasCredentials = false, offers = [] } = more;
    return new TypeError('fetch failed', {
      cause: new ProxyError({ proxy: { ...proxy, hasCredentials }, status, offers }),
    });
  };
  const beforeProxy = (code: string) =>
    new TypeError('fetch failed', {
      cause: new ProxyError({ proxy, status: null, offers: [] }, Object.assign(new Error(code), { code })),
    });
  test.each([
    [wrapped('ENOTFOUND'), 'name', /DNS.*--graph-url and HTTPS_PROXY/],
    [wrapped('EAI_AGAIN'), 'name', /DNS/],
    [wrapped('ECONNREFUSED'), 'refused', /Microsoft Graph was refused/],
    [wrapped('ENETUNREACH'), 'refused', /refused/],
    [wrapped('ECONNRESET'), 'dropped', /dropped before/],
    [wrapped('UND_ERR_SOCKET'), 'dropped', /dropped before/],
    [wrapped('UND_ERR_CONNECT_TIMEOUT'), 'timeout', /in time/],
    [wrapped('UND_ERR_HEADERS_TIMEOUT'), 'timeout', /in time/],
    [wrapped('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate', /not trusted here.*NODE_EXTRA_CA_CERTS=FILE/],
    [wrapped('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate', /not trusted here.*NODE_EXTRA_CA_CERTS=FILE/],
    [wrapped('CERT_HAS_EXPIRED'), 'certificate', /has expired.*clock/],
    [wrapped('CERT_NOT_YET_VALID'), 'certificate', /not valid yet.*clock/],
    [wrapped('CERT_REVOKED'), 'certificate', /revoked/],
    [wrapped('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', /another name/],
    [wrapped('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', /TLS/],
    [atProxy(407), 'proxySignIn', /proxy http:\/\/p:3128 \(HTTPS_PROXY\) requires.*407.*HTTPS_PROXY=.*PASSWORD/],
    [atProxy(407, { hasCredentials: true }), 'proxySignIn', /did not accept the user name and password in HTTPS_PROXY/],
    [atProxy(407, { offers: ['ntlm', 'basic'] }), 'proxySignIn', /PASSWORD/],
    [atProxy(407, { offers: ['negotiate', 'ntlm'] }), 'proxySignIn', /\(negotiate, ntlm\) that is not supported.*px/],
    [atProxy(403), 'proxyForbids', /does not allow connections to Microsoft Graph \(HTTP 403\).*NO_PROXY/],
    [atProxy(502), 'proxy', /could not connect to Microsoft Graph \(HTTP 502\)/],
    [atProxy(429), 'proxy', /HTTP 429/],
    [beforeProxy('ENOTFOUND'), 'name', /The name of the proxy http:\/\/p:3128 \(HTTPS_PROXY\).*and HTTPS_PROXY\.$/],
    [beforeProxy('ECONNREFUSED'), 'refused', /The connection to the proxy http:\/\/p:3128 \(HTTPS_PROXY\) was refused/],
    [beforeProxy('UND_ERR_HEADERS_TIMEOUT'), 'timeout', /No answer came from the proxy/],
    [new UnusableProxyError({ variable: 'A', reason: 'A is none.' }), 'proxyAddress', /^A is none\. Set it/],
    [
      new TypeError('fetch failed', {
        cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
      }),
      'refused',
      /refused/,
    ],
    [new Error('never seen'), 'other', /No connection to Microsoft Graph/],
    ['not even an error', 'other', /No connection to Microsoft Graph/],
  ])('%s: %s', (thrown, reason, words) => {
    const failure = networkFailure(thrown);
    expect(failure.reason).toBe(reason);
    const problem = problemOf({ kind: 'unreachable', failure });
    expect(problem.kind).toBe('unreachable');
    expect(`${problem.title} ${problem.todo}`).toMatch(words);
  });

  test('causes that go round in a circle come to an end', () => {
    const error = new Error('a');
    error.cause = error;
    expect(networkFailure(error).reason).toBe('other');
  });
});
