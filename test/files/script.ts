/** Small programs in processes of their own that use `src/files/`, for tests of locks and kills. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

export interface Script {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  /** What it has printed so far. */
  readonly printed: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly end: Promise<number | NodeJS.Signals | null>;
}

/** Bundles `source`, which may import from `src/…`, and returns what starts it. */
export async function script(source: string): Promise<(args?: readonly string[]) => Script> {
  const outfile = join(temporaryFolder(), 'script.mjs');
  await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return (args = []) => {
    const child = spawn(process.execPath, [outfile, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const end = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.once('close', (code, signal) => resolve(code ?? signal));
    });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await end;
    });
    return { process: child, printed: () => text, end };
  };
}

/** Gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'entra-signups-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'state'), { mode: 0o700 });
  return join(folder, 'state');
}
