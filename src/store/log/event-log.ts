/**
 * The events of one log that are held in memory, by position: each once, in order of time, the newest when there are too many.
 * It grows in place; who holds it compares `version`. It knows no filter, no clock and no Node API.
 *
 * A row of a log does not change, so an id that comes again is skipped, whatever else it says; only a display
 * name of its application is learned from it.
 */
import { AppNames } from '../../signup/app-names.ts';
import type { LogEvent, LogName } from '../../signup/event.ts';
import { compareEvents, type OrderKey } from '../../signup/event-order.ts';
import type { EventOutcome } from '../../signup/outcome.ts';
import { Attempts } from './attempts.ts';
import { EventRows } from './event-rows.ts';
import type { RawPacker } from './raw-blocks.ts';
import { SortedPositions, sortPositions } from './sorted-positions.ts';

export interface EventLogOptions {
  /** Most events held; of more, the newest are. */
  readonly maxEvents: number;
  readonly packer: RawPacker;
}

export interface Added {
  /** Positions of the events that are new, in order of time. */
  readonly added: readonly number[];
  /** Positions of events that made room, in order of time. They can be read until the next change. */
  readonly removed: readonly number[];
  /** Events that were held already, or came twice in one call. */
  readonly duplicates: number;
  /** Events that there was no room for: removed ones, and new ones that are older than all that is held. */
  readonly dropped: number;
  /** Added events that are older than the newest that was held before. */
  readonly late: number;
}

const nothingAdded: Added = { added: [], removed: [], duplicates: 0, dropped: 0, late: 0 };

export class EventLog {
  readonly rows: EventRows;
  readonly appNames = new AppNames();
  readonly order = new SortedPositions((a, b) => this.compare(a, b));
  readonly attempts: Attempts;
  readonly #options: EventLogOptions;
  /** Removed by the last `add`: still readable, but no longer held. */
  readonly #leaving = new Set<number>();
  #lastChange: Added = nothingAdded;
  #version = 0;
  #namesVersion = 0;
  #droppedCount = 0;

  constructor(options: EventLogOptions) {
    this.#options = options;
    this.rows = new EventRows(options.packer);
    this.attempts = new Attempts(this.rows, (positions) => this.#held(positions));
  }

  /** Another log with the same room, without events. */
  emptied(): EventLog {
    return new EventLog(this.#options);
  }

  get size(): number {
    return this.order.size;
  }

  /** Events dropped so far because there was no room for them. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  /** Grows by 1 with each `add` that changed anything. */
  get version(): number {
    return this.#version;
  }

  /** Grows when another display name of an application became known. */
  get namesVersion(): number {
    return this.#namesVersion;
  }

  /** What happened with the newest version. */
  get lastChange(): Added {
    return this.#lastChange;
  }

  /** Adds events in any order. */
  add(events: readonly LogEvent[]): Added {
    const namesBefore = this.#namesVersion;
    const fresh = this.#unknownOf(events).sort(compareEvents);
    const duplicates = events.length - fresh.length;
    if (fresh.length === 0 && namesBefore === this.#namesVersion) return { ...nothingAdded, duplicates };
    // Only now, so that whoever has yet to look at the last change can still read what it removed.
    this.#releaseLeaving();
    const newestMs = this.size === 0 ? Number.NEGATIVE_INFINITY : this.timeMs(this.order.at(this.size - 1));
    const overflow = Math.max(0, this.size + fresh.length - this.#options.maxEvents);
    const refused = this.#refusedOf(fresh, overflow);
    const removed = this.#removeFirst(overflow - refused);
    const kept = fresh.slice(refused);
    const added = kept.map((event) => this.#write(event));
    this.order.insert(added);
    this.#droppedCount += overflow;
    this.#version++;
    const late = kept.filter((event) => event.timeMs < newestMs).length;
    this.#lastChange = { added, removed, duplicates, dropped: overflow, late };
    return this.#lastChange;
  }

  /** -1 when no event with this id is held. */
  positionOf(id: string): number {
    const position = this.rows.ids.find(id);
    return this.#leaving.has(position) ? -1 : position;
  }

  /** The event. `appName` is the name to show: learned from siblings when the event itself does not tell it. */
  read(position: number): LogEvent {
    return this.rows.event(position, this.appName(position));
  }

  /** Positions of the events with this correlation ID, in order of time. */
  ofCorrelation(correlationId: string): readonly number[] {
    return this.#held(this.rows.chains.of(correlationId));
  }

  /**
   * Positions of events with the identifier of the event at `position`, in order of time; at most `most` of them, those that
   * came in last. Letter case counts: the log tells it as the person wrote it.
   */
  ofPerson(position: number, most: number): readonly number[] {
    const code = this.rows.identifierCode(position);
    return code < 0 ? [] : this.#held(this.rows.people.of(code, most));
  }

  id(position: number): string {
    return this.rows.id(position);
  }

  timeMs(position: number): number {
    return this.rows.timeMs(position);
  }

  correlationId(position: number): string {
    return this.rows.correlationId(position);
  }

  identifier(position: number): string | null {
    return this.rows.identifier(position);
  }

  /** The last of an attempt's events that tells what the person signed up with: some do not. -1 when none does. */
  tellerOf(positions: readonly number[]): number {
    return positions.findLast((position) => this.rows.identifierCode(position) >= 0) ?? -1;
  }

  /** What the person of an attempt signed up with, as far as its events tell; null when none does. */
  identifierOf(positions: readonly number[]): string | null {
    const teller = this.tellerOf(positions);
    return teller < 0 ? null : this.identifier(teller);
  }

  appName(position: number): string | null {
    return this.appNames.nameFor(this.rows.kind(position).sample);
  }

  appId(position: number): string {
    return this.rows.kind(position).sample.appId;
  }

  counterpart(position: number): string | null {
    return this.rows.counterpart(position);
  }

  failureReason(position: number): string | null {
    return this.rows.failureReason(position);
  }

  /** Graph's word for how it ended, in logs without codes. */
  result(position: number): string | null {
    return this.rows.kind(position).sample.result;
  }

  attributes(position: number): LogEvent['attributes'] {
    return this.rows.kind(position).sample.attributes;
  }

  /** What listeners answered during the step; the times of their calls are left out (`read` has them). */
  listeners(position: number): LogEvent['listeners'] {
    return this.rows.kind(position).sample.listeners;
  }

  logName(position: number): LogName {
    return this.rows.kind(position).sample.log;
  }

  stage(position: number): string {
    return this.rows.kind(position).sample.stage;
  }

  provider(position: number): string {
    return this.rows.kind(position).sample.provider;
  }

  /** The code that its meaning is shown and counted by (see `signup/cause.ts`). */
  cause(position: number): number {
    return this.rows.kind(position).cause;
  }

  /** Graph's own code. */
  errorCode(position: number): number {
    return this.rows.kind(position).sample.errorCode;
  }

  outcome(position: number): EventOutcome {
    return this.rows.kind(position).outcome;
  }

  /** Whether the event counts as a failure (see `signup/outcome.ts`). */
  hasFailed(position: number): boolean {
    return this.rows.kind(position).hasFailed;
  }

  /** Those whose events are held, in order of time. Takes the list over. */
  #held(positions: number[]): readonly number[] {
    const held = this.#leaving.size === 0 ? positions : positions.filter((each) => !this.#leaving.has(each));
    return sortPositions(held, (a, b) => this.compare(a, b));
  }

  /** The events whose ids are not held, each once; names are learned from all of them. */
  #unknownOf(events: readonly LogEvent[]): LogEvent[] {
    const fresh = new Map<string, LogEvent>();
    for (const event of events) {
      if (this.appNames.learn(event)) this.#namesVersion++;
      if (this.positionOf(event.id) < 0 && !fresh.has(event.id)) fresh.set(event.id, event);
    }
    return [...fresh.values()];
  }

  /** How many of the new events, which are in order, are among the `overflow` oldest of old and new together. */
  #refusedOf(fresh: readonly LogEvent[], overflow: number): number {
    let refused = 0;
    for (let removed = 0; refused + removed < overflow; ) {
      const event = fresh[refused];
      const oldest = this.order.at(removed);
      if (event && (oldest < 0 || compareEvents(event, this.#keyOf(oldest)) < 0)) refused++;
      else removed++;
    }
    return refused;
  }

  #removeFirst(count: number): readonly number[] {
    const removed = Array.from({ length: count }, (_, rank) => this.order.at(rank));
    for (const position of removed) {
      this.#leaving.add(position);
      this.attempts.forget(position);
      this.rows.kinds.countBy(this.rows.kindCode(position), -1);
    }
    this.order.dropFirst(count);
    return removed;
  }

  #releaseLeaving(): void {
    for (const position of this.#leaving) this.rows.release(position);
    this.#leaving.clear();
  }

  #write(event: LogEvent): number {
    const position = this.rows.write(event);
    this.attempts.forget(position);
    this.rows.kinds.countBy(this.rows.kindCode(position), 1);
    return position;
  }

  #keyOf(position: number): OrderKey {
    return { timeMs: this.timeMs(position), stage: this.stage(position), id: this.id(position) };
  }

  compare(a: number, b: number): number {
    const { rows } = this;
    return (
      rows.timeMs(a) - rows.timeMs(b) ||
      rows.kind(a).stageOrder - rows.kind(b).stageOrder ||
      rows.ids.store.compare(a, b)
    );
  }
}
