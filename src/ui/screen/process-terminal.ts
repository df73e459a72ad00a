/** The real terminal, made of the streams of a process. Must not know what is sent or received. */
import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Terminal } from './terminal.ts';

const USUAL_SIZE = { columns: 80, rows: 24 };

/** The terminal behind `stdin` and `stdout`, which both have to be terminals. */
export function processTerminal(stdin: ReadStream, stdout: WriteStream & { readonly fd: number }): Terminal {
  return {
    get size() {
      // A pseudo-terminal may say 0×0 until somebody sets its size.
      return { columns: stdout.columns || USUAL_SIZE.columns, rows: stdout.rows || USUAL_SIZE.rows };
    },
    write: (text) => stdout.write(text),
    writeNow: (text) => writeAll(stdout.fd, text),
    setRawMode: (raw) => {
      stdin.setRawMode(raw);
    },
    onInput: (listener) => {
      stdin.on('data', listener);
      stdin.resume();
      return () => {
        stdin.off('data', listener);
        if (stdin.listenerCount('data') === 0) stdin.pause();
      };
    },
    onDrain: (listener) => {
      stdout.on('drain', listener);
      return () => stdout.off('drain', listener);
    },
    onResize: (listener) => {
      stdout.on('resize', listener);
      return () => stdout.off('resize', listener);
    },
    onLost: (listener) => {
      // Reading or writing a terminal that was closed fails with EIO; nothing can be told to anybody there.
      stdin.on('error', listener);
      stdin.on('end', listener);
      stdout.on('error', listener);
      return () => {
        stdin.off('error', listener);
        stdin.off('end', listener);
        stdout.off('error', listener);
      };
    },
  };
}

const MOST_TRIES = 1000;

/** Writes all of `text` synchronously; gives up when the terminal is gone or takes nothing for a thousand tries. */
function writeAll(fd: number, text: string): void {
  let rest = Buffer.from(text);
  for (let tries = 0; rest.length > 0 && tries < MOST_TRIES; tries++) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      // Any other failure means that there is no terminal left to put in order.
      if (!busy) return;
    }
  }
}
