/**
 * The attempts that a filter keeps, as rows of the table: each stands where its first event stands. They follow the log by
 * what is new in it: an event changes its own attempt and no other.
 */
import type { Filter } from '../../filter/filter.ts';
import { type AttemptShape, attemptOutcome, FOLLOW_UP_MS, IN_PROGRESS_MS } from '../../signup/attempt.ts';
import { AttemptPlan } from './attempt-plan.ts';
import type { AttemptTally, Counted } from './attempt-tally.ts';
import type { AttemptBrief } from './attempts.ts';
import { Uint32Column } from './columns.ts';
import type { EventLog } from './event-log.ts';
import type { Matches } from './matches.ts';
import { SortedPositions, sortPositions } from './sorted-positions.ts';

/** Events looked at between two looks at the budget. */
const SLICE_EVENTS = 2048;

/** What is known of an attempt: nothing, that it is not kept, or its first event + `KEPT`. */
const UNKNOWN = 0;
const NOT_KEPT = 1;
const KEPT = 2;

export interface AttemptMatchesOptions {
  readonly sliceEvents?: number;
  readonly tally?: AttemptTally | null;
  /** See `AttemptPlan`. */
  readonly keptFromMs?: number | null;
}

export class AttemptMatches implements Matches {
  readonly #log: EventLog;
  readonly #filter: Filter;
  readonly #sliceEvents: number;
  readonly #tally: AttemptTally | null;
  readonly #keptFromMs: number | null;
  #plan: AttemptPlan;
  #found: SortedPositions;
  /** By code of the correlation ID. It is known of an attempt as soon as building comes to its last event. */
  #known = new Uint32Column();
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
    { sliceEvents = SLICE_EVENTS, tally = null, keptFromMs = null }: AttemptMatchesOptions = {},
  ) {
    this.#log = log;
    this.#filter = filter;
    this.#sliceEvents = sliceEvents;
    this.#tally = tally;
    this.#keptFromMs = keptFromMs;
    this.#plan = new AttemptPlan(log, filter, keptFromMs);
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
    const first = this.#keptFirst(this.#log.attempts.keyOf(position));
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
      this.#found.insert(this.#rowsBetween(from, rank));
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
      this.#judgeAnew(settled);
      return [];
    }
    const { added, removed } = log.lastChange;
    const fresh = this.#judgeAnew([...removed, ...added, ...settled]);
    // The oldest make room: when what was reached is among them, nothing is left that was not.
    const newestGone = removed.at(-1) ?? -1;
    if (this.#reached >= 0 && newestGone >= 0 && log.compare(this.#reached, newestGone) <= 0) this.#isComplete = true;
    return fresh;
  }

  /** Events whose attempts, if nothing came after, have stopped being in progress meanwhile. */
  #settledBetween(beforeMs: number, nowMs: number): readonly number[] {
    const { order } = this.#log;
    if (!this.#plan.dependsOnTime || beforeMs === nowMs) return [];
    const rankAt = (timeMs: number) => order.rankWhere((position) => this.#log.timeMs(position) > timeMs);
    return [IN_PROGRESS_MS, FOLLOW_UP_MS].flatMap((waitMs) => {
      const [first, end] = [rankAt(beforeMs - waitMs), rankAt(nowMs - waitMs)];
      return Array.from({ length: end - first }, (_, index) => order.at(first + index));
    });
  }

  /** The rows that stand between two ranks of the log; whatever has an event there is judged, once in all the building. */
  #rowsBetween(from: number, to: number): readonly number[] {
    const { order, attempts } = this.#log;
    const rows: number[] = [];
    for (let rank = to - 1; rank >= from; rank--) {
      const position = order.at(rank);
      const key = attempts.keyOf(position);
      const known = key < 0 ? UNKNOWN : this.#known.get(key);
      const first = known === UNKNOWN ? this.#judge(key) : known - KEPT;
      if (first === position) rows.push(position);
    }
    return rows.reverse();
  }

  /** Judges the attempts of these events anew. Gives the rows that there were none of before, in order. */
  #judgeAnew(positions: readonly number[]): readonly number[] {
    const { attempts } = this.#log;
    const inOrder = (rows: number[]) => sortPositions(rows, (a, b) => this.#log.compare(a, b));
    const [gone, moved, fresh]: [number[], number[], number[]] = [[], [], []];
    for (const key of new Set(positions.map((position) => attempts.keyOf(position)))) {
      const before = this.#keptFirst(key);
      const first = this.#judge(key);
      if (first === before) continue;
      if (before >= 0) gone.push(before);
      if (first >= 0 && this.#wasPassed(first)) (before >= 0 ? moved : fresh).push(first);
    }
    for (const position of gone) this.#found.remove(position);
    this.#found.insert(inOrder([...moved, ...fresh]));
    return inOrder(fresh);
  }

  /** Judges an attempt. Gives its first event when it is kept; -1 when it is not. */
  #judge(key: number): number {
    const kept = this.#plan.kept(key, this.#nowMs);
    this.#tally?.set(key, kept && this.#counted(kept));
    if (key >= 0) this.#known.set(key, kept ? kept.first + KEPT : NOT_KEPT);
    return kept ? kept.first : -1;
  }

  #counted({ first, last, shape }: AttemptBrief): Counted {
    return { shape, startMs: this.#log.timeMs(first), lastMs: this.#log.timeMs(last) };
  }

  /** The shapes of the attempts that are kept and in progress at `nowMs`, one for each. */
  *inProgress(nowMs: number): Generator<AttemptShape> {
    const { order, attempts } = this.#log;
    const from = order.rankWhere((position) => this.#log.timeMs(position) > nowMs - IN_PROGRESS_MS);
    for (let rank = from; rank < order.size; rank++) {
      const position = order.at(rank);
      const key = attempts.keyOf(position);
      if (this.#keptFirst(key) < 0) continue;
      const brief = this.#plan.kept(key, nowMs);
      if (brief?.last === position && this.#isInProgress(brief, nowMs)) yield brief.shape;
    }
  }

  #isInProgress({ first, last, shape }: AttemptBrief, nowMs: number): boolean {
    const [startMs, lastMs] = [this.#log.timeMs(first), this.#log.timeMs(last)];
    return attemptOutcome({ shape, startMs, lastMs }, nowMs) === 'inProgress';
  }

  /** The first event of an attempt that is kept, as far as is known; -1 of any other. */
  #keptFirst(key: number): number {
    if (key >= 0) return Math.max(-1, this.#known.get(key) - KEPT);
    return this.#found.rankOf(-1 - key) >= 0 ? -1 - key : -1;
  }

  /** True when building will not come to this event any more. */
  #wasPassed(position: number): boolean {
    return this.#isComplete || (this.#reached >= 0 && this.#log.compare(position, this.#reached) >= 0);
  }

  #restart(): void {
    const wasComplete = this.#isComplete;
    this.#plan = new AttemptPlan(this.#log, this.#filter, this.#keptFromMs);
    this.#found = this.#noneFound();
    this.#known = new Uint32Column();
    this.#tally?.clear();
    this.#reached = -1;
    this.#isComplete = false;
    if (wasComplete) this.continueBuild(() => true);
  }

  #noneFound(): SortedPositions {
    return new SortedPositions((a, b) => this.#log.compare(a, b));
  }
}
