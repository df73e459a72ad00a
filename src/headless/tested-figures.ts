/** What was tested, as `stats` prints it: plain data, times in ISO 8601 (UTC), codes as Graph has them, applications with names. Pure. */
import type { Failing } from '../figures/failing.ts';
import type { FailureCluster } from '../figures/funnel.ts';
import type { ChangeFigure, FailureFigure, Page } from '../figures/page.ts';
import type { Proportion } from '../figures/proportion.ts';
import type { RecentStage } from '../figures/recent.ts';
import type { Group, Stuck } from '../figures/stuck.ts';
import type { Verdict } from '../figures/verdicts.ts';
import type { AppNames } from '../signup/app-names.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';

/** A difference of two shares, from -1 to 1, and its bounds at 95 %; null where one of them has nothing to rest on. */
export interface RateChange {
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: Verdict;
}

/** People, `hits` of `of`, now and in the range before. */
export interface ComparedShare extends RateChange {
  readonly now: Proportion;
  readonly before: Proportion;
}

/** Attempts with an account `withinMinutes` after they began, among those that began by `startedBy`. */
export interface SocialMinusLocal extends RateChange {
  readonly withinMinutes: number;
  readonly startedBy: string;
  readonly local: Proportion;
  readonly social: Proportion;
}

export interface SurgeFigure {
  readonly code: number | null;
  readonly meaning: string;
  readonly appId: string;
  readonly appDisplayName: string | null;
  readonly stage: string;
  /** `known`: it was there in the range before as well. */
  readonly kind: 'new' | 'known';
  readonly attempts: number;
  readonly before: number;
  /** People who failed so, of those who reached the stage of the application. */
  readonly people: Proportion;
  readonly peopleBefore: Proportion;
  /** When the first attempt of the run of failures began, and how many of those that began from then on failed so. */
  readonly since: string;
  readonly attemptsSince: number;
  readonly verdict: Verdict;
}

export interface ComparedFigures {
  /** Both sides are looked at this long after they began, and only attempts that began by `startedBy` have had that time. */
  readonly withinMinutes: number;
  readonly startedBy: string;
  /** People with an account by then; null when the filter chooses attempts by what became of them. */
  readonly conversion: ComparedShare | null;
  /** People who were not past the stage by then. */
  readonly stuck: readonly (ComparedShare & { readonly stage: string })[];
  /** All failures of the range, most attempts first. */
  readonly failures: readonly SurgeFigure[];
}

export interface StuckFigure {
  readonly group: Group & { readonly appDisplayName?: string | null };
  readonly stage: string;
  readonly since: string;
  readonly withinMinutes: number;
  readonly passed: Proportion;
  readonly passedBefore: Proportion;
  readonly waiting: number;
}

export interface FailingFigure {
  readonly code: number | null;
  readonly meaning: string;
  readonly appId: string;
  readonly appDisplayName: string | null;
  readonly stage: string;
  readonly since: string;
  /** People who met it, of those who came to the stage of the application. */
  readonly people: Proportion;
  readonly peopleBefore: Proportion;
}

export interface RightNow {
  /** Where significantly fewer people get past a stage than before, the clearest first. */
  readonly stuck: readonly StuckFigure[];
  /** Failures that significantly more people meet than before, the clearest first. */
  readonly failing: readonly FailingFigure[];
  readonly inProgressUsually: Proportion | null;
  /** People who reached each stage in the last half hour, and how many got past it within some minutes. */
  readonly stages: readonly {
    readonly stage: string;
    readonly reached: number;
    readonly passed: readonly {
      readonly withinMinutes: number;
      readonly now: Proportion;
      readonly before: Proportion;
    }[];
  }[];
}

const MINUTE_MS = 60_000;

export function rightNow({ alarms, recent, inProgressUsually }: Page, appNames: AppNames): RightNow | null {
  if (recent === null) return null;
  return {
    stuck: alarms.flatMap((alarm) => (alarm.kind === 'stuck' ? [stuckFigure(alarm.stuck, appNames)] : [])),
    failing: alarms.flatMap((alarm) => (alarm.kind === 'failing' ? [failingFigure(alarm.failing, appNames)] : [])),
    inProgressUsually,
    stages: recent.map(stageFigure),
  };
}

export function socialMinusLocal({ accounts, withinMs, comparedToMs }: Page): SocialMinusLocal | null {
  if (accounts === null) return null;
  const { local, social } = accounts;
  return { ...rateChange(accounts), withinMinutes: withinMs / MINUTE_MS, startedBy: iso(comparedToMs), local, social };
}

export function comparedFigures(page: Page, appNames: AppNames): ComparedFigures {
  return {
    withinMinutes: page.withinMs / MINUTE_MS,
    startedBy: iso(page.comparedToMs),
    conversion: page.conversion && compared(page.conversion),
    stuck: page.stages.map((stage) => ({ stage: stage.stage, ...compared(stage) })),
    failures: page.failures.map((failure) => surgeFigure(failure, appNames)),
  };
}

function stuckFigure(
  { group, stage, sinceMs, withinMs, passed, passedBefore, waiting }: Stuck,
  appNames: AppNames,
): StuckFigure {
  return {
    group: group.kind === 'app' ? { ...group, appDisplayName: appNames.nameOf(group.appId) } : group,
    stage,
    since: iso(sinceMs),
    withinMinutes: withinMs / MINUTE_MS,
    passed,
    passedBefore,
    waiting,
  };
}

function failingFigure({ cluster, sinceMs, people, peopleBefore }: Failing, appNames: AppNames): FailingFigure {
  return { ...clusterFigure(cluster, appNames), since: iso(sinceMs), people, peopleBefore };
}

function clusterFigure({ code, appId, stage }: FailureCluster, appNames: AppNames) {
  return {
    code: code === noErrorCode ? null : code,
    meaning: explainCode(code).meaning,
    appId,
    appDisplayName: appNames.nameOf(appId),
    stage,
  };
}

function stageFigure({ stage, reached, passed }: RecentStage): RightNow['stages'][number] {
  return {
    stage,
    reached,
    passed: passed.map(({ withinMs, now, before }) => ({ withinMinutes: withinMs / MINUTE_MS, now, before })),
  };
}

function surgeFigure(failure: FailureFigure, appNames: AppNames): SurgeFigure {
  const { cluster, kind, attempts, before, people, peopleBefore, sinceMs, sinceThen, verdict } = failure;
  return {
    ...clusterFigure(cluster, appNames),
    kind,
    attempts,
    before,
    people,
    peopleBefore,
    since: iso(sinceMs),
    attemptsSince: sinceThen,
    verdict,
  };
}

function compared({ now, before, ...change }: ChangeFigure): ComparedShare {
  return { now, before, ...rateChange(change) };
}

function rateChange({
  difference,
  interval,
  verdict,
}: Pick<ChangeFigure, 'difference' | 'interval' | 'verdict'>): RateChange {
  return { difference, low: interval?.low ?? null, high: interval?.high ?? null, verdict };
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
