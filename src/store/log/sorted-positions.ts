/**
 * Positions of events in an order of their own, in one array with room at both ends. Events are added in blocks: before all
 * others and behind all others costs nothing more than the block, in between moves the shorter side.
 */

/** Less than 0 when the event at `a` comes before the one at `b`; 0 only for the same event. */
export type ComparePositions = (a: number, b: number) => number;

const SMALLEST = 1024;
/** Up to so many, putting one after the other in its place is faster than what sorts many. */
const FEW = 12;

/** Puts an array in order, and gives it back. */
export function sortPositions(positions: number[], compare: ComparePositions): number[] {
  if (positions.length > FEW) return positions.sort(compare);
  for (let end = 1; end < positions.length; end++) {
    const position = positions[end] ?? 0;
    let place = end;
    for (; place > 0 && compare(positions[place - 1] ?? 0, position) > 0; place--) {
      positions[place] = positions[place - 1] ?? 0;
    }
    positions[place] = position;
  }
  return positions;
}

export class SortedPositions {
  #items = new Uint32Array(SMALLEST);
  #start = SMALLEST >>> 1;
  #size = 0;
  readonly #compare: ComparePositions;

  constructor(compare: ComparePositions) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** The position at a rank from 0 to size - 1; -1 beyond. */
  at(rank: number): number {
    return rank < 0 || rank >= this.#size ? -1 : (this.#items[this.#start + rank] ?? -1);
  }

  /** The rank of a position; -1 when it is not among them. */
  rankOf(position: number): number {
    const rank = this.rankFrom(position);
    return this.at(rank) === position ? rank : -1;
  }

  /** How many come before the event at `position`, which need not be among them. */
  rankFrom(position: number): number {
    return this.rankWhere((held) => this.#compare(held, position) >= 0);
  }

  /** The first rank for which `isReached` holds, when it holds for all later ones too; `size` when it never does. */
  rankWhere(isReached: (position: number) => boolean): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isReached(this.#items[this.#start + middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Adds positions that are in order and not among them yet. */
  insert(added: readonly number[]): void {
    const first = added[0];
    const last = added[added.length - 1];
    if (first === undefined || last === undefined) return;
    const from =
      this.#size === 0 || this.#compare(first, this.at(this.#size - 1)) > 0 ? this.#size : this.rankFrom(first);
    const to = from === this.#size || this.#compare(last, this.at(0)) < 0 ? from : this.rankFrom(last);
    if (to < this.#size - from) this.#insertLeftwards(added, to);
    else this.#insertRightwards(added, from);
    this.#size += added.length;
  }

  /** Takes away the first `count`. */
  dropFirst(count: number): void {
    this.#start += count;
    this.#size -= count;
  }

  /** Takes one away, which need not be among them; the shorter side moves up. */
  remove(position: number): void {
    const rank = this.rankOf(position);
    if (rank < 0) return;
    const [at, end] = [this.#start + rank, this.#start + this.#size];
    if (rank < this.#size - rank) {
      this.#items.copyWithin(this.#start + 1, this.#start, at);
      this.#start++;
    } else {
      this.#items.copyWithin(at, at + 1, end);
    }
    this.#size--;
  }

  /** Everything before rank `to` moves to the left to make room. */
  #insertLeftwards(added: readonly number[], to: number): void {
    this.#reserve(added.length, 0);
    let left = added.length;
    let done = 0;
    for (const position of added) {
      const rank = done === to ? to : this.rankFrom(position);
      if (rank > done) this.#items.copyWithin(this.#start + done - left, this.#start + done, this.#start + rank);
      this.#items[this.#start + rank - left] = position;
      done = rank;
      left--;
    }
    this.#start -= added.length;
  }

  /** Everything from rank `from` on moves to the right to make room. */
  #insertRightwards(added: readonly number[], from: number): void {
    this.#reserve(0, added.length);
    let done = this.#size;
    for (let index = added.length - 1; index >= 0; index--) {
      const position = added[index] ?? 0;
      const rank = done === from ? from : this.rankFrom(position);
      if (rank < done) this.#items.copyWithin(this.#start + rank + index + 1, this.#start + rank, this.#start + done);
      this.#items[this.#start + rank + index] = position;
      done = rank;
    }
  }

  #reserve(before: number, behind: number): void {
    const roomBehind = this.#items.length - this.#start - this.#size;
    if (this.#start >= before && roomBehind >= behind) return;
    const spare = (this.#size >>> 2) + SMALLEST;
    const start = before + (before > 0 ? spare : Math.min(this.#start, spare));
    const grown = new Uint32Array(start + this.#size + behind + (behind > 0 ? spare : Math.min(roomBehind, spare)));
    grown.set(this.#items.subarray(this.#start, this.#start + this.#size), start);
    this.#items = grown;
    this.#start = start;
  }
}
