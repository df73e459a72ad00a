import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSavedSignIn } from '../../src/auth/token-cache.ts';
import { clientId, loginUrl, tenantId } from './sign-in-service.ts';
import { all, authAt, never, passingTime, setting, signedIn, temporaryFolder, until } from './support.ts';

const plain = { renew: false, claims: null };
const hasModes = process.platform !== 'win32';
const target = { loginUrl, tenant: tenantId, clientId };

describe('the saved sign-in', () => {
  it('serves the next run without a question', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const first = setting({ cacheFile });
    await signedIn(first);
    const asked = first.service.asked.length;

    const second = authAt(first.service, first.clock, { cacheFile });

    expect(await second.account()).toEqual(await first.auth.account());
    expect(await second.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-1' });
    expect(first.service.asked.length).toBe(asked);
  });

  it('is renewed in the next run with its refresh token', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const first = setting({ cacheFile });
    await signedIn(first);
    const second = authAt(first.service, first.clock, { cacheFile });

    expect(await second.accessToken({ renew: true, claims: null, signal: never() })).toMatchObject({ ok: true });

    const third = authAt(first.service, first.clock, { cacheFile });
    expect(await third.accessToken({ ...plain, signal: never() })).toEqual({ ok: true, token: 'access-token-2' });
  });

  it('is readable by its owner alone, in a folder of its owner alone', async () => {
    const folder = join(temporaryFolder(), 'state', 'entra-signups');
    const cacheFile = join(folder, 'tokens.json');
    await signedIn(setting({ cacheFile }));

    expect(modeOf(cacheFile)).toBe('600');
    expect(modeOf(folder)).toBe('700');
    expect(readdirSync(folder)).toEqual(['tokens.json']);
  });

  it.runIf(hasModes)('that others could read is closed to them, and that is said', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const said: string[] = [];
    const given = setting({ cacheFile, onNotice: (sentence) => said.push(sentence) });
    await signedIn(given);
    chmodSync(cacheFile, 0o644);

    expect(await given.auth.account()).not.toBeNull();

    expect(modeOf(cacheFile)).toBe('600');
    expect(said).toEqual([
      expect.stringMatching(/^Others could read .*tokens\.json \(mode 0644\)\. .*sign out and in again/),
    ]);
  });

  it.runIf(hasModes)('is not used when somebody else could have put it there', async () => {
    const folder = temporaryFolder();
    const cacheFile = join(folder, 'tokens.json');
    const given = setting({ cacheFile });
    await signedIn(given);
    renameSync(cacheFile, join(folder, 'theirs.json'));
    symlinkSync('theirs.json', cacheFile);

    expect(await given.auth.account()).toBeNull();

    expect(given.auth.unreadable()).toMatchObject({ title: expect.stringContaining('is a symbolic link') });
    expect(await given.auth.signOut()).toMatchObject({
      ok: false,
      trouble: { todo: expect.stringContaining('delete it') },
    });
  });

  it('tells before and after signing in that it could not be saved', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    mkdirSync(cacheFile);
    const given = setting({ cacheFile });
    const notSaved = { title: `The sign-in could not be saved: ${cacheFile} is a folder, so it is not trusted.` };

    expect(await given.auth.checkSaving()).toMatchObject(notSaved);
    const facts = await passingTime(given.clock, all(given.auth.signIn('device-code', never())));

    expect(facts.at(-1)).toMatchObject({ type: 'signIn.succeeded', notSaved });
    expect(await given.auth.accessToken({ ...plain, signal: never() })).toMatchObject({ ok: true });
  });

  it('can be forgotten where nothing was ever saved', async () => {
    const folder = temporaryFolder();
    const given = setting({ cacheFile: join(folder, 'state', 'tokens.json') });

    expect(await given.auth.signOut()).toEqual({ ok: true, account: null });

    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not serve another tenant, cloud or application', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const given = setting({ cacheFile });
    await signedIn(given);

    for (const other of [
      { tenant: 'fabrikam.example.org' },
      { loginUrl: 'https://login.example.net' },
      { clientId: 'x' },
    ]) {
      expect(await authAt(given.service, given.clock, { cacheFile, ...other }).account()).toBeNull();
    }
    const sameAgain = authAt(given.service, given.clock, { cacheFile, clientId: clientId.toUpperCase() });
    expect(await sameAgain.account()).not.toBeNull();
  });

  it('is gone from the disk after signing out', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const given = setting({ cacheFile });
    await signedIn(given);

    await given.auth.signOut();

    expect(existsSync(cacheFile)).toBe(false);
  });

  it('of another tenant stays when one signs out', async () => {
    const file = join(temporaryFolder(), 'tokens.json');
    const [one, two] = [signInOf(file, 'one.example.org'), signInOf(file, 'two.example.org')];
    await one.write('{"n":1}');
    await two.write('{"n":2}');

    await one.forget();

    expect([await one.read(), await two.read()]).toEqual([null, '{"n":2}']);
  });

  it('loses nothing when many write at the same time', async () => {
    const file = join(temporaryFolder(), 'tokens.json');
    const many = Array.from({ length: 20 }, (_, n) => signInOf(file, `t${n}.example.org`));

    await Promise.all(many.map((saved, n) => saved.write(JSON.stringify({ n }))));

    expect(await Promise.all(many.map((saved) => saved.read()))).toEqual(many.map((_, n) => JSON.stringify({ n })));
  });

  it('is not brought back by a renewal in another process after signing out', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const given = setting({ cacheFile });
    await signedIn(given);
    const before = readFileSync(cacheFile, 'utf8');
    const mine = openSavedSignIn({ file: cacheFile, target, onNotice: () => {} });
    const text = (await mine.read()) ?? '';
    await given.auth.signOut();

    await mine.update(text);

    expect(before).toContain('refresh-token-1');
    expect(existsSync(cacheFile)).toBe(false);
  });

  it('of somebody else, made in another process during a renewal, is left as it is', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const mine = setting({ cacheFile });
    await signedIn(mine);
    let open: () => void = () => {};
    mine.service.gate = new Promise((resolve) => {
      open = resolve;
    });
    const renewing = mine.auth.accessToken({ renew: true, claims: null, signal: never() });
    await until(() => mine.service.refreshes === 1);
    const theirs = setting({ cacheFile });
    theirs.service.objectId = '00000000-90ab-4cde-8f01-234567890abc';
    await signedIn(theirs);
    const after = readFileSync(cacheFile, 'utf8');

    open();
    await renewing;

    expect(readFileSync(cacheFile, 'utf8')).toBe(after);
  });

  it.each([
    { what: 'half a file', text: '{"format":1,"signIns":{"a":{' },
    { what: 'another format', text: '{"format":2}' },
    { what: 'no object', text: '[]' },
    { what: 'entries that are none', text: '{"format":1,"signIns":{"a":1}}' },
    { what: 'an empty file', text: '' },
  ])('is set aside, and said to be, when it cannot be understood ($what)', async ({ text }) => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    writeFileSync(cacheFile, text);
    const given = setting({ cacheFile });

    const outcome = await given.auth.accessToken({ ...plain, signal: never() });

    const keptAt = `${cacheFile}.corrupt`;
    expect(outcome).toMatchObject({ ok: false, problem: { title: expect.stringContaining(`kept as ${keptAt}`) } });
    expect(given.auth.unreadable()).toMatchObject({ title: expect.stringContaining(keptAt), todo: 'Sign in again.' });
    expect(readFileSync(keptAt, 'utf8')).toBe(text);
    await signedIn(given);
    expect(await authAt(given.service, given.clock, { cacheFile }).account()).not.toBeNull();
  });

  it('holds for this run when it cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'not-a-folder'), '');
    const said: string[] = [];
    const onNotice = (sentence: string) => void said.push(sentence);
    const given = setting({ cacheFile: join(folder, 'not-a-folder', 'tokens.json'), onNotice });

    await signedIn(given);

    expect(await given.auth.account()).not.toBeNull();
    expect(await given.auth.accessToken({ renew: true, claims: null, signal: never() })).toMatchObject({ ok: true });
    expect(said.at(-1)).toMatch(/^The renewed sign-in holds for this run only\. .* is not a folder\. Move away /);
  });

  it('is saved after all, once the file can be written', async () => {
    const folder = temporaryFolder();
    const cacheFile = join(folder, 'state', 'tokens.json');
    writeFileSync(join(folder, 'state'), '');
    const given = setting({ cacheFile });
    await signedIn(given);
    rmSync(join(folder, 'state'));

    await given.auth.accessToken({ renew: true, claims: null, signal: never() });

    expect(await authAt(given.service, given.clock, { cacheFile }).account()).not.toBeNull();
  });

  it('is told to be unreadable when the system refuses to read it', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    mkdirSync(cacheFile);
    const { auth } = setting({ cacheFile });

    expect(await auth.account()).toBeNull();

    expect(auth.unreadable()).toMatchObject({ title: expect.stringContaining(`${cacheFile} is a folder`) });
  });
});

function signInOf(file: string, tenant: string) {
  return openSavedSignIn({ file, target: { ...target, tenant }, onNotice: () => {} });
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
