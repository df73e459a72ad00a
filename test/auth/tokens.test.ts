import { describe, expect, it } from 'vitest';
import { refused } from './sign-in-service.ts';
import { all, never, passingTime, setting, signedIn, until } from './support.ts';

const plain = { renew: false, claims: null };
const fresh = { renew: true, claims: null };

describe('access tokens', () => {
  it('are not there when nobody is signed in, and nobody is asked', async () => {
    const { auth, service } = setting();

    const outcome = await auth.accessToken({ ...plain, signal: never() });

    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'signIn', title: 'Nobody is signed in.' } });
    expect(service.asked).toEqual([]);
  });

  it('come from memory while they last', async () => {
    const given = setting();
    await signedIn(given);
    const askedBefore = given.service.asked.length;

    const outcome = await given.auth.accessToken({ ...plain, signal: never() });

    expect(outcome).toEqual({ ok: true, token: 'access-token-1' });
    expect(given.service.asked.length).toBe(askedBefore);
  });

  it('are renewed when they are about to end', async () => {
    const given = setting();
    given.service.expiresIn = 200;
    await signedIn(given);

    const outcome = await given.auth.accessToken({ ...plain, signal: never() });

    expect(outcome).toEqual({ ok: true, token: 'access-token-2' });
    expect(given.service.asked.at(-1)?.form.get('refresh_token')).toBe('refresh-token-1');
  });

  it('are renewed with the newest refresh token', async () => {
    const given = setting();
    await signedIn(given);
    await given.auth.accessToken({ ...fresh, signal: never() });

    await given.auth.accessToken({ ...fresh, signal: never() });

    expect(given.service.asked.at(-1)?.form.get('refresh_token')).toBe('refresh-token-2');
  });

  it('are renewed when Graph refused the last one', async () => {
    const given = setting();
    await signedIn(given);

    expect(await given.auth.accessToken({ ...fresh, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
  });

  it('are renewed once for all who ask at the same time', async () => {
    const given = setting();
    await signedIn(given);
    const ask = () => given.auth.accessToken({ ...fresh, signal: never() });

    const outcomes = await Promise.all([ask(), ask(), ask()]);

    expect(outcomes).toEqual(Array(3).fill({ ok: true, token: 'access-token-2' }));
    expect(given.service.refreshes).toBe(1);
  });

  it('carry the claims that Graph asks for, one renewal after the other', async () => {
    const given = setting();
    await signedIn(given);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

    const [first, second] = await Promise.all([
      given.auth.accessToken({ ...fresh, signal: never() }),
      given.auth.accessToken({ renew: true, claims, signal: never() }),
    ]);

    expect([first, second]).toEqual([
      { ok: true, token: 'access-token-2' },
      { ok: true, token: 'access-token-3' },
    ]);
    expect(JSON.parse(given.service.asked.at(-1)?.form.get('claims') ?? '')).toMatchObject(JSON.parse(claims));
  });

  it('bring claims that were not met into the next sign-in', async () => {
    const given = setting();
    await signedIn(given);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    given.service.tokenReplies.push(refused('interaction_required', 50076));
    await given.auth.accessToken({ renew: true, claims, signal: never() });

    await signedIn(given);
    const withClaims = () => given.service.asked.filter(({ form }) => form.get('claims')?.includes('acrs'));

    expect(withClaims().map(({ url }) => url.pathname.split('/').at(-1))).toEqual(['token', 'devicecode', 'token']);
    await signedIn(given);
    expect(withClaims().length).toBe(3);
  });

  it.each([
    { code: 530036, title: 'The tenant no longer accepts a sign-in that was made by device code.' },
    { code: 50173, title: 'The saved sign-in was revoked.' },
    { code: 700082, title: 'The saved sign-in has expired, because it was not used for a long time.' },
  ])('name the reason when the refresh token is refused ($code)', async ({ code, title }) => {
    const given = setting();
    await signedIn(given);
    given.service.tokenReplies.push(refused('invalid_grant', code));

    const outcome = await given.auth.accessToken({ ...fresh, signal: never() });

    expect(outcome).toMatchObject({
      ok: false,
      problem: { kind: 'signIn', title, code: `AADSTS${code}`, todo: expect.stringMatching(/Sign in again/) },
    });
  });

  it('outlast a short break of the network', async () => {
    const given = setting();
    given.service.expiresIn = 200;
    await signedIn(given);
    given.service.tokenReplies.push(new Error('ENETUNREACH'));

    expect(await given.auth.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-1' });
  });

  it('are unreachable when the network is down and the last one has ended', async () => {
    const given = setting();
    given.service.expiresIn = 10;
    await signedIn(given);
    const cause = Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH' });
    given.service.tokenReplies.push(new Error('fetch failed', { cause }));

    const outcome = await given.auth.accessToken({ ...plain, signal: never() });

    expect(outcome).toMatchObject({
      ok: false,
      problem: { kind: 'unreachable', code: 'ENETUNREACH' },
      failure: { reason: 'refused', code: 'ENETUNREACH' },
    });
  });

  it('are not asked for again before the time that the service named', async () => {
    const given = setting();
    await signedIn(given);
    given.service.tokenReplies.push({ status: 429, body: {}, headers: { 'retry-after': '120' } });
    const ask = () => given.auth.accessToken({ ...fresh, signal: never() });

    expect(await ask()).toMatchObject({ ok: false, problem: { kind: 'unreachable' }, retryAfterMs: 120_000 });
    await given.clock.advance(119_000);
    expect(await ask()).toMatchObject({ ok: false, problem: { kind: 'unreachable' }, retryAfterMs: 1_000 });
    expect(given.service.refreshes).toBe(1);
    await given.clock.advance(1_000);
    expect(await ask()).toEqual({ ok: true, token: 'access-token-2' });
  });

  it('are not held back by MSAL after a 503', async () => {
    const given = setting();
    await signedIn(given);
    given.service.tokenReplies.push({ status: 503, body: {} });
    const ask = () => given.auth.accessToken({ ...fresh, signal: never() });

    expect(await ask()).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
    expect(await ask()).toEqual({ ok: true, token: 'access-token-2' });
  });

  it('leave a caller who no longer waits, and still come for the others', async () => {
    const given = setting();
    await signedIn(given);
    let open: () => void = () => {};
    given.service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const leaving = new AbortController();
    const left = given.auth.accessToken({ ...fresh, signal: leaving.signal });
    const stays = given.auth.accessToken({ ...fresh, signal: never() });
    await until(() => given.service.refreshes === 1);

    leaving.abort(new Error('The feed was stopped.'));

    await expect(left).rejects.toThrow('The feed was stopped.');
    open();
    expect(await stays).toEqual({ ok: true, token: 'access-token-2' });
  });

  it('never hold a secret in the problem that stands for them', async () => {
    const given = setting();
    await signedIn(given);
    given.service.tokenReplies.push(refused('invalid_grant', 70008), new Error('socket hang up'));

    const outcomes = [
      await given.auth.accessToken({ ...fresh, signal: never() }),
      await given.auth.accessToken({ ...fresh, signal: never() }),
    ];

    expect(JSON.stringify(outcomes)).not.toMatch(/-token-|device-code-secret/);
  });
});

describe('signing out', () => {
  it('forgets the account and its tokens, and tells whose they were', async () => {
    const given = setting();
    await signedIn(given);

    expect(await given.auth.signOut()).toMatchObject({ ok: true, account: { username: 'reader@contoso.example.org' } });

    expect(await given.auth.account()).toBeNull();
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toMatchObject({ ok: false });
    expect(await given.auth.signOut()).toEqual({ ok: true, account: null });
  });

  it('is not undone by a renewal that was under way', async () => {
    const given = setting();
    await signedIn(given);
    let open: () => void = () => {};
    given.service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const renewing = given.auth.accessToken({ ...fresh, signal: never() });
    await until(() => given.service.refreshes === 1);

    await given.auth.signOut();
    open();
    await renewing;

    expect(await given.auth.account()).toBeNull();
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toMatchObject({ ok: false });
  });
});

describe('signing in again', () => {
  it('puts the new account in the place of the old', async () => {
    const given = setting();
    await signedIn(given);
    given.service.username = 'other@contoso.example.org';
    given.service.objectId = '00000000-90ab-4cde-8f01-234567890abc';

    await passingTime(given.clock, all(given.auth.signIn('device-code', never())));

    expect(await given.auth.account()).toMatchObject({ username: 'other@contoso.example.org' });
    await given.auth.accessToken({ ...fresh, signal: never() });
    expect(given.service.asked.at(-1)?.form.get('refresh_token')).toBe('refresh-token-2');
  });
});
