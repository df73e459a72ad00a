/**
 * A signal of one's own that follows others while a piece of work lasts. Unlike `AbortSignal.any` it lets go of them
 * afterwards, so that a signal that lives as long as the program does not collect a reference with every request.
 */

export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Ends the work. */
  abort(): void;
  /** Lets go of the followed signals; the work is over. */
  release(): void;
}

export function linkedSignal(...followed: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const own = new AbortController();
  const abort = () => own.abort();
  const release = () => {
    for (const other of followed) other?.removeEventListener('abort', abort);
  };
  for (const other of followed) {
    if (other?.aborted) own.abort();
    else other?.addEventListener('abort', abort, { once: true });
  }
  return { signal: own.signal, abort, release };
}
