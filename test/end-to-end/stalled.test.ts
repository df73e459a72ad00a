/** Readers and terminals that take nothing, and terminals that have gone: the program ends when it is told to, and soon. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type FullPipe, fullPipe } from '../support/full-pipe.ts';
import { isRunning, memoryOf, timeToEnd, untilBusy, untilIdle } from '../support/process-facts.ts';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { programIn, startInFrame } from './frame.ts';
import { hasRows, isAllRead } from './reading.ts';
import { type Stage, scenario, test } from './stage.ts';

const SECOND_MS = 1000;
/** Everything that the program does at its start is over by then, the thread that watches the terminal included. */
const LONG_REST = 60;
const still = ['--demo', '3', '--since', '3h', '--until', '1h'] as const;

/** Starts the program with its output into a full pipe, and waits until it can do nothing more. */
async function startInto(pipe: FullPipe, stage: Stage, args: readonly string[]): Promise<ChildProcess> {
  const [file, ...rest] = stage.command(args);
  const child = spawn(file, rest, { env: stage.environment(), stdio: ['ignore', pipe.writeEnd, 'ignore'] });
  await once(child, 'spawn');
  await untilIdle(child.pid ?? 0);
  expect(child.exitCode).toBe(null);
  return child;
}

const commands = [
  ['list', '--demo', '--since', '3d', '--limit', '0'],
  ['tail', '--demo', '--since', '3h'],
  ['stats', '--demo'],
  ['attempts', '--demo'],
  ['trace', '--demo', '--output', 'json', '00000000-0000-4000-8000-000000000001'],
] as const;

describe.concurrent('a pipe whose reader has stalled', scenario, () => {
  for (const args of commands) {
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      test(`does not keep ${args[0]} from ending at one ${signal}`, async ({ stage }) => {
        const pipe = fullPipe(stage.home);
        const child = await startInto(pipe, stage, args);
        const ended = once(child, 'exit');
        child.kill(signal);
        expect(await timeToEnd(child.pid ?? 0)).toBeLessThan(SECOND_MS);
        expect(await ended).toEqual([code, null]);
        pipe.close();
      });
    }
  }

  test('does not keep tail from ending when its time is over', async ({ stage }) => {
    const pipe = fullPipe(stage.home);
    const child = await startInto(pipe, stage, ['tail', '--demo', '--since', '3h', '--for', '3s']);
    expect(await once(child, 'exit')).toEqual([0, null]);
    pipe.close();
  });
});

/** Pages up and down, frame by frame, until the terminal has long been full. */
async function keepDrawing(terminal: PseudoTerminal, pid: number): Promise<void> {
  for (let round = 0; round < 60; round++) {
    terminal.press(round % 2 === 0 ? '\x1b[6~' : '\x1b[5~');
    await untilIdle(pid, 2);
  }
}

describe.concurrent('a terminal that takes nothing', scenario, () => {
  for (const [name, args, code, signal] of [
    ['the screen', still, 143, 'SIGTERM'],
    ['the screen', still, 130, 'SIGINT'],
    ['the linear mode', [...still, '--screen-reader'], 143, 'SIGTERM'],
  ] as const) {
    test(`does not keep ${name} from ending at one ${signal}`, async ({ stage }) => {
      const terminal = stage.start(args);
      await terminal.waitFor(args.length > still.length ? /1 of \d+\. / : isAllRead);
      terminal.stall();
      await keepDrawing(terminal, terminal.pid);
      process.kill(terminal.pid, signal);
      expect(await timeToEnd(terminal.pid)).toBeLessThan(SECOND_MS);
      terminal.goOn();
      expect(await terminal.waitForEnd()).toBe(code);
    });
  }

  test('gets the latest frame when it goes on, and nothing of what was shown meanwhile', async ({ stage }) => {
    const terminal = stage.start(still);
    await terminal.waitFor(isAllRead);
    terminal.stall();
    await keepDrawing(terminal, terminal.pid);
    const [memory, bytes] = [memoryOf(terminal.pid), terminal.bytes.length];
    await keepDrawing(terminal, terminal.pid);
    terminal.press('/nobody at all');
    await untilIdle(terminal.pid);
    expect(memoryOf(terminal.pid) - memory).toBeLessThan(8_000_000);
    terminal.goOn();
    await terminal.waitFor('search: nobody at all');
    // What a terminal buffers by itself is not ours to drop.
    expect(terminal.bytes.length - bytes).toBeLessThan(150_000);
    terminal.press('\x1b');
    await terminal.waitFor(hasRows);
  });

  for (const args of [
    ['tail', '--demo', '--since', '3h', '--output', 'ndjson'],
    ['list', '--demo', '--since', '3d', '--limit', '0'],
  ] as const) {
    test(`does not keep ${args[0]} from ending at one SIGTERM`, async ({ stage }) => {
      const terminal = stage.start(args);
      terminal.stall();
      await untilIdle(terminal.pid);
      process.kill(terminal.pid, 'SIGTERM');
      expect(await timeToEnd(terminal.pid)).toBeLessThan(SECOND_MS);
      terminal.goOn();
      expect(await terminal.waitForEnd()).toBe(143);
    });
  }

  test('does not keep tail from ending when its time is over', async ({ stage }) => {
    const terminal = stage.start(['tail', '--demo', '--since', '3h', '--output', 'ndjson', '--for', '3s']);
    terminal.stall();
    await untilIdle(terminal.pid);
    await timeToEnd(terminal.pid);
    terminal.goOn();
    expect(await terminal.waitForEnd()).toBe(0);
  });
});

/** A module that Node loads before the program, which then does at a signal what the program itself never does. */
async function loading(stage: Stage, module: string): Promise<{ readonly NODE_OPTIONS: string }> {
  const file = join(stage.home, 'loaded.mjs');
  await writeFile(file, module);
  return { NODE_OPTIONS: `--import file://${file}` };
}

const busyAtSignal = "process.on('SIGUSR2', () => { for (;;); });\n";
const deafToHangUps = "process.on('SIGHUP', () => {});\n";

// One after the other: a program that is started meanwhile would inherit the terminal, and keep it open.
describe('a terminal that has gone', scenario, () => {
  test('ends a screen that is too busy to be told', async ({ stage }) => {
    const terminal = stage.start(still, { env: await loading(stage, busyAtSignal) });
    await terminal.waitFor(isAllRead);
    await untilIdle(terminal.pid, LONG_REST);
    process.kill(terminal.pid, 'SIGUSR2');
    await untilBusy(terminal.pid);
    terminal.hangUp();
    expect(await timeToEnd(terminal.pid)).toBeLessThan(2 * SECOND_MS);
  });

  test('ends a tail that neither reads nor writes, even when no signal tells it', async ({ stage }) => {
    const env = await loading(stage, deafToHangUps);
    const terminal = stage.start(['tail', '--demo', 'user:nobody@example.org'], { env });
    await terminal.waitFor('watching');
    await untilIdle(terminal.pid, LONG_REST);
    terminal.hangUp();
    expect(await timeToEnd(terminal.pid)).toBeLessThan(2 * SECOND_MS);
  });

  test('with the shell that was killed, ends the screen', async ({ stage }) => {
    const terminal = startInFrame(stage, still);
    await terminal.waitFor(isAllRead);
    const pid = await programIn(stage);
    process.kill(terminal.pid, 'SIGKILL');
    expect(await timeToEnd(pid)).toBeLessThan(2 * SECOND_MS);
  });

  test('does not end what writes elsewhere', async ({ stage }) => {
    const script = '"$@" > events & echo $! > pid.new; mv pid.new pid; read -r answer';
    const env = await loading(stage, deafToHangUps);
    const tail = stage.command(['tail', '--demo', '--for', '6s']);
    const terminal = stage.startCommand(['sh', '-c', script, 'sh', ...tail], { env });
    await terminal.waitFor('watching');
    const pid = await programIn(stage);
    terminal.hangUp();
    await terminal.waitForEnd();
    await untilIdle(pid);
    expect(isRunning(pid)).toBe(true);
    await timeToEnd(pid);
  });
});
