/**
 * Starts the user interface: Ink on a screen of ours, keys from a reader of ours, and a guard that gives the terminal back
 * whatever happens. All that depends on Ink's version is here and in `screen/ink-streams.ts`.
 */
import { Box, render } from 'ink';
import type { ReactNode } from 'react';
import type { Clock } from '../clock.ts';
import type { TerminalType } from '../terminal/terminal-type.ts';
import { readKeys } from './input.ts';
import type { KeyPress } from './keys/key-press.ts';
import { inkStreams } from './screen/ink-streams.ts';
import { CursorContext, PaintContext, TerminalSizeContext } from './screen/paint-context.ts';
import type { PaintSlot } from './screen/paint-slots.ts';
import type { PaintedLine } from './screen/painted-line.ts';
import { type Host, HUNG_UP } from './screen/process-host.ts';
import { Screen } from './screen/screen.ts';
import type { Terminal } from './screen/terminal.ts';
import { guardTerminal } from './screen/terminal-guard.ts';

/** Draws painted boxes past React and Ink. */
export interface Painter {
  /** Reserves a slot for a `<Painted slot>`. */
  openSlot(): PaintSlot;
  /** New lines for the box of the slot, as many as it has, without React and Ink. */
  paint(slot: PaintSlot, lines: readonly PaintedLine[]): void;
}

export interface MountOptions {
  readonly element: (painter: Painter) => ReactNode;
  readonly terminal: Terminal;
  readonly host: Host;
  readonly clock: Clock;
  /** Without colour, bold, dim, underline and inverse stay. */
  readonly colour: boolean;
  /** A modern one when not given. */
  readonly type?: TerminalType;
  /** Every key and paste, in order. ^C and ^Z come as keys. */
  readonly onKey: (key: KeyPress) => void;
}

export interface MountedApp {
  /** Gives the terminal back and stops reading keys. */
  unmount(): void;
  /** Draws everything anew, for ^L. */
  repaint(): void;
  /** Stops the program until it is continued, for ^Z. */
  suspend(): void;
  /** Sends a sequence that moves nothing (OSC 52, title, bell) with the next write. */
  sendToTerminal(sequence: string): void;

  /** Settles after unmounting; rejects when a component threw. The terminal has been given back by then. */
  readonly exited: Promise<void>;
}

/** Takes the terminal and draws `element` in a box of its size, until it is unmounted. */
export function mountApp({ element, terminal, host, clock, colour, type, onKey }: MountOptions): MountedApp {
  const screen = new Screen({ terminal, clock, colour, ...(type ? { type } : {}) });
  const content = element({
    openSlot: () => screen.slots.open(),
    paint: (slot, lines) => screen.paint(slot, lines),
  });
  let unmounted = false;

  const suspend = () => {
    screen.suspend();
    terminal.setRawMode(false);
  };
  const resume = () => {
    // Off first: a shell may have changed the mode behind our back, and what is on already is not set again.
    terminal.setRawMode(false);
    terminal.setRawMode(true);
    screen.resume();
  };
  const close = () => {
    if (unmounted) return;
    unmounted = true;
    screen.close();
    terminal.setRawMode(false);
  };
  const guard = guardTerminal({ host, clock, suspend, resume, close });

  terminal.setRawMode(true);
  const stopKeys = readKeys({ terminal, clock, onKey });
  const streams = inkStreams(
    () => terminal.size,
    (frame) => {
      if (!unmounted) screen.show(frame);
    },
  );
  const ink = render(root(), {
    ...streams,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
    isScreenReaderEnabled: false,
  });
  const stopResize = terminal.onResize(() => {
    screen.repaint();
    ink.rerender(root());
  });
  const stopLost = terminal.onLost(() => {
    close();
    host.exit(HUNG_UP);
  });

  function root(): ReactNode {
    const { columns, rows } = terminal.size;
    return (
      <PaintContext value={screen.slots}>
        <CursorContext value={showCursorAt}>
          <TerminalSizeContext value={{ columns, rows }}>
            <Box width={columns} height={rows} flexDirection="column">
              {content}
            </Box>
          </TerminalSizeContext>
        </CursorContext>
      </PaintContext>
    );
  }

  function showCursorAt(position: Parameters<Screen['showCursorAt']>[0]): void {
    screen.showCursorAt(position);
  }

  function stop(): void {
    close();
    stopKeys();
    stopResize();
    stopLost();
    guard.release();
  }

  return {
    unmount: () => {
      stop();
      ink.unmount();
    },
    repaint: () => screen.repaint(),
    suspend: () => guard.suspend(),
    sendToTerminal: (sequence) => screen.sendToTerminal(sequence),
    exited: ink.waitUntilExit().then(ignore).finally(stop),
  };
}

function ignore(): void {}
