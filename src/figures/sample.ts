/**
 * Attempts as the tests of the figures need them, in columns: who tried, where and how, when each stage was reached and passed,
 * and with what the attempt failed. Filled one attempt after the other, from whatever holds them. It judges nothing.
 */
import type { AttemptShape } from '../signup/attempt.ts';
import { isIn, type TimeRange } from '../signup/attempt-range.ts';
import { isFailureCode } from '../signup/outcome.ts';
import { personKey } from '../signup/person-key.ts';
import { stageOrder } from '../signup/stages.ts';
import { clusterKey, clusterOf, type FailureCluster } from './funnel.ts';
import { isCreation, wasInProgress } from './in-progress.ts';
import { episodesOf, type Passage } from './passages.ts';

/** One attempt with the events that it is judged by, in order, at least one. */
export interface Observed {
  /** Whom it is by, as the log tells it; null where it does not. */
  readonly identifier: string | null;
  readonly shape: AttemptShape;
  readonly steps: readonly ObservedStep[];
}

export interface ObservedStep {
  readonly stage: string;
  /** See `cause.ts`; 0 for a step that went well. */
  readonly cause: number;
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
}

export interface SampledAttempt {
  /** Counted from 0. */
  readonly person: number;
  /** ID of the application in lower case. */
  readonly app: string;
  /** Counted from 0: attempts of one application and provider share one. */
  readonly stratum: number;
  /** What it failed with; null when it did not. */
  readonly cluster: FailureCluster | null;
  /** See `clusterKey`; empty when it did not fail. */
  readonly clusterKey: string;
  readonly shape: AttemptShape;
  readonly startMs: number;
  readonly lastMs: number;
  /** When the account was created; infinity when it was not. */
  readonly createdMs: number;
}

/** One stage of one attempt. */
export interface Visit {
  readonly attempt: SampledAttempt;
  readonly reachedMs: number;
  /** When the log first shows the attempt beyond the stage; infinity when it does not. */
  readonly passedMs: number;
  /** The codes of failures at the stage, whether the person got past them or not. */
  readonly failures: readonly number[];
}

export class Sample {
  readonly #people = new Map<string, number>();
  readonly #ofShapes = new Map<AttemptShape, OfShape>();
  readonly #strata = new Map<string, number>();
  readonly #episodes = new Map<string, readonly Passage[]>();
  readonly #attempts: SampledAttempt[] = [];
  readonly #visits = new Map<string, Visit[]>();
  #peopleCount = 0;
  readonly #before: TimeRange | null;
  #inProgressThen = 0;

  /** `before`: the range before, if any; how many of its attempts were in progress when it ended is counted too. */
  constructor(before: TimeRange | null = null) {
    this.#before = before;
  }

  get inProgressThen(): number {
    return this.#inProgressThen;
  }

  get attempts(): readonly SampledAttempt[] {
    return this.#attempts;
  }

  /** The stages that anybody reached, in the order of stages. */
  get stages(): readonly string[] {
    return [...this.#visits.keys()].sort((a, b) => stageOrder(a) - stageOrder(b) || (a < b ? -1 : 1));
  }

  visitsOf(stage: string): readonly Visit[] {
    return this.#visits.get(stage) ?? [];
  }

  get peopleCount(): number {
    return this.#peopleCount;
  }

  /** Each try of each person at the stage, in order of time. */
  episodesOf(stage: string): readonly Passage[] {
    const known = this.#episodes.get(stage) ?? episodesOf(this.visitsOf(stage), this.#peopleCount);
    this.#episodes.set(stage, known);
    return known;
  }

  add({ identifier, shape, steps }: Observed): void {
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last) throw new RangeError('an attempt has at least one event');
    const createdMs = steps.find(isCreation)?.timeMs ?? Number.POSITIVE_INFINITY;
    const person = this.#personOf(identifier);
    const attempt = { person, shape, ...this.#ofShape(shape), startMs: first.timeMs, lastMs: last.timeMs, createdMs };
    this.#episodes.clear();
    this.#attempts.push(attempt);
    const before = this.#before;
    if (before && isIn(first.timeMs, before) && wasInProgress(steps, before.toMs)) this.#inProgressThen++;
    for (const [at, step] of steps.entries()) {
      if (steps.findIndex(({ stage }) => stage === step.stage) < at) continue;
      const visits = this.#visits.get(step.stage) ?? [];
      if (visits.length === 0) this.#visits.set(step.stage, visits);
      visits.push({
        attempt,
        reachedMs: step.timeMs,
        passedMs: passedMs(steps, at, createdMs),
        failures: failuresAt(steps, step.stage),
      });
    }
  }

  /** Without a name each attempt is by somebody else. */
  #personOf(identifier: string | null): number {
    const key = personKey(identifier);
    const known = key === null ? undefined : this.#people.get(key);
    if (known !== undefined) return known;
    const person = this.#peopleCount++;
    if (key !== null) this.#people.set(key, person);
    return person;
  }

  #ofShape(shape: AttemptShape): OfShape {
    const known = this.#ofShapes.get(shape);
    if (known) return known;
    const app = shape.appId.toLowerCase();
    const place = JSON.stringify([app, shape.provider]);
    const stratum = this.#strata.get(place) ?? this.#strata.size;
    this.#strata.set(place, stratum);
    const cluster = clusterOf(shape);
    const facts = { app, stratum, cluster, clusterKey: cluster ? clusterKey(cluster) : '' };
    this.#ofShapes.set(shape, facts);
    return facts;
  }
}

type OfShape = Pick<SampledAttempt, 'app' | 'stratum' | 'cluster' | 'clusterKey'>;

const noFailures: readonly number[] = [];

function failuresAt(steps: readonly ObservedStep[], stage: string): readonly number[] {
  const failed = steps.filter((step) => step.stage === stage && isFailureCode(step.cause));
  return failed.length === 0 ? noFailures : [...new Set(failed.map(({ cause }) => cause))];
}

/** The first event of a later stage, or the creation of the account, whichever comes first. */
function passedMs(steps: readonly ObservedStep[], at: number, createdMs: number): number {
  const { stage = '', timeMs: reachedMs = 0 } = steps[at] ?? {};
  const next = steps.slice(at + 1).find((step) => stageOrder(step.stage) > stageOrder(stage));
  return Math.max(reachedMs, Math.min(next?.timeMs ?? Number.POSITIVE_INFINITY, createdMs));
}
