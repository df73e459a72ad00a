/** Changing a file that processes share: what becomes of the file, of its folder, and of what is in the way. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ChangeOutcome, editFile } from '../../src/files/edit-file.ts';
import { readOwnFile } from '../../src/files/own-file.ts';
import { changeSharedFile } from '../../src/files/shared-file.ts';
import { script, temporaryFolder } from './script.ts';

const waitMs = 20_000;
const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

describe('a shared file', () => {
  test('is created for its owner alone, in a folder for its owner alone', async () => {
    const folder = join(temporaryFolder(), 'entra-signups', 'more');
    const path = join(folder, 'counts.json');

    const outcome = await changeSharedFile(path, (text) => `${text}`, { waitMs });

    expect(outcome).toEqual({ kind: 'changed', tightened: null });
    expect(readFileSync(path, 'utf8')).toBe('null');
    expect([modeOf(path), modeOf(folder)]).toEqual(['600', '700']);
    expect(readdirSync(folder)).toEqual(['counts.json']);
  });

  test('is replaced by what is made of its text, durably or not', async () => {
    const path = join(temporaryFolder(), 'counts.json');
    writeFileSync(path, 'ä', { mode: 0o600 });

    await changeSharedFile(path, (text) => `${text}b`, { waitMs });
    await changeSharedFile(path, (text) => `${text}c`, { waitMs, durable: true });

    expect(readFileSync(path, 'utf8')).toBe('äbc');
  });

  test('is left alone when nothing is to change', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    expect(await changeSharedFile(path, () => null, { waitMs })).toEqual({ kind: 'unchanged', tightened: null });
    expect(readdirSync(folder)).toEqual([]);

    writeFileSync(path, 'as it was', { mode: 0o600 });
    const before = statSync(path);
    await changeSharedFile(path, () => null, { waitMs });

    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test('can be removed', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'counts.json'), 'x', { mode: 0o600 });

    await editFile(join(folder, 'counts.json'), () => ({ kind: 'remove' }), { waitMs }, readOwnFile);

    expect(readdirSync(folder)).toEqual([]);
  });

  test('loses no change of many in one process', async () => {
    const path = join(temporaryFolder(), 'counts.json');
    const add = (text: string | null) => String(Number(text ?? 0) + 1);

    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) => changeSharedFile(path, add, { waitMs, durable: n % 5 === 0 })),
    );

    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['changed']));
    expect(readFileSync(path, 'utf8')).toBe('50');
  });

  test('is as it was when the change throws, and can be changed again', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    const fault = () => {
      throw new Error('a fault');
    };
    await expect(changeSharedFile(path, fault, { waitMs })).rejects.toThrow('a fault');
    expect(readdirSync(folder)).toEqual([]);
    expect(await changeSharedFile(path, () => 'x', { waitMs: 0 })).toMatchObject({ kind: 'changed' });
  });

  test('costs well under 5 ms', async () => {
    const path = join(temporaryFolder(), 'counts.json');
    const tookMs: number[] = [];
    for (let n = 0; n < 101; n++) {
      const startMs = performance.now();
      await changeSharedFile(path, () => String(n), { waitMs });
      tookMs.push(performance.now() - startMs);
    }
    // The quicker ones: other tests are running at the same time.
    expect(tookMs.sort((a, b) => a - b)[20]).toBeLessThan(5);
  });
});

describe('a file that others had access to', () => {
  test.runIf(process.platform !== 'win32')('is closed to them, and that is told', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    writeFileSync(path, 'x');
    chmodSync(path, 0o644);

    const outcome = await changeSharedFile(path, () => null, { waitMs });

    expect(outcome).toEqual({
      kind: 'unchanged',
      tightened: expect.stringContaining(`Others could read ${path} (mode 0644)`),
    });
    expect(modeOf(path)).toBe('600');
    expect(await changeSharedFile(path, () => null, { waitMs })).toEqual({ kind: 'unchanged', tightened: null });
  });

  test.runIf(process.platform !== 'win32')('or replace: its folder is closed to them, and that is told', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'counts.json'), 'x', { mode: 0o600 });
    chmodSync(folder, 0o777);

    const outcome = await changeSharedFile(join(folder, 'counts.json'), () => null, { waitMs });

    expect(outcome).toMatchObject({ tightened: expect.stringContaining(`Others could replace files in ${folder}`) });
    expect(modeOf(folder)).toBe('700');
  });

  test.runIf(process.getuid?.() === 0)('is refused when it belongs to somebody else', async () => {
    const path = join(temporaryFolder(), 'counts.json');
    writeFileSync(path, 'x', { mode: 0o600 });
    chownSync(path, 4711, 4711);

    expect(await changeSharedFile(path, () => 'y', { waitMs })).toMatchObject({
      kind: 'refused',
      reason: `${path} belongs to another user (user ID 4711), so it is not trusted`,
    });
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  test.runIf(process.getuid?.() === 0)('is refused in an open folder of somebody else', async () => {
    const folder = temporaryFolder();
    chownSync(folder, 4711, 4711);
    chmodSync(folder, 0o777);

    const outcome = await changeSharedFile(join(folder, 'counts.json'), () => 'y', { waitMs });

    expect(outcome).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(`others can replace files in ${folder}`),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('what is not a file of ours is refused', () => {
  const refused: readonly { what: string; prepare: (path: string) => void; reason: string }[] = [
    { what: 'a symbolic link', prepare: (path) => symlinkSync('elsewhere', path), reason: 'is a symbolic link' },
    { what: 'a folder', prepare: (path) => mkdirSync(path), reason: 'is a folder' },
    { what: 'a pipe', prepare: makePipe, reason: 'is a pipe' },
    { what: '400 MB', prepare: makeHuge, reason: 'is larger than 1 MB' },
  ];

  test.runIf(process.platform !== 'win32').each(refused)('$what', async ({ prepare, reason }) => {
    const folder = temporaryFolder();
    const path = join(folder, 'counts.json');
    prepare(path);
    const memoryBefore = process.memoryUsage().rss;

    const outcome = await changeSharedFile(path, () => 'y', { waitMs });

    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining(`${path} ${reason}`) });
    expect(todoOf(outcome)).toMatch(/delete it or move it away/);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(100e6);
    expect(readdirSync(folder)).toEqual(['counts.json']);
  });

  test('a file where the folder should be', async () => {
    const path = join(temporaryFolder(), 'in-the-way', 'counts.json');
    writeFileSync(join(path, '..'), '');

    const outcome = await changeSharedFile(path, () => 'y', { waitMs });

    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('is not a folder') });
  });

  test.runIf(process.platform !== 'win32')('a folder that may not be written', async () => {
    const folder = temporaryFolder();
    const start = await script(`
      import { writeSync } from 'node:fs';
      import { changeSharedFile } from './src/files/shared-file.ts';
      // Root may write everywhere.
      if (process.getuid?.() === 0) process.setuid?.(4711);
      const outcome = await changeSharedFile(process.argv[2] ?? '', () => 'y', { waitMs: 20_000 });
      writeSync(1, JSON.stringify(outcome));
    `);
    if (process.getuid?.() === 0) chownSync(folder, 4711, 4711);
    chmodSync(join(folder, '..'), 0o755);
    chmodSync(folder, 0o500);
    const child = start([join(folder, 'counts.json')]);

    expect(await child.end).toBe(0);
    expect(JSON.parse(child.printed())).toEqual({
      kind: 'refused',
      reason: `permission denied: ${join(folder, 'counts.json')}`,
      todo: `check owner and permissions of ${folder} and of what is in it`,
    });
    chmodSync(folder, 0o700);
  });

  test('a name that is too long', async () => {
    const outcome = await changeSharedFile(join(temporaryFolder(), 'n'.repeat(300)), () => 'y', { waitMs });

    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('is too long') });
  });

  test('a text of more than 1 MB, before it is written', async () => {
    const folder = temporaryFolder();

    const outcome = await changeSharedFile(join(folder, 'counts.json'), () => 'x'.repeat(1024 * 1024 + 1), { waitMs });

    expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('larger than 1 MB') });
    expect(readdirSync(folder)).toEqual([]);
  });
});

function makePipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

function makeHuge(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 400e6);
}

function todoOf(outcome: ChangeOutcome): string {
  return outcome.kind === 'refused' ? outcome.todo : '';
}
