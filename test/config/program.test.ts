/** The settings file as the whole program takes it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram, runToEnd } from '../headless/run-program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'entra-signups-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function settings(text: string): string {
  const file = join(folder, 'settings.toml');
  writeFileSync(file, text);
  return file;
}

describe('the program', () => {
  test('does what the file and its profile say', async () => {
    const file = settings('limit = 3\noutput = "ndjson"\n[profiles.play]\ndemo = 5\n');
    const run = await runProgram(['list', '--config', file, '--profile', 'play']);
    expect(await runToEnd(run, 60_000)).toBe(0);
    expect(run.stdout.lines).toHaveLength(3);
  });

  test('ends with 2 and names the line of a bad one', async () => {
    const file = settings('# settings\nlimt = 3\n');
    const run = await runProgram(['list', '--demo'], { env: { ENTRA_SIGNUPS_CONFIG: file } });
    expect(await runToEnd(run, 60_000)).toBe(2);
    expect(run.stderr.text).toBe(
      `entra-signups: ${file}, line 2: there is no key "limt"\n  limt = 3\n  ^^^^\nDid you mean limit?\n`,
    );
    expect(run.stdout.text).toBe('');
  });
});
