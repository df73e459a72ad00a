/**
 * The terminal as the program sees it: a size, bytes in, bytes out. The only seam between the screen and Node's streams.
 */

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Listeners are taken off by calling what `on…` gives. */
export interface Terminal {
  readonly size: TerminalSize;
  /** Sends text. False: the line is stalled, send no more until it has drained. */
  write(text: string): boolean;
  /** Sends text before it returns, so that it arrives even when the process ends next. */
  writeNow(text: string): void;
  /** Raw: every key comes at once, without echo and without signals. */
  setRawMode(raw: boolean): void;
  /** Input is read while somebody listens, and only then keeps the process alive. */
  onInput(listener: (bytes: Uint8Array) => void): () => void;
  onDrain(listener: () => void): () => void;
  onResize(listener: () => void): () => void;
  /** The terminal is gone (closed window, dropped connection). */
  onLost(listener: () => void): () => void;
}
