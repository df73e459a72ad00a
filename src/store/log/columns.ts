/**
 * Columns of numbers that grow without ever copying what they hold: rows live in chunks, and a new chunk is added when a
 * row beyond the last is written. Rows that were never written read as 0.
 */

const CHUNK_BITS = 14;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const ROW_MASK = CHUNK_ROWS - 1;

const noRows = new Uint32Array(0);

/** Where a row is in its chunk. */
export function placeInChunk(row: number): number {
  return row & ROW_MASK;
}

export class Uint32Column {
  readonly #chunks: Uint32Array[] = [];

  get(row: number): number {
    return this.#chunks[row >>> CHUNK_BITS]?.[row & ROW_MASK] ?? 0;
  }

  /** The chunk with this row, for whoever reads several rows next to each other; the row is at `placeInChunk`. */
  chunkOf(row: number): Uint32Array {
    return this.#chunks[row >>> CHUNK_BITS] ?? noRows;
  }

  set(row: number, value: number): void {
    const chunk = row >>> CHUNK_BITS;
    while (chunk >= this.#chunks.length) this.#chunks.push(new Uint32Array(CHUNK_ROWS));
    const rows = this.#chunks[chunk];
    if (rows) rows[row & ROW_MASK] = value;
  }

  /** Writes rows next to each other, which must lie in one chunk. */
  setRun(row: number, values: Uint32Array): void {
    this.set(row, 0);
    this.chunkOf(row).set(values, placeInChunk(row));
  }
}

export class Float64Column {
  readonly #chunks: Float64Array[] = [];

  get(row: number): number {
    return this.#chunks[row >>> CHUNK_BITS]?.[row & ROW_MASK] ?? 0;
  }

  set(row: number, value: number): void {
    const chunk = row >>> CHUNK_BITS;
    while (chunk >= this.#chunks.length) this.#chunks.push(new Float64Array(CHUNK_ROWS));
    const rows = this.#chunks[chunk];
    if (rows) rows[row & ROW_MASK] = value;
  }
}

/** A copy with room for `length` or more values, a part of it to spare. */
export function grownBytes(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(Math.max(length, bytes.length + (bytes.length >>> 1)));
  grown.set(bytes);
  return grown;
}
