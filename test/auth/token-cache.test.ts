import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCacheFile } from '../../src/auth/cache-file.ts';
import { openSavedSignIn } from '../../src/auth/token-cache.ts';
import { clientId, loginUrl, tenantId } from './sign-in-service.ts';
import { authAt, never, setting, signedIn, temporaryFolder, until } from './support.ts';

const plain = { renew: false, claims: null };
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

  it('closes a file that was open to others', async () => {
    const cacheFile = join(temporaryFolder(), 'tokens.json');
    const given = setting({ cacheFile });
    await signedIn(given);
    chmodSync(cacheFile, 0o644);

    await given.auth.accessToken({ renew: true, claims: null, signal: never() });

    expect(modeOf(cacheFile)).toBe('600');
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
    const mine = openSavedSignIn({ file: cacheFile, target, onTrouble: () => {} });
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
    const said: string[] = [];
    const given = setting({ cacheFile, onTrouble: (sentence) => said.push(sentence) });

    const outcome = await given.auth.accessToken({ ...plain, signal: never() });

    const keptAt = `${cacheFile}.corrupt`;
    expect(outcome).toMatchObject({ ok: false, problem: { meaning: expect.stringContaining(keptAt) } });
    expect(readFileSync(keptAt, 'utf8')).toBe(text);
    expect(said).toEqual([expect.stringContaining(keptAt)]);
    await signedIn(given);
    expect(await authAt(given.service, given.clock, { cacheFile }).account()).not.toBeNull();
  });

  it('holds for this run when it cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'not-a-folder'), '');
    const said: string[] = [];
    const onTrouble = (sentence: string) => void said.push(sentence);
    const given = setting({ cacheFile: join(folder, 'not-a-folder', 'tokens.json'), onTrouble });

    await signedIn(given);

    expect(await given.auth.account()).not.toBeNull();
    expect(await given.auth.accessToken({ renew: true, claims: null, signal: never() })).toMatchObject({ ok: true });
    expect(said.at(-1)).toContain('could not be saved and holds for this run only');
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
    const said: string[] = [];
    const { auth } = setting({ cacheFile, onTrouble: (sentence) => said.push(sentence) });

    expect(await auth.account()).toBeNull();

    expect(said).toEqual([expect.stringContaining('EISDIR')]);
  });
});

describe('the cache file', () => {
  it('is looked at again when another process was faster', async () => {
    const path = join(temporaryFolder(), 'tokens.json');
    const file = openCacheFile(path, () => {});
    let rounds = 0;

    await file.change((saved) => {
      // Another process writes between our reading and our moving into place.
      if (rounds++ === 0) writeFileSync(path, JSON.stringify({ format: 1, signIns: { theirs: {} } }));
      return new Map(saved).set('ours', {});
    });

    expect([...file.read().keys()]).toEqual(['theirs', 'ours']);
    expect(rounds).toBe(2);
  });

  it('waits for a process that is just writing', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'tokens.json');
    writeFileSync(`${path}.lock`, '');
    let rounds = 0;

    await openCacheFile(path, () => {}).change((saved) => {
      if (rounds++ === 3) rmSync(`${path}.lock`);
      return new Map(saved).set('ours', {});
    });

    expect(rounds).toBe(4);
    expect(readdirSync(folder)).toEqual(['tokens.json']);
  });

  it('is not held up by the lock of a process that was killed', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'tokens.json');
    writeFileSync(`${path}.lock`, '');
    utimesSync(`${path}.lock`, 1, 1);

    await openCacheFile(path, () => {}).change((saved) => new Map(saved).set('ours', {}));

    expect(readdirSync(folder)).toEqual(['tokens.json']);
  });

  it('gives up when others write all the time, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'tokens.json');
    let theirs = 0;

    const change = openCacheFile(path, () => {}).change((saved) => {
      writeFileSync(path, JSON.stringify({ format: 1, signIns: { theirs: { number: theirs++ } } }));
      return new Map(saved).set('ours', {});
    });

    await expect(change).rejects.toThrow('being changed by other processes');
    expect(readdirSync(folder)).toEqual(['tokens.json']);
  });
});

function signInOf(file: string, tenant: string) {
  return openSavedSignIn({ file, target: { ...target, tenant }, onTrouble: () => {} });
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}
