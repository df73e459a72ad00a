/**
 * The painted boxes: each has a slot with its finished lines, and one placeholder character per line that stands for it
 * in a frame of Ink. Must not know React, nor where Ink puts a placeholder.
 */
import type { PaintedLine } from './painted-line.ts';

/** Names one painted box. */
export type PaintSlot = number;

export interface PaintedRow {
  readonly line: PaintedLine;
  /** Cells that the row covers, whatever its line has. */
  readonly width: number;
}

interface Painting {
  readonly lines: readonly PaintedLine[];
  readonly width: number;
}

/** Planes 15 and 16, private use: no log text that is made visible contains them, and no font draws them. */
const FIRST_PLACEHOLDER = 0xf0000;
const ROWS_PER_SLOT = 512;
const SLOTS = 256;
/** The last two code points of a plane are no characters. */
export const MOST_PAINTED_ROWS = ROWS_PER_SLOT - 2;

export class PaintSlots {
  readonly #paintings = new Map<PaintSlot, Painting>();
  readonly #reserved = new Set<PaintSlot>();
  #next = 0;

  /** A slot that nobody else has. Throws a RangeError when 256 boxes are painted at once. */
  open(): PaintSlot {
    for (let tried = 0; tried < SLOTS; tried++) {
      const slot = this.#next;
      this.#next = (this.#next + 1) % SLOTS;
      if (this.#reserved.has(slot)) continue;
      this.#reserved.add(slot);
      return slot;
    }
    throw new RangeError(`No more than ${SLOTS} painted boxes at a time.`);
  }

  /** Sets what the slot shows: one line per row, each `width` cells wide. */
  set(slot: PaintSlot, lines: readonly PaintedLine[], width: number): void {
    this.#paintings.set(slot, { lines, width });
  }

  /** Sets the lines and keeps the width; false when the slot shows nothing yet. */
  replace(slot: PaintSlot, lines: readonly PaintedLine[]): boolean {
    const painting = this.#paintings.get(slot);
    if (!painting) return false;
    this.#paintings.set(slot, { ...painting, lines });
    return true;
  }

  close(slot: PaintSlot): void {
    this.#paintings.delete(slot);
    this.#reserved.delete(slot);
  }

  /** What a placeholder stands for; null when it stands for nothing. */
  rowOf(placeholder: string): PaintedRow | null {
    const index = (placeholder.codePointAt(0) ?? 0) - FIRST_PLACEHOLDER;
    if (index < 0) return null;
    const painting = this.#paintings.get(Math.floor(index / ROWS_PER_SLOT));
    if (!painting) return null;
    return { line: painting.lines[index % ROWS_PER_SLOT] ?? [], width: painting.width };
  }
}

/**
 * The text that reserves `rows` rows of a slot in Ink's layout, one placeholder per line. Each is concealed (SGR 8): a
 * private-use character in ordinary text is not taken for one.
 */
export function placeholders(slot: PaintSlot, rows: number): string {
  const first = FIRST_PLACEHOLDER + slot * ROWS_PER_SLOT;
  const lines: string[] = [];
  for (let row = 0; row < Math.min(rows, MOST_PAINTED_ROWS); row++) {
    lines.push(`\x1b[8m${String.fromCodePoint(first + row)}\x1b[28m`);
  }
  return lines.join('\n');
}
