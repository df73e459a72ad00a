/** The measured browser in a pseudo-terminal, and the line over which it is told what to do. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Order, Report } from './browser.ts';
import { PseudoTerminal, type Size } from './pseudo-terminal.ts';

const MOST_WAIT_MS = 120_000;

export class BrowserSession {
  readonly terminal: PseudoTerminal;
  readonly #socket: Socket;
  readonly #answers: AsyncIterator<string>;
  readonly #close: () => void;

  private constructor(terminal: PseudoTerminal, socket: Socket, close: () => void) {
    this.terminal = terminal;
    this.#socket = socket;
    // That the program ended shows in what it did not answer.
    socket.on('error', () => {});
    this.#answers = createInterface(socket)[Symbol.asyncIterator]();
    this.#close = close;
  }

  /** Starts the browser on a log of `events` events, none of which it has loaded. */
  static async start(size: Size, events: number): Promise<BrowserSession> {
    const folder = mkdtempSync(join(tmpdir(), 'entra-signups-bench-'));
    const path = join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const script = fileURLToPath(new URL('browser.js', import.meta.url));
    const terminal = new PseudoTerminal(process.execPath, [script], size, {
      BENCH_SOCKET: path,
      BENCH_EVENTS: String(events),
    });
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const socket = await Promise.race([connected, pause(MOST_WAIT_MS, null, { ref: false })]);
    if (!socket) throw new Error('the measured program did not start');
    return new BrowserSession(terminal, socket, () => {
      server.close();
      socket.destroy();
      rmSync(folder, { recursive: true });
    });
  }

  /** Gives an order, and resolves with the report after it was carried out. Rejects when the browser ended, or hangs. */
  async order(order: Order): Promise<Report> {
    this.#socket.write(`${JSON.stringify(order)}\n`);
    const late = new AbortController();
    const answer = await Promise.race([this.#answers.next(), pause(MOST_WAIT_MS, null, { signal: late.signal })]);
    late.abort();
    if (!answer || answer.done) {
      const lastWords = stripVTControlCharacters(
        Buffer.concat(this.terminal.take().map(({ bytes }) => bytes)).toString(),
      );
      throw new Error(`the measured program ended, or hangs: ${lastWords.trim().slice(-1000)}`);
    }
    return JSON.parse(answer.value);
  }

  async end(): Promise<void> {
    await this.terminal.kill();
    this.#close();
  }
}
