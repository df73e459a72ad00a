import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('the documentation', () => {
  it('has the keys and screens of the program as it is', async () => {
    const { stderr } = await promisify(execFile)(process.execPath, ['scripts/docs.mjs', '--check']);
    expect(stderr).toBe('');
  }, 120_000);

  it('shows an attempt at the top of the README', async () => {
    expect(await readFile('README.md', 'utf8')).toContain('Same correlation ID');
  });
});
