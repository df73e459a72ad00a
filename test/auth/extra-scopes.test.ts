/** Permissions besides that of the log: asked for when they are needed, without a risk for the sign-in. */
import { describe, expect, it } from 'vitest';
import { refused } from './sign-in-service.ts';
import { all, never, passingTime, type Setting, setting, signedIn } from './support.ts';

const scopes = ['EventListener.Read.All'];
const extra = { renew: false, claims: null, scopes };
const plain = { renew: false, claims: null };

/** The scopes of Graph that the last request to the sign-in service asked for. */
function lastAsked({ service }: Setting): readonly string[] {
  const words = (service.asked.at(-1)?.form.get('scope') ?? '').split(' ');
  return words.filter((word) => word.startsWith('https://graph.example.org/'));
}

const address = (permission: string) => `https://graph.example.org/${permission}`;

async function refusedWith(code: number, error = 'invalid_grant') {
  const given = setting();
  await signedIn(given);
  given.service.tokenReplies.push(refused(error, code));
  const outcome = await given.auth.accessToken({ ...extra, signal: never() });
  return { given, outcome };
}

describe('a token for another permission', () => {
  it('is asked for silently, for exactly that, and kept beside the one for the log', async () => {
    const given = setting();
    await signedIn(given);

    expect(await given.auth.accessToken({ ...extra, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
    expect(lastAsked(given)).toEqual([address('EventListener.Read.All')]);
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-1' });
    expect(await given.auth.accessToken({ ...extra, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
    expect(given.service.refreshes).toBe(1);
  });

  it('and one for the log can be wanted at the same time', async () => {
    const given = setting();
    await signedIn(given);

    const outcomes = await Promise.all([
      given.auth.accessToken({ ...extra, renew: true, signal: never() }),
      given.auth.accessToken({ ...plain, renew: true, signal: never() }),
    ]);

    expect(outcomes).toEqual([
      { ok: true, token: 'access-token-2' },
      { ok: true, token: 'access-token-3' },
    ]);
  });

  it.each([65001, 90094, 90095, 50076, 50079])(
    'that only the person can grant (%i) leaves the sign-in as it is',
    async (code) => {
      const { given, outcome } = await refusedWith(code);

      expect(outcome).toMatchObject({
        ok: false,
        consentNeeded: scopes,
        problem: { kind: 'refused', title: expect.stringContaining('EventListener.Read.All'), code: `AADSTS${code}` },
      });
      expect(await given.auth.accessToken({ ...plain, signal: never() })).toMatchObject({ token: 'access-token-1' });
      expect(await given.auth.accessToken({ ...plain, renew: true, signal: never() })).toMatchObject({ ok: true });
      expect(await given.auth.account()).not.toBeNull();
    },
  );

  it.each([65002, 650057, 53003])('that the tenant refuses (%i) is a refusal, not a signing out', async (code) => {
    const { outcome } = await refusedWith(code);
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'refused', code: `AADSTS${code}` } });
    expect(outcome).not.toHaveProperty('consentNeeded');
  });

  it.each([50173, 700082, 530036])('tells when the sign-in itself is over (%i)', async (code) => {
    const { outcome } = await refusedWith(code);
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'signIn', code: `AADSTS${code}` } });
    expect(outcome).not.toHaveProperty('consentNeeded');
  });

  it('is not there when nobody is signed in', async () => {
    const { auth } = setting();
    expect(await auth.accessToken({ ...extra, signal: never() })).toMatchObject({
      ok: false,
      problem: { kind: 'signIn', title: 'Nobody is signed in.' },
    });
  });

  it('of one person is never given to the next', async () => {
    const given = setting();
    await signedIn(given);
    await given.auth.accessToken({ ...extra, signal: never() });
    await signedIn(given);
    expect(await given.auth.accessToken({ ...extra, signal: never() })).toEqual({ ok: true, token: 'access-token-4' });
    await given.auth.signOut();
    expect(await given.auth.accessToken({ ...extra, signal: never() })).toMatchObject({ ok: false });
  });
});

describe('signing in for another permission', () => {
  it('asks for it besides that of the log, and both calls have their token then', async () => {
    const given = setting();
    await signedIn(given);

    const facts = await passingTime(given.clock, all(given.auth.signIn('device-code', never(), scopes)));

    expect(facts.at(-1)).toMatchObject({ type: 'signIn.succeeded' });
    expect(lastAsked(given)).toEqual([address('AuditLog.Read.All'), address('EventListener.Read.All')]);
    expect(await given.auth.accessToken({ ...extra, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
    expect(given.service.refreshes).toBe(0);
  });

  it('that is refused names the permission, and the sign-in before it stays', async () => {
    const given = setting();
    await signedIn(given);
    given.service.tokenReplies.push(refused('access_denied', 90094));

    const facts = await passingTime(given.clock, all(given.auth.signIn('device-code', never(), scopes)));

    expect(facts.at(-1)).toMatchObject({
      type: 'signIn.failed',
      problem: { meaning: expect.stringContaining('EventListener.Read.All'), code: 'AADSTS90094' },
    });
    expect(await given.auth.account()).not.toBeNull();
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-1' });
    expect(await given.auth.accessToken({ ...plain, renew: true, signal: never() })).toMatchObject({ ok: true });
  });

  it('is not asked for by any other sign-in', async () => {
    const given = setting();
    await signedIn(given);
    expect(lastAsked(given)).toEqual([address('AuditLog.Read.All')]);
  });
});
