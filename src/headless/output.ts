/**
 * Where a printing command writes its data: it waits while the reader is slow, and learns when the reader has gone. It
 * knows nothing of what it writes.
 */
import type { Writable } from 'node:stream';
import { type Clock, systemClock } from '../clock.ts';

/** The text could not be written, for a reason that is not the reader's. */
export class OutputFailure extends Error {}

export interface Output {
  /**
   * Resolves when more may be written, or when nothing more is taken. Rejects with `OutputFailure`, e.g. when the disk is
   * full.
   */
  write(text: string): Promise<void>;
  /** The end of the output. Resolves when everything has been handed to the reader, or the reader has gone. */
  flush(): Promise<void>;
  /** Aborted when the reader has gone, has been given up, or writing failed; what is written from then on is dropped. */
  readonly closed: AbortSignal;
}

/** What ends a command, and with it the waiting for a reader that takes nothing. */
export interface OutputEnds {
  readonly clock: Clock;
  /** The person's signal: what has not been taken soon after is dropped. */
  readonly interrupted: AbortSignal;
  /** The end of the time given: a reader may take as long as it likes, but has to take something. */
  readonly over?: AbortSignal;
}

/** Leaves time for the rest of the end, which is to come within a second of the signal. */
const INTERRUPTED_PATIENCE_MS = 300;
const OVER_PATIENCE_MS = 1000;
/** Small, so that a slow reader can be told from one that has stopped. */
const SLICE_BYTES = 16 * 1024;

/** Without `ends`, a reader is waited for as long as it takes. */
export function outputOn(stream: Writable, ends: OutputEnds | null = null): Output {
  const clock = ends?.clock ?? systemClock;
  const closing = new AbortController();
  const finished = new AbortController();
  let failure: Error | null = null;
  let slicesTaken = 0;
  const waiting = new Set<() => void>();
  const close = () => {
    closing.abort();
    for (const settle of [...waiting]) settle();
  };

  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') {
      failure = new OutputFailure(`the output cannot be written: ${error.message}`, { cause: error });
    }
    close();
  });
  onAbort(ends?.interrupted, () => void clock.wait(INTERRUPTED_PATIENCE_MS, finished.signal).then(close));
  const closeWhenStuck = async () => {
    while (!finished.signal.aborted) {
      const before = slicesTaken;
      await clock.wait(OVER_PATIENCE_MS, finished.signal);
      if (waiting.size > 0 && slicesTaken === before) close();
    }
  };
  onAbort(ends?.over, () => void closeWhenStuck());

  const handOver = (slice: string | Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const settle = () => {
        waiting.delete(settle);
        if (failure === null) resolve();
        else reject(failure);
      };
      if (closing.signal.aborted) return settle();
      waiting.add(settle);
      stream.write(slice, (error) => {
        slicesTaken += 1;
        // The error's event, which is what tells a reader that has gone from a full disk, may come after the callback.
        if (error) setImmediate(settle);
        else settle();
      });
    });
  const write = (slice: string | Uint8Array) => {
    const handedOver = handOver(slice);
    if (stream.writableLength >= stream.writableHighWaterMark) return handedOver;
    // Not waited for, so a failure is told by the next call.
    handedOver.catch(() => undefined);
    return failure === null ? Promise.resolve() : Promise.reject(failure);
  };

  return {
    write: async (text) => {
      if (text.length <= SLICE_BYTES) return text === '' ? undefined : write(text);
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += SLICE_BYTES) await write(bytes.subarray(at, at + SLICE_BYTES));
    },
    flush: () => handOver('').finally(() => finished.abort()),
    closed: closing.signal,
  };
}

function onAbort(signal: AbortSignal | undefined, listener: () => void): void {
  if (signal?.aborted) listener();
  else signal?.addEventListener('abort', listener, { once: true });
}
