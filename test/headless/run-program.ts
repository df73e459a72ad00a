/** Drives the whole program in this process: streams that remember, a clock that stands still, signals at hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { main } from '../../src/main.ts';
import type { Edges, Io } from '../../src/program.ts';
import type { GuardedSignal } from '../../src/ui/screen/process-host.ts';
import { ManualClock } from '../support/manual-clock.ts';

export const startMs = Date.parse('2026-11-23T10:42:00Z');

/** Keeps what is written; with `closesAfter`, its reader goes away after so many writes. */
export class Recorder extends Writable {
  text = '';
  writes = 0;
  readonly isTTY: boolean;
  readonly columns: number;
  readonly #closesAfter: number;

  constructor({ isTTY = false, columns = 100, closesAfter = Number.POSITIVE_INFINITY } = {}) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
    this.#closesAfter = closesAfter;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.writes += 1;
    const isClosed = this.writes > this.#closesAfter;
    if (!isClosed) this.text += chunk.toString();
    done(isClosed ? Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }) : undefined);
  }

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

export interface Run {
  readonly clock: ManualClock;
  readonly stdout: Recorder;
  readonly stderr: Recorder;
  readonly exitCode: Promise<number>;
  /** The exit code once there is one. */
  readonly ended: () => number | null;
  readonly signal: (name: GuardedSignal) => void;
  readonly dataFolder: string;
}

export interface RunOptions {
  readonly stdout?: Recorder;
  readonly stderr?: Recorder;
  readonly stdinIsTTY?: boolean;
  /** What time it is at first; `startMs` when left out. */
  readonly atMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the program with these arguments. */
export async function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const clock = new ManualClock(options.atMs ?? startMs);
  const { stdout = new Recorder(), stderr = new Recorder(), env = {}, stdinIsTTY = false } = options;
  const listeners: { readonly name: GuardedSignal; readonly listener: () => void }[] = [];
  const dataFolder = await mkdtemp(join(tmpdir(), 'entra-signups-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  const stdin = Object.assign(process.stdin, { isTTY: stdinIsTTY });
  const io: Io = { stdin, stdout, stderr, env: { TERM: 'xterm-256color', ...env } };
  let ids = 0;
  const edges: Edges = {
    clock,
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    platform: 'linux',
    dataFolder: async () => dataFolder,
    configFolder: async () => join(dataFolder, 'no-settings'),
    terminal: null,
    host: {
      onSignal: (name, listener) => {
        const entry = { name, listener };
        listeners.push(entry);
        return () => listeners.splice(listeners.indexOf(entry), 1);
      },
      onCrash: () => () => {},
      onExit: () => () => {},
      stop: () => {},
      report: () => {},
      exit: (code) => {
        throw new Error(`exit ${code}`);
      },
    },
  };
  let ended: number | null = null;
  const exitCode = main(argv, io, edges).then((code) => {
    ended = code;
    return code;
  });
  return {
    clock,
    stdout,
    stderr,
    exitCode,
    ended: () => ended,
    signal: (name) => {
      for (const entry of listeners.filter((one) => one.name === name)) entry.listener();
    },
    dataFolder,
  };
}

/** Lets the program work, without moving its clock, until the condition holds. */
export async function until(condition: () => boolean, describe: () => string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`it did not come to that: ${describe()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Turns the clock, a second at a time, until the program has ended; it never waits for the clock in vain. */
export async function runToEnd(run: Run, mostMs: number): Promise<number> {
  for (let passed = 0; run.ended() === null && passed < mostMs; passed += 1000) {
    await until(
      () => run.ended() !== null || run.clock.waiting > 0,
      () => run.stderr.text,
    );
    if (run.ended() === null) await run.clock.advance(1000);
  }
  if (run.ended() === null) throw new Error(`it did not end: ${run.stderr.text}`);
  return run.exitCode;
}
