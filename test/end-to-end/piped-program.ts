/** A program without a terminal: what it wrote, how it ended, and a way to wait for both. */
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { until } from '../support/until.ts';

export class PipedProgram {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly #ended: Promise<number>;
  #exitCode: number | null = null;

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.#ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#exitCode = signal === null ? (code ?? 0) : 128 + constants.signals[signal];
        resolve(this.#exitCode);
      });
    });
  }

  get lines(): readonly string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  /** Resolves when the condition holds. Fails with all that was written. */
  async waitUntil(condition: () => boolean, what: string, mostMs?: number): Promise<void> {
    await until(condition, () => `${what}: ${this.#told()}`, mostMs);
  }

  /** The exit code, as a shell counts it. */
  async end(mostMs?: number): Promise<number> {
    await this.waitUntil(() => this.#exitCode !== null, 'it does not end', mostMs);
    return this.#ended;
  }

  async close(): Promise<void> {
    if (this.#exitCode === null) this.child.kill('SIGKILL');
    await this.#ended;
  }

  #told(): string {
    return `exit code ${this.#exitCode}\n--- stdout\n${this.stdout}\n--- stderr\n${this.stderr}`;
  }
}
