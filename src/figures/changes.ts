/**
 * One range against the one before it: do as many people get an account, and do as many get stuck at each stage? Both sides are looked
 * at after the same time from their start, and attempts that have not had that time yet are left out of both. Pure.
 */
import { exactTest, inDirection } from './exact-test.ts';
import { passagesOf } from './passages.ts';
import { shareOf, strataOf, triesOf } from './people.ts';
import { areEnough, compareProportions, type Difference, type Proportion } from './proportion.ts';
import type { Sample, SampledAttempt } from './sample.ts';
import type { Tested } from './verdicts.ts';

/** A share of people now and before, and whether they differ within applications and providers. */
export interface Change extends Tested, Difference {
  readonly now: Proportion;
  readonly before: Proportion;
  readonly isTooFew: boolean;
}

export interface Sides {
  readonly isNow: (attempt: SampledAttempt) => boolean;
  readonly isBefore: (attempt: SampledAttempt) => boolean;
  /** People are looked at this long after they began. */
  readonly withinMs: number;
  /** Up to when the log is known to be shown. */
  readonly shownToMs: number;
}

/** People with an account `withinMs` after their first attempt began. */
export function conversionChange(sample: Sample, { isNow, isBefore, withinMs, shownToMs }: Sides): Change {
  const side = (belongs: (attempt: SampledAttempt) => boolean) =>
    triesOf(
      sample.attempts,
      sample.peopleCount,
      (attempt) => belongs(attempt) && attempt.startMs + withinMs <= shownToMs,
    );
  return changeOf(side(isNow), side(isBefore), ({ attempt, createdMs }) => createdMs <= attempt.startMs + withinMs);
}

/** People who are not beyond the stage `withinMs` after they reached it. */
export function stuckChange(sample: Sample, stage: string, { isNow, isBefore, withinMs, shownToMs }: Sides): Change {
  const side = (belongs: (attempt: SampledAttempt) => boolean) =>
    passagesOf(
      sample.visitsOf(stage),
      sample.peopleCount,
      ({ attempt, reachedMs }) => belongs(attempt) && reachedMs + withinMs <= shownToMs,
    );
  return changeOf(side(isNow), side(isBefore), ({ reachedMs, passedMs }) => passedMs > reachedMs + withinMs);
}

function changeOf<Person extends { readonly attempt: SampledAttempt }>(
  nowPeople: readonly Person[],
  peopleBefore: readonly Person[],
  isHit: (person: Person) => boolean,
): Change {
  const [now, before] = [shareOf(nowPeople, isHit), shareOf(peopleBefore, isHit)];
  const isTooFew = !areEnough(now, before);
  const told = compareProportions(now, before);
  if (isTooFew) return { now, before, ...told, p: 1, least: 1, isTooFew };
  // What is told is which way all of them together went, so that is what is tested: when it is the other way in their parts, nothing is.
  const test = inDirection(exactTest(strataOf(nowPeople, peopleBefore, isHit)), told.difference ?? 0);
  return { now, before, ...told, ...test, isTooFew };
}
