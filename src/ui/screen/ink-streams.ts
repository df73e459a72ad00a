/** The streams that Ink is given in place of the terminal: whole frames go to the screen, and no key ever comes. */
import { Readable, Writable } from 'node:stream';
import type { TerminalSize } from './terminal.ts';

export interface InkStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
}

/** Streams for Ink in debug mode, in which each write is a whole frame. `size` is asked each time. */
export function inkStreams(size: () => TerminalSize, onFrame: (frame: string) => void): InkStreams {
  const stdout = new Writable({
    decodeStrings: false,
    write: (frame: unknown, _encoding, done) => {
      if (typeof frame === 'string' && frame !== '') onFrame(frame);
      done();
    },
  });
  Object.defineProperties(stdout, {
    columns: { get: () => size().columns },
    rows: { get: () => size().rows },
    // Otherwise Ink also sends sequences that show the cursor.
    isTTY: { value: false },
  });
  // Ink asks for the streams of a process, but in this mode only uses what these have.
  return {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: new Readable({ read: () => {} }) as unknown as NodeJS.ReadStream,
  };
}
