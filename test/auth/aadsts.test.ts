import { describe, expect, it } from 'vitest';
import { isExpiredCode, shouldOfferBrowser, signInProblem } from '../../src/auth/aadsts.ts';
import { NoAnswerError, type Refusal, RefusalError } from '../../src/auth/refusal.ts';

const context = { tenant: 'contoso.example.org', clientId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' };

/** The address with which a person is asked to consent. */
function consentUrlIn(text: string): URL {
  const found = /https:\/\/\S+\/adminconsent\?\S+/.exec(text)?.[0];
  if (found === undefined) throw new Error(`no address in: ${text}`);
  return new URL(found);
}

/** Every code that Microsoft's documents name for a person who signs in to read logs. */
const knownCodes = [
  65001, 90094, 90095, 65004, 65002, 650056, 650057, 700016, 7000112, 70001, 7000218, 90002, 90038, 50059, 50128, 90019,
  50020, 90072, 16000, 50034, 51004, 50194, 9001023, 90124, 50076, 50079, 50072, 50074, 50078, 70043, 50105, 50126,
  50053, 50055, 50057, 53000, 53001, 53002, 53003, 530032, 530035, 530036, 50199, 50134, 70016, 70018, 70019, 90119,
  90120, 500011, 50001, 500212, 500213, 50173, 70008, 700082, 50089, 50133, 90033, 90006, 90024, 50033, 90090, 90055,
  50196, 530033, 1003031, 500208, 900439, 900440, 650052, 90099, 90136, 90132, 50189, 90135, 90137, 50158, 53010, 53011,
  50142, 500341, 50177, 500571, 50097, 50005,
];
const passing = new Set([90033, 90006, 90024, 50033, 90090, 90055]);

describe('a refused sign-in, in plain words', () => {
  it.each(knownCodes)('AADSTS%i says what happened and what to do', (code) => {
    const problem = signInProblem(refusal({ code }), context);

    expect(problem.code).toBe(`AADSTS${code}`);
    expect(problem.kind).toBe(passing.has(code) ? 'unreachable' : 'signIn');
    expect(problem.title).toMatch(/^[A-Z].*\.$/);
    expect(problem.title).not.toBe('Signing in failed.');
    expect(problem.meaning === '' || /^["A-Z].*\.$/.test(problem.meaning)).toBe(true);
    expect(problem.todo).toMatch(/^[A-Z].*\.$/);
    expect(problem.title + problem.meaning + problem.todo).not.toMatch(/[{}\n]/);
  });

  it('gives the address where an administrator consents', () => {
    const url = consentUrlIn(signInProblem(refusal({ code: 65001 }), context).todo);

    expect(`${url.origin}${url.pathname}`).toBe(
      `https://login.microsoftonline.com/${context.tenant}/v2.0/adminconsent`,
    );
    // Without the permission the page asks for what the registration lists, which for the default client is nothing of this.
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: context.clientId,
      scope: 'https://graph.microsoft.com/AuditLog.Read.All',
      redirect_uri: 'http://localhost',
    });
  });

  it('gives the address of the consent in the cloud of the tenant, for everything that was asked for', () => {
    const inChina = {
      ...context,
      loginUrl: 'https://login.partner.microsoftonline.cn',
      graphUrl: 'https://microsoftgraph.chinacloudapi.cn/',
      permissions: ['AuditLog.Read.All', 'EventListener.Read.All'],
    };
    const url = consentUrlIn(signInProblem(refusal({ code: 65001 }), inChina).todo);

    expect(url.host).toBe('login.partner.microsoftonline.cn');
    expect(url.searchParams.get('scope')).toBe(
      'https://microsoftgraph.chinacloudapi.cn/AuditLog.Read.All https://microsoftgraph.chinacloudapi.cn/EventListener.Read.All',
    );
  });

  it.each([65001, 90094, 90095, 650056, 650057, 700016, 1003031])(
    'AADSTS%i says who may consent, and what the page shows afterwards',
    (code) => {
      const { todo } = signInProblem(refusal({ code }), context);
      expect(todo).toContain('Cloud Application Administrator');
      expect(todo).toContain('http://localhost, which the browser cannot open');
    },
  );

  it.each([530033, 53000, 53001, 50097, 50005])('AADSTS%i names the way that shows the device', (code) => {
    expect(signInProblem(refusal({ code }), context).todo).toContain('--auth browser');
  });

  it('does not explain 900432, which no public client can get', () => {
    expect(signInProblem(refusal({ code: 900432 }), context).title).toBe('Signing in failed.');
  });

  it('leads to Microsoft for a code that it does not know, with the sentence that came along', () => {
    expect(signInProblem(refusal({ code: 1234567, description: 'Something new.' }), context)).toEqual({
      kind: 'signIn',
      title: 'Signing in failed.',
      meaning: 'Something new.',
      todo: 'Microsoft explains this code at https://login.microsoftonline.com/error?code=1234567',
      code: 'AADSTS1234567',
      requestId: 'c0ffee',
    });
  });

  it.each([
    { error: 'authorization_declined', title: 'The sign-in was declined.', kind: 'signIn' },
    { error: 'no_tokens_found', title: 'The saved sign-in can no longer be renewed.', kind: 'signIn' },
    { error: 'interaction_required', title: 'The tenant wants to see you sign in again.', kind: 'signIn' },
    {
      error: 'temporarily_unavailable',
      title: 'The sign-in service is out of order for the moment.',
      kind: 'unreachable',
    },
    { error: 'constructor', title: 'Signing in failed.', kind: 'signIn' },
  ])('knows the word $error without a number', ({ error, title, kind }) => {
    expect(signInProblem(refusal({ error, code: null }), context)).toMatchObject({ title, kind, code: error });
  });

  it.each([
    { status: 429, title: 'The sign-in service asked to wait.' },
    { status: 502, title: 'The sign-in service is out of order for the moment.' },
  ])('is not reached at HTTP $status', ({ status, title }) => {
    const problem = signInProblem(refusal({ error: '', code: null, status }), context);

    expect(problem).toMatchObject({ kind: 'unreachable', title, code: null });
  });

  it('says how long the sign-in service asks to wait', () => {
    const problem = signInProblem(refusal({ code: null, status: 429, retryAfterMs: 20 * 60_000 }), context);

    expect(problem.todo).toBe('Try again in 20 min.');
  });

  it.each([
    { status: null, title: 'The sign-in service could not be reached.' },
    { status: 200, title: 'Something else than the sign-in service answered.' },
  ])('is not reached without an answer (HTTP $status)', ({ status, title }) => {
    const problem = signInProblem(new NoAnswerError('connect ECONNREFUSED', status), context);

    expect(problem).toMatchObject({ kind: 'unreachable', title, meaning: 'connect ECONNREFUSED' });
  });

  it.each([
    {
      code: 'ENOTFOUND',
      words: 'getaddrinfo ENOTFOUND login.example.org',
      title: /^The name of login\.example\.org /,
    },
    {
      code: 'ECONNREFUSED',
      words: 'connect ECONNREFUSED 192.0.2.1:443',
      title: /^The connection to login\.example\.org was refused/,
    },
    { code: 'EUNHEARDOF', words: 'no such thing', title: /^No connection to login\.example\.org / },
  ])('says in plain words why it is not reached ($code), before the words of the system', ({ code, words, title }) => {
    const cause = new TypeError('fetch failed', { cause: Object.assign(new Error(words), { code }) });
    const problem = signInProblem(new NoAnswerError(words, null, cause), {
      ...context,
      loginUrl: 'https://login.example.org',
    });

    expect(problem).toMatchObject({ kind: 'unreachable', title: expect.stringMatching(title), meaning: words, code });
    expect(problem.todo).toContain('--login-url');
  });

  it.each([
    { how: 'the number of a field', error: { errorCode: 'invalid_grant', errorMessage: '', errorNo: '50173' } },
    { how: 'the text', error: { errorCode: 'invalid_grant', errorMessage: 'AADSTS50173: The grant. Trace ID: 0' } },
    { how: 'the suberror', error: { errorCode: 'invalid_grant', errorMessage: '', subError: '50173' } },
  ])('is read from an error of MSAL by $how', ({ error }) => {
    expect(signInProblem(Object.assign(new Error(), error), context)).toMatchObject({ code: 'AADSTS50173' });
  });

  it('is a fault of the program when it is nothing of the kind', () => {
    expect(signInProblem(new TypeError('x is not a function'), context)).toMatchObject({
      kind: 'fault',
      meaning: 'x is not a function',
    });
  });
});

describe('what to offer next', () => {
  it.each(knownCodes)('AADSTS%i leads to the browser only where device codes are refused or show no device', (code) => {
    expect(shouldOfferBrowser(refusal({ code }))).toBe(
      [530033, 530035, 530036, 53003, 53000, 53001, 50097, 50005].includes(code),
    );
  });

  it('is a new code when the old one has expired', () => {
    expect(isExpiredCode(refusal({ code: 70019 }))).toBe(true);
    expect(isExpiredCode(refusal({ error: 'expired_token', code: null }))).toBe(true);
    expect(isExpiredCode(refusal({ code: 70018 }))).toBe(false);
    expect(isExpiredCode(new Error('expired_token'))).toBe(false);
  });
});

function refusal(of: Partial<Refusal>): Error {
  const rest = { error: 'invalid_request', description: '', code: null, status: 400, retryAfterMs: null };
  return new Error('MSAL', { cause: new RefusalError({ ...rest, correlationId: 'c0ffee', ...of }) });
}
