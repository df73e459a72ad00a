/** Processes that change the same file: all at once, killed at any moment, stopped, and out of reach. */
import { readdirSync, readFileSync, readlinkSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeSharedFile } from '../../src/files/shared-file.ts';
import { until } from '../support/until.ts';
import { script, temporaryFolder } from './script.ts';

/** Prints a line and stands still, with the lock in its hands. */
const holding = `
  import { writeSync } from 'node:fs';
  import { changeSharedFile } from './src/files/shared-file.ts';
  const outcome = await changeSharedFile(process.argv[2], (text) => {
    writeSync(1, 'has the lock\\n');
    if (process.argv[3] === 'forever') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return (text ?? '') + 'theirs';
  }, { waitMs: 20_000 });
  writeSync(1, outcome.kind);
`;

const waitMs = 20_000;

describe('processes that share a file', () => {
  test('lose no change of four that change it all the time', async () => {
    const path = join(temporaryFolder(), 'counts.json');
    const start = await script(`
      import { changeSharedFile } from './src/files/shared-file.ts';
      for (let n = 0; n < 50; n++) {
        const add = (text: string | null) => String(Number(text ?? 0) + 1);
        const outcome = await changeSharedFile(process.argv[2] ?? '', add, { waitMs: 20_000, durable: n % 10 === 0 });
        if (outcome.kind !== 'changed') throw new Error(JSON.stringify(outcome));
      }
    `);

    const ends = await Promise.all(Array.from({ length: 4 }, () => start([path]).end));

    expect(ends).toEqual([0, 0, 0, 0]);
    expect(readFileSync(path, 'utf8')).toBe('200');
  });

  test('are told when the lock was not free in time', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    const holder = (await script(holding))([path, 'forever']);
    await until(() => holder.printed() !== '', holder.printed);

    expect(await changeSharedFile(path, () => 'ours', { waitMs: 50 })).toEqual({ kind: 'busy' });
    expect(readdirSync(folder)).toEqual(['counts.json.lock']);
  });

  test('take over the lock of a killed process at once', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    const holder = (await script(holding))([path, 'forever']);
    await until(() => holder.printed() !== '', holder.printed);
    holder.process.kill('SIGKILL');
    expect(await holder.end).toBe('SIGKILL');
    expect(readdirSync(folder)).toEqual(['counts.json.lock']);

    expect(await changeSharedFile(path, () => 'ours', { waitMs: 0 })).toMatchObject({ kind: 'changed' });

    expect(readdirSync(folder)).toEqual(['counts.json']);
  });

  test('take it over from one that is stopped, which then begins again instead of overwriting', async () => {
    const path = join(temporaryFolder(), 'counts.json');
    const start = await script(`
      import { writeSync } from 'node:fs';
      import { changeSharedFile } from './src/files/shared-file.ts';
      let calls = 0;
      const outcome = await changeSharedFile(process.argv[2] ?? '', (text) => {
        writeSync(1, 'has the lock\\n');
        if (calls++ === 0) process.kill(process.pid, 'SIGSTOP');
        return (text ?? '') + 'theirs';
      }, { waitMs: 20_000 });
      writeSync(1, outcome.kind);
    `);
    const stopped = start([path]);
    await until(() => stopped.printed() !== '', stopped.printed);

    expect(await changeSharedFile(path, () => 'ours,', { waitMs })).toMatchObject({ kind: 'changed' });
    stopped.process.kill('SIGCONT');

    expect(await stopped.end).toBe(0);
    expect(stopped.printed()).toBe('has the lock\nhas the lock\nchanged');
    expect(readFileSync(path, 'utf8')).toBe('ours,theirs');
  });

  test('killed at any moment leave a whole file, and nothing that the next save does not remove', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    const start = await script(`
      import { writeSync } from 'node:fs';
      import { changeSharedFile } from './src/files/shared-file.ts';
      for (let n = 0; ; n++) {
        await changeSharedFile(process.argv[2] ?? '', () => JSON.stringify({ n, filler: 'x'.repeat(300_000) }), { waitMs: 20_000 });
        writeSync(1, '.');
      }
    `);
    let leftBehind = 0;
    for (let round = 0; round < 6; round++) {
      const writers = [start([path]), start([path])];
      await until(
        () => writers.every((writer) => writer.printed().length > round),
        () => writers.map((writer) => writer.printed()).join('|'),
      );
      for (const { process } of writers) process.kill('SIGKILL');
      await Promise.all(writers.map(({ end }) => end));
      leftBehind += readdirSync(folder).length - 1;
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ filler: expect.stringMatching(/^x{300000}$/) });

      expect(await changeSharedFile(path, (text) => text, { waitMs: 0 })).toMatchObject({ kind: 'changed' });
      expect(readdirSync(folder)).toEqual(['counts.json']);
    }
    expect(leftBehind).toBeGreaterThan(0);
  });
});

describe('a lock whose holder cannot be seen', () => {
  const foreign = JSON.stringify({ token: '0123456789abcdef', pid: 1, started: '1', place: 'another computer' });

  test.each([
    { what: 'of another computer', text: foreign },
    { what: 'that was never finished', text: '' },
  ])('$what is waited for, and then taken over', async ({ text }) => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    writeFileSync(`${path}.lock`, text);
    expect(await changeSharedFile(path, () => 'ours', { waitMs: 20 })).toEqual({ kind: 'busy' });
    const startMs = performance.now();

    expect(await changeSharedFile(path, () => 'ours', { waitMs })).toMatchObject({ kind: 'changed' });

    expect(performance.now() - startMs).toBeGreaterThan(4_000);
    expect(readdirSync(folder)).toEqual(['counts.json']);
  });

  test('is taken over at once when it is old', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    writeFileSync(`${path}.lock`, foreign);
    utimesSync(`${path}.lock`, 1_000_000_000, 1_000_000_000);

    expect(await changeSharedFile(path, () => 'ours', { waitMs: 0 })).toMatchObject({ kind: 'changed' });

    expect(readdirSync(folder)).toEqual(['counts.json']);
  });

  test('of whoever died while taking over a lock is taken over, too', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    const holder = (await script(holding))([path, 'forever']);
    await until(() => holder.printed() !== '', holder.printed);
    holder.process.kill('SIGKILL');
    await holder.end;
    const dead = readlinkSync(`${path}.lock`);
    const { token } = JSON.parse(dead) as { readonly token: string };
    symlinkSync(dead.replace(token, 'fedcba9876543210'), `${path}.lock.${token}`);

    expect(await changeSharedFile(path, () => 'ours', { waitMs: 0 })).toMatchObject({ kind: 'changed' });

    expect(readdirSync(folder)).toEqual(['counts.json']);
  });
});
