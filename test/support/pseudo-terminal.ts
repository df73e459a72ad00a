/**
 * A program in a real pseudo-terminal, watched by a terminal in memory: keys in, screen out, and every byte kept. Knows
 * nothing of what the program is.
 */
import { constants } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import { VirtualTerminal } from './virtual-terminal.ts';

export interface PseudoTerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly folder: string;
  /** All of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

export type Wanted = string | RegExp | ((screen: VirtualTerminal) => boolean);

/** Generous: a busy machine is no failure. What is waited for usually comes in milliseconds. */
const DEADLINE_MS = 30_000;

export class PseudoTerminal {
  readonly screen: VirtualTerminal;
  /** The exit code, as a shell counts it: 128 and the number of the signal when one ended the program. */
  readonly ended: Promise<number>;
  readonly #program: IPty & { readonly destroy?: () => void };
  readonly #chunks: Buffer[] = [];
  #exitCode: number | null = null;

  /** Starts `command` at once. */
  constructor(command: readonly [string, ...string[]], { columns, rows, folder, env }: PseudoTerminalOptions) {
    this.screen = new VirtualTerminal(columns, rows);
    const [file, ...args] = command;
    const name = env.TERM ?? 'xterm-256color';
    const program = spawn(file, args, { name, cols: columns, rows, cwd: folder, env: { ...env }, encoding: null });
    // xterm.js loses characters that are cut between two chunks when their middle byte is 0x80.
    const decoder = new TextDecoder();
    program.onData((data: string | Uint8Array) => {
      const chunk = Buffer.from(data);
      this.#chunks.push(chunk);
      this.screen.feed(decoder.decode(chunk, { stream: true }));
    });
    this.#program = program;
    this.ended = new Promise((resolve) => {
      program.onExit(({ exitCode, signal }) => {
        this.#exitCode = signal ? 128 + signal : exitCode;
        resolve(this.#exitCode);
      });
    });
  }

  /** Null while the program runs. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** Everything that was printed so far. */
  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** The same, one character a byte, to search it for sequences. */
  get output(): string {
    return this.bytes.toString('latin1');
  }

  /** Types text as UTF-8, or bytes, in one write. */
  press(keys: string | Uint8Array): void {
    // The types know text alone; what is written goes to the terminal as it is.
    Reflect.apply(this.#program.write, this.#program, [keys]);
  }

  /** As when a window is pulled: the terminal first, then the program is told. */
  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.#program.resize(columns, rows);
  }

  /** As after ^S: the terminal takes nothing more, and soon the program cannot write to it … */
  stall(): void {
    this.#program.pause();
  }

  /** … until now. */
  goOn(): void {
    this.#program.resume();
  }

  /** Closes the window under the program. */
  hangUp(): void {
    this.#program.destroy?.();
  }

  get isCursorVisible(): boolean {
    return this.output.lastIndexOf('\x1b[?25l') <= this.output.lastIndexOf('\x1b[?25h');
  }

  /** Resolves when the screen shows it. Fails with the screen, at once when the program has ended without. */
  async waitFor(wanted: Wanted): Promise<void> {
    const isShown = (screen: VirtualTerminal) => !screen.isDrawing && shows(screen, wanted);
    const waiting = this.screen.waitFor(isShown, DEADLINE_MS);
    // When the program ends first, nobody waits for this any more.
    waiting.catch(() => undefined);
    const ended = this.ended.then(async (code) => {
      await this.screen.shown();
      if (!isShown(this.screen)) throw new Error(`The program ended with ${code}.\n${this.screen.text()}`);
    });
    await Promise.race([waiting, ended]).catch((error: unknown) => {
      throw new Error(`The screen never showed ${wanted}. ${error instanceof Error ? error.message : error}`);
    });
  }

  /** Resolves with the exit code, when all that was printed is on the screen. Fails with the screen. */
  async waitForEnd(): Promise<number> {
    await this.#patiently(this.ended, 'the program does not end');
    await this.screen.shown();
    return this.ended;
  }

  /** Ends the program, if it still runs, and waits until it is gone. */
  async close(): Promise<void> {
    if (this.#exitCode === null) this.#signalAll('SIGKILL');
    await this.#patiently(this.ended, 'the program cannot be killed');
  }

  /** The whole session: what a shell started goes with it. */
  #signalAll(signal: 'SIGKILL'): void {
    try {
      process.kill(-this.pid, constants.signals[signal]);
    } catch {
      // No such group any more: it is ending by itself.
    }
    this.#program.kill(signal);
  }

  async #patiently(work: Promise<unknown>, complaint: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${complaint}\n${this.screen.text()}`)), DEADLINE_MS);
    });
    await Promise.race([work, late]).finally(() => clearTimeout(timer));
  }
}

function shows(screen: VirtualTerminal, wanted: Wanted): boolean {
  if (typeof wanted === 'function') return wanted(screen);
  return typeof wanted === 'string' ? screen.text().includes(wanted) : wanted.test(screen.text());
}
