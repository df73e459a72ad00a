import { describe, expect, it } from 'vitest';
import { authorityOf } from '../../src/auth/authority.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { clientId, loginUrl, SignInService, tenantId } from './sign-in-service.ts';
import { all, authAt, never, setting, signedIn } from './support.ts';

describe('where signing in leads', () => {
  it('is the tenant at the sign-in service, and nothing else is ever asked', async () => {
    const given = setting();
    await signedIn(given);
    await given.auth.accessToken({ renew: true, claims: null, signal: never() });

    const addresses = given.service.asked.map(({ method, url }) => `${method} ${url.origin}${url.pathname}`);

    expect(addresses).toEqual([
      `POST ${loginUrl}/${tenantId}/oauth2/v2.0/devicecode`,
      `POST ${loginUrl}/${tenantId}/oauth2/v2.0/token`,
      `POST ${loginUrl}/${tenantId}/oauth2/v2.0/token`,
    ]);
  });

  it.each([
    'https://login.microsoftonline.com',
    'https://login.partner.microsoftonline.cn',
    'https://proxy.example.org:8443',
  ])('is %s itself, with all that MSAL knows about clouds', async (elsewhere) => {
    const asked: string[] = [];
    const auth = authAt(new SignInService(), new ManualClock(Date.now()), {
      loginUrl: elsewhere,
      tenant: 'Contoso.example.org',
      send: async (request) => {
        asked.push(request.url);
        return Response.json({ error: 'invalid_request', error_codes: [90002] }, { status: 400 });
      },
    });

    await all(auth.signIn('device-code', never()));

    expect(asked).toEqual([`${elsewhere}/Contoso.example.org/oauth2/v2.0/devicecode`]);
  });

  it.each([
    { loginUrl, tenant: 'contoso.ciamlogin.com', todo: '--tenant contoso.onmicrosoft.com' },
    { loginUrl: 'https://contoso.ciamlogin.com', tenant: tenantId, todo: '--tenant contoso.onmicrosoft.com' },
    { loginUrl: 'https://ciamlogin.com', tenant: tenantId, todo: '--tenant <name>.onmicrosoft.com' },
  ])('is never where customers sign in ($loginUrl, $tenant)', async ({ todo, ...where }) => {
    const { auth, service } = setting(where);
    const problem = { kind: 'usage', todo: expect.stringContaining(todo) };

    expect(await all(auth.signIn('browser', never()))).toMatchObject([{ type: 'signIn.failed', problem }]);
    expect(await auth.accessToken({ renew: false, claims: null, signal: never() })).toMatchObject({
      ok: false,
      problem,
    });
    expect(await auth.account()).toBeNull();
    expect(await auth.signOut()).toEqual({ ok: true, account: null });
    expect(service.asked).toEqual([]);
  });

  it('is not a tenant that only sounds like it', () => {
    expect(authorityOf({ loginUrl, tenant: 'notciamlogin.com', clientId }).ok).toBe(true);
  });

  it('is not an address that is none', () => {
    expect(authorityOf({ loginUrl: 'login', tenant: tenantId, clientId })).toMatchObject({
      ok: false,
      problem: { kind: 'usage' },
    });
  });
});
