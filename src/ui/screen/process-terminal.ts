/** The real terminal, made of the streams of a process. Must not know what is sent or received. */
import type { ReadStream, WriteStream } from 'node:tty';
import { writeNow } from '../../terminal/unblocked.ts';
import type { Terminal } from './terminal.ts';

const USUAL_SIZE = { columns: 80, rows: 24 };

/** How long a slow line may take nothing while the terminal is put in order. */
const WRITE_NOW_PATIENCE_MS = 300;

/** The terminal behind `stdin` and `stdout`, which both have to be terminals. */
export function processTerminal(stdin: ReadStream, stdout: WriteStream & { readonly fd: number }): Terminal {
  const drainListeners = new Set<() => void>();
  const hasTakenAll = () => stdout.writableLength === 0;
  return {
    get size() {
      // A pseudo-terminal may say 0×0 until somebody sets its size.
      return { columns: stdout.columns || USUAL_SIZE.columns, rows: stdout.rows || USUAL_SIZE.rows };
    },
    write: (text) => {
      // The stream's own 'drain' comes only after 16 kB have piled up: too late to leave out frames.
      stdout.write(text, () => {
        if (hasTakenAll()) for (const listener of [...drainListeners]) listener();
      });
      return hasTakenAll();
    },
    writeNow: (text) => writeNow(stdout.fd, text, WRITE_NOW_PATIENCE_MS),
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
      drainListeners.add(listener);
      return () => drainListeners.delete(listener);
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
