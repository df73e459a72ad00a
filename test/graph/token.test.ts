import { beforeAll, describe, expect, test } from 'vitest';
import type { TokenSource } from '../../src/graph/token-source.ts';
import { settle } from '../support/manual-clock.ts';
import { refusal } from './fake-graph.ts';
import { once, page, setUp, tokensThat } from './run-client.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

describe('the token', () => {
  test.each([
    'https://evil.example.org/beta/auditLogs/signUps',
    'http://graph.example.org/beta/auditLogs/signUps',
    'https://graph.example.org:8443/beta/auditLogs/signUps',
    'https://graph.example.org.evil.example.org/beta',
    'https://graph.example.org@evil.example.org/beta',
    'https://user:pass@graph.example.org/beta',
    'https://user@graph.example.org/beta',
    'https://:pass@graph.example.org/beta',
    '//evil.example.org/beta',
    'data:application/json,{}',
    'https://',
  ])('does not go to %s, and neither does the request', async (url) => {
    const tokens = tokensThat(() => ({ ok: true, token: 't' }));
    const { sent, get } = setUp(page(), tokens);
    expect(await get(url)).toMatchObject({ kind: 'misdirected' });
    expect(sent).toEqual([]);
    expect(tokens.asked).toEqual([]);
  });

  test('is renewed exactly once when Graph refuses it, and the request is sent once more', async () => {
    const tokens = tokensThat((count) => ({ ok: true, token: `token-${count}` }));
    const { sent, get, observed } = setUp(
      once(refusal(401, 'InvalidAuthenticationToken'), Response.json({ value: [] })),
      tokens,
    );
    expect(await get()).toMatchObject({ kind: 'ok' });
    expect(tokens.asked).toEqual([
      { renew: false, claims: null },
      { renew: true, claims: null },
    ]);
    expect(sent.map((request) => request.headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(observed.filter(({ type }) => type === 'request.finished')).toMatchObject([
      { status: 401 },
      { status: 200 },
    ]);
  });

  test('a second refusal is the end of the sign-in', async () => {
    const tokens = tokensThat(() => ({ ok: true, token: 't' }));
    const { sent, get } = setUp(
      async () => refusal(401, 'InvalidAuthenticationToken', 'Access token has expired.'),
      tokens,
    );
    expect(await get()).toMatchObject({
      kind: 'signedOut',
      problem: { kind: 'signIn', code: 'InvalidAuthenticationToken', requestId: 'the-request' },
    });
    expect(sent).toHaveLength(2);
    expect(tokens.asked).toHaveLength(2);
  });

  test.each([401, 403])('a claims challenge with a %i is passed on decoded', async (status) => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"},"x":"é?>"}}';
    const encoded = Buffer.from(claims).toString('base64url');
    const header = `Bearer realm="", authorization_uri="https://login.example.org", error="insufficient_claims", claims="${encoded}"`;
    const tokens = tokensThat(() => ({ ok: true, token: 't' }));
    const { get } = setUp(
      once(refusal(status, '', '', { 'WWW-Authenticate': header }), Response.json({ value: [] })),
      tokens,
    );
    expect(await get()).toMatchObject({ kind: 'ok' });
    expect(tokens.asked[1]).toEqual({ renew: true, claims });
  });

  test('a challenge that is no base64 or no JSON is none', async () => {
    for (const claims of ['%%%', Buffer.from('hello').toString('base64')]) {
      const tokens = tokensThat(() => ({ ok: true, token: 't' }));
      const { get } = setUp(
        async () => refusal(401, '', '', { 'WWW-Authenticate': `Bearer claims="${claims}"` }),
        tokens,
      );
      await get();
      expect(tokens.asked[1]).toEqual({ renew: true, claims: null });
    }
  });

  test('one that another request has renewed in the meantime is not renewed again', async () => {
    let current = 'old';
    const asked: boolean[] = [];
    const accessToken: TokenSource['accessToken'] = async ({ renew }) => {
      asked.push(renew);
      if (renew) current = 'new';
      return { ok: true, token: current };
    };
    const bothSent: (() => void)[] = [];
    const { get } = setUp(
      async (request) => {
        if (request.headers.get('authorization') === 'Bearer new') return Response.json({ value: [] });
        // The second refusal comes when the first has long been answered by a renewal.
        if (bothSent.push(() => undefined) === 2) await settle();
        return refusal(401);
      },
      { accessToken },
    );
    const outcomes = await Promise.all([get(), get()]);
    expect(outcomes).toMatchObject([{ kind: 'ok' }, { kind: 'ok' }]);
    expect(asked.filter((renew) => renew)).toHaveLength(1);
  });

  test('for other permissions is another one, and a renewal of one is none of the other', async () => {
    const asked: string[] = [];
    const accessToken: TokenSource['accessToken'] = async ({ renew, scopes = ['the log'] }) => {
      asked.push(`${scopes.join(' ')}${renew ? ' anew' : ''}`);
      return { ok: true, token: `${scopes.join(' ')} ${asked.length}` };
    };
    const { sent, get } = setUp(
      async (request) => {
        const isFirst = /listeners 1$/.test(request.headers.get('authorization') ?? '');
        if (!isFirst) return Response.json({ value: [] });
        // Meanwhile the log gets a token of its own.
        await get();
        return refusal(401);
      },
      { accessToken },
    );
    expect(await get('/v1.0/x', { scopes: ['listeners'] })).toMatchObject({ kind: 'ok' });
    expect(asked).toEqual(['listeners', 'the log', 'listeners anew']);
    expect(sent.map((request) => request.headers.get('authorization'))).toEqual([
      'Bearer listeners 1',
      'Bearer the log 2',
      'Bearer listeners 3',
    ]);
  });

  test('that nobody has consented to is no end of the sign-in', async () => {
    const problem = { kind: 'refused', title: 'Ask.', meaning: '', todo: '', code: null, requestId: null } as const;
    const { sent, get } = setUp(page(), { accessToken: async () => ({ ok: false, problem, consentNeeded: ['X'] }) });
    expect(await get('/v1.0/x', { scopes: ['X'] })).toEqual({ kind: 'consentNeeded', scopes: ['X'], problem });
    expect(sent).toEqual([]);
  });

  test.each([
    { when: 'before it was asked for', leave: (left: AbortController) => left.abort(), wait: () => {} },
    { when: 'while it was on its way', leave: () => {}, wait: (left: AbortController) => left.abort() },
  ])('of a caller who left $when is no fault', async ({ leave, wait }) => {
    const left = new AbortController();
    const accessToken: TokenSource['accessToken'] = async ({ signal }) => {
      wait(left);
      signal.throwIfAborted();
      return { ok: true, token: 't' };
    };
    const { sent, get } = setUp(page(), { accessToken });
    leave(left);
    expect(await get('/v1.0/x', { signal: left.signal })).toEqual({ kind: 'cancelled' });
    expect(sent).toEqual([]);
  });

  test('without one nothing is sent, and the reason is passed on', async () => {
    const problem = {
      kind: 'signIn',
      title: 'Signed out.',
      meaning: '',
      todo: '',
      code: null,
      requestId: null,
    } as const;
    const { sent, get } = setUp(page(), { accessToken: async () => ({ ok: false, problem }) });
    expect(await get()).toMatchObject({ kind: 'signedOut', problem });
    expect(sent).toEqual([]);
  });
});
