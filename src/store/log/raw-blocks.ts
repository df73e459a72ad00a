/**
 * One line of text for each event, compressed in blocks of a few score: small enough to read one event quickly, large
 * enough to compress well. A block is given up when none of its events is held any more. What is in a line, and how it is
 * compressed, is the business of others.
 */
/** Compresses text, and gives back exactly what it was given. The bytes must have no spare room behind them. */
export interface RawPacker {
  pack(text: string): Uint8Array;
  unpack(packed: Uint8Array): string;
}

const BLOCK_EVENTS = 128;
/** A block with more characters than this takes no further event, so that packing it never takes long. */
const BLOCK_CHARACTERS = 1 << 18;

interface Block {
  /** One line per event; null once they are packed. */
  lines: string[] | null;
  packed: Uint8Array | null;
  held: number;
}

export class RawBlocks {
  readonly #packer: RawPacker;
  readonly #blocks: (Block | null)[] = [];
  readonly #free: number[] = [];
  #open: Block = { lines: [], packed: null, held: 0 };
  #openIndex = 0;
  #openCharacters = 0;
  /** The block that was unpacked last: whoever reads one event mostly reads its neighbours next. */
  #unpacked: { readonly block: Block; readonly lines: readonly string[] } | null = null;

  constructor(packer: RawPacker) {
    this.#packer = packer;
    this.#blocks.push(this.#open);
  }

  /** Keeps a line, which has no line break in it, and gives the place where it is. */
  add(line: string): number {
    const lines = this.#open.lines ?? [];
    const place = this.#openIndex * BLOCK_EVENTS + lines.length;
    lines.push(line);
    this.#open.held++;
    this.#openCharacters += line.length;
    if (lines.length === BLOCK_EVENTS || this.#openCharacters > BLOCK_CHARACTERS) this.#close();
    return place;
  }

  release(place: number): void {
    const index = Math.floor(place / BLOCK_EVENTS);
    const block = this.#blocks[index];
    if (!block) return;
    block.held--;
    if (block.held > 0 || block === this.#open) return;
    this.#blocks[index] = null;
    this.#free.push(index);
    if (this.#unpacked?.block === block) this.#unpacked = null;
  }

  /** A reader of the line at a place, which goes on working when the event is dropped. */
  reader(place: number): () => string {
    const block = this.#blocks[Math.floor(place / BLOCK_EVENTS)];
    if (!block) throw new RangeError(`no event at ${place}`);
    return () => this.#linesOf(block)[place % BLOCK_EVENTS] ?? '';
  }

  #linesOf(block: Block): readonly string[] {
    if (block.lines) return block.lines;
    if (this.#unpacked?.block === block) return this.#unpacked.lines;
    const lines = block.packed ? this.#packer.unpack(block.packed).split('\n') : [];
    this.#unpacked = { block, lines };
    return lines;
  }

  #close(): void {
    const block = this.#open;
    block.packed = this.#packer.pack((block.lines ?? []).join('\n'));
    block.lines = null;
    this.#open = { lines: [], packed: null, held: 0 };
    this.#openCharacters = 0;
    this.#openIndex = this.#free.pop() ?? this.#blocks.length;
    this.#blocks[this.#openIndex] = this.#open;
  }
}
