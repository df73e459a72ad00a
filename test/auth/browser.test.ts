import { createServer, type Server } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientId, loginUrl, refused, tenantId } from './sign-in-service.ts';
import { all, never, setting, until } from './support.ts';

describe('signing in by browser', () => {
  it('opens the page, takes the answer at the loopback port, and tells who has signed in', async () => {
    const pages: string[] = [];
    const { auth, clock, service } = setting({
      openBrowser: async (url) => {
        pages.push(await comeBack(url, { code: 'authorization-code' }));
        return true;
      },
    });

    const facts = await all(auth.signIn('browser', never()));

    expect(facts).toMatchObject([
      { type: 'signIn.browserWaiting', opened: true },
      { type: 'signIn.succeeded', account: { username: 'reader@contoso.example.org', tenantId }, notSaved: null },
    ]);
    expect(pages[0]).toContain('Signed in');
    expect(pages[0]).toMatch(/^<!doctype html>/);
    const { form } = service.asked[0] ?? { form: new URLSearchParams() };
    expect(form.get('grant_type')).toBe('authorization_code');
    expect(form.get('code')).toBe('authorization-code');
    expect(form.get('code_verifier')).not.toBeNull();
    expect(await auth.account()).toMatchObject({ tenantId });
    expect(clock.waiting).toBe(0);
  });

  it('asks for a choice of accounts, with PKCE, in the tenant and nowhere else', async () => {
    const { auth } = setting();

    const { page } = await waiting(auth.signIn('browser', never()));

    expect(page.origin + page.pathname).toBe(`${loginUrl}/${tenantId}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      client_id: clientId,
      prompt: 'select_account',
      code_challenge_method: 'S256',
      scope: expect.stringContaining('https://graph.example.org/AuditLog.Read.All'),
    });
  });

  it('gives the address when no browser can be started, and waits for it all the same', async () => {
    const { auth } = setting();
    const facts = auth.signIn('browser', never());

    const { fact, page } = await waiting(facts);
    expect(fact.opened).toBe(false);
    await comeBack(page.href, { code: 'authorization-code' });

    expect((await facts.next()).value).toMatchObject({ type: 'signIn.succeeded' });
  });

  it('waits at the port that was asked for', async () => {
    const port = await freePort();
    const { auth } = setting({ browserPort: port });

    const { page } = await waiting(auth.signIn('browser', never()));

    expect(page.searchParams.get('redirect_uri')).toBe(`http://localhost:${port}`);
  });

  it('does not wait at another port than the one that was asked for', async () => {
    const { port } = await listening();
    const opened: string[] = [];
    const openBrowser = async (url: string) => {
      opened.push(url);
      return true;
    };
    const { auth } = setting({ browserPort: port, openBrowser });

    const facts = await all(auth.signIn('browser', never()));

    expect(facts).toMatchObject([{ type: 'signIn.failed', problem: { title: `Port ${port} is in use.` } }]);
    expect(opened).toEqual([]);
  });

  it('ignores an answer that belongs to another sign-in', async () => {
    const { auth } = setting();
    const facts = auth.signIn('browser', never());
    const { page } = await waiting(facts);

    await comeBack(page.href, { code: 'stolen', state: 'somebody-elses' });
    await comeBack(page.href, { code: 'authorization-code' });

    expect((await facts.next()).value).toMatchObject({ type: 'signIn.succeeded' });
  });

  it('tells when the person did not accept the permissions', async () => {
    const pages: string[] = [];
    const { auth, service } = setting({
      openBrowser: async (url) => {
        const text = 'AADSTS65004: User declined to consent to access the app. Trace ID: 0';
        pages.push(await comeBack(url, { error: 'consent_required', error_description: text }));
        return true;
      },
    });

    const facts = await all(auth.signIn('browser', never()));

    expect(facts.at(-1)).toMatchObject({
      type: 'signIn.failed',
      offerBrowser: false,
      problem: { kind: 'signIn', title: 'The permissions were not accepted.', code: 'AADSTS65004' },
    });
    expect(pages[0]).toContain('Not signed in');
    expect(service.asked).toEqual([]);
  });

  it('tells when the code is refused in exchange for tokens', async () => {
    const { auth, service } = setting({
      openBrowser: async (url) => {
        await comeBack(url, { code: 'authorization-code' });
        return true;
      },
    });
    service.tokenReplies.push(refused('invalid_grant', 53003));

    const facts = await all(auth.signIn('browser', never()));

    expect(facts.at(-1)).toMatchObject({ type: 'signIn.failed', problem: { code: 'AADSTS53003' } });
  });

  it('gives up when nobody comes, and closes the port', async () => {
    const { auth, clock } = setting();
    const facts = auth.signIn('browser', never());
    const { page } = await waiting(facts);

    await clock.advance(15 * 60_000);

    expect((await facts.next()).value).toMatchObject({
      type: 'signIn.failed',
      problem: { kind: 'signIn', title: 'Nobody finished signing in in the browser.' },
    });
    await closed(page);
  });

  it('ends at once when it is cancelled, and closes the port', async () => {
    const { auth, clock } = setting();
    const cancel = new AbortController();
    const facts = auth.signIn('browser', cancel.signal);
    const { page } = await waiting(facts);
    const last = facts.next();

    cancel.abort();

    expect(await last).toEqual({ done: true, value: undefined });
    await closed(page);
    expect(clock.waiting).toBe(0);
  });

  it('opens no browser when it was cancelled before there was an address', async () => {
    const opened: string[] = [];
    const openBrowser = async (url: string) => {
      opened.push(url);
      return true;
    };
    const { auth } = setting({ openBrowser });
    const cancel = new AbortController();
    const first = auth.signIn('browser', cancel.signal).next();

    cancel.abort();

    expect(await first).toEqual({ done: true, value: undefined });
    const later = setting({ openBrowser: async () => true });
    await waiting(later.auth.signIn('browser', never()));
    expect(opened).toEqual([]);
  });
});

/** Reads on to the address that the sign-in waits at; the sign-in ends with the test. */
async function waiting(facts: AsyncGenerator<import('../../src/facts/signing-in.ts').SigningInFact>) {
  onTestFinished(async () => {
    await facts.return(undefined);
  });
  const { value } = await facts.next();
  if (value?.type !== 'signIn.browserWaiting') throw new Error(JSON.stringify(value));
  return { fact: value, page: new URL(value.url) };
}

/** Does what the page of the sign-in service does in the end: posts the answer to the loopback address. */
async function comeBack(url: string, answer: Record<string, string>): Promise<string> {
  const { searchParams } = new URL(url);
  const body = new URLSearchParams({ state: searchParams.get('state') ?? '', ...answer });
  const response = await fetch(searchParams.get('redirect_uri') ?? '', { method: 'POST', body });
  return response.text();
}

async function closed(page: URL): Promise<void> {
  const address = page.searchParams.get('redirect_uri') ?? '';
  let open = true;
  const look = async () => {
    while (open)
      await fetch(address).then(
        () => {},
        () => (open = false),
      );
  };
  void look();
  await until(() => !open);
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return { server, port: address.port };
}

async function freePort(): Promise<number> {
  const { server, port } = await listening();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
