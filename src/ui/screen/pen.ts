/**
 * Writes to the terminal with the fewest bytes: keeps track of where the cursor is and which style is on. Never ends a
 * line or scrolls: every place is reached by a cursor move. Must not know what should be drawn.
 */
import type { TerminalType } from '../../terminal/terminal-type.ts';
import { sgrBetween } from './sgr.ts';
import { PLAIN, type Style, showsOnBlanks } from './style.ts';

/** Where the terminal's cursor is and its style; null for what is not known. */
export interface PenState {
  readonly x: number | null;
  readonly y: number | null;
  readonly style: Style | null;
}

export const LOST_PEN: PenState = { x: null, y: null, style: null };

export class Pen {
  readonly #columns: number;
  readonly #type: TerminalType;
  #out = '';
  #x: number | null;
  #y: number | null;
  #style: Style | null;

  constructor(columns: number, type: TerminalType, { x, y, style }: PenState) {
    this.#columns = columns;
    this.#type = type;
    this.#x = x;
    this.#y = y;
    this.#style = style;
  }

  get bytes(): string {
    return this.#out;
  }

  get state(): PenState {
    return { x: this.#x, y: this.#y, style: this.#style };
  }

  /** Bytes that it would take to get to (x, y). */
  costOfMove(x: number, y: number): number {
    return this.#move(x, y).length;
  }

  moveTo(x: number, y: number): void {
    this.#out += this.#move(x, y);
    this.#x = x;
    this.#y = y;
  }

  wear(style: Style): void {
    this.#out += sgrBetween(this.#style, style, this.#type.endsAttributes);
    this.#style = style;
  }

  /** Whether a space in `style` can be written as things are. */
  fitsBlank(style: Style): boolean {
    return this.#style === style || (style === PLAIN && this.#style !== null && !showsOnBlanks(this.#style));
  }

  /** Writes one glyph of a width that all terminals agree on. */
  write(glyph: string, width: number, style: Style): void {
    if (glyph !== ' ' || !this.fitsBlank(style)) this.wear(style);
    this.#out += glyph;
    this.#advance(width);
  }

  /** Writes a glyph that may take any number of cells in the terminal: after it the column counts as unknown. */
  writeDoubtful(glyph: string, style: Style): void {
    this.wear(style);
    this.#out += glyph;
    this.#x = null;
  }

  /** Empties the line from the cursor on. */
  eraseToEndOfLine(): void {
    this.#wearForErasing();
    this.#out += '\x1b[K';
  }

  /** Empties `count` cells from the cursor on, and stays. */
  eraseCells(count: number): void {
    this.#wearForErasing();
    this.#out += `\x1b[${count}X`;
  }

  /** Deletes lines at the cursor's: what is below moves up, and empty lines come in at the bottom of the screen. */
  deleteLines(count: number): void {
    this.#wearForErasing();
    this.#out += `\x1b[${count === 1 ? '' : count}M`;
    this.#x = 0;
  }

  /** Inserts empty lines at the cursor's: what is below moves down, and the last lines of the screen are lost. */
  insertLines(count: number): void {
    this.#wearForErasing();
    this.#out += `\x1b[${count === 1 ? '' : count}L`;
    this.#x = 0;
  }

  clearScreen(): void {
    this.wear(PLAIN);
    this.#out += '\x1b[2J';
  }

  #move(x: number, y: number): string {
    return shortestMove(this.#x, this.#y, x, y, this.#type.movesToColumn);
  }

  /** Terminals fill what they erase with the background that is on. */
  #wearForErasing(): void {
    if (!this.fitsBlank(PLAIN)) this.wear(PLAIN);
  }

  /** In the last column terminals differ in where the cursor stays. */
  #advance(width: number): void {
    if (this.#x === null) return;
    this.#x += width;
    if (this.#x >= this.#columns) this.#x = null;
  }
}

function shortestMove(fromX: number | null, fromY: number | null, x: number, y: number, toColumn: boolean): string {
  if (fromX === x && fromY === y) return '';
  const row = y === 0 ? '' : String(y + 1);
  const absolute = `\x1b[${row}${x === 0 ? '' : `;${x + 1}`}H`;
  const across = fromY === null ? null : horizontal(fromX, x, toColumn);
  return fromY === null || across === null ? absolute : shorter(absolute, vertical(y - fromY) + across);
}

function vertical(by: number): string {
  if (by === 0) return '';
  const count = Math.abs(by) === 1 ? '' : String(Math.abs(by));
  return `\x1b[${count}${by > 0 ? 'B' : 'A'}`;
}

/** Null when there is no way but to an absolute place. */
function horizontal(from: number | null, to: number, toColumn: boolean): string | null {
  if (from === to) return '';
  if (to === 0) return '\r';
  const absolute = toColumn ? `\x1b[${to + 1}G` : null;
  if (from === null) return absolute;
  const by = to - from;
  if (by < 0 && by >= -3) return '\b'.repeat(-by);
  const count = Math.abs(by) === 1 ? '' : String(Math.abs(by));
  const relative = `\x1b[${count}${by > 0 ? 'C' : 'D'}`;
  return absolute === null ? relative : shorter(absolute, relative);
}

function shorter(a: string, b: string): string {
  return b.length < a.length ? b : a;
}
