/**
 * The attempts of a stretch of the log as the tests of the figures need them. Taken from the log in slices, and anew whenever the log
 * has changed: what was taken last is given until then.
 */
import { Sample } from '../../figures/sample.ts';
import type { Filter } from '../../filter/filter.ts';
import type { TimeRange } from '../../signup/attempt-range.ts';
import { personKey } from '../../signup/person-key.ts';
import { AttemptPlan } from './attempt-plan.ts';
import type { AttemptBrief } from './attempts.ts';
import type { EventLog } from './event-log.ts';

/** Events looked at between two looks at the budget. */
const SLICE_EVENTS = 2048;

/** Attempts that begin in the time of the filter and pass its terms. */
export interface SampledStretch {
  readonly filter: Filter;
  /** The log is known for two hours before it. */
  readonly isKnownBefore: boolean;
}

export interface AttemptSampleOptions {
  /** The log holds nothing older; null when it holds all that was asked for. */
  readonly keptFromMs: number | null;
  /** The range before, see `Sample`; null without one. */
  readonly before: TimeRange | null;
}

export class AttemptSample {
  readonly #log: EventLog;
  readonly #stretches: readonly SampledStretch[];
  readonly #options: AttemptSampleOptions;
  #plans: readonly AttemptPlan[] = [];
  #building: Sample;
  #taken: Sample | null = null;
  #version = -1;
  #rank = 0;
  #nowMs: number;

  /** Takes attempts that begin in one of the stretches, of which no two overlap. */
  constructor(log: EventLog, stretches: readonly SampledStretch[], nowMs: number, options: AttemptSampleOptions) {
    this.#log = log;
    this.#stretches = stretches;
    this.#options = options;
    this.#nowMs = nowMs;
    this.#building = new Sample(options.before);
  }

  /** What was taken from the log as it was a moment ago; null before the first time. */
  get taken(): Sample | null {
    return this.#taken;
  }

  get isComplete(): boolean {
    return this.#version === this.#log.version && this.#rank >= this.#log.order.size;
  }

  update(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs);
  }

  /** Takes more while `mayGoOn` gives true; true when all is taken. */
  continueBuild(mayGoOn: () => boolean): boolean {
    if (this.isComplete) return true;
    if (this.#version !== this.#log.version) this.#begin();
    const { order } = this.#log;
    do {
      const end = Math.min(order.size, this.#rank + SLICE_EVENTS);
      for (; this.#rank < end; this.#rank++) this.#take(order.at(this.#rank));
    } while (this.#rank < order.size && mayGoOn());
    if (this.#rank < order.size) return false;
    this.#taken = this.#building;
    return true;
  }

  #begin(): void {
    const { order, version } = this.#log;
    const sinceMs = Math.min(...this.#stretches.map(({ filter }) => filter.since?.atMs ?? Number.NEGATIVE_INFINITY));
    this.#version = version;
    this.#plans = this.#stretches.map(({ filter, isKnownBefore }) => {
      const { keptFromMs } = this.#options;
      if (isKnownBefore) return new AttemptPlan(this.#log, filter, keptFromMs);
      return new AttemptPlan(this.#log, filter, Math.max(keptFromMs ?? sinceMs, sinceMs), 0);
    });
    this.#building = new Sample(this.#options.before);
    this.#rank = order.rankWhere((position) => this.#log.timeMs(position) >= sinceMs);
  }

  #take(position: number): void {
    const plan = this.#plans.find((each) => each.covers(position));
    const key = this.#log.attempts.keyOf(position);
    const brief = plan?.kept(key, this.#nowMs);
    if (brief?.first === position) this.#building.add(this.#observed(key, brief));
  }

  #observed(key: number, { first, last, shape }: AttemptBrief) {
    const log = this.#log;
    const judged = log.attempts
      .eventsWith(key)
      .filter((each) => log.compare(each, first) >= 0 && log.compare(each, last) <= 0);
    return {
      identifier: log.identifier(judged.findLast((each) => personKey(log.identifier(each)) !== null) ?? first),
      shape,
      steps: judged.map((each) => ({ stage: log.stage(each), cause: log.cause(each), timeMs: log.timeMs(each) })),
    };
  }
}
