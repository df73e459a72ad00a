/** The figures that `stats` prints: the object of `--output json`, from which the other formats are made too. Pure. */

import { type Funnel, failuresByCode, funnelOf, funnelsBy, type ShapeCount } from '../figures/funnel.ts';
import { identifierOf } from '../figures/observe.ts';
import type { Page } from '../figures/page.ts';
import { attemptValues } from '../filter/attempt-predicate.ts';
import type { FieldName } from '../filter/filter.ts';
import type { AppNames } from '../signup/app-names.ts';
import { type AttemptShape, attemptOutcome } from '../signup/attempt.ts';
import type { TimeRange } from '../signup/attempt-range.ts';
import type { Attempt } from '../signup/attempts-of.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import { personKey } from '../signup/person-key.ts';
import { type AccountType, accountTypes } from '../signup/providers.ts';
import {
  type ComparedFigures,
  comparedFigures,
  type RightNow,
  rightNow,
  type SocialMinusLocal,
  socialMinusLocal,
} from './tested-figures.ts';

export interface CodeFigure {
  /** Null for events without a code. */
  readonly code: number | null;
  readonly meaning: string;
  /** Attempts that ended failed with it. */
  readonly attempts: number;
}

export interface ReadRange {
  /** ISO 8601, UTC: what the figures rest on; the start is included, the end is not. */
  readonly from: string;
  readonly to: string;
  /** Everything that was asked for was read. */
  readonly complete: boolean;
  /** Events of the range, whatever became of their attempts. */
  readonly events: number;
  /** Attempts that are left out of all figures, because their beginning was not read. */
  readonly attemptsLeftOut: number;
}

export interface Statistics extends Funnel {
  readonly range: ReadRange;
  /** People who made the attempts: whoever has the same identifier; each attempt without one counts as one person's. */
  readonly people: number;
  /** What is wrong right now, and the last half hour; null for a range that does not reach it. */
  readonly rightNow: RightNow | null;
  readonly byAccount: Readonly<Record<AccountType, Funnel>>;
  /** Null when the filter chooses attempts by what became of them. */
  readonly socialMinusLocal: SocialMinusLocal | null;
  readonly byError: readonly CodeFigure[];
  readonly by?: Breakdown;
  readonly compare?: Comparison | null;
  /** Why there is nothing to compare with; null where there is. */
  readonly notCompared?: string | null;
}

export interface Breakdown {
  readonly field: FieldName;
  /** Null: the attempts that have no value for it. */
  readonly values: readonly (Funnel & { readonly value: string | null })[];
}

export interface Comparison extends ComparedFigures {
  readonly range: { readonly from: string; readonly to: string };
  readonly before: Funnel & { readonly people: number; readonly byError: readonly CodeFigure[] };
}

/** What is asked about a set of attempts. */
export interface Question {
  readonly appNames: AppNames;
  /** Whether an attempt is in progress is judged at this moment. */
  readonly nowMs: number;
}

/** `page`: the tests of the range, see `figures/page.ts`. */
export function statistics(
  attempts: readonly Attempt[],
  range: ReadRange,
  page: Page,
  { appNames, nowMs }: Question,
): Statistics {
  const { counts, inProgress } = counted(attempts, nowMs);
  const byAccount = funnelsBy(({ account }) => account, counts, inProgress);
  const [local, social] = accountTypes.map((account) => byAccount.get(account) ?? funnelOf([], []));
  return {
    range,
    ...funnelOf(counts, inProgress),
    byAccount: { local: local ?? funnelOf([], []), social: social ?? funnelOf([], []) },
    byError: codeFigures(counts),
    people: peopleOf(attempts),
    socialMinusLocal: socialMinusLocal(page),
    rightNow: rightNow(page, appNames),
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

/** The range against the one before it, of which these are the attempts. */
export function comparison(
  before: readonly Attempt[],
  range: TimeRange,
  page: Page,
  { appNames, nowMs }: Question,
): Comparison {
  const { counts, inProgress } = counted(before, nowMs);
  return {
    range: isoRange(range),
    before: { ...funnelOf(counts, inProgress), people: peopleOf(before), byError: codeFigures(counts) },
    ...comparedFigures(page, appNames),
  };
}

/** Both ends as ISO 8601, UTC. */
export function isoRange({ fromMs, toMs }: TimeRange): { readonly from: string; readonly to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** Whoever has the same identifier is one person; each attempt without one counts as one person's. */
function peopleOf(attempts: readonly Attempt[]): number {
  const keys = attempts.map((attempt) => personKey(identifierOf(attempt)));
  return new Set(keys.filter((key) => key !== null)).size + keys.filter((key) => key === null).length;
}

function counted(attempts: readonly Attempt[], nowMs: number) {
  const byShape = new Map<AttemptShape, number>();
  const inProgress: AttemptShape[] = [];
  for (const attempt of attempts) {
    const { shape } = attempt;
    byShape.set(shape, (byShape.get(shape) ?? 0) + 1);
    if (attemptOutcome(attempt, nowMs) === 'inProgress') inProgress.push(shape);
  }
  return { counts: [...byShape] satisfies readonly ShapeCount[], inProgress };
}

/**
 * Where a field has several words for one outcome, only the attempt's own counts. An error counts under its cause, and a code
 * that says "completed" is no error.
 */
function valuesOf(field: FieldName, attempt: Attempt, appNames: AppNames, nowMs: number): readonly string[] {
  if (field === 'outcome') return [attemptOutcome(attempt, nowMs)];
  const told =
    field === 'error'
      ? attempt.shape.codes.filter((code) => code !== 0).map(String)
      : attemptValues(field, attempt, appNames, nowMs);
  return told.length === 0 ? [''] : told;
}

function codeFigures(counts: Iterable<ShapeCount>): readonly CodeFigure[] {
  return failuresByCode(counts).map(({ code, attempts }) => ({ ...codeOf(code), attempts }));
}

function codeOf(code: number): { readonly code: number | null; readonly meaning: string } {
  return { code: code === noErrorCode ? null : code, meaning: explainCode(code).meaning };
}
