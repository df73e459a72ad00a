/** The settings file on the disk: found or not, read, and replaced as a whole. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { savePresetFile } from '../../src/config/preset-file.ts';
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
      complaint: { message: expect.stringMatching(/config\.toml cannot be read: it is a folder/) },
    });
  });
});

describe('a preset that is saved on the screen', () => {
  test('makes the file, for its owner alone, and the folders to it', () => {
    const file = join(folder, 'a', 'b', 'config.toml');
    expect(savePresetFile(file, shop, nowMs)).toEqual({ ok: true });
    expect(readFileSync(file, 'utf8')).toBe(section);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['config.toml']);
  });

  test('leaves the file its mode and a link a link', () => {
    const file = join(folder, 'real.toml');
    const link = join(folder, 'config.toml');
    writeFileSync(file, '# mine\n');
    chmodSync(file, 0o640);
    symlinkSync('real.toml', link);
    expect(savePresetFile(link, shop, nowMs)).toEqual({ ok: true });
    expect(readlinkSync(link)).toBe('real.toml');
    expect(readFileSync(file, 'utf8')).toBe(`# mine\n\n${section}`);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(['config.toml', 'real.toml']);
  });

  test.each([
    ['that has a mistake', Buffer.from('x = 1\n'), /there is no key "x"/],
    ['that is no text', Buffer.of(0xff, 0xfe), /is not text in UTF-8/],
  ])('leaves a file %s as it is', (_, bytes, message) => {
    const file = join(folder, 'config.toml');
    writeFileSync(file, bytes);
    expect(savePresetFile(file, shop, nowMs)).toEqual({ ok: false, message: expect.stringMatching(message) });
    expect(readFileSync(file)).toEqual(bytes);
    expect(readdirSync(folder)).toEqual(['config.toml']);
  });

  test('says what the system says when it cannot be', () => {
    writeFileSync(join(folder, 'file'), '');
    const file = join(folder, 'file', 'config.toml');
    expect(savePresetFile(file, shop, nowMs)).toEqual({
      ok: false,
      message: expect.stringMatching(/^the preset could not be saved: ENOTDIR/),
    });
    expect(existsSync(file)).toBe(false);
  });
});
