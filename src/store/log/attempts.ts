/**
 * The attempts of the event log: which events one has, and what they tell. What was found out about an attempt is kept until
 * one of its events comes or goes, so that asking again costs the same however many events it has. It knows no filter and no clock.
 */
import { type AttemptShape, judgedOf } from '../../signup/attempt.ts';
import { AttemptShapes } from './attempt-shapes.ts';
import { Uint32Column } from './columns.ts';
import type { EventRows } from './event-rows.ts';

/** An attempt as far as its events are held. */
export interface Attempt {
  /** Positions of its events, in order of time; those after its follow-up as well. */
  readonly events: readonly number[];
  /** Of the events within its follow-up. */
  readonly shape: AttemptShape;
  /** Times of the first event and of the last within the follow-up, in milliseconds since the epoch. */
  readonly startMs: number;
  readonly lastMs: number;
}

/** An attempt in brief: by position its first event, and the last within its follow-up. */
export interface AttemptBrief {
  readonly first: number;
  readonly last: number;
  readonly shape: AttemptShape;
}

interface Long {
  readonly events: readonly number[];
  readonly shape: AttemptShape;
}

/** Longer attempts are rare and hardly alike: each is kept whole, with a shape of its own. */
const LONGEST_SHARED = 40;
/** In place of the code of a shape. */
const OWN_SHAPE = 0xffffffff;

export class Attempts {
  readonly #rows: EventRows;
  readonly #held: (positions: number[]) => readonly number[];
  readonly #shapes: AttemptShapes;
  // By code of the correlation ID. Codes of shapes + 1; 0 while nothing is known.
  readonly #shapeLinks = new Uint32Column();
  readonly #firsts = new Uint32Column();
  readonly #lasts = new Uint32Column();
  readonly #long = new Map<number, Long>();

  /** `held` takes a list of positions over and gives those whose events are held, in order of time. */
  constructor(rows: EventRows, held: (positions: number[]) => readonly number[]) {
    this.#rows = rows;
    this.#held = held;
    this.#shapes = new AttemptShapes(rows);
  }

  /**
   * A number for the attempt that the event at a position of the log is part of, or was: the code of its correlation ID.
   * Nobody knows what belongs to an event without one: it is an attempt by itself, with a number below 0.
   */
  keyOf(position: number): number {
    const code = this.#rows.chains.sharedCodeOf(position);
    return code < 0 ? -1 - position : code;
  }

  /** The attempt that the event is part of, or was, if some of it is still held. */
  of(position: number): Attempt | null {
    const key = this.keyOf(position);
    const brief = this.brief(key);
    if (brief === null) return null;
    const { first, last, shape } = brief;
    const events = this.eventsWith(key);
    return { events, shape, startMs: this.#rows.timeMs(first), lastMs: this.#rows.timeMs(last) };
  }

  /** Null when none of the events is held. */
  brief(key: number): AttemptBrief | null {
    const link = key < 0 ? 0 : this.#shapeLinks.get(key);
    if (link === 0) return this.#lookAt(key);
    const shape = link === OWN_SHAPE ? this.#long.get(key)?.shape : this.#shapes.at(link - 1);
    return shape ? { first: this.#firsts.get(key), last: this.#lasts.get(key), shape } : null;
  }

  /** Whether any of the events is wanted. */
  hasAny(key: number, isWanted: (position: number) => boolean): boolean {
    return this.eventsWith(key).some(isWanted);
  }

  /** Nothing is known any more about the attempt of this event, which comes or goes. */
  forget(position: number): void {
    const key = this.keyOf(position);
    if (key < 0 || this.#shapeLinks.get(key) === 0) return;
    this.#shapeLinks.set(key, 0);
    this.#long.delete(key);
  }

  #lookAt(key: number): AttemptBrief | null {
    const events = this.#eventsOf(key);
    const judged = this.#judgedOf(events);
    const [first, last] = [judged[0], judged[judged.length - 1]];
    if (first === undefined || last === undefined) return null;
    const isLong = events.length > LONGEST_SHARED;
    const code = isLong ? OWN_SHAPE : this.#shapes.codeOf(judged);
    const shape = isLong ? this.#shapes.judged(judged) : this.#shapes.at(code);
    if (key < 0) return { first, last, shape };
    if (isLong) this.#long.set(key, { events, shape });
    this.#shapeLinks.set(key, isLong ? OWN_SHAPE : code + 1);
    this.#firsts.set(key, first);
    this.#lasts.set(key, last);
    return { first, last, shape };
  }

  /**
   * The attempt as a range sees it that begins at `fromMs`: without events before that moment, which belong to something so old that it
   * is not read for the range. Null when there are no others.
   */
  briefFrom(key: number, fromMs: number): AttemptBrief | null {
    const brief = this.brief(key);
    if (brief === null || this.#rows.timeMs(brief.first) >= fromMs) return brief;
    const later = this.#judgedOf(this.eventsWith(key).filter((position) => this.#rows.timeMs(position) >= fromMs));
    const [first, last] = [later[0], later[later.length - 1]];
    return first === undefined || last === undefined ? null : { first, last, shape: this.#shapes.judged(later) };
  }

  /** Positions of the events of an attempt, in order of time. */
  eventsWith(key: number): readonly number[] {
    return this.#long.get(key)?.events ?? this.#eventsOf(key);
  }

  #judgedOf(events: readonly number[]): readonly number[] {
    return judgedOf(events, (position) => this.#rows.timeMs(position));
  }

  #eventsOf(key: number): readonly number[] {
    return this.#held(key < 0 ? [-1 - key] : this.#rows.chains.withCode(key));
  }
}
