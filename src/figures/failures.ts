/**
 * Failures of the range against the range before it: each by its code, application and stage, and against the people of that application
 * who reached that stage, so that neither more attempts nor another mix of applications makes one grow. Pure.
 */
import { clusterKey, type FailureCluster } from '../figures/funnel.ts';
import { exactTest } from './exact-test.ts';
import { peopleAmong } from './people.ts';
import type { Proportion } from './proportion.ts';
import { runStart } from './run-start.ts';
import type { Sample, SampledAttempt } from './sample.ts';
import type { Tested } from './verdicts.ts';

export interface FailureChange extends Tested {
  readonly cluster: FailureCluster;
  /** `new`: nobody failed so in the range before. */
  readonly kind: 'new' | 'known';
  /** Attempts that ended so, and those before. */
  readonly attempts: number;
  readonly before: number;
  /** People who failed so, of those who reached the stage of the application. */
  readonly people: Proportion;
  readonly peopleBefore: Proportion;
  /** When the first attempt of the run of failures began, and how many of those that began from then on ended so. */
  readonly sinceMs: number;
  readonly sinceThen: number;
}

interface Failed {
  readonly cluster: FailureCluster;
  readonly now: SampledAttempt[];
  readonly before: SampledAttempt[];
}

/** All failures of `now`; those with the most attempts first. */
export function failureChanges(
  sample: Sample,
  isNow: (attempt: SampledAttempt) => boolean,
  isBefore: (attempt: SampledAttempt) => boolean,
): readonly FailureChange[] {
  const byKey = new Map<string, Failed>();
  for (const attempt of sample.attempts) {
    const { cluster, clusterKey: key } = attempt;
    if (cluster === null) continue;
    const failed = byKey.get(key) ?? { cluster, now: [], before: [] };
    byKey.set(key, failed);
    if (isNow(attempt)) failed.now.push(attempt);
    else if (isBefore(attempt)) failed.before.push(attempt);
  }
  const present = [...byKey.values()].filter(({ now }) => now.length > 0);
  const reached = new Reached(sample, isNow, isBefore);
  return present
    .map((failed) => changeOf(failed, reached))
    .sort((a, b) => b.attempts - a.attempts || (clusterKey(a.cluster) < clusterKey(b.cluster) ? -1 : 1));
}

function changeOf({ cluster, now, before }: Failed, reached: Reached): FailureChange {
  const exposed = reached.of(cluster);
  const people = { hits: peopleAmong(now), of: exposed.people };
  const peopleBefore = { hits: peopleAmong(before), of: exposed.peopleBefore };
  const { more, leastMore } = exactTest([{ now: people, before: peopleBefore }]);
  const { sinceMs, sinceThen } = runOf(cluster, now, exposed.now);
  return {
    cluster,
    kind: before.length === 0 ? 'new' : 'known',
    attempts: now.length,
    before: before.length,
    people,
    peopleBefore,
    sinceMs,
    sinceThen,
    p: more,
    least: leastMore,
  };
}

/** Among all who came to the stage, in order of time, the one with whom the failures begin to come more often. */
function runOf(
  cluster: FailureCluster,
  failed: readonly SampledAttempt[],
  exposed: readonly SampledAttempt[],
): { readonly sinceMs: number; readonly sinceThen: number } {
  const key = clusterKey(cluster);
  const marks = exposed.map((attempt) => attempt.clusterKey === key);
  const from = runStart(marks);
  const start = exposed.find((_, index) => index >= from && marks[index]);
  const sinceMs =
    start?.startMs ?? failed.reduce((first, { startMs }) => Math.min(first, startMs), Number.POSITIVE_INFINITY);
  return { sinceMs, sinceThen: failed.filter(({ startMs }) => startMs >= sinceMs).length };
}

interface Exposed {
  /** In order of their start. */
  readonly now: readonly SampledAttempt[];
  readonly people: number;
  readonly peopleBefore: number;
}

/** Who reached which stage of which application. */
class Reached {
  readonly #byStage = new Map<string, ReadonlyMap<string, Exposed>>();
  readonly #sample: Sample;
  readonly #isNow: (attempt: SampledAttempt) => boolean;
  readonly #isBefore: (attempt: SampledAttempt) => boolean;

  constructor(
    sample: Sample,
    isNow: (attempt: SampledAttempt) => boolean,
    isBefore: (attempt: SampledAttempt) => boolean,
  ) {
    this.#sample = sample;
    this.#isNow = isNow;
    this.#isBefore = isBefore;
  }

  of({ appId, stage }: Pick<FailureCluster, 'appId' | 'stage'>): Exposed {
    const byApp = this.#byStage.get(stage) ?? this.#at(stage);
    this.#byStage.set(stage, byApp);
    return byApp.get(appId) ?? { now: [], people: 0, peopleBefore: 0 };
  }

  #at(stage: string): ReadonlyMap<string, Exposed> {
    const byApp = new Map<string, { now: SampledAttempt[]; before: SampledAttempt[] }>();
    for (const { attempt } of this.#sample.visitsOf(stage)) {
      const place = byApp.get(attempt.app) ?? { now: [], before: [] };
      byApp.set(attempt.app, place);
      if (this.#isNow(attempt)) place.now.push(attempt);
      else if (this.#isBefore(attempt)) place.before.push(attempt);
    }
    return new Map(
      [...byApp].map(([app, { now, before }]) => [
        app,
        {
          now: now.sort((a, b) => a.startMs - b.startMs),
          people: peopleAmong(now),
          peopleBefore: peopleAmong(before),
        },
      ]),
    );
  }
}
