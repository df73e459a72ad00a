/** What a person is told who signs in without a screen. */
import { describe, expect, test } from 'vitest';
import { followSignIn } from '../../src/headless/sign-in.ts';

const account = { username: 'admin@contoso.example', tenantId: 't', homeAccountId: 'h' };
const redirect = encodeURIComponent('http://localhost:41234');

async function told(fact: { readonly url: string; readonly opened: boolean }): Promise<string> {
  const text: string[] = [];
  const facts = async function* () {
    yield { type: 'signIn.browserWaiting', ...fact } as const;
    yield { type: 'signIn.succeeded', account, notSaved: null } as const;
  };
  const end = await followSignIn(
    facts(),
    (more) => void text.push(more),
    'UTC',
    () => 0,
  );
  expect(end.kind).toBe('signedIn');
  return text.join('');
}

describe('signing in by browser', () => {
  const url = `https://login.example.org/authorize?redirect_uri=${redirect}&state=x`;

  test('tells where the browser comes back to when none was opened here, and how to come from elsewhere', async () => {
    const text = await told({ url, opened: false });
    expect(text).toContain(`\n  ${url}\n`);
    expect(text).toContain('comes back to http://localhost:41234 on this machine');
    expect(text).toContain('ssh -L 41234:localhost:41234 ');
    expect(text).toContain('^C cancels');
  });

  test('tells nothing of that when one was opened', async () => {
    expect(await told({ url, opened: true })).not.toMatch(/ssh|localhost:41234 on/);
  });

  test.each(['https://login.example.org/authorize', 'https://login.example.org/authorize?redirect_uri=nowhere'])(
    'makes nothing up about %s',
    async (address) => {
      const text = await told({ url: address, opened: false });
      expect(text).not.toContain('ssh');
      expect(text).toContain('^C cancels');
    },
  );
});

describe('a sign-in that cannot be renewed', () => {
  async function toldOf(renews: { readonly renews?: false }): Promise<string> {
    const text: string[] = [];
    const facts = async function* () {
      yield { type: 'signIn.succeeded', account: { ...account, ...renews }, notSaved: null } as const;
    };
    await followSignIn(
      facts(),
      (more) => void text.push(more),
      'UTC',
      () => 0,
    );
    return text.join('');
  }

  test('says that it ends, and how to get one that does not', async () => {
    const text = await toldOf({ renews: false });
    expect(text).toContain('signed in as admin@contoso.example');
    expect(text).toMatch(/ends with its access token.*--auth browser/s);
    expect(await toldOf({})).not.toContain('access token');
  });
});
