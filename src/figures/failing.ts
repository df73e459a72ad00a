/**
 * Failures that people meet right now and hardly met before: by code, application and stage, among those who came last. Whoever got past
 * one is counted as well, because nobody knows yet who of the newest will. Pure.
 */

import { exactTest } from './exact-test.ts';
import { clusterKey, type FailureCluster } from './funnel.ts';
import { latelyOf, RECENT_MS, WINDOWS } from './horizons.ts';
import type { Passage } from './passages.ts';
import { shareOf } from './people.ts';
import type { Proportion } from './proportion.ts';
import { runStart } from './run-start.ts';
import type { Sample } from './sample.ts';
import type { Moment } from './stuck.ts';
import type { Tested } from './verdicts.ts';

export interface Failing extends Tested {
  readonly cluster: FailureCluster;
  /** When the first of the run began. */
  readonly sinceMs: number;
  /** People who met it, of those who came to the stage of the application: of those who began since then, and before. */
  readonly people: Proportion;
  readonly peopleBefore: Proportion;
}

interface Place {
  readonly appId: string;
  readonly stage: string;
  readonly before: Passage[];
  /** Everybody since then. */
  readonly after: Passage[];
}

/** Everything that was tested, one for each failure that anybody met lately and each number of people looked at. */
export function failingTests(sample: Sample, { nowMs, baseline }: Moment): readonly Failing[] {
  return sample.stages.flatMap((stage) => {
    const byApp = new Map<string, Place>();
    for (const passage of sample.episodesOf(stage)) {
      const { reachedMs, attempt } = passage;
      const isBefore = reachedMs >= baseline.fromMs && reachedMs < baseline.toMs;
      if (!isBefore && (reachedMs < baseline.toMs || reachedMs > nowMs)) continue;
      const place = byApp.get(attempt.app) ?? { appId: attempt.app, stage, before: [], after: [] };
      byApp.set(attempt.app, place);
      (isBefore ? place.before : place.after).push(passage);
    }
    return [...byApp.values()].flatMap((place) => testsAt(place, nowMs));
  });
}

function testsAt({ appId, stage, before, after }: Place, nowMs: number): readonly Failing[] {
  if (before.length === 0) return [];
  const inOrder = after.sort((a, b) => a.reachedMs - b.reachedMs);
  const lately = latelyOf(inOrder, nowMs);
  // What nobody has met in the last half hour is over.
  const recent = lately.filter(({ reachedMs }) => reachedMs >= nowMs - RECENT_MS);
  const codes = new Set(recent.flatMap(({ failures }) => failures));
  return [...codes].flatMap((code) => {
    const has = ({ failures }: Passage) => failures.includes(code);
    const shareIn = (people: readonly Passage[]) => shareOf(people, has);
    const peopleBefore = shareIn(before);
    const marks = inOrder.map(has);
    const from = runStart(marks);
    const sinceMs = inOrder.find((_, index) => index >= from && marks[index])?.attempt.startMs ?? 0;
    const people = shareIn(inOrder.filter(({ attempt }) => attempt.startMs >= sinceMs));
    const told = { cluster: { code, appId, stage }, sinceMs, people, peopleBefore };
    return WINDOWS.flatMap((size, index) => {
      const last = lately.slice(-size);
      if (last.length <= (WINDOWS[index - 1] ?? 0)) return [];
      const { more, leastMore } = exactTest([{ now: shareIn(last), before: peopleBefore }]);
      return [{ ...told, p: more, least: leastMore }];
    });
  });
}

/** One text for each of them, to find it by. */
export function failingKey({ cluster }: Pick<Failing, 'cluster'>): string {
  return clusterKey(cluster);
}
