/**
 * A file that lines are added to for as long as the program runs, such as the debug log. The person names it, so it may be
 * a link, a pipe or a device, and its mode is theirs. Nothing that goes wrong after opening stops the program.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { reasonOf } from './in-words.ts';

export interface AppendedFile {
  /** Adds a line, which has no line feed of its own. Never throws, never waits; what cannot be written is counted. */
  add(line: string): void;
  /** Gives what was lost, if anything was, as a clause without a full stop. */
  close(): string | null;
}

/**
 * Opens the file, and creates it for its owner alone when it is missing. Throws what the file system says; a pipe that
 * nobody reads is not waited for.
 */
export function openForAppending(path: string): AppendedFile {
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
  const descriptor = openSync(path, flags | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0), 0o600);
  let lost = 0;
  let reason = '';
  /** A part of a line was written, and the rest was not. */
  let isTorn = false;

  function failed(error: unknown): void {
    reason = reasonOf(error, path);
  }

  return {
    add: (line) => {
      const bytes = Buffer.from(`${isTorn ? '\n' : ''}${line}\n`);
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(descriptor, bytes, written);
        isTorn = false;
      } catch (error) {
        // A full disk, or a reader that is gone or slow.
        isTorn ||= written > 0;
        lost += 1;
        failed(error);
      }
    },
    close: () => {
      try {
        closeSync(descriptor);
      } catch (error) {
        // Some file systems find out only now that there was no space.
        lost += 1;
        failed(error);
      }
      return lost === 0 ? null : `${lost} ${lost === 1 ? 'line' : 'lines'} of ${path} could not be written: ${reason}`;
    },
  };
}
