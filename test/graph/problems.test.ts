import { describe, expect, test } from 'vitest';
import { networkFailure } from '../../src/graph/network-failure.ts';
import type { FailedOutcome, GraphErrorText } from '../../src/graph/outcome.ts';
import { problemOf } from '../../src/graph/problems.ts';
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
    ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', /^Licence/, /licence.*Directory\.Read\.All/],
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
    const unknown = problemOf({ kind: 'refused', error: error(403, 'New') }, 'audits').title;
    expect(unknown).toBe('Microsoft Graph refused to show the audit log (HTTP 403).');
    expect(problemOf({ kind: 'notFound', error: error(404) }, 'signIns').meaning).toContain('sign-in log');
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
      { kind: 'throttled', retryAfterMs: 1, untilMs: 1, error: error(429, 'TooManyRequests') },
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
  test.each([
    [wrapped('ENOTFOUND'), 'name', /DNS/],
    [wrapped('EAI_AGAIN'), 'name', /DNS/],
    [wrapped('ECONNREFUSED'), 'refused', /refused/],
    [wrapped('ENETUNREACH'), 'refused', /refused/],
    [wrapped('ECONNRESET'), 'dropped', /dropped/],
    [wrapped('UND_ERR_SOCKET'), 'dropped', /dropped/],
    [wrapped('UND_ERR_CONNECT_TIMEOUT'), 'timeout', /in time/],
    [wrapped('UND_ERR_HEADERS_TIMEOUT'), 'timeout', /in time/],
    [wrapped('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate', /NODE_EXTRA_CA_CERTS/],
    [wrapped('CERT_HAS_EXPIRED'), 'certificate', /clock/],
    [wrapped('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', /not trusted/],
    [wrapped('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', /TLS/],
    [wrapped('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'), 'proxy', /HTTPS_PROXY.*password/],
    [wrapped('ERR_PROXY_ADDRESS'), 'proxy', /HTTPS_PROXY/],
    [
      new TypeError('fetch failed', {
        cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
      }),
      'refused',
      /refused/,
    ],
    [new Error('never seen'), 'other', /reached/],
    ['not even an error', 'other', /reached/],
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
