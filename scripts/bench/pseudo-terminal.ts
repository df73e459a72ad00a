/**
 * A program in a pseudo-terminal: keys in, chunks of bytes out, each with the time it came. Knows nothing of what the program
 * is. Times are those of `monotonic.ts`.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import { monotonicMs } from './monotonic.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Chunk {
  readonly atMs: number;
  readonly bytes: Buffer;
}

/** What came after a gesture, until the terminal had been silent for a while. */
export interface Answer {
  readonly startMs: number;
  readonly bytes: number;
  /** From the gesture to the last byte; 0 when nothing came. */
  readonly tookMs: number;
}

/** A gesture has ended when nothing has come for this long. */
const SILENCE_MS = 40;
/** A program that never falls silent is not waited for longer than this. */
const MOST_MS = 5_000;

export class PseudoTerminal {
  readonly startedMs: number;
  readonly #program: IPty;
  #chunks: Chunk[] = [];
  #lastMs: number;
  #exited = false;
  #wake: () => void = () => {};

  /** Starts `file` with `args` at once. `environment` is added to this process's, without what changes what is drawn. */
  constructor(file: string, args: readonly string[], { columns, rows }: Size, environment: NodeJS.ProcessEnv = {}) {
    this.startedMs = monotonicMs();
    this.#lastMs = this.startedMs;
    this.#program = spawn(file, [...args], {
      name: 'xterm-256color',
      cols: columns,
      rows,
      encoding: null,
      env: { ...plainEnvironment(), ...environment },
    });
    this.#program.onData((data: string | Buffer) => {
      const chunk = { atMs: monotonicMs(), bytes: typeof data === 'string' ? Buffer.from(data) : data };
      this.#chunks.push(chunk);
      this.#lastMs = chunk.atMs;
      this.#wake();
    });
    this.#program.onExit(() => {
      this.#exited = true;
      this.#wake();
    });
  }

  press(keys: string): void {
    this.#program.write(keys);
  }

  /** What has come since this was last asked. */
  take(): readonly Chunk[] {
    const taken = this.#chunks;
    this.#chunks = [];
    return taken;
  }

  /** Waits for a chunk that `wanted` accepts; gives null when there was none in `waitMs`. Takes all up to it. */
  async until(wanted: (chunk: Chunk) => boolean, waitMs: number): Promise<Chunk | null> {
    const endMs = monotonicMs() + waitMs;
    for (;;) {
      for (let next = this.#chunks.shift(); next !== undefined; next = this.#chunks.shift()) {
        if (wanted(next)) return next;
      }
      const leftMs = endMs - monotonicMs();
      if (leftMs <= 0 || this.#exited) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Waits until nothing has come for `silenceMs`. */
  async silent(silenceMs = SILENCE_MS): Promise<void> {
    const startMs = monotonicMs();
    for (;;) {
      const nowMs = monotonicMs();
      const quietMs = nowMs - Math.max(this.#lastMs, startMs);
      if (quietMs >= silenceMs || nowMs - startMs > MOST_MS || this.#exited) return;
      await pause(silenceMs - quietMs + 1);
    }
  }

  /** Does something and takes what comes of it. */
  async gesture(act: () => void, silenceMs = SILENCE_MS): Promise<Answer> {
    this.take();
    const startMs = monotonicMs();
    act();
    await this.silent(silenceMs);
    const chunks = this.take();
    const last = chunks.at(-1);
    return {
      startMs,
      bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0),
      tookMs: last ? last.atMs - startMs : 0,
    };
  }

  /** Ends the program at once, and waits until it is gone. */
  async kill(): Promise<void> {
    if (!this.#exited) this.#program.kill('SIGKILL');
    await this.until(() => false, MOST_MS);
  }
}

/** This process's environment without what changes what is drawn (with `CI` set, Ink draws only at the end), and in UTC. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { CI, NO_COLOR, FORCE_COLOR, LESS, LESSOPEN, ...rest } = process.env;
  return { ...rest, TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
}
