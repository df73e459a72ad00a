/**
 * Everything that a page of figures says about a range beyond counting it, whoever prints it: what is going wrong right now, what has
 * changed against the range before, which failures are new or have grown, and whether social and local accounts differ. All of it is
 * tested together, see `verdicts.ts`. What each figure means is in docs/definitions.md. Pure.
 */
import type { TimeRange } from '../signup/attempt-range.ts';
import { accountsTest } from './accounts.ts';
import { type Alarm, alarmsOf, RATE_OF_NOW } from './alarms.ts';
import { baselineOf } from './baseline.ts';
import { type Change, conversionChange, stuckChange } from './changes.ts';
import { type FailureChange, failureChanges } from './failures.ts';
import { comparedWithinMs, RECENT_MS, SHOWN_MS } from './horizons.ts';
import { peopleAmong } from './people.ts';
import type { Difference, Proportion } from './proportion.ts';
import { type RecentStage, recentStages } from './recent.ts';
import type { Sample, SampledAttempt } from './sample.ts';
import { ERROR_RATE, LARGEST_P, significantOf, type Tested, type Verdict } from './verdicts.ts';

export interface PageQuestion {
  readonly range: TimeRange;
  /** The range before; null when it is not there to compare with. */
  readonly before: TimeRange | null;
  readonly nowMs: number;
  /** The attempts are chosen by what became of them: rates of such a choice say nothing, failures can still be tested. */
  readonly isChosenByOutcome: boolean;
}

export interface ChangeFigure extends Difference {
  readonly now: Proportion;
  readonly before: Proportion;
  readonly verdict: Verdict;
  /** By itself it would not be significant either: within applications and providers hardly anything has changed. */
  readonly isMix: boolean;
}

export interface StageChange extends ChangeFigure {
  readonly stage: string;
}

export type FailureFigure = Omit<FailureChange, keyof Tested> & { readonly verdict: Verdict };

export interface AccountsFigure extends Difference {
  readonly local: Proportion;
  readonly social: Proportion;
  readonly verdict: Verdict;
}

export interface Page {
  /** People who began an attempt in the range, and in the one before; null where attempts are chosen by what became of them. */
  readonly people: number | null;
  /** What is wrong right now, the clearest first. */
  readonly alarms: readonly Alarm[];
  /** The last half hour; null for a range that does not reach it. */
  readonly recent: readonly RecentStage[] | null;
  readonly recentFromMs: number;
  /** Attempts of the range before that were in progress when it ended; null without one. */
  readonly inProgressUsually: Proportion | null;
  /** After how long both sides of the comparisons are looked at, and up to when attempts had that time. */
  readonly withinMs: number;
  readonly comparedToMs: number;
  /** People with an account by then; null without a range before. */
  readonly conversion: ChangeFigure | null;
  /** People who were not beyond the stage by then. */
  readonly stages: readonly StageChange[];
  /** Social less local: attempts that created an account by then; null where attempts are chosen by what became of them. */
  readonly accounts: AccountsFigure | null;
  /** Failures of the range; empty without a range before. */
  readonly failures: readonly FailureFigure[];
}

/** A range that ends no longer ago than this ends now. */
const NOW_MS = 5 * 60_000;

/** Takes all attempts that began in the range, in the one before and earlier (see `baseline.ts`), whatever became of them. */
export function pageOf(sample: Sample, question: PageQuestion): Page {
  const steps = pageSteps(sample, question);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, between which something else can be done. */
export function* pageSteps(sample: Sample, question: PageQuestion): Generator<undefined, Page> {
  const { range, before, nowMs, isChosenByOutcome } = question;
  const isNow = startsBetween(range);
  const isBefore = before === null ? () => false : startsBetween(before);
  const withinMs = comparedWithinMs(range);
  const shownToMs = Math.max(nowMs - SHOWN_MS, before?.toMs ?? range.fromMs);
  const sides = { isNow, isBefore, withinMs, shownToMs };
  const comparesRates = before !== null && !isChosenByOutcome;
  const conversion = comparesRates ? conversionChange(sample, sides) : null;
  yield;
  const stages: { readonly stage: string; readonly change: Change }[] = [];
  for (const stage of comparesRates ? sample.stages : []) {
    stages.push({ stage, change: stuckChange(sample, stage, sides) });
    yield;
  }
  const failures = before === null ? [] : failureChanges(sample, isNow, isBefore);
  yield;
  const accounts = isChosenByOutcome ? null : accountsTest(sample, sides);
  yield;
  const baseline = baselineOf(range, before, nowMs);
  const isLive = range.toMs >= nowMs - NOW_MS && !isChosenByOutcome;
  for (const stage of isLive ? sample.stages : []) {
    sample.episodesOf(stage);
    yield;
  }
  const alarms = isLive ? alarmsOf(sample, { nowMs, baseline }) : [];
  yield;
  const recent = isLive ? recentStages(sample, { nowMs, baseline }) : null;
  yield;
  const others: readonly Tested[] = [
    ...(conversion ? [conversion] : []),
    ...stages.map(({ change }) => change),
    ...failures,
    ...(accounts ? [accounts] : []),
  ];
  const significant = significantOf(others, isLive ? ERROR_RATE - RATE_OF_NOW : ERROR_RATE);
  const verdictOf = (test: Tested, isTooFew: boolean): Verdict =>
    isTooFew ? 'tooFew' : significant.has(test) ? 'significant' : 'notSignificant';
  const figureOf = (change: Change): ChangeFigure => {
    const { now, before: past, difference, interval, isTooFew } = change;
    return {
      now,
      before: past,
      difference,
      interval,
      verdict: verdictOf(change, isTooFew),
      isMix: change.p > LARGEST_P,
    };
  };
  return {
    people: isChosenByOutcome ? null : peopleAmong(sample.attempts.filter(isNow)),
    alarms,
    recent,
    recentFromMs: nowMs - RECENT_MS,
    inProgressUsually: before && { hits: sample.inProgressThen, of: sample.attempts.filter(isBefore).length },
    withinMs,
    comparedToMs: Math.min(range.toMs, shownToMs - withinMs),
    conversion: conversion && figureOf(conversion),
    stages: stages.map(({ stage, change }) => ({ stage, ...figureOf(change) })),
    accounts: accounts && { ...accounts.figure, verdict: verdictOf(accounts, accounts.isTooFew) },
    failures: failures.map((failure) => ({ ...failure, verdict: verdictOf(failure, failure.least > LARGEST_P) })),
  };
}

function startsBetween({ fromMs, toMs }: TimeRange): (attempt: SampledAttempt) => boolean {
  return ({ startMs }) => startMs >= fromMs && startMs < toMs;
}
