/** Looking people up, in the demo tenant, which knows who has an account. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DemoTenant } from '../../src/demo/tenant.ts';
import type { MethodsOutcome, PersonOutcome } from '../../src/facts/person.ts';
import { findPersonByAddress, readMethods, readPerson } from '../../src/graph/person.ts';
import type { TokenSource } from '../../src/graph/token-source.ts';
import { DEMO_MS, readingDemo } from './run-demo.ts';

beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

const DAY_MS = 86_400_000;

function attempts({ truth }: DemoTenant) {
  return truth.attempts({ fromMs: DEMO_MS - 2 * DAY_MS, toMs: DEMO_MS - 3_600_000 });
}

function creatorOf(tenant: DemoTenant, provider: string) {
  const attempt = attempts(tenant).find((one) => one.userId !== null && one.provider === provider);
  return { userId: attempt?.userId ?? '', identifier: attempt?.identifier ?? '' };
}

describe('the account that a sign-up made', () => {
  test('is known with its identities', async () => {
    const reading = readingDemo();
    const { userId, identifier } = creatorOf(reading.tenant, 'Email OTP');
    const outcome = await reading.toEnd(readPerson(userId, reading.deps));
    expect(outcome).toMatchObject({
      kind: 'found',
      person: {
        userId,
        mail: identifier,
        creationType: 'LocalAccount',
        userType: 'Member',
        isEnabled: true,
        identities: [
          { signInType: 'emailAddress', issuer: reading.tenant.tenantDomain, assignedId: identifier },
          { signInType: 'userPrincipalName' },
        ],
        raw: { id: userId },
      },
    });
    expect(reading.asked[0]).toContain('identities');
  });

  test('is that of an identity provider', async () => {
    const reading = readingDemo();
    const { userId } = creatorOf(reading.tenant, 'Google');
    expect(await reading.toEnd(readPerson(userId, reading.deps))).toMatchObject({
      person: { identities: [{ signInType: 'federated', issuer: 'google.com' }, {}] },
    });
  });

  test('is nobody when it has been deleted', async () => {
    const reading = readingDemo();
    expect(await reading.toEnd(readPerson('no/body', reading.deps))).toEqual({ kind: 'nobody' });
    expect(reading.asked[0]).toContain('/users/no%2Fbody?');
    expect(await reading.toEnd(readMethods('nobody', reading.deps))).toEqual({ kind: 'nobody' });
  });

  test('has ways to prove whose it is', async () => {
    const reading = readingDemo();
    const { userId, identifier } = creatorOf(reading.tenant, 'Email Password');
    const outcome = await reading.toEnd(readMethods(userId, reading.deps));
    if (outcome.kind !== 'read') throw new Error(`the methods are ${outcome.kind}`);
    // Some people have a phone as well.
    expect(outcome.methods.filter(({ called }) => called !== 'phone')).toMatchObject([
      { called: 'password', detail: null },
      { called: 'e-mail', detail: identifier },
    ]);
  });
});

describe('an address', () => {
  test('that the directory refused has an account already', async () => {
    const reading = readingDemo();
    const story = reading.tenant.truth
      .attempts({ fromMs: DEMO_MS - DAY_MS, toMs: DEMO_MS })
      .filter((attempt) => attempt.story === 'duplicateAccount');
    const { identifier = '', userId } = story.findLast(({ outcome }) => outcome === 'created') ?? {};
    for (const issuer of [reading.tenant.tenantDomain, reading.tenant.tenantId]) {
      const outcome = await reading.toEnd(findPersonByAddress(identifier, issuer, reading.deps));
      expect(outcome).toMatchObject({ kind: 'found', person: { userId } });
    }
  });

  test('that nobody has is nobody, whatever is in it', async () => {
    const reading = readingDemo();
    for (const address of ["o'nobody@example.org", 'a+b@example.org', "' or issuer eq '"]) {
      const looking = findPersonByAddress(address, reading.tenant.tenantDomain, reading.deps);
      expect(await reading.toEnd(looking)).toEqual({ kind: 'nobody' });
    }
  });
});

describe('a look-up that takes a permission more', () => {
  const problem = { kind: 'refused', title: 'No.', meaning: '', todo: 'Ask.', code: null, requestId: null } as const;
  const withoutConsent: TokenSource = {
    accessToken: async ({ scopes = [] }) => ({ ok: false, problem, consentNeeded: scopes }),
  };

  test('says which, and that the log is read without it', async () => {
    const reading = readingDemo(() => withoutConsent);
    const directory = { kind: 'consentNeeded', scopes: ['User.Read.All'] };
    expect(await reading.toEnd(readPerson('id', reading.deps))).toMatchObject({
      ...directory,
      problem: { todo: 'Ask. The log is read without it.' },
    });
    expect(await reading.toEnd(findPersonByAddress('a@b.c', 'd', reading.deps))).toMatchObject(directory);
    expect(await reading.toEnd(readMethods('id', reading.deps))).toMatchObject({
      kind: 'consentNeeded',
      scopes: ['UserAuthenticationMethod.Read.All'],
    });
  });

  test.each([
    ['User.Read.All', 'Directory Readers', 'users/', readPerson],
    ['UserAuthenticationMethod.Read.All', 'Authentication Administrator', 'methods', readMethods],
  ])('is refused with the permission %s and the role %s', async (permission, role, path, look) => {
    for (const reason of ['privileges', 'role', 'permission'] as const) {
      const reading = readingDemo();
      reading.tenant.faults.always({ kind: 'forbidden', reason }, ({ url }) => url.includes(path));
      const { userId } = creatorOf(reading.tenant, 'Email OTP');
      const outcome = await reading.toEnd<PersonOutcome | MethodsOutcome>(look(userId, reading.deps));
      expect(outcome).toMatchObject({ kind: 'failed', problem: { kind: 'refused' } });
      if (outcome.kind !== 'failed') return;
      expect(outcome.problem.meaning).toContain(`${permission} and the role ${role}`);
      expect(outcome.problem.todo).toContain(reason === 'permission' ? permission : role);
    }
  });

  test('fails like any other when the network does', async () => {
    const reading = readingDemo();
    reading.tenant.faults.always({ kind: 'dropped' });
    expect(await reading.toEnd(readPerson('id', reading.deps))).toMatchObject({
      kind: 'failed',
      problem: { kind: 'unreachable', title: expect.stringContaining('The account could not be looked up: ') },
    });
  });

  test('ends when the caller gives up', async () => {
    const reading = readingDemo();
    reading.abort();
    expect(await reading.toEnd(readPerson('id', reading.deps))).toEqual({ kind: 'cancelled' });
  });
});
