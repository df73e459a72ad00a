/**
 * Output that never holds up the process. Node makes writes to a terminal block (pipes do not, files are written at once), so
 * one ^S, or a window that nobody drains, would stop the event loop, and with it every timer and signal handler.
 */
import { accessSync, constants, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

/** What Node keeps behind a stream of the process: libuv's handle. Not documented, but the same in every version since 0.12. */
interface Handle {
  setBlocking(blocking: boolean): number;
}

/**
 * Lets a stream that is a terminal take what it can and queue the rest, as Node does for pipes. libuv has opened the terminal
 * anew for the stream, so other processes on the same terminal are not affected. Where it could not (a terminal of another
 * user, after `su`) libuv itself insists on blocking, and nothing is changed.
 */
export function unblock(stream: Writable & { readonly isTTY?: boolean; readonly fd?: number }): void {
  if (stream.isTTY !== true || process.platform === 'win32' || !isReopened(stream.fd)) return;
  const handle: unknown = Reflect.get(stream, '_handle');
  if (isHandle(handle)) handle.setBlocking(false);
}

/** Tries again this often while the terminal takes nothing. */
const TRIES_AGAIN_AFTER_MS = 5;

/**
 * Writes all of `text` to a file descriptor before it returns, so that it arrives even when the process ends next. Gives up
 * when the terminal has gone, or has taken nothing for `patienceMs`.
 */
export function writeNow(fd: number, text: string, patienceMs: number): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let rest = Buffer.from(text);
  let giveUpAtMs = performance.now() + patienceMs;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
      giveUpAtMs = performance.now() + patienceMs;
    } catch (error) {
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      // Any other failure means that there is no terminal left to put in order.
      if (!isFull || performance.now() > giveUpAtMs) return;
      Atomics.wait(sleeper, 0, 0, TRIES_AGAIN_AFTER_MS);
    }
  }
}

/** Resolves when everything was written that the stream was given, or after `patienceMs`. Never rejects. */
export function drained(stream: Writable, patienceMs: number): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    stream.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function isReopened(fd: number | undefined): boolean {
  try {
    accessSync(`/dev/fd/${fd}`, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isHandle(value: unknown): value is Handle {
  return (
    typeof value === 'object' && value !== null && 'setBlocking' in value && typeof value.setBlocking === 'function'
  );
}
