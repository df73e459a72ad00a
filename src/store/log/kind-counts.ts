/** How many events of each kind a filter keeps: counted once, then kept up with the log by what is new in it. */
import type { Filter } from '../../filter/filter.ts';
import type { EventLog } from './event-log.ts';
import { FilterPlan } from './filter-plan.ts';

export class KindCounts {
  readonly #log: EventLog;
  readonly #plan: FilterPlan;
  #counts: number[] = [];
  #version = -1;
  #namesVersion = -1;

  constructor(log: EventLog, filter: Filter) {
    this.#log = log;
    this.#plan = new FilterPlan(log, filter);
  }

  /** The number of events by code of their kind, as the log is now. */
  counts(): readonly number[] {
    const { version, namesVersion, lastChange } = this.#log;
    const behind = version - this.#version;
    const namesChanged = this.#namesVersion !== namesVersion && this.#plan.refresh();
    if (this.#version < 0 || behind > 1 || namesChanged) this.#recount();
    else if (behind === 1) {
      this.#countBy(lastChange.removed, -1);
      this.#countBy(lastChange.added, 1);
    }
    this.#version = version;
    this.#namesVersion = namesVersion;
    return this.#counts;
  }

  #recount(): void {
    this.#counts = [];
    const { order } = this.#log;
    const { first, end } = this.#plan.ranksInTime();
    for (let rank = first; rank < end; rank++) {
      const position = order.at(rank);
      if (this.#plan.termsHold(position)) this.#count(position, 1);
    }
  }

  #countBy(positions: readonly number[], difference: number): void {
    for (const position of positions) if (this.#plan.keeps(position)) this.#count(position, difference);
  }

  #count(position: number, difference: number): void {
    const kindCode = this.#log.rows.kindCode(position);
    while (this.#counts.length <= kindCode) this.#counts.push(0);
    this.#counts[kindCode] = (this.#counts[kindCode] ?? 0) + difference;
  }
}
