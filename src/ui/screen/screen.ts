/**
 * The owner of the terminal's screen: takes whole frames, painted rows and sequences, and sends the difference to what is
 * shown in one write. Enters and leaves the alternate screen, and leaves the terminal as it was. Must not know React or Ink.
 */
import type { Clock } from '../../clock.ts';
import { modernTerminal, type TerminalType } from '../../terminal/terminal-type.ts';
import { compose } from './compose.ts';
import { difference } from './difference.ts';
import { FramePacer } from './frame-pacer.ts';
import type { Grid } from './grid.ts';
import { type PaintSlot, PaintSlots } from './paint-slots.ts';
import type { PaintedLine } from './painted-line.ts';
import { LOST_PEN, Pen, type PenState } from './pen.ts';
import type { Terminal, TerminalSize } from './terminal.ts';

/** A cell, counted from 0 at the top left. */
export interface CellPosition {
  readonly x: number;
  readonly y: number;
}

export interface ScreenOptions {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly colour: boolean;
  /** A modern one when not given. */
  readonly type?: TerminalType;
}

/** CAN: ends a sequence that was cut off, so that it does not eat what follows. */
const CANCEL = '\x18';
const BEGIN_SYNCHRONIZED = '\x1b[?2026h';
const END_SYNCHRONIZED = '\x1b[?2026l';
/** Shorter updates arrive in one piece anyway. */
const SYNCHRONIZE_ABOVE_BYTES = 200;

/** The sequences of the terminal, those that it understands. */
function sequencesOf({ alternateScreen, hidesCursor, bracketedPaste, synchronized }: TerminalType) {
  const given = (known: boolean, sequence: string) => (known ? sequence : '');
  return {
    enter: given(alternateScreen, '\x1b[?1049h'),
    /** No automatic wrapping, no cursor, bracketed paste. */
    modes: `\x1b[?7l${given(hidesCursor, '\x1b[?25l')}${given(bracketedPaste, '\x1b[?2004h')}`,
    // Without a second screen what was there before is lost: a clean one is left, without anything from the log.
    leave:
      `${given(synchronized, END_SYNCHRONIZED)}\x1b[m${given(bracketedPaste, '\x1b[?2004l')}\x1b[?7h` +
      `${given(hidesCursor, '\x1b[?25h')}${alternateScreen ? '\x1b[?1049l' : '\x1b[2J\x1b[H'}`,
  };
}

type Phase = 'before' | 'entered' | 'left' | 'closed';

export class Screen {
  readonly slots = new PaintSlots();
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #colour: boolean;
  readonly #type: TerminalType;
  readonly #sequences: ReturnType<typeof sequencesOf>;
  readonly #pacer: FramePacer;
  readonly #stopListening: () => void;
  #phase: Phase = 'before';
  #frame = '';
  #shown: Grid | null = null;
  #pen: PenState = LOST_PEN;
  #outbox = '';
  #cursorWanted: CellPosition | null = null;
  #cursorShown = false;

  constructor({ terminal, clock, colour, type = modernTerminal }: ScreenOptions) {
    this.#terminal = terminal;
    this.#clock = clock;
    this.#colour = colour;
    this.#type = type;
    this.#sequences = sequencesOf(type);
    this.#pacer = new FramePacer(this.#clock, () => this.#draw());
    this.#stopListening = terminal.onDrain(() => this.#pacer.drained());
  }

  get size(): TerminalSize {
    return this.#terminal.size;
  }

  /** The latest frame: lines of text with SGR sequences; it is drawn soon, unless a later one comes first. */
  show(frame: string): void {
    this.#frame = frame;
    this.#request();
  }

  /** New lines for a painted box, drawn without a frame of Ink. */
  paint(slot: PaintSlot, lines: readonly PaintedLine[]): void {
    if (this.slots.replace(slot, lines)) this.#request();
  }

  /** Shows the terminal's cursor at a cell, or hides it (null). */
  showCursorAt(position: CellPosition | null): void {
    this.#cursorWanted = position;
    this.#request();
  }

  /** Sends a sequence that moves nothing (clipboard) with the next write; a later one takes the place of one that waits. */
  sendToTerminal(sequence: string): void {
    this.#outbox = sequence;
    this.#request();
  }

  /** Draws everything anew, for a screen that something else wrote to, or that changed its size. */
  repaint(): void {
    this.#forget();
    this.#request();
  }

  /** Gives the terminal back as it was, before it returns. `resume` takes it again. */
  suspend(): void {
    this.#leave('left');
  }

  /** Takes the terminal (again) and draws everything, even when it was never given back: somebody else may have used it. */
  resume(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'before';
    this.repaint();
  }

  /** Gives the terminal back for good, before it returns. What comes later is not drawn. */
  close(): void {
    this.#leave('closed');
    this.#stopListening();
  }

  #request(): void {
    if (this.#phase === 'before' || this.#phase === 'entered') this.#pacer.request();
  }

  #leave(phase: 'left' | 'closed'): void {
    if (this.#phase === 'closed') return;
    this.#pacer.stop();
    if (this.#phase === 'entered') this.#terminal.writeNow(CANCEL + this.#outbox + this.#sequences.leave);
    this.#outbox = '';
    this.#phase = phase;
    this.#forget();
  }

  #forget(): void {
    this.#shown = null;
    this.#pen = LOST_PEN;
    this.#cursorShown = false;
  }

  #draw(): boolean {
    const enter = this.#phase === 'entered' ? '' : this.#sequences.enter;
    const modes = this.#shown === null ? this.#sequences.modes : '';
    const next = compose(this.#frame, this.slots, { ...this.size, colour: this.#colour, type: this.#type });
    const update = difference(this.#shown, next, this.#pen, this.#type);
    const large = this.#type.synchronized && Buffer.byteLength(update.bytes) > SYNCHRONIZE_ABOVE_BYTES;
    const cells = large ? BEGIN_SYNCHRONIZED + update.bytes + END_SYNCHRONIZED : update.bytes;
    this.#pen = update.pen;
    this.#shown = next;
    const text = enter + modes + cells + this.#outbox + this.#cursor(next.columns);
    this.#outbox = '';
    if (text === '') return true;
    this.#phase = 'entered';
    return this.#terminal.write(text);
  }

  /** What puts the terminal's cursor where it is wanted. */
  #cursor(columns: number): string {
    const wanted = this.#cursorWanted;
    const pen = new Pen(columns, this.#type, this.#pen);
    if (wanted) pen.moveTo(wanted.x, wanted.y);
    this.#pen = pen.state;
    const visible = wanted !== null;
    const change = visible === this.#cursorShown || !this.#type.hidesCursor ? '' : visible ? '\x1b[?25h' : '\x1b[?25l';
    this.#cursorShown = visible;
    return pen.bytes + change;
  }
}
