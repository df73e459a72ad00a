/**
 * Positions of events in an order that has nothing to do with when they come: chunks of a few hundred, so that a position
 * anywhere costs the same to add or to take away, however many there are.
 */
import type { ComparePositions } from './sorted-positions.ts';

const LONGEST_CHUNK = 512;

export class ChunkedPositions {
  readonly #compare: ComparePositions;
  /** None of them is empty. */
  readonly #chunks: number[][] = [];
  /** By chunk: the rank of its first position; null after a change, until somebody asks. */
  #starts: readonly number[] | null = [];
  #size = 0;

  /** The order must not change while positions are held. */
  constructor(compare: ComparePositions) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** The position at a rank from 0 to size - 1; -1 beyond. */
  at(rank: number): number {
    if (rank < 0 || rank >= this.#size) return -1;
    const starts = this.#startsNow();
    const chunk = firstWhere(starts.length, (index) => (starts[index] ?? 0) > rank) - 1;
    return this.#chunks[chunk]?.[rank - (starts[chunk] ?? 0)] ?? -1;
  }

  /** The rank of a position; -1 when it is not among them. */
  rankOf(position: number): number {
    const rank = this.rankFrom(position);
    return this.at(rank) === position ? rank : -1;
  }

  /** How many come before the event at `position`, which need not be among them. */
  rankFrom(position: number): number {
    if (this.#size === 0) return 0;
    const chunk = this.#chunkFor(position);
    return (this.#startsNow()[chunk] ?? 0) + this.#placeIn(this.#chunks[chunk] ?? [], position);
  }

  /** Adds a position that is not among them yet. */
  insert(position: number): void {
    this.#size++;
    this.#starts = null;
    const index = this.#chunkFor(position);
    const chunk = this.#chunks[index];
    if (!chunk) {
      this.#chunks.push([position]);
      return;
    }
    chunk.splice(this.#placeIn(chunk, position), 0, position);
    if (chunk.length > LONGEST_CHUNK) this.#chunks.splice(index + 1, 0, chunk.splice(LONGEST_CHUNK >>> 1));
  }

  /** Takes a position away, if it is there. */
  remove(position: number): void {
    const index = this.#chunkFor(position);
    const chunk = this.#chunks[index] ?? [];
    const place = this.#placeIn(chunk, position);
    if (chunk[place] !== position) return;
    this.#size--;
    this.#starts = null;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
  }

  /** The last chunk that begins at or before the position; the first when all begin behind it. */
  #chunkFor(position: number): number {
    const behind = firstWhere(this.#chunks.length, (index) => {
      const first = this.#chunks[index]?.[0];
      return first !== undefined && this.#compare(first, position) > 0;
    });
    return Math.max(0, behind - 1);
  }

  #placeIn(chunk: readonly number[], position: number): number {
    return firstWhere(chunk.length, (place) => this.#compare(chunk[place] ?? 0, position) >= 0);
  }

  #startsNow(): readonly number[] {
    if (this.#starts !== null) return this.#starts;
    const starts: number[] = [];
    let start = 0;
    for (const chunk of this.#chunks) {
      starts.push(start);
      start += chunk.length;
    }
    this.#starts = starts;
    return starts;
  }
}

/** The first index for which `isReached` holds, when it holds for all later ones too; `count` when it never does. */
function firstWhere(count: number, isReached: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
