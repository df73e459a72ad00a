/** The figures that `stats` prints: the object of `--output json`, from which the other formats are made too. Pure. */
import { attemptValues } from '../filter/attempt-predicate.ts';
import type { FieldName } from '../filter/filter.ts';
import type { AppNames } from '../signup/app-names.ts';
import { type AttemptShape, attemptOutcome } from '../signup/attempt.ts';
import type { TimeRange } from '../signup/attempt-range.ts';
import type { Attempt } from '../signup/attempts-of.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import {
  clusterKey,
  clusterOf,
  type Funnel,
  failuresByCode,
  funnelOf,
  funnelsBy,
  type ShapeCount,
} from '../signup/funnel.ts';
import { type Certainty, compareProportions, type Difference, type Proportion } from '../signup/proportion.ts';
import { type AccountType, accountTypes } from '../signup/providers.ts';
import { type ClusterCount, surges } from '../signup/surge.ts';

export interface CodeFigure {
  /** Null for events without a code. */
  readonly code: number | null;
  readonly meaning: string;
  /** Attempts that ended failed with it. */
  readonly attempts: number;
}

/** A difference of two rates, from -1 to 1; `null` where one of them has nothing to rest on. */
export interface RateChange {
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly certainty: Certainty;
}

export interface ReadRange {
  /** ISO 8601, UTC: what the figures rest on. */
  readonly from: string;
  readonly to: string;
  /** Everything that was asked for was read. */
  readonly complete: boolean;
  /** Events that were read, those around the range included. */
  readonly events: number;
  /** Attempts that are left out of all figures, because their beginning was not read. */
  readonly attemptsLeftOut: number;
}

export interface SurgeFigure {
  readonly code: number | null;
  readonly meaning: string;
  readonly appId: string;
  readonly appDisplayName: string | null;
  readonly stage: string;
  readonly kind: 'new' | 'growing';
  readonly attempts: number;
  readonly before: number;
  readonly since: string;
}

export interface Statistics extends Funnel {
  readonly range: ReadRange;
  readonly byAccount: Readonly<Record<AccountType, Funnel>>;
  /** Conversion of social accounts minus that of local ones. */
  readonly socialMinusLocal: RateChange;
  readonly byError: readonly CodeFigure[];
  readonly by?: Breakdown;
  readonly compare?: Comparison | null;
}

export interface Breakdown {
  readonly field: FieldName;
  /** Null: the attempts that have no value for it. */
  readonly values: readonly (Funnel & { readonly value: string | null })[];
}

export interface Comparison {
  readonly range: { readonly from: string; readonly to: string };
  readonly before: Funnel & { readonly byError: readonly CodeFigure[] };
  /** Conversion now minus conversion before. */
  readonly conversion: RateChange;
  readonly dropOff: readonly (RateChange & { readonly stage: string })[];
  readonly surges: readonly SurgeFigure[];
}

/** What is asked about a set of attempts. */
export interface Question {
  readonly appNames: AppNames;
  /** Whether an attempt is in progress is judged at this moment. */
  readonly nowMs: number;
}

export function statistics(attempts: readonly Attempt[], range: ReadRange, question: Question): Statistics {
  const { counts, inProgress } = counted(attempts, question.nowMs);
  const byAccount = funnelsBy(({ account }) => account, counts, inProgress);
  const [local, social] = accountTypes.map((account) => byAccount.get(account) ?? funnelOf([], []));
  const figures = { local: local ?? funnelOf([], []), social: social ?? funnelOf([], []) };
  return {
    range,
    ...funnelOf(counts, inProgress),
    byAccount: figures,
    socialMinusLocal: changeOf(compareProportions(conversionOf(figures.social), conversionOf(figures.local))),
    byError: codeFigures(counts),
  };
}

/** The figures for each value of a field; an attempt with several values counts for each. Most attempts first. */
export function breakdown(attempts: readonly Attempt[], field: FieldName, { appNames, nowMs }: Question): Breakdown {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    for (const value of valuesOf(field, attempt, appNames, nowMs)) {
      const group = groups.get(value);
      if (group) group.push(attempt);
      else groups.set(value, [attempt]);
    }
  }
  const values = [...groups].map(([value, group]) => {
    const { counts, inProgress } = counted(group, nowMs);
    return { value: value === '' ? null : value, ...funnelOf(counts, inProgress) };
  });
  return {
    field,
    values: values.sort((a, b) => b.attempts - a.attempts || ((a.value ?? '') < (b.value ?? '') ? -1 : 1)),
  };
}

/** The range against the one before it: what has changed, how surely, and which failures have surged. */
export function comparison(
  now: readonly Attempt[],
  before: readonly Attempt[],
  ranges: { readonly now: TimeRange; readonly before: TimeRange },
  { appNames, nowMs }: Question,
): Comparison {
  const [later, earlier] = [counted(now, nowMs), counted(before, nowMs)];
  const after = funnelOf(later.counts, later.inProgress);
  const past = funnelOf(earlier.counts, earlier.inProgress);
  const found = surges(clusters(now, before), { now: now.length, before: before.length }, ranges.now);
  return {
    range: isoRange(ranges.before),
    before: { ...past, byError: codeFigures(earlier.counts) },
    conversion: changeOf(compareProportions(conversionOf(after), conversionOf(past))),
    dropOff: after.stages.map(({ stage, lost, reached }) => {
      const own = past.stages.find((other) => other.stage === stage);
      const was = { hits: own?.lost ?? 0, of: own?.reached ?? 0 };
      return { stage, ...changeOf(compareProportions({ hits: lost, of: reached }, was)) };
    }),
    surges: found.map(({ cluster, kind, attempts, before: count, sinceMs }) => ({
      ...codeOf(cluster.code),
      appId: cluster.appId,
      appDisplayName: appNames.nameOf(cluster.appId),
      stage: cluster.stage,
      kind,
      attempts,
      before: count,
      since: new Date(sinceMs).toISOString(),
    })),
  };
}

/** Both ends as ISO 8601, UTC. */
export function isoRange({ fromMs, toMs }: TimeRange): { readonly from: string; readonly to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** Created, of those that are over. */
export function conversionOf({ created, attempts, inProgress }: Funnel): Proportion {
  return { hits: created, of: attempts - inProgress };
}

function counted(attempts: readonly Attempt[], nowMs: number) {
  const byShape = new Map<AttemptShape, number>();
  const inProgress: AttemptShape[] = [];
  for (const { shape, lastMs } of attempts) {
    byShape.set(shape, (byShape.get(shape) ?? 0) + 1);
    if (attemptOutcome(shape, lastMs, nowMs) === 'inProgress') inProgress.push(shape);
  }
  return { counts: [...byShape] satisfies readonly ShapeCount[], inProgress };
}

/**
 * Where a field has several words for one outcome, only the attempt's own counts. An error counts under its cause, and a code
 * that says "completed" is no error.
 */
function valuesOf(field: FieldName, attempt: Attempt, appNames: AppNames, nowMs: number): readonly string[] {
  if (field === 'outcome') return [attemptOutcome(attempt.shape, attempt.lastMs, nowMs)];
  const told =
    field === 'error'
      ? attempt.shape.codes.filter((code) => code !== 0).map(String)
      : attemptValues(field, attempt, appNames, nowMs);
  return told.length === 0 ? [''] : told;
}

function clusters(now: readonly Attempt[], before: readonly Attempt[]): Iterable<ClusterCount> {
  const byKey = new Map<string, { cluster: ClusterCount['cluster']; timesMs: number[]; before: number }>();
  for (const { shape, lastMs } of now) {
    const cluster = clusterOf(shape);
    if (cluster === null) continue;
    const known = byKey.get(clusterKey(cluster)) ?? { cluster, timesMs: [], before: 0 };
    known.timesMs.push(lastMs);
    byKey.set(clusterKey(cluster), known);
  }
  for (const { shape } of before) {
    const cluster = clusterOf(shape);
    const known = cluster && byKey.get(clusterKey(cluster));
    if (known) known.before++;
  }
  return byKey.values();
}

function codeFigures(counts: Iterable<ShapeCount>): readonly CodeFigure[] {
  return failuresByCode(counts).map(({ code, attempts }) => ({ ...codeOf(code), attempts }));
}

function codeOf(code: number): { readonly code: number | null; readonly meaning: string } {
  return { code: code === noErrorCode ? null : code, meaning: explainCode(code).meaning };
}

function changeOf({ difference, interval, certainty }: Difference): RateChange {
  return { difference, low: interval?.low ?? null, high: interval?.high ?? null, certainty };
}
