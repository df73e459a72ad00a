/**
 * The attempts that a filter keeps, as rows of the table: each stands where its first event stands. They follow the log by
 * what is new in it: an event changes its own attempt and no other.
 */
import type { Filter } from '../../filter/filter.ts';
import { type AttemptShape, IN_PROGRESS_MS } from '../../signup/attempt.ts';
import { AttemptPlan } from './attempt-plan.ts';
import type { AttemptTally, Counted } from './attempt-tally.ts';
import type { Attempt } from './attempts.ts';
import { Uint32Column } from './columns.ts';
import type { EventLog } from './event-log.ts';
import type { Matches } from './matches.ts';
import { SortedPositions } from './sorted-positions.ts';

/** Events looked at between two looks at the budget. */
const SLICE_EVENTS = 2048;

export interface AttemptMatchesOptions {
  readonly sliceEvents?: number;
  readonly tally?: AttemptTally | null;
}

export class AttemptMatches implements Matches {
  readonly #log: EventLog;
  readonly #filter: Filter;
  readonly #sliceEvents: number;
  readonly #tally: AttemptTally | null;
  #plan: AttemptPlan;
  #found: SortedPositions;
  /** By code of the correlation ID: the first event of its attempt when it is kept, + 1; 0 when it is not. */
  #kept = new Uint32Column();
  #nowMs: number;
  #version: number;
  #namesVersion: number;
  /** The oldest event that was looked at so far; -1 before the first. */
  #reached = -1;
  #isComplete = false;

  /** Has no rows yet: `continueBuild` finds them, and keeps `tally` (empty so far) up to date with them. */
  constructor(
    log: EventLog,
    filter: Filter,
    nowMs: number,
    { sliceEvents = SLICE_EVENTS, tally = null }: AttemptMatchesOptions = {},
  ) {
    this.#log = log;
    this.#filter = filter;
    this.#sliceEvents = sliceEvents;
    this.#tally = tally;
    this.#plan = new AttemptPlan(log, filter);
    this.#found = this.#noneFound();
    this.#nowMs = nowMs;
    this.#version = log.version;
    this.#namesVersion = log.namesVersion;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get size(): number {
    return this.#found.size;
  }

  at(rank: number): number {
    return this.#found.at(rank);
  }

  rankOf(position: number): number {
    const first = this.#keptFirst(position);
    return first < 0 ? -1 : this.#found.rankOf(first);
  }

  nearest(position: number): number {
    return Math.min(this.#found.rankFrom(position), this.size - 1);
  }

  continueBuild(mayGoOn: () => boolean): boolean {
    this.update(this.#nowMs);
    if (this.#isComplete) return true;
    const { order } = this.#log;
    let rank = this.#reached < 0 ? order.size : order.rankFrom(this.#reached);
    do {
      const from = Math.max(0, rank - this.#sliceEvents);
      this.#judge(Array.from({ length: rank - from }, (_, index) => order.at(from + index)));
      if (from < rank) this.#reached = order.at(from);
      rank = from;
    } while (rank > 0 && mayGoOn());
    this.#isComplete = rank === 0;
    return this.#isComplete;
  }

  update(nowMs: number): readonly number[] {
    const log = this.#log;
    const before = this.#nowMs;
    this.#nowMs = Math.max(before, nowMs);
    const behind = log.version - this.#version;
    const namesChanged = this.#namesVersion !== log.namesVersion;
    this.#version = log.version;
    this.#namesVersion = log.namesVersion;
    // The log remembers one change only, and a learned name can change the answer for any event.
    if (behind > 1 || (namesChanged && this.#filter.terms.length > 0)) {
      this.#restart();
      return behind > 0 ? log.lastChange.added.filter((position) => this.#found.rankOf(position) >= 0) : [];
    }
    const settled = this.#settledBetween(before, this.#nowMs);
    if (behind === 0) {
      this.#judge(settled);
      return [];
    }
    return this.#judge([...log.lastChange.removed, ...log.lastChange.added, ...settled]);
  }

  /** Events whose attempts, if nothing came after, have stopped being in progress meanwhile. */
  #settledBetween(beforeMs: number, nowMs: number): readonly number[] {
    const { order } = this.#log;
    if (!this.#plan.dependsOnTime || beforeMs === nowMs) return [];
    const rankAt = (timeMs: number) => order.rankWhere((position) => this.#log.timeMs(position) > timeMs);
    const [first, end] = [rankAt(beforeMs - IN_PROGRESS_MS), rankAt(nowMs - IN_PROGRESS_MS)];
    return Array.from({ length: end - first }, (_, index) => order.at(first + index));
  }

  /** Judges the attempts of these events anew. Gives the rows that there were none of before, in order. */
  #judge(positions: readonly number[]): readonly number[] {
    const log = this.#log;
    const judged = new Set<number>();
    const [moved, fresh]: [number[], number[]] = [[], []];
    for (const position of positions) {
      const code = this.#codeOf(position);
      const key = code < 0 ? -1 - position : code;
      if (judged.has(key)) continue;
      judged.add(key);
      const attempt = log.attempts.of(position);
      const kept = attempt && this.#plan.keeps(attempt, this.#nowMs) ? attempt : null;
      this.#tally?.set(key, kept && this.#counted(kept));
      const first = kept?.events[0] ?? -1;
      const before = this.#keptFirst(position);
      if (first === before) continue;
      if (before >= 0) this.#found.remove(before);
      if (code >= 0) this.#kept.set(code, first + 1);
      if (first >= 0) (before >= 0 ? moved : fresh).push(first);
    }
    const rows = [...moved, ...fresh].sort((a, b) => log.compare(a, b));
    this.#found.insert(rows);
    return moved.length === 0 ? rows : fresh.sort((a, b) => log.compare(a, b));
  }

  #counted({ events, shape }: Attempt): Counted {
    const [first, last] = [events[0] ?? -1, events.at(-1) ?? -1];
    return { shape, startMs: this.#log.timeMs(first), lastMs: this.#log.timeMs(last) };
  }

  /** The shapes of the attempts that are kept and in progress at `nowMs`, one for each. */
  *inProgress(nowMs: number): Generator<AttemptShape> {
    const { order, attempts } = this.#log;
    const from = order.rankWhere((position) => this.#log.timeMs(position) > nowMs - IN_PROGRESS_MS);
    const judged = new Set<number>();
    for (let rank = from; rank < order.size; rank++) {
      const first = this.#keptFirst(order.at(rank));
      if (first < 0 || judged.has(first)) continue;
      judged.add(first);
      const shape = attempts.of(first)?.shape;
      if (shape?.end === 'open') yield shape;
    }
  }

  /** The row that the event belongs to, as it is now; -1 when it belongs to none. */
  #keptFirst(position: number): number {
    const code = this.#codeOf(position);
    if (code < 0) return this.#found.rankOf(position) >= 0 ? position : -1;
    return this.#kept.get(code) - 1;
  }

  /** The code of the correlation ID; -1 for an event that has none, and is an attempt by itself. */
  #codeOf(position: number): number {
    return this.#log.rows.chains.sharedCodeOf(position);
  }

  #restart(): void {
    const wasComplete = this.#isComplete;
    this.#plan = new AttemptPlan(this.#log, this.#filter);
    this.#found = this.#noneFound();
    this.#kept = new Uint32Column();
    this.#tally?.clear();
    this.#reached = -1;
    this.#isComplete = false;
    if (wasComplete) this.continueBuild(() => true);
  }

  #noneFound(): SortedPositions {
    return new SortedPositions((a, b) => this.#log.compare(a, b));
  }
}
