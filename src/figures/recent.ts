/** The last half hour, stage by stage: how soon people get past, against how soon they did before. Pure. */
import { MOSTLY_SHOWN_MS, PASSED_WITHIN_MS, RECENT_MS } from './horizons.ts';
import type { Passage } from './passages.ts';
import { shareOf } from './people.ts';
import type { Proportion } from './proportion.ts';
import type { Sample } from './sample.ts';
import type { Moment } from './stuck.ts';

/** People who got past a stage within a time, of those who reached it at least as long ago. */
export interface Passed {
  readonly withinMs: number;
  readonly now: Proportion;
  readonly before: Proportion;
}

export interface RecentStage {
  readonly stage: string;
  /** People who reached it in the last half hour. */
  readonly reached: number;
  readonly passed: readonly Passed[];
}

/** The stages that anybody reached lately, in the order of stages. */
export function recentStages(sample: Sample, { nowMs, baseline }: Moment): readonly RecentStage[] {
  const shownToMs = nowMs - MOSTLY_SHOWN_MS;
  return sample.stages.flatMap((stage): readonly RecentStage[] => {
    const passages = sample.episodesOf(stage);
    const recent = passages.filter(({ reachedMs }) => reachedMs > nowMs - RECENT_MS && reachedMs <= nowMs);
    if (recent.length === 0) return [];
    const before = passages.filter(({ reachedMs }) => reachedMs >= baseline.fromMs && reachedMs < baseline.toMs);
    const passed = PASSED_WITHIN_MS.map((withinMs) => ({
      withinMs,
      now: shareWithin(
        recent.filter(({ reachedMs }) => reachedMs + withinMs <= shownToMs),
        withinMs,
      ),
      before: shareWithin(before, withinMs),
    }));
    return [{ stage, reached: recent.length, passed }];
  });
}

function shareWithin(passages: readonly Passage[], withinMs: number): Proportion {
  return shareOf(passages, ({ reachedMs, passedMs }) => passedMs <= reachedMs + withinMs);
}
