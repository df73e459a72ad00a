import { describe, expect, it } from 'vitest';
import { deviceCode, pending, type Reply, refused, slowDown, tenantId } from './sign-in-service.ts';
import { all, never, passingTime, setting, until } from './support.ts';

describe('signing in by device code', () => {
  it('shows the code, waits, and tells who has signed in', async () => {
    const { auth, clock, service } = setting();

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts).toEqual([
      {
        type: 'signIn.codeReceived',
        userCode: 'ABCD12345',
        verificationUri: 'https://login.example.org/device',
        expiresInMs: 900_000,
      },
      {
        type: 'signIn.succeeded',
        account: {
          username: 'reader@contoso.example.org',
          tenantId,
          homeAccountId: expect.stringMatching(/^home-.*\.99999999-8888-4777-8666-555555555555$/),
        },
        notSaved: null,
      },
    ]);
    expect(service.asked.map(({ url }) => url.pathname.split('/').at(-1))).toEqual(['devicecode', 'token']);
    expect(service.asked[0]?.form.get('scope')).toContain('https://graph.example.org/AuditLog.Read.All');
    await expect(auth.accessToken({ renew: false, claims: null, signal: never() })).resolves.toEqual({
      ok: true,
      token: 'access-token-1',
    });
  });

  it('tells that the sign-in cannot be renewed when no refresh token comes with it', async () => {
    const { auth, clock, service } = setting();
    service.givesRefreshTokens = false;

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toMatchObject({ type: 'signIn.succeeded', account: { renews: false } });
    await expect(auth.account()).resolves.toMatchObject({ renews: false });

    service.givesRefreshTokens = true;
    await passingTime(clock, all(auth.signIn('device-code', never())));
    expect(await auth.account()).not.toHaveProperty('renews');
  });

  it('asks at the pace of the service while the code has not been entered', async () => {
    const { auth, clock, service } = setting();
    const startMs = clock.now();
    service.tokenReplies.push(pending, pending, pending);

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)?.type).toBe('signIn.succeeded');
    expect(service.polls).toBe(4);
    expect(clock.now() - startMs).toBe(4 * 5_000);
  });

  it('asks five seconds less often after each slow_down', async () => {
    const { auth, clock, service } = setting();
    const startMs = clock.now();
    service.tokenReplies.push(slowDown, pending, slowDown);

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)?.type).toBe('signIn.succeeded');
    expect(clock.now() - startMs).toBe(5_000 + 10_000 + 10_000 + 15_000);
  });

  it.each([
    { what: 'no interval', terms: {}, pollsAfterMs: 5_000, lastsMs: 900_000 },
    { what: 'an interval of zero', terms: { interval: 0, expires_in: 60 }, pollsAfterMs: 1_000, lastsMs: 60_000 },
    { what: 'numbers as text', terms: { interval: '7', expires_in: '120' }, pollsAfterMs: 7_000, lastsMs: 120_000 },
  ])('keeps a decent pace when the service sends $what', async ({ terms, pollsAfterMs, lastsMs }) => {
    const { auth, clock, service } = setting();
    const startMs = clock.now();
    const body = { device_code: 'x', user_code: 'y', verification_uri: 'https://login.example.org/device', ...terms };
    service.deviceCodeReplies.push({ status: 200, body });

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts[0]).toMatchObject({ expiresInMs: lastsMs });
    expect(clock.now() - startMs).toBe(pollsAfterMs);
  });

  it('survives a short break of the network', async () => {
    const { auth, clock, service } = setting();
    service.tokenReplies.push(pending, new Error('ECONNRESET'), { status: 503, body: {} }, pending);

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)?.type).toBe('signIn.succeeded');
  });

  it('gives up when the network stays away', async () => {
    const { auth, clock, service } = setting();
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND login.example.org'), { code: 'ENOTFOUND' });
    const down = new TypeError('fetch failed', { cause });
    service.tokenReplies.push(down, down, down);

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toMatchObject({
      type: 'signIn.failed',
      offerBrowser: false,
      problem: {
        kind: 'unreachable',
        title: expect.stringContaining('could not be looked up'),
        meaning: 'getaddrinfo ENOTFOUND login.example.org',
        code: 'ENOTFOUND',
      },
    });
  });

  it('says that the code has expired when the service says so', async () => {
    const { auth, clock, service } = setting();
    service.tokenReplies.push(pending, refused('expired_token', 70019, 'The code expired.'));

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toEqual({ type: 'signIn.codeExpired' });
  });

  it('says that the code has expired when its time is over, without asking again', async () => {
    const { auth, clock, service } = setting();
    const startMs = clock.now();
    service.deviceCodeReplies.push(withTerms(deviceCode, { expires_in: 12, interval: 5 }));
    service.tokenReplies.push(pending, pending, pending);

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toEqual({ type: 'signIn.codeExpired' });
    expect(service.polls).toBe(2);
    expect(clock.now() - startMs).toBe(12_000);
  });

  it.each(['authorization_declined', 'access_denied'])('tells when the person declined (%s)', async (error) => {
    const { auth, clock, service } = setting();
    service.tokenReplies.push({ status: 400, body: { error } });

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toMatchObject({
      type: 'signIn.failed',
      offerBrowser: false,
      problem: { kind: 'signIn', title: 'The sign-in was declined.', code: error },
    });
  });

  it.each([530035, 53003, 530036])('offers the browser when the tenant refuses device codes (%i)', async (code) => {
    const { auth, clock, service } = setting();
    service.tokenReplies.push(pending, refused('access_denied', code));

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toMatchObject({
      type: 'signIn.failed',
      offerBrowser: true,
      problem: { kind: 'signIn', code: `AADSTS${code}`, requestId: 'c0ffee00-0000-4000-8000-000000000000' },
    });
  });

  it('shows what the service says about a code that is not known here, without its trace lines', async () => {
    const { auth, service } = setting();
    service.deviceCodeReplies.push(refused('invalid_request', 1234567, 'Something new.'));

    const facts = await all(auth.signIn('device-code', never()));

    expect(facts).toMatchObject([{ problem: { code: 'AADSTS1234567', meaning: 'Something new.' } }]);
  });

  it('does not take tokens that name no account', async () => {
    const { auth, clock, service } = setting();
    service.tokenReplies.push({ status: 200, body: { token_type: 'Bearer', access_token: 'x', expires_in: 3600 } });

    const facts = await passingTime(clock, all(auth.signIn('device-code', never())));

    expect(facts.at(-1)).toMatchObject({ type: 'signIn.failed', problem: { kind: 'unreachable' } });
    expect(await auth.accessToken({ renew: false, claims: null, signal: never() })).toMatchObject({ ok: false });
  });

  it.each([
    { error: 'unauthorized_client', code: 700016, title: 'The application is not known in this tenant.' },
    { error: 'invalid_client', code: 7000218, title: 'The application is registered as one that must have a secret.' },
    { error: 'invalid_request', code: 90002, title: `There is no tenant ${tenantId} in this cloud.` },
  ])('shows no code, and says why, when none is given ($code)', async ({ error, code, title }) => {
    const { auth, service } = setting();
    service.deviceCodeReplies.push(refused(error, code));

    const facts = await all(auth.signIn('device-code', never()));

    expect(facts).toMatchObject([{ type: 'signIn.failed', problem: { kind: 'signIn', title, code: `AADSTS${code}` } }]);
    expect(service.polls).toBe(0);
  });

  it('shows no code when the answer holds none', async () => {
    const { auth, service } = setting();
    service.deviceCodeReplies.push({ status: 200, body: { hello: 'from a proxy' } });

    const facts = await all(auth.signIn('device-code', never()));

    expect(facts).toMatchObject([{ type: 'signIn.failed', problem: { kind: 'unreachable' } }]);
  });

  it('tells when the network is down', async () => {
    const { auth, service } = setting();
    service.deviceCodeReplies.push(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }));

    const facts = await all(auth.signIn('device-code', never()));

    expect(facts).toMatchObject([
      { type: 'signIn.failed', problem: { kind: 'unreachable', meaning: 'connect ECONNREFUSED' } },
    ]);
  });

  it('tells when the service does not answer at all', async () => {
    const { auth, clock, service } = setting();
    service.gate = new Promise(() => {});
    const facts = all(auth.signIn('device-code', never()));
    await until(() => service.asked.length === 1);

    await clock.advance(30_000);

    expect(await facts).toMatchObject([{ type: 'signIn.failed', problem: { kind: 'unreachable' } }]);
  });
});

describe('cancelling a sign-in by device code', () => {
  it('ends at once between two polls, and asks no more', async () => {
    const { auth, clock, service } = setting();
    const cancel = new AbortController();
    const facts = auth.signIn('device-code', cancel.signal);
    await facts.next();
    const last = facts.next();
    await until(() => clock.waiting === 1);

    cancel.abort();

    expect(await last).toEqual({ done: true, value: undefined });
    await clock.advance(60_000);
    expect(service.polls).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('ends at once while a request is under way, and keeps no token that comes late', async () => {
    const { auth, clock, service } = setting();
    let open: () => void = () => {};
    const cancel = new AbortController();
    const facts = auth.signIn('device-code', cancel.signal);
    await facts.next();
    service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const last = facts.next();
    await until(() => clock.waiting === 1);
    await clock.advance(5_000);
    await until(() => service.polls === 1);

    cancel.abort();

    expect(await last).toEqual({ done: true, value: undefined });
    open();
    await clock.advance(0);
    expect(await auth.account()).toBeNull();
  });

  it('yields nothing when it was cancelled before it began', async () => {
    const { auth, service } = setting();

    expect(await all(auth.signIn('device-code', AbortSignal.abort()))).toEqual([]);
    expect(service.asked).toEqual([]);
  });

  it('stops asking when nobody listens any more', async () => {
    const { auth, clock, service } = setting();
    for await (const fact of auth.signIn('device-code', never())) if (fact.type === 'signIn.codeReceived') break;

    await clock.advance(60_000);

    expect(service.polls).toBe(0);
  });
});

function withTerms(reply: Reply, terms: object): Reply {
  return reply instanceof Error ? reply : { ...reply, body: { ...reply.body, ...terms } };
}
