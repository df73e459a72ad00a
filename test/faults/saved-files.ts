/** The files of the program: not as it left them, not its own, or not to be written. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { type Check, completes, everywhere, type FaultClass, fails } from './check.ts';
import { cacheFileIn } from './lab/lab.ts';
import type { Scene } from './lab/scene.ts';

const group = 'Files';
const options = { speed: 4 } as const;

/** What must not be trusted is not used: commands end with 3 and say why; the screen asks to sign in, and says why, too. */
function notTrusted(what: RegExp, put: (path: string) => void): Check {
  return async (scene) => {
    const path = cacheFileIn(scene.stage.home);
    renameSync(path, `${path}.theirs`);
    put(path);
    const running = scene.start();
    if (scene.mode === 'screen') {
      await running.until(() => what.test(running.told()), `nothing said of ${what}`);
      return;
    }
    expect(await running.ended(), running.told()).toBe(3);
    expect(running.told()).toMatch(what);
    expect(running.told()).toContain('Delete it or move it away');
    expect(existsSync(`${path}.theirs`)).toBe(true);
  };
}

function makeHuge(path: string): void {
  writeFileSync(path, '', { mode: 0o600 });
  truncateSync(path, 400e6);
}

/** A process that has ended, as the holder of a lock. */
function lockOfTheDead(path: string): void {
  const text = execFileSync(process.execPath, [
    '-e',
    `const { readFileSync, readlinkSync } = require('node:fs');
     const stat = readFileSync('/proc/self/stat', 'utf8');
     const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
     const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
     const place = [require('node:os').hostname(), boot, readlinkSync('/proc/self/ns/pid')].join(' ');
     process.stdout.write(JSON.stringify({ token: '0123456789abcdef', pid: process.pid, started, place }));`,
  ]).toString();
  symlinkSync(text, path);
}

/** Every place where the program would write is something else. */
function putFoldersInPlaceOf({ stage }: Scene): void {
  const folder = dirname(cacheFileIn(stage.home));
  for (const name of readdirSync(folder)) if (name.startsWith('requests-')) rmSync(join(folder, name));
  const host = execFileSync('hostname').toString().trim();
  mkdirSync(join(folder, `requests-${host}.json`));
}

export const savedFiles: readonly FaultClass[] = [
  everywhere(
    { group, title: 'Others could read the saved sign-in (mode 0644 in a 0777 folder)', options, fast: ['list'] },
    completes({
      prepare: ({ stage }) => {
        chmodSync(cacheFileIn(stage.home), 0o644);
        chmodSync(dirname(cacheFileIn(stage.home)), 0o777);
      },
      told: /Others could read .*accounts\.json \(mode 0644\)\. It is closed to them now\./,
      after: ({ stage }) => {
        expect(statSync(cacheFileIn(stage.home)).mode & 0o777).toBe(0o600);
        expect(statSync(dirname(cacheFileIn(stage.home))).mode & 0o777).toBe(0o700);
      },
    }),
  ),
  everywhere(
    { group, title: 'The saved sign-in is a symbolic link', options },
    notTrusted(/is a symbolic link/, (path) => symlinkSync(`${path}.theirs`, path)),
  ),
  everywhere(
    { group, title: 'The saved sign-in is a pipe (FIFO)', options, fast: ['tail'] },
    notTrusted(/is a pipe/, (path) => execFileSync('mkfifo', ['-m', '600', path])),
  ),
  everywhere(
    { group, title: 'The saved sign-in is a folder', options },
    notTrusted(/is a folder/, (path) => mkdirSync(path)),
  ),
  everywhere({ group, title: 'The saved sign-in has 400 MB', options }, notTrusted(/is larger than 1 MB/, makeHuge)),
  everywhere(
    { group, title: 'Locks of a process that was killed', options, fast: ['list'] },
    completes({
      prepare: ({ stage }) => {
        const path = cacheFileIn(stage.home);
        lockOfTheDead(`${path}.lock`);
        const host = execFileSync('hostname').toString().trim();
        lockOfTheDead(join(dirname(path), `requests-${host}.json.lock`));
      },
    }),
  ),
  everywhere(
    { group, title: 'The requests of all processes cannot be counted: a folder is in the place of the file', options },
    completes({ prepare: putFoldersInPlaceOf }),
  ),
  everywhere(
    {
      group,
      title: 'The debug log cannot be written',
      options: { ...options, args: ['--debug-log', '/dev/null/log'] },
    },
    fails({ code: 2, told: /debug/, cure: null, endsAll: true }),
  ),
];
