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

  test('asks which of two moments a local time of the file means, and starts with presets that say it', async () => {
    const presets = `[[presets]]\nname = "night"\nquery = 'since:"2026-10-25 02:30 second"'\n`;
    const file = settings(`tz = "Europe/Berlin"\nsince = "2026-10-25 02:30"\n${presets}`);
    const refused = await runProgram(['list', '--demo', '--config', file]);
    expect(await runToEnd(refused, 60_000)).toBe(2);
    expect(refused.stderr.text).toContain(`${file}, line 2: since cannot be taken: "2026-10-25 02:30" comes twice in`);
    const clear = await runProgram(['list', '--demo', '--limit', '1', '--since', '1h', '--config', file]);
    expect(await runToEnd(clear, 60_000)).toBe(0);
  });
});
