/** What is published: the right files, nothing more, and a program that runs without its development dependencies. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'entra-signups-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The bundle is what `npm test` has just built; building again would pull it away under other tests.
const packed: readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[] =
  JSON.parse(npm('pack', '--json', '--ignore-scripts', '--pack-destination', folder));
const [tarball] = packed;
if (tarball === undefined) throw new Error('npm packed nothing');

describe('the package', () => {
  const paths = tarball.files.map(({ path }) => path);

  test('holds what it should and nothing more', () => {
    const chunks = paths.filter((path) => path.startsWith('dist/chunks/'));
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.filter((path) => !/^dist\/chunks\/[\w-]+\.js$/.test(path))).toEqual([]);
    const allowed = [
      'LICENSE',
      'README.md',
      'bin/entra-signups.js',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/main.js',

      'package.json',
    ];
    const docs = paths.filter((path) => path.startsWith('docs/'));
    expect(docs.filter((path) => !/\.(md|txt)$/.test(path))).toEqual([]);
    const rest = paths.filter((path) => !chunks.includes(path) && !docs.includes(path));
    expect(rest.sort()).toEqual(allowed);
  });

  test('has every page that the README points at', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((docs\/[\w./-]+\.md)\)/g)].flatMap(([, link]) => link ?? []);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !paths.includes(link))).toEqual([]);
  });

  test('needs no other package', () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect({ dependencies, optionalDependencies }).toEqual({});
  });

  test('gives credit to what is bundled in it', () => {
    const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['ink', 'react', 'undici', '@azure/msal-node', '@microsoft/microsoft-graph-client', 'zustand']) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
    expect(notices).toContain('Copyright (c) Meta Open Source');
  });

  test('installs without a network, and runs', { timeout: 120_000 }, () => {
    const prefix = join(folder, 'prefix');
    npm('install', '--global', '--offline', '--ignore-scripts', '--prefix', prefix, join(folder, tarball.filename));
    const modules = process.platform === 'win32' ? 'node_modules' : 'lib/node_modules';
    expect(readdirSync(join(prefix, modules))).toEqual(['entra-signups']);
    const program = join(prefix, process.platform === 'win32' ? 'entra-signups.cmd' : 'bin/entra-signups');
    const run = (...args: string[]) => execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(run('--version')).toBe(`${version}\n`);
    const lines = run('list', '--demo', '--limit', '3').split('\n').slice(0, -1);
    expect(lines.map((line): string => JSON.parse(line).outcome)).toHaveLength(3);
  });
});

function npm(...args: readonly string[]): string {
  return execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}
