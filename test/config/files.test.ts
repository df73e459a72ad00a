/** The settings file on the disk: found or not, read, and replaced as a whole. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { savePresetFile } from '../../src/config/preset-file.ts';
import { script } from '../files/script.ts';
import { nowMs } from './reading.ts';

const shop = { name: 'Shop', query: 'app:Shop', key: null };
const section = '[[presets]]\nname = "Shop"\nquery = "app:Shop"\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entra-signups-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = (named: string | null) => loadConfig(named, { configFolder: async () => folder, nowMs });

describe('the settings file', () => {
  test('is config.toml in the folder for settings', async () => {
    writeFileSync(join(folder, 'config.toml'), 'tz = "utc"');
    const outcome = await load(null);
    expect(outcome).toMatchObject({ kind: 'read', config: { file: join(folder, 'config.toml') } });
  });

  test('is the one that was named', async () => {
    writeFileSync(join(folder, 'other.toml'), 'columns = ["who"]');
    expect(await load(join(folder, 'other.toml'))).toMatchObject({ kind: 'read', config: { columns: ['who'] } });
  });

  test('may be missing', async () => {
    expect(await load(null)).toEqual({ kind: 'missing', file: join(folder, 'config.toml') });
  });

  test('is not taken for missing when it cannot be read', async () => {
    mkdirSync(join(folder, 'config.toml'));
    expect(await load(null)).toMatchObject({
      kind: 'refused',
      complaint: { message: expect.stringMatching(/^the settings file cannot be read: .*config\.toml is a folder$/) },
    });
  });
});

describe.runIf(process.platform !== 'win32')('the settings file can also be', () => {
  test('a link, readable by others, of somebody else', async () => {
    writeFileSync(join(folder, 'real.toml'), 'tz = "utc"');
    chmodSync(join(folder, 'real.toml'), 0o644);
    if (process.getuid?.() === 0) chownSync(join(folder, 'real.toml'), 4711, 4711);
    symlinkSync('real.toml', join(folder, 'config.toml'));
    expect(await load(null)).toMatchObject({ kind: 'read' });
    expect(statSync(join(folder, 'real.toml')).mode & 0o777).toBe(0o644);
  });

  test('a pipe that something is written to bit by bit', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const writer = openSync(join(folder, 'pipe'), constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(writer, 'columns =');
    const loading = load(join(folder, 'pipe'));
    writeSync(writer, ' ["who"]');
    const reader = openSync(join(folder, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    closeSync(reader);
    closeSync(writer);
    expect(await loading).toMatchObject({ kind: 'read', config: { columns: ['who'] } });
  });

  test('nothing at all', async () => {
    expect(await load('/dev/null')).toMatchObject({ kind: 'read' });
  });

  test.each([
    { what: 'a pipe that nobody writes to', prepare: makePipe, message: /is a pipe that nothing came through/ },
    { what: '400 MB', prepare: makeHuge, message: /is larger than 1 MB/ },
  ])('but not $what', async ({ prepare, message }) => {
    prepare(join(folder, 'config.toml'));
    const outcome = await load(null);
    expect(outcome).toMatchObject({ kind: 'refused', complaint: { message: expect.stringMatching(message) } });
  });

  test('but not a stream without end', async () => {
    const outcome = await load('/dev/zero');
    expect(outcome).toMatchObject({
      kind: 'refused',
      complaint: { message: expect.stringContaining('/dev/zero is larger than 1 MB') },
    });
  });
});

function makePipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

function makeHuge(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 400e6);
}

describe('a preset that is saved on the screen', () => {
  test('makes the file, for its owner alone, and the folders to it', async () => {
    const file = join(folder, 'a', 'b', 'config.toml');
    expect(await savePresetFile(file, shop, nowMs)).toEqual({ ok: true });
    expect(readFileSync(file, 'utf8')).toBe(section);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['config.toml']);
  });

  test('leaves the file its mode and a link a link', async () => {
    const file = join(folder, 'real.toml');
    const link = join(folder, 'config.toml');
    writeFileSync(file, '# mine\n');
    chmodSync(file, 0o640);
    symlinkSync('real.toml', link);
    expect(await savePresetFile(link, shop, nowMs)).toEqual({ ok: true });
    expect(readlinkSync(link)).toBe('real.toml');
    expect(readFileSync(file, 'utf8')).toBe(`# mine\n\n${section}`);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['config.toml', 'real.toml']);
  });

  test.each([
    ['that has a mistake', Buffer.from('x = 1\n'), /there is no key "x"/],
    ['that is no text', Buffer.of(0xff, 0xfe), /is not text in UTF-8/],
  ])('leaves a file %s as it is', async (_, bytes, message) => {
    const file = join(folder, 'config.toml');
    writeFileSync(file, bytes);
    expect(await savePresetFile(file, shop, nowMs)).toEqual({ ok: false, message: expect.stringMatching(message) });
    expect(readFileSync(file)).toEqual(bytes);
    expect(readdirSync(folder)).toEqual(['config.toml']);
  });

  test('says in plain words why it cannot be', async () => {
    writeFileSync(join(folder, 'file'), '');
    const file = join(folder, 'file', 'config.toml');
    expect(await savePresetFile(file, shop, nowMs)).toEqual({
      ok: false,
      message: expect.stringMatching(/^the preset could not be saved: part of the path .* is not a folder; move away /),
    });
    expect(existsSync(file)).toBe(false);
  });

  test('keeps company with those that other processes save at the same moment', async () => {
    const file = join(folder, 'config.toml');
    writeFileSync(file, '# mine\n');
    const start = await script(`
      import { savePresetFile } from './src/config/preset-file.ts';
      for (let n = 0; n < 5; n++) {
        const preset = { name: process.argv[3] + n, query: 'app:Shop', key: null };
        const outcome = await savePresetFile(process.argv[2] ?? '', preset, Date.now());
        if (!outcome.ok) throw new Error(outcome.message);
      }
    `);
    const names = ['a', 'b', 'c', 'd'];

    expect(await Promise.all(names.map((name) => start([file, name]).end))).toEqual([0, 0, 0, 0]);

    const saved = [...readFileSync(file, 'utf8').matchAll(/^name = "(..)"$/gm)].map(([, name]) => name);
    expect(saved.sort()).toEqual(names.flatMap((name) => [0, 1, 2, 3, 4].map((n) => `${name}${n}`)));
    expect(readFileSync(file, 'utf8')).toMatch(/^# mine\n/);
    expect(readdirSync(folder)).toEqual(['config.toml']);
  });

  test('is not written where a link leads to nothing', async () => {
    symlinkSync('gone.toml', join(folder, 'config.toml'));
    expect(await savePresetFile(join(folder, 'config.toml'), shop, nowMs)).toEqual({
      ok: false,
      message: expect.stringMatching(/is a link to a file that does not exist; create that file, or delete the link$/),
    });
    expect(readlinkSync(join(folder, 'config.toml'))).toBe('gone.toml');
  });

  test.runIf(process.getuid?.() === 0)('leaves the file its owner', async () => {
    const file = join(folder, 'config.toml');
    writeFileSync(file, '');
    chownSync(file, 4711, 4712);
    expect(await savePresetFile(file, shop, nowMs)).toEqual({ ok: true });
    expect(statSync(file)).toMatchObject({ uid: 4711, gid: 4712 });
  });
});
