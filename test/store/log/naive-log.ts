/** The event log as one would write it without a care for speed: an array that is sorted, cut and filtered anew each time. */
import { fieldNamed } from '../../../src/filter/fields.ts';
import type { FieldName, Filter } from '../../../src/filter/filter.ts';
import { compileFilter } from '../../../src/filter/predicate.ts';
import { AppNames } from '../../../src/signup/app-names.ts';
import type { LogEvent } from '../../../src/signup/event.ts';
import { stageOrder } from '../../../src/signup/stages.ts';

export class NaiveLog {
  readonly appNames = new AppNames();
  readonly #maxEvents: number;
  /** In order of time. */
  events: readonly LogEvent[] = [];
  dropped = 0;

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  add(page: readonly LogEvent[]): {
    readonly added: string[];
    readonly removed: string[];
    readonly duplicates: number;
  } {
    const held = new Set(this.events.map((event) => event.id));
    const seen = new Set(held);
    const fresh: LogEvent[] = [];
    for (const event of page) {
      this.appNames.learn(event);
      if (!seen.has(event.id)) fresh.push(event);
      seen.add(event.id);
    }
    const all = [...this.events, ...fresh].sort(inOrder);
    const overflow = Math.max(0, all.length - this.#maxEvents);
    const before = this.events;
    this.events = all.slice(overflow);
    this.dropped += overflow;
    const kept = new Set(this.events);
    return {
      added: this.events.filter((event) => !held.has(event.id)).map((event) => event.id),
      removed: before.filter((event) => !kept.has(event)).map((event) => event.id),
      duplicates: page.length - fresh.length,
    };
  }

  /** With the names that are shown. */
  shown(): LogEvent[] {
    return this.events.map((event) => ({ ...event, appName: this.appNames.nameFor(event) }));
  }

  matching(filter: Filter): LogEvent[] {
    return this.events.filter(compileFilter(filter, this.appNames));
  }

  facets(filter: Filter, field: FieldName): Map<string, number> {
    const others = { ...filter, terms: filter.terms.filter((term) => term.kind === 'text' || term.field !== field) };
    const counts = new Map<string, number>();
    for (const event of this.matching(others)) {
      for (const value of fieldNamed(field).counted(event, this.appNames))
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }
}

function inOrder(a: LogEvent, b: LogEvent): number {
  return a.timeMs - b.timeMs || stageOrder(a.stage) - stageOrder(b.stage) || (a.id < b.id ? -1 : 1);
}
