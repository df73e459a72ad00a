/** A reader that takes nothing: a pipe that is full, for processes to write to. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface FullPipe {
  /** To be handed to a process as its stdout. */
  readonly writeEnd: number;
  close(): void;
}

/** A pipe in `folder` that is full, and that nobody reads. */
export function fullPipe(folder: string): FullPipe {
  const file = join(folder, 'pipe');
  // A program of every Unix, and of no package.
  const makePipe = 'mkfifo';
  execFileSync(makePipe, [file]);
  const readEnd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  for (const size of [4096, 1]) fill(readEnd, Buffer.alloc(size, '\n'));
  const writeEnd = openSync(file, constants.O_WRONLY);
  return {
    writeEnd,
    close: () => {
      closeSync(readEnd);
      closeSync(writeEnd);
    },
  };
}

function fill(fd: number, bytes: Uint8Array): void {
  for (;;) {
    try {
      writeSync(fd, bytes);
    } catch {
      return;
    }
  }
}
