/**
 * Columns of numbers that grow without ever copying what they hold: rows live in chunks, and a new chunk is added when a
 * row beyond the last is written. Rows that were never written read as 0.
 */

const CHUNK_BITS = 14;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const ROW_MASK = CHUNK_ROWS - 1;

export class Uint32Column {
  readonly #chunks: Uint32Array[] = [];

  get(row: number): number {
    return this.#chunks[row >>> CHUNK_BITS]?.[row & ROW_MASK] ?? 0;
  }

  set(row: number, value: number): void {
    const chunk = row >>> CHUNK_BITS;
    while (chunk >= this.#chunks.length) this.#chunks.push(new Uint32Array(CHUNK_ROWS));
    const rows = this.#chunks[chunk];
    if (rows) rows[row & ROW_MASK] = value;
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
