/**
 * The rows of a filter in another order than the newest first: by a column of the table, or the oldest first. Which events
 * they are is found by the matches in order of time; here they only get another place.
 */
import type { Filter } from '../../filter/filter.ts';
import { isLiveOrder, type Sort } from '../table-view.ts';
import { ChunkedPositions } from './chunked-positions.ts';
import { columnOrder } from './column-order.ts';
import type { EventLog } from './event-log.ts';
import { EventMatches, type Matches } from './matches.ts';
import type { ComparePositions } from './sorted-positions.ts';

/** Events looked at and put in their places between two looks at the budget: a millisecond at most. */
const SLICE_EVENTS = 128;
/** Slices that are built at once when the rows have to be put in order anew. */
const SLICES_AT_ONCE = 8;

/** The rows that the filter leaves, in the order that is wanted; `continueBuild` finds them. */
export function matchesFor(log: EventLog, filter: Filter, sort: Sort): Matches {
  if (isLiveOrder(sort)) return new EventMatches(log, filter);
  if (sort.column === 'time') return new ReversedMatches(new EventMatches(log, filter));
  return new SortedMatches(log, filter, columnOrder(log, sort));
}

class SortedMatches implements Matches {
  readonly #log: EventLog;
  readonly #filter: Filter;
  readonly #compare: ComparePositions;
  #byTime: EventMatches;
  #inOrder: ChunkedPositions;
  #version: number;
  #namesVersion: number;

  constructor(log: EventLog, filter: Filter, compare: ComparePositions) {
    this.#log = log;
    this.#filter = filter;
    this.#compare = compare;
    this.#byTime = new EventMatches(log, filter, SLICE_EVENTS);
    this.#inOrder = new ChunkedPositions(compare);
    this.#version = log.version;
    this.#namesVersion = log.namesVersion;
  }

  get isComplete(): boolean {
    return this.#byTime.isComplete;
  }

  get size(): number {
    return this.#inOrder.size;
  }

  at(rank: number): number {
    return this.#inOrder.at(rank);
  }

  rankOf(position: number): number {
    return this.#inOrder.rankOf(position);
  }

  nearest(position: number): number {
    return Math.min(this.#inOrder.rankFrom(position), this.size - 1);
  }

  continueBuild(mayGoOn: () => boolean): boolean {
    this.update();
    do {
      const before = this.#byTime.size;
      this.#byTime.continueBuild(() => false);
      // Building goes back in time: what was found now stands before all that was known.
      const found = this.#byTime.size - before;
      for (let rank = 0; rank < found; rank++) this.#inOrder.insert(this.#byTime.at(rank));
    } while (!this.isComplete && mayGoOn());
    return this.isComplete;
  }

  update(): readonly number[] {
    const log = this.#log;
    const behind = log.version - this.#version;
    if (behind === 0) return [];
    const namesChanged = this.#namesVersion !== log.namesVersion;
    this.#version = log.version;
    this.#namesVersion = log.namesVersion;
    const { added, removed } = log.lastChange;
    // A learned name can change which events there are and where they stand; of changes only the last one is remembered.
    if (behind > 1 || namesChanged) {
      this.#restart();
      return added.filter((position) => this.rankOf(position) >= 0);
    }
    for (const position of removed) this.#inOrder.remove(position);
    const kept = this.#byTime.update();
    for (const position of kept) this.#inOrder.insert(position);
    return kept;
  }

  /** Begins anew with the newest events; whoever holds these matches goes on building them. */
  #restart(): void {
    this.#byTime = new EventMatches(this.#log, this.#filter, SLICE_EVENTS);
    this.#inOrder = new ChunkedPositions(this.#compare);
    let slices = 0;
    this.continueBuild(() => ++slices < SLICES_AT_ONCE);
  }
}

/** The oldest event at the top. */
class ReversedMatches implements Matches {
  readonly #matches: EventMatches;

  constructor(matches: EventMatches) {
    this.#matches = matches;
  }

  get isComplete(): boolean {
    return this.#matches.isComplete;
  }

  get size(): number {
    return this.#matches.size;
  }

  at(rank: number): number {
    return this.#matches.at(this.size - 1 - rank);
  }

  rankOf(position: number): number {
    const rank = this.#matches.rankOf(position);
    return rank < 0 ? -1 : this.size - 1 - rank;
  }

  nearest(position: number): number {
    const rank = this.#matches.nearest(position);
    return rank < 0 ? -1 : this.size - 1 - rank;
  }

  continueBuild(mayGoOn: () => boolean): boolean {
    return this.#matches.continueBuild(mayGoOn);
  }

  update(): readonly number[] {
    return this.#matches.update();
  }
}
