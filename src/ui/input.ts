/**
 * Reads the keyboard, in one place: bytes of the terminal → key presses, with the patience that slow lines need. Must not
 * know what a key does.
 */
import type { Clock } from '../clock.ts';
import type { KeyPress } from './keys/key-press.ts';
import { expire, GROUND, type Parsed, type ParserState, parse, patienceMs } from './keys/parser.ts';
import type { Terminal } from './screen/terminal.ts';

export interface ReadKeysOptions {
  readonly terminal: Pick<Terminal, 'onInput'>;
  readonly clock: Clock;
  /** Called once per key or paste, in order. */
  readonly onKey: (key: KeyPress) => void;
}

/** Starts reading; what it gives stops it. */
export function readKeys({ terminal, clock, onKey }: ReadKeysOptions): () => void {
  let state: ParserState = GROUND;
  let waiting = new AbortController();
  let stopped = false;

  function take([next, keys]: Parsed): void {
    waiting.abort();
    waiting = new AbortController();
    state = next;
    const patience = patienceMs(state);
    if (patience !== null) void expireAfter(patience, waiting.signal);
    for (const key of keys) {
      // A key may have ended the program: the ones behind it are not for us.
      if (!stopped) onKey(key);
    }
  }

  async function expireAfter(ms: number, signal: AbortSignal): Promise<void> {
    await clock.wait(ms, signal);
    // When the program was busy, the rest may have arrived long ago: it is read before we give up on it.
    await new Promise((resolve) => setImmediate(resolve));
    if (!signal.aborted) take(expire(state));
  }

  const stopInput = terminal.onInput((bytes) => take(parse(state, bytes)));
  return () => {
    stopped = true;
    waiting.abort();
    stopInput();
  };
}
