/**
 * The other view of the same state, for screen readers: lines at the bottom that say what changed. Nothing is drawn anew, no
 * cursor is moved, no escape sequence is sent; the terminal is only switched to raw keys, and back whatever happens.
 */
import type { Clock } from '../../clock.ts';
import type { State } from '../../store/state.ts';
import type { Store } from '../../store/store.ts';
import { readKeys } from '../input.ts';
import type { KeyPress } from '../keys/key-press.ts';
import type { MountedApp } from '../mount.tsx';
import { type Host, HUNG_UP } from '../screen/process-host.ts';
import type { Terminal } from '../screen/terminal.ts';
import { guardTerminal } from '../screen/terminal-guard.ts';
import { introduction, listen } from './listen.ts';
import { type Prompt, promptOf, written } from './prompt.ts';
import { rowWords } from './row-words.ts';

export interface LinearOptions {
  readonly store: Store;
  readonly terminal: Terminal;
  readonly host: Host;
  readonly clock: Clock;
  /** Every key and paste, in order. */
  readonly onKey: (key: KeyPress) => void;
  /** Why there are lines and no screen, when nobody asked for them; said first. */
  readonly because?: string | null;
}

/** Begins to speak, and to read keys, until it is unmounted. */
export function mountLinear({ store, terminal, host, clock, onKey, because }: LinearOptions): MountedApp {
  const start = introduction(store.getState());
  let { memory } = start;
  let prompt: Prompt | null = null;
  let isPressing = false;
  let isClosed = false;
  /** While the terminal takes nothing, nothing is said: what has changed is said in one go when it takes text again. */
  let isStalled = false;

  const say = (lines: readonly string[], after: Prompt | null) => {
    const text = written(prompt, after, lines);
    prompt = after;
    if (text !== '') isStalled = !terminal.write(text);
  };
  const hear = (state: State, key: string | null) => {
    if (isClosed || isStalled) return;
    const heard = listen(memory, state, key);
    memory = heard.memory;
    say(heard.lines, promptOf(state));
  };
  /** The cursor of the terminal is left at the start of a line. */
  const endLine = () => {
    if (prompt !== null) terminal.writeNow('\n');
    prompt = null;
  };
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    endLine();
    terminal.setRawMode(false);
  };
  const guard = guardTerminal({
    host,
    clock,
    close,
    suspend: () => {
      endLine();
      terminal.setRawMode(false);
    },
    resume: () => {
      // Off first: a shell may have changed the mode behind our back.
      terminal.setRawMode(false);
      terminal.setRawMode(true);
      say([`Going on. ${rowWords(store.getState())}`], promptOf(store.getState()));
    },
  });

  terminal.setRawMode(true);
  say(because ? [because, ...start.lines] : start.lines, null);
  const unsubscribe = store.subscribe((state) => {
    if (!isPressing) hear(state, null);
  });
  const stopKeys = readKeys({
    terminal,
    clock,
    onKey: (press) => {
      isPressing = true;
      onKey(press);
      isPressing = false;
      hear(store.getState(), press.kind === 'key' ? press.name : null);
    },
  });
  const stopDrain = terminal.onDrain(() => {
    if (!isStalled) return;
    isStalled = false;
    hear(store.getState(), null);
  });
  const stopLost = terminal.onLost(() => {
    close();
    host.exit(HUNG_UP);
  });

  return {
    unmount: () => {
      close();
      unsubscribe();
      stopKeys();
      stopLost();
      stopDrain();
      guard.release();
    },
    // What was said stays said; the row is where one is.
    repaint: () => say([rowWords(store.getState())], promptOf(store.getState())),
    suspend: () => guard.suspend(),
    sendToTerminal: () => {},
    exited: new Promise(() => {}),
  };
}
