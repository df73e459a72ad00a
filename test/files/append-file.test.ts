/** Lines that are added to a file, a pipe or a full disk: none of it stops the program, and what is lost is counted. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openForAppending } from '../../src/files/append-file.ts';
import { temporaryFolder } from './script.ts';

describe('a file that lines are added to', () => {
  test('is created for its owner alone, and added to when it is there', () => {
    const path = join(temporaryFolder(), 'lines');
    for (const line of ['one', 'two']) {
      const file = openForAppending(path);
      file.add(line);
      expect(file.close()).toBeNull();
    }
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('can be a pipe whose reader is slow: what does not fit is lost, and the next line is whole', () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = openForAppending(path);
    for (let n = 0; n < 3; n++) file.add('x'.repeat(50_000));
    const read = Buffer.alloc(1_000_000);
    const before = readSync(reader, read);
    file.add('whole');
    const after = read.toString('utf8', 0, readSync(reader, read));
    closeSync(reader);

    expect(before).toBeLessThan(150_000);
    expect(after).toBe('\nwhole\n');
    expect(file.close()).toMatch(/^2 lines of .* could not be written: what reads .*pipe is too slow$/);
  });

  test('can lose its reader', () => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = openForAppending(path);
    closeSync(reader);
    file.add('to nobody');

    expect(file.close()).toMatch(/^1 line of .* could not be written: nobody reads .*pipe any more$/);
  });

  test('is not opened where it cannot be', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => openForAppending(join(folder, 'file', 'lines'))).toThrow('ENOTDIR');
    expect(() => openForAppending(folder)).toThrow('EISDIR');
  });
});
