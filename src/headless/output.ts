/**
 * Where a printing command writes its data: it waits while the reader is slow, and learns when the reader has gone. It
 * knows nothing of what it writes.
 */
import type { Writable } from 'node:stream';

/** The text could not be written, for a reason that is not the reader's. */
export class OutputFailure extends Error {}

export interface Output {
  /** Resolves when more may be written. Rejects with `OutputFailure`, e.g. when the disk is full. */
  write(text: string): Promise<void>;
  /** Resolves when everything has been handed to the reader, or the reader has gone. */
  flush(): Promise<void>;
  /** Aborted when the reader has gone; what is written from then on is dropped. */
  readonly closed: AbortSignal;
}

export function outputOn(stream: Writable): Output {
  const closing = new AbortController();
  let failure: Error | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') closing.abort();
    else failure = new OutputFailure(`the output cannot be written: ${error.message}`, { cause: error });
  });
  const handOver = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const settle = () => (failure === null ? resolve() : reject(failure));
      if (closing.signal.aborted || failure !== null) return settle();
      // The error's event, which is what tells a reader that has gone from a full disk, may come after the callback.
      stream.write(text, (error) => (error ? setImmediate(settle) : settle()));
    });
  return {
    write: (text) => {
      if (text === '') return Promise.resolve();
      const handedOver = handOver(text);
      if (stream.writableLength >= stream.writableHighWaterMark) return handedOver;
      // Not waited for, so a failure is told by the next call.
      handedOver.catch(() => undefined);
      return failure === null ? Promise.resolve() : Promise.reject(failure);
    },
    flush: () => handOver(''),
    closed: closing.signal,
  };
}
