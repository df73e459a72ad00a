/**
 * A terminal in memory (xterm.js without a window): what a person would see, cell by cell. It can stand in for the real
 * terminal of the program, or show what a pseudo-terminal prints.
 */
import headless from '@xterm/headless';
import { COLOURS, type Colour, PLAIN, type Style, style } from '../../src/ui/screen/style.ts';
import type { Terminal, TerminalSize } from '../../src/ui/screen/terminal.ts';

export interface VirtualCell {
  /** What is in the cell; empty for the right half of a wide character and for cells that nothing was written to. */
  readonly text: string;
  readonly style: Style;
  readonly width: number;
}

export interface WidthTable {
  readonly version: string;
  /** Cells that the terminal uses for one code point. */
  readonly cellsOf: (codePoint: number) => 0 | 1 | 2;
}

const DEADLINE_MS = 10_000;

export class VirtualTerminal implements Terminal {
  /** What the program wrote, one entry for each write. */
  readonly writes: string[] = [];
  raw = false;
  readonly #screen: InstanceType<typeof headless.Terminal>;
  readonly #inputListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #drainListeners = new Set<() => void>();
  readonly #resizeListeners = new Set<() => void>();
  readonly #lostListeners = new Set<() => void>();
  #stalled = false;

  /** `widths`: another opinion on how wide characters are than xterm.js has. */
  constructor(columns: number, rows: number, widths?: WidthTable) {
    this.#screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    if (widths) {
      const { version, cellsOf } = widths;
      const wcwidth = cellsOf;
      // xterm.js packs the width into bits 1 and 2, and whether the character joins the one before into bit 0.
      const charProperties = (codePoint: number, preceding: number): number => {
        const width = cellsOf(codePoint);
        const joins = width === 0 && preceding !== 0;
        return ((joins ? (preceding >> 1) & 3 : width) << 1) | (joins ? 1 : 0);
      };
      this.#screen.unicode.register({ version, wcwidth, charProperties });
      this.#screen.unicode.activeVersion = version;
    }
  }

  get size(): TerminalSize {
    return { columns: this.#screen.cols, rows: this.#screen.rows };
  }

  write(text: string): boolean {
    this.writes.push(text);
    this.feed(text);
    return !this.#stalled;
  }

  writeNow(text: string): void {
    this.write(text);
  }

  setRawMode(raw: boolean): void {
    this.raw = raw;
  }

  onInput(listener: (bytes: Uint8Array) => void): () => void {
    return listening(this.#inputListeners, listener);
  }

  onDrain(listener: () => void): () => void {
    return listening(this.#drainListeners, listener);
  }

  onResize(listener: () => void): () => void {
    return listening(this.#resizeListeners, listener);
  }

  onLost(listener: () => void): () => void {
    return listening(this.#lostListeners, listener);
  }

  /** Shows what some program printed. */
  feed(output: string | Uint8Array): void {
    this.#screen.write(output);
  }

  /** Resolves when everything that was fed so far is on the screen. */
  shown(): Promise<void> {
    return new Promise((resolve) => this.#screen.write('', resolve));
  }

  /** Presses keys: text as UTF-8, or bytes. */
  type(input: string | Uint8Array): void {
    const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
    for (const listener of [...this.#inputListeners]) listener(bytes);
  }

  /** Whether anybody reads the keyboard. */
  get isRead(): boolean {
    return this.#inputListeners.size > 0;
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    for (const listener of [...this.#resizeListeners]) listener();
  }

  /** From now on the line takes nothing more … */
  stall(): void {
    this.#stalled = true;
  }

  /** … until now. */
  drain(): void {
    this.#stalled = false;
    for (const listener of [...this.#drainListeners]) listener();
  }

  /** The window is closed. */
  lose(): void {
    for (const listener of [...this.#lostListeners]) listener();
  }

  /** The screen, line by line, without spaces at the ends. */
  lines(): readonly string[] {
    const { active } = this.#screen.buffer;
    const lines: string[] = [];
    for (let y = 0; y < this.#screen.rows; y++) {
      lines.push((active.getLine(active.viewportY + y)?.translateToString(true) ?? '').trimEnd());
    }
    return lines;
  }

  /** The whole screen as one text. */
  text(): string {
    return this.lines().join('\n');
  }

  cell(x: number, y: number): VirtualCell {
    const { active } = this.#screen.buffer;
    const found = active.getLine(active.viewportY + y)?.getCell(x);
    if (!found) throw new RangeError(`There is no cell at ${x}, ${y}.`);
    return {
      text: found.getChars(),
      width: found.getWidth(),
      style: found.isAttributeDefault()
        ? PLAIN
        : style({
            fg: found.isFgPalette() ? colourOf(found.getFgColor()) : undefined,
            bg: found.isBgPalette() ? colourOf(found.getBgColor()) : undefined,
            bold: found.isBold() !== 0,
            dim: found.isDim() !== 0,
            italic: found.isItalic() !== 0,
            underline: found.isUnderline() !== 0,
            inverse: found.isInverse() !== 0,
          }),
    };
  }

  get cursor(): { readonly x: number; readonly y: number } {
    return { x: this.#screen.buffer.active.cursorX, y: this.#screen.buffer.active.cursorY };
  }

  get isAlternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  get modes(): { readonly wraps: boolean; readonly bracketedPaste: boolean } {
    const { wraparoundMode, bracketedPasteMode } = this.#screen.modes;
    return { wraps: wraparoundMode, bracketedPaste: bracketedPasteMode };
  }

  /** In the middle of synchronized output: what is on the screen is half of something. */
  get isDrawing(): boolean {
    return this.#screen.modes.synchronizedOutputMode;
  }

  /** Lines that have left the screen at the top. */
  get scrolledLines(): number {
    return this.#screen.buffer.active.baseY;
  }

  /**
   * Resolves as soon as the screen shows a text or fulfils a condition; fails with the whole screen when that has not
   * happened by the deadline.
   */
  async waitFor(wanted: string | RegExp | ((terminal: this) => boolean), deadlineMs = DEADLINE_MS): Promise<void> {
    await this.shown();
    if (this.#fulfils(wanted)) return;
    await new Promise<void>((resolve, reject) => {
      const watch = this.#screen.onWriteParsed(() => {
        if (!this.#fulfils(wanted)) return;
        stop();
        resolve();
      });
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Not within ${deadlineMs} ms: ${wanted}\n${this.#framed()}`));
      }, deadlineMs);
      function stop(): void {
        clearTimeout(timer);
        watch.dispose();
      }
    });
  }

  #fulfils(wanted: string | RegExp | ((terminal: this) => boolean)): boolean {
    if (typeof wanted === 'function') return wanted(this);
    return typeof wanted === 'string' ? this.text().includes(wanted) : wanted.test(this.text());
  }

  #framed(): string {
    const edge = '─'.repeat(this.#screen.cols);
    return [`┌${edge}┐`, ...this.lines().map((line) => `│${line}`), `└${edge}┘`].join('\n');
  }
}

function colourOf(index: number): Colour | undefined {
  return COLOURS[index];
}

function listening<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
