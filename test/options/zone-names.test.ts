import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { computersZone, currentName, namedZone } from '../../src/options/zone-names.ts';

const zoneTab = '/usr/share/zoneinfo/zone.tab';

describe('a time zone', () => {
  test.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['europe/berlin', 'Europe/Berlin'],
    ['US/Eastern', 'US/Eastern'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['Europe/Berln', null],
    ['', null],
  ])('written as %j is called %j', (written, name) => {
    expect(namedZone(written)).toBe(name);
  });

  test.each([
    ['Asia/Calcutta', 'Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', ':Asia/Calcutta', 'Asia/Calcutta'],
    ['Asia/Calcutta', undefined, 'Asia/Kolkata'],
    ['America/Buenos_Aires', '/etc/localtime', 'America/Argentina/Buenos_Aires'],
    ['Europe/Berlin', 'CET-1CEST', 'Europe/Berlin'],
    [undefined, 'asia/kolkata', 'Asia/Kolkata'],
    [undefined, 'Nowhere/Else', 'UTC'],
    [undefined, undefined, 'UTC'],
  ])('of a computer, %j to ICU with TZ %j, is %j', (resolved, variable, name) => {
    expect(computersZone(resolved, variable)).toBe(name);
  });

  test.skipIf(!existsSync(zoneTab))('is never called by a name that the IANA data base has replaced', () => {
    const lines = readFileSync(zoneTab, 'utf8').split('\n');
    const today = new Set(lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('\t')[2] ?? ''));
    const names = Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC' && name.includes('/'));
    expect(names.map(currentName).filter((name) => !today.has(name) && !name.startsWith('Etc/'))).toEqual([]);
  });

  test('of this computer is what TZ says', () => {
    const contents = "import { localTimeZone } from './src/options/locale.ts'; console.log(localTimeZone());";
    const stdin = { contents, resolveDir: process.cwd() };
    const [script] = buildSync({ stdin, bundle: true, platform: 'node', format: 'cjs', write: false }).outputFiles;
    const zoneWith = (TZ: string) =>
      execFileSync(process.execPath, ['-e', script?.text ?? ''], { env: { ...process.env, TZ }, encoding: 'utf8' });
    expect(['Asia/Kolkata', 'Europe/Kiev', 'Nowhere/Else'].map(zoneWith)).toEqual([
      'Asia/Kolkata\n',
      'Europe/Kiev\n',
      'UTC\n',
    ]);
  });
});
