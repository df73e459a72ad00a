/**
 * Finds the code of a value by its hash: an open-addressed table of codes in 256 parts, each of which grows by itself, so
 * that no insertion ever has to move more than a 256th of the table. It knows codes and hashes, never the values.
 */

const PARTS = 256;
const SMALLEST = 16;

/** Spreads four words over 32 bits; every bit of the input reaches the upper bits, which choose the part. */
export function mixedHash(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16) ^ d, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export class HashIndex {
  /** Slots hold code + 1; 0 is free. */
  readonly #parts: Uint32Array[] = Array.from({ length: PARTS }, () => new Uint32Array(SMALLEST));
  readonly #counts = new Uint32Array(PARTS);
  readonly #hashOf: (code: number) => number;

  /** `hashOf` gives the hash that a code in the index was added with. */
  constructor(hashOf: (code: number) => number) {
    this.#hashOf = hashOf;
  }

  /** The code with this hash for which `isWanted` holds, or -1. */
  find(hash: number, isWanted: (code: number) => boolean): number {
    const slots = this.#part(hash);
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const held = slots[at] ?? 0;
      if (held === 0) return -1;
      if (isWanted(held - 1)) return held - 1;
    }
  }

  /** Adds a code that is not in the index. */
  add(hash: number, code: number): void {
    const part = hash >>> 24;
    const count = (this.#counts[part] ?? 0) + 1;
    this.#counts[part] = count;
    const slots = this.#part(hash);
    if (count * 5 > slots.length * 4) this.#parts[part] = this.#doubled(slots);
    place(this.#part(hash), hash, code);
  }

  /** Removes a code that is in the index. */
  remove(hash: number, code: number): void {
    const slots = this.#part(hash);
    const mask = slots.length - 1;
    let hole = hash & mask;
    while (slots[hole] !== code + 1) hole = (hole + 1) & mask;
    // Whatever would not be found any more behind the hole moves into it.
    for (let at = (hole + 1) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const held = slots[at] ?? 0;
      const home = this.#hashOf(held - 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = held;
      hole = at;
    }
    slots[hole] = 0;
    const part = hash >>> 24;
    this.#counts[part] = (this.#counts[part] ?? 1) - 1;
  }

  #part(hash: number): Uint32Array {
    return this.#parts[hash >>> 24] ?? new Uint32Array(SMALLEST);
  }

  #doubled(slots: Uint32Array): Uint32Array {
    const doubled = new Uint32Array(slots.length * 2);
    for (const held of slots) if (held !== 0) place(doubled, this.#hashOf(held - 1), held - 1);
    return doubled;
  }
}

function place(slots: Uint32Array, hash: number, code: number): void {
  const mask = slots.length - 1;
  let at = hash & mask;
  while (slots[at] !== 0) at = (at + 1) & mask;
  slots[at] = code + 1;
}
