/** From what was read to the page that `stats` prints. Pure. */
import { earlierThan } from '../figures/baseline.ts';
import { clusterKey, clusterOf } from '../figures/funnel.ts';
import { observedOf } from '../figures/observe.ts';
import { type Page, pageOf } from '../figures/page.ts';
import { Sample } from '../figures/sample.ts';
import { compileAttemptFilter } from '../filter/attempt-predicate.ts';
import { isChosenByOutcome, withoutOutcome } from '../filter/chosen-by-outcome.ts';
import type { FieldName } from '../filter/filter.ts';
import { isCutAt, type TimeRange } from '../signup/attempt-range.ts';
import type { Attempt } from '../signup/attempts-of.ts';
import type { AttemptsRead } from './attempts-read.ts';
import { momentText } from './problem-text.ts';
import { breakdown, comparison, isoRange, statistics } from './statistics.ts';
import type { StatsPage } from './stats-table.ts';

export interface StatsQuestion {
  readonly by: FieldName | null;
  readonly compare: boolean;
  /** IANA name. */
  readonly timeZone: string;
}

/** `by`: the field whose values are told apart; null for none. `compare`: against the range before. */
export function statsPage({ by, compare, timeZone }: StatsQuestion, read: AttemptsRead): StatsPage {
  const { asked, range, keeps, isCut, appNames, eventsInRange, nowMs } = read;
  const question = { appNames, nowMs };
  const earlier = { fromMs: 2 * asked.fromMs - asked.toMs, toMs: asked.fromMs };
  const notCompared = compare ? whyNotCompared(read, earlier, timeZone) : null;
  const before = compare && notCompared === null ? earlier : null;
  const started = read.attemptsIn(range).filter(keeps);
  // Of the others nobody knows what they had reached before.
  const whole = started.filter((attempt) => !isCut(attempt));
  const kept = new Set(
    whole
      .map(({ shape }) => clusterOf(shape))
      .filter((cluster) => cluster !== null)
      .map(clusterKey),
  );
  const all = testedPage(read, before);
  // Of the failures that were tested, those that the filter keeps.
  const page = { ...all, failures: all.failures.filter(({ cluster }) => kept.has(clusterKey(cluster))) };
  const readRange = {
    ...isoRange(range),
    complete: range.fromMs <= asked.fromMs,
    events: eventsInRange,
    attemptsLeftOut: started.length - whole.length,
  };
  const past = before && read.attemptsIn(before).filter((attempt) => keeps(attempt) && !isCut(attempt));
  const told = {
    ...statistics(whole, readRange, page, question),
    ...(by === null ? {} : { by: breakdown(whole, by, question) }),
    ...(compare ? { compare: before && past && comparison(past, before, page, question), notCompared } : {}),
  };
  return { statistics: told, page, appNames };
}

/** The tests rest on all attempts that a filter would keep that does not ask what became of them. */
function testedPage(
  { attemptsIn, filter, isCut, appNames, range, nowMs }: AttemptsRead,
  before: TimeRange | null,
): Page {
  const keeps = compileAttemptFilter({ ...withoutOutcome(filter), since: null, until: null }, appNames);
  const sample = new Sample(before);
  const add = (attempts: readonly Attempt[]): void => {
    for (const attempt of attempts) if (keeps(attempt, nowMs) && !isCut(attempt)) sample.add(observedOf(attempt));
  };
  const earlier = earlierThan(range, before);
  // Nothing before that is sure to have been read.
  if (earlier) add(attemptsIn(earlier, 0).filter((attempt) => !isCutAt(attempt, earlier.fromMs)));
  if (before) add(attemptsIn(before));
  add(attemptsIn(range));
  return pageOf(sample, { range, before, nowMs, isChosenByOutcome: isChosenByOutcome(filter) });
}

/** A sentence when the range before was not read whole: half of one is no measure. */
function whyNotCompared(
  { readFromMs, keptFromMs, isLimited }: AttemptsRead,
  before: TimeRange,
  timeZone: string,
): string | null {
  if (readFromMs <= before.fromMs) return null;
  const from = `the range before begins at ${momentText(before.fromMs, timeZone)}`;
  if (keptFromMs !== null && keptFromMs > before.fromMs) {
    return `Nothing is compared: ${from}, and Graph keeps nothing before ${momentText(keptFromMs, timeZone)}.`;
  }
  return isLimited
    ? `Nothing is compared: ${from}, which --limit left unread. --limit 0 reads all.`
    : `Nothing is compared: ${from}, and the log was not read that far.`;
}
