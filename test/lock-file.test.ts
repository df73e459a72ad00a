/** The lock file installs the same packages on every machine: complete for all platforms, and free of addresses. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);
const packages = new Map(Object.entries(lock.packages));

/** Where Node would find `name` from the package at `path`: beside it or in a folder above; null when nowhere. */
function installedAt(path: string, name: string): string | null {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages.has(candidate)) return candidate;
    if (folder === '') return null;
  }
}

describe('the lock file', () => {
  test('is accepted by npm ci', { timeout: 60_000 }, () => {
    const args = ['ci', '--dry-run', '--offline', '--ignore-scripts'];
    const isWindows = process.platform === 'win32';
    expect(() => execFileSync('npm', args, { cwd: root, stdio: 'pipe', shell: isWindows })).not.toThrow();
  });

  test('lists every optional package of every package, and so the binaries of every platform', () => {
    const missing = [...packages].flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => installedAt(path, name) === null)
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test.each([
    'linux x64 glibc',
    'linux x64 musl',
    'linux arm64 glibc',
    'linux arm64 musl',
    'darwin x64',
    'darwin arm64',
    'win32 x64',
    'win32 arm64',
  ])('has the linter, the bundler and the test runner for %s', (platform) => {
    const [os = '', cpu = '', libc] = platform.split(' ');
    const suffix = libc === 'musl' ? '-musl' : '';
    expect(packages.has(`node_modules/@biomejs/cli-${os}-${cpu}${suffix}`)).toBe(true);
    expect(packages.has(`node_modules/@esbuild/${os}-${cpu}`)).toBe(true);
    const abi = os === 'linux' ? `-${libc === 'musl' ? 'musl' : 'gnu'}` : os === 'win32' ? '-msvc' : '';
    expect(packages.has(`node_modules/@rolldown/binding-${os}-${cpu}${abi}`)).toBe(true);
    expect(packages.has(`node_modules/@oxc-parser/binding-${os}-${cpu}${abi}`)).toBe(true);
  });

  test('names no registry', () => {
    expect([...packages].filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
