/** A program that has nothing left to wait for, and has not done its work, must not look as if it had. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { scenario, test } from './stage.ts';

describe.concurrent('work that can never be finished', scenario, () => {
  test('ends with 1 and a report', async ({ stage }) => {
    // Timers that keep nothing alive: a tail waits for its next look at the log with nothing but a timer.
    const module = join(stage.home, 'weak-timers.mjs');
    const weak = 'const real = setTimeout; globalThis.setTimeout = (...all) => real(...all).unref();\n';
    await writeFile(module, weak);
    const piped = stage.pipe(['tail', '--demo'], { NODE_OPTIONS: `--import file://${module}` });
    expect(await piped.end()).toBe(1);
    expect(piped.stderr).toMatch(/a fault of the program.*\n.*the program stopped with its work unfinished/);
  });
});
