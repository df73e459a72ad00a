/**
 * The rows that a filter leaves of the log, and the events among them, in order of time. They follow the log by what is new
 * in it; a new filter needs new matches, which can be built in slices, the newest events first.
 */
import type { Filter } from '../../filter/filter.ts';
import type { EventLog } from './event-log.ts';
import { FilterPlan } from './filter-plan.ts';
import { SortedPositions } from './sorted-positions.ts';

/** Events looked at between two looks at the budget: a millisecond at most. */
const SLICE_EVENTS = 4096;

/** What the table shows, row by row: each row stands for one event of the log, by its position there. */
export interface Matches {
  /** False while older events have not been looked at. */
  readonly isComplete: boolean;
  readonly size: number;
  /** The position in the log of the row at a rank, 0 being the lowest; -1 beyond. */
  at(rank: number): number;
  /** The rank of the row that the event at a position of the log belongs to; -1 when it is in none. */
  rankOf(position: number): number;
  /** The rank nearest to where the event at a position of the log stands or would stand; -1 without rows. */
  nearest(position: number): number;
  /**
   * Looks at further events, the newest first, as long as `mayGoOn` gives true; it is asked after each slice. True when
   * all have been looked at.
   */
  continueBuild(mayGoOn: () => boolean): boolean;
  /**
   * Takes in what happened to the log since the last time, and what the time `nowMs` changes. Gives the positions of the new
   * rows, in order of time.
   */
  update(nowMs: number): readonly number[];
}

/** All matches at once. With 1,000,000 events and a word to search for this takes longer than a frame may. */
export function buildMatches(log: EventLog, filter: Filter): EventMatches {
  const matches = new EventMatches(log, filter);
  matches.continueBuild(() => true);
  return matches;
}

export class EventMatches implements Matches {
  readonly #log: EventLog;
  readonly #plan: FilterPlan;
  readonly #sliceEvents: number;
  #found: SortedPositions;
  #version: number;
  #namesVersion: number;
  /** The oldest event that was looked at so far; -1 before the first. */
  #reached = -1;
  #isComplete = false;

  /** Has no matches yet: `continueBuild` finds them. */
  constructor(log: EventLog, filter: Filter, sliceEvents = SLICE_EVENTS) {
    this.#log = log;
    this.#plan = new FilterPlan(log, filter);
    this.#sliceEvents = sliceEvents;
    this.#found = this.#noneFound();
    this.#version = log.version;
    this.#namesVersion = log.namesVersion;
  }

  /** False while older events have not been looked at. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  get size(): number {
    return this.#found.size;
  }

  /** The position in the log of the match at a rank, 0 being the oldest; -1 beyond. */
  at(rank: number): number {
    return this.#found.at(rank);
  }

  /** The rank of the event at a position of the log; -1 when it is no match. */
  rankOf(position: number): number {
    return this.#found.rankOf(position);
  }

  /** The rank nearest to where the event at a position of the log stands or would stand; -1 without matches. */
  nearest(position: number): number {
    return Math.min(this.#found.rankFrom(position), this.size - 1);
  }

  /**
   * Looks at further events, the newest first, as long as `mayGoOn` gives true; it is asked after each slice. True when
   * all have been looked at.
   */
  continueBuild(mayGoOn: () => boolean): boolean {
    this.update();
    if (this.#isComplete) return true;
    const { first, end } = this.#plan.ranksInTime();
    let rank = this.#reached < 0 ? end : Math.min(end, this.#log.order.rankFrom(this.#reached));
    do {
      const from = Math.max(first, rank - this.#sliceEvents);
      this.#found.insert(this.#keptBetween(from, rank));
      if (from < rank) this.#reached = this.#log.order.at(from);
      rank = from;
    } while (rank > first && mayGoOn());
    this.#isComplete = rank <= first;
    return this.#isComplete;
  }

  /** Takes in what happened to the log since the last time. Gives the positions of the new matches, in order of time. */
  update(): readonly number[] {
    const log = this.#log;
    const behind = log.version - this.#version;
    if (behind === 0) return [];
    const namesChanged = this.#namesVersion !== log.namesVersion && this.#plan.refresh();
    this.#version = log.version;
    this.#namesVersion = log.namesVersion;
    const { added, removed } = log.lastChange;
    // The log remembers one change only, and a learned name can change the answer for any event.
    if (behind > 1 || namesChanged) {
      this.#restart();
      return added.filter((position) => this.rankOf(position) >= 0);
    }
    let gone = 0;
    for (const position of removed) if (position === this.#found.at(gone)) gone++;
    this.#found.dropFirst(gone);
    const kept = added.filter((position) => this.#wasPassed(position) && this.#plan.keeps(position));
    this.#found.insert(kept);
    return kept;
  }

  /** True when building will not come to this event any more. */
  #wasPassed(position: number): boolean {
    if (this.#isComplete) return true;
    return this.#reached >= 0 && this.#log.compare(position, this.#reached) > 0;
  }

  #keptBetween(from: number, to: number): readonly number[] {
    const { order } = this.#log;
    const kept: number[] = [];
    for (let rank = from; rank < to; rank++) {
      const position = order.at(rank);
      if (this.#plan.termsHold(position)) kept.push(position);
    }
    return kept;
  }

  #restart(): void {
    const wasComplete = this.#isComplete;
    this.#found = this.#noneFound();
    this.#reached = -1;
    this.#isComplete = false;
    if (wasComplete) this.continueBuild(() => true);
  }

  #noneFound(): SortedPositions {
    return new SortedPositions((a, b) => this.#log.compare(a, b));
  }
}
