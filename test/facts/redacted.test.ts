/** What servers say about failures holds no secret and no address of a person, wherever it enters, and still says what it said. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signInProblem } from '../../src/auth/aadsts.ts';
import { refusalIn, refusalOf } from '../../src/auth/refusal.ts';
import { openDebugLog } from '../../src/debug-log.ts';
import { redacted } from '../../src/facts/redacted.ts';
import { outcomeOfAnswer } from '../../src/graph/answer.ts';
import { networkFailure } from '../../src/graph/network-failure.ts';
import { problemOf, unauthorizedProblem } from '../../src/graph/problems.ts';
import { problemText } from '../../src/headless/problem-text.ts';
import { ManualClock } from '../support/manual-clock.ts';

const jwt = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJ1cG4iOiJhbmFAZXhhbXBsZS5vcmcifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg';
const refreshToken = '0.AXoA4f-_Qm7pXk6gk3sVwS2eXy8AAAAAAAAAwAAAAAAAAAB6AAA.AgABAwEAAADnfolhJpSnRYB1SVj-Hgd8Ag';
const deviceCode = 'BAQABAAEAAAD--DLA3VO7QrddgJg7WevrAgDs_wUA9P-7vY3kq0Zb1xJ4R6';

describe('redacting', () => {
  test.each([
    ['a bearer token', `got Bearer ${jwt}, sorry`, 'got Bearer (secret left out), sorry'],
    ['an opaque bearer token', 'Authorization: Bearer abc123', 'Authorization: Bearer (secret left out)'],
    ['a bare JWT', `token ${jwt} is expired`, 'token (secret left out) is expired'],
    ['a JWT that was cut', 'token eyJ0eXAiOiJKV1', 'token (secret left out)'],
    ['a refresh token', `the grant ${refreshToken} is revoked`, 'the grant (secret left out) is revoked'],
    ['a device code', `no such code: ${deviceCode}.`, 'no such code: (secret left out)'],
    ['a user code', 'The user code GTHP84MTB is expired', 'The user code (secret left out) is expired'],
    ['a parameter', 'client_secret=hunter2&scope=x', 'client_secret=(secret left out)&scope=x'],
    ['a member of JSON', '{"device_code":"abc"}', '{"device_code":"(secret left out)"}'],
    ['a password in an address', 'http://eve:pa55@proxy:8080', 'http://(secret left out)@proxy:8080'],
    ['an e-mail address', "User 'ana@example.org' is disabled", "User '(address left out)' is disabled"],
    ['an address in a URL', '/users/ana%40example.org/x', '/users/(address left out)/x'],
    ['a guest', 'ana_x.org#EXT#@contoso.onmicrosoft.com', '(address left out)'],
    ['an apostrophe', "for o'brien@example.org.", 'for (address left out).'],
    ['letters of any script', '用户@例え.jp なし', '(address left out) なし'],
  ])('leaves out %s', (_, text, left) => {
    expect(redacted(text)).toBe(left);
  });

  test.each([
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    'Bearer authentication is required',
    "The annotation 'members@odata.bind' is not known",
    "Resource '4a5d8f65-41da-4de4-8968-e035b65339cf' does not exist",
    'needs AuditLog.Read.All, Directory.Read.All',
    'https://graph.microsoft.com/v1.0/auditLogs/signIns?$filter=createdDateTime%20ge%202026-11-23T07:00:00Z',
    'The certificate has the thumbprint 5FB7EE0633E259DBAD0C4C9AE6D38F1A61C7DC25',
    'Your device code has expired; device code EXPIRED',
  ])('leaves %s as it is', (text) => {
    expect(redacted(text)).toBe(text);
  });

  const local = fc
    .array(fc.constantFrom(...'abcXYZ019._%+-!#$*^`~'), { minLength: 1, maxLength: 60 })
    .map((letters) => letters.join(''));
  const address = fc.tuple(local, fc.domain()).map(([name, domain]) => `${name}@${domain}`);
  const base64url = fc.string({ unit: fc.constantFrom(...'ABCDEFabcdef0123456789-_'), minLength: 60, maxLength: 300 });
  const secret = fc.oneof(
    base64url,
    base64url.map((text) => `eyJ${text}.${text}.${text}`),
  );
  /** What stands around: never so that it could belong to what is to be left out. */
  const around = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => `${text} `);

  test('leaves nothing of any address or secret, wherever it stands', () => {
    fc.assert(
      fc.property(around, fc.oneof(address, secret), around, (before, found, behind) => {
        expect(redacted(`${before}${found} ${behind}`)).not.toContain(found);
      }),
      { numRuns: 500 },
    );
  });

  test('changes nothing when it is done again, and ends, whatever it is given', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(around, address, around, secret).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(any, (text) => {
        expect(redacted(redacted(text))).toBe(redacted(text));
      }),
      { numRuns: 500 },
    );
    for (const unit of ['a', 'a.', '@', 'eyJ', 'Bearer ', 'http://', "a'", '%40']) {
      expect(redacted(unit.repeat(1_000_000)).length).toBeLessThan(100_000);
    }
  });
});

const said = `Bearer ${jwt} of ana@example.org, refresh_token=${refreshToken}, device code ${deviceCode}`;
const leaks = /eyJ|AXoA|BAQAB|@example/;

describe('what is said about a failure', () => {
  test.each([400, 401, 403, 404, 429, 500])(
    'by Graph with HTTP %i repeats nothing, on stderr or anywhere',
    (status) => {
      const body = JSON.stringify({ error: { code: `Code_${jwt}`, message: said, innerError: {} } });
      const headers = new Headers({ 'request-id': jwt });
      const outcome = outcomeOfAnswer({ status, headers, text: body }, 0);
      expect(JSON.stringify(outcome)).not.toMatch(leaks);
      if (!('error' in outcome)) throw new Error('there is no error');
      expect(outcome.error.message).toContain('Bearer (secret left out)');
      const problem =
        outcome.kind === 'unauthorized'
          ? unauthorizedProblem(outcome.error)
          : problemOf({ ...outcome, ...(outcome.kind === 'throttled' && { untilMs: 0 }) } as Parameters<
              typeof problemOf
            >[0]);
      expect(problemText(problem)).not.toMatch(leaks);
    },
  );

  test('by the sign-in service repeats nothing', () => {
    const refusal = refusalIn({
      error: `invalid_grant ${jwt}`,
      error_description: `AADSTS99: ${said}`,
      correlation_id: jwt,
    });
    expect(JSON.stringify(refusal)).not.toMatch(leaks);
    const msal = Object.assign(new Error(said), { errorCode: jwt, errorMessage: said, correlationId: jwt });
    expect(JSON.stringify(refusalOf(msal))).not.toMatch(leaks);
    const context = { tenant: 'contoso', clientId: 'client' };
    for (const error of [msal, new Error(said)]) expect(problemText(signInProblem(error, context))).not.toMatch(leaks);
  });

  test('by a proxy repeats nothing', () => {
    const cause = Object.assign(new Error(`tunnel by http://eve:pa55@proxy refused ${said}`), { code: 'ECONNRESET' });
    const failure = networkFailure(new TypeError('fetch failed', { cause }));
    expect(failure.detail).not.toMatch(leaks);
    expect(failure.detail).not.toContain('pa55');
  });

  test('by Graph in a header is not written to the debug log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'debug-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'debug.log');
    const log = openDebugLog(file, new ManualClock(0));
    const headers = { 'request-id': `${jwt} ana@example.org` };
    await log.send(async () => new Response('', { status: 500, headers }))(new Request('https://graph.example/beta'));
    log.close();
    expect(readFileSync(file, 'utf8')).toContain('(secret left out) (address left out)');
    expect(readFileSync(file, 'utf8')).not.toMatch(leaks);
  });
});
