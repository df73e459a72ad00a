/**
 * What the attempts under the filter say together: counted as events come, for the range that is shown and for the range of
 * the same length before it. Here are the figures; which lines they stand on, and what each opens, is in `insight-rows.ts`.
 */
import { covers } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import { earlierThan } from '../figures/baseline.ts';
import { clusterKey, type Funnel, funnelOf, funnelsBy } from '../figures/funnel.ts';
import type { Page, PageQuestion } from '../figures/page.ts';
import { isChosenByOutcome, withoutOutcome } from '../filter/chosen-by-outcome.ts';
import type { Filter } from '../filter/filter.ts';
import type { AttemptShape } from '../signup/attempt.ts';
import { InsightPage } from './insight-page.ts';
import { AttemptMatches } from './log/attempt-matches.ts';
import { AttemptSample } from './log/attempt-sample.ts';
import { AttemptTally } from './log/attempt-tally.ts';
import { coveredOf } from './select-feed-request.ts';
import { isKept, readingBefore, shownSpan, spanBefore } from './shown-span.ts';
import type { State } from './state.ts';

/** The ways in which attempts can be split. */
export const dimensions = ['provider', 'app'] as const;
export type Dimension = (typeof dimensions)[number];

interface Tallied {
  readonly matches: AttemptMatches;
  readonly tally: AttemptTally;
}

/** Where the person is on the screen. */
interface Place {
  readonly dimension: Dimension;
  /** The line under the cursor, by its key, and the figure on it, counted from 0. */
  readonly row: string;
  readonly figure: number;
  /** The bar of the histogram under the cursor, and the one where a range was begun; beyond the last stands for the last. */
  readonly bar: number;
  readonly rangeFromBar: number | null;
}

export interface Insight extends Place {
  readonly now: Tallied;
  readonly before: Tallied;
  /** What was tested about both. */
  readonly tested: InsightPage;
  /** The range before, as it was when counting began: it does not become another one as time goes on. Null: not kept. */
  readonly spanBefore: Span | null;
}

/** What people look for over time mostly is what happened just now. */
export const NEWEST_BAR = Number.MAX_SAFE_INTEGER;

const firstPlace: Place = { dimension: 'provider', row: '', figure: 0, bar: NEWEST_BAR, rangeFromBar: null };

const MINUTE_MS = 60_000;

/** Counting begins anew, for the filter as it is; where the cursor was stays. */
export function freshInsight(state: State): Insight {
  const { log, filter, nowMs, insight } = state;
  const { fromMs } = shownSpan(state);
  const span = spanBefore(state);
  const before = isKept(span, nowMs) ? span : null;
  const point = (atMs: number) => ({ text: new Date(atMs).toISOString(), atMs });
  const since = point(fromMs);
  const keptFromMs = state.feed.clampedFromMs;
  const filterBefore = { ...filter, since: point(span.fromMs), until: since };
  const earlier = earlierThan(shownSpan(state), before);
  const stretches = [
    { filter: { ...filter, since }, isKnownBefore: true },
    ...(before ? [{ filter: filterBefore, isKnownBefore: true }] : []),
    ...(earlier
      ? [{ filter: { ...filter, since: point(earlier.fromMs), until: point(earlier.toMs) }, isKnownBefore: false }]
      : []),
  ].map((stretch) => ({ ...stretch, filter: withoutOutcome(stretch.filter) }));
  return {
    ...firstPlace,
    ...insight,
    spanBefore: before,
    now: tallied(log, { ...filter, since }, nowMs, keptFromMs),
    before: tallied(log, filterBefore, nowMs, keptFromMs),
    tested: new InsightPage(new AttemptSample(log, stretches, nowMs, { keptFromMs, before })),
  };
}

function tallied(log: State['log'], filter: Filter, nowMs: number, keptFromMs: number | null): Tallied {
  const tally = new AttemptTally();
  return { tally, matches: new AttemptMatches(log, filter, nowMs, { tally, keptFromMs }) };
}

export interface Part {
  readonly value: string;
  readonly funnel: Funnel;
}

export interface InsightFigures {
  readonly funnel: Funnel;
  readonly local: Funnel;
  readonly social: Funnel;
  readonly parts: readonly Part[];
  /** The funnel of the range before; null while it is not loaded. */
  readonly before: Funnel | null;
  /** What was tested; null while the range is not loaded. */
  readonly page: Page | null;
  readonly completeness: Completeness;
}

export interface Completeness {
  /** From when on all events are loaded; null while nothing is. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** The part of the range that is loaded, from 0 to 1. */
  readonly share: number;
  readonly isWhole: boolean;
}

/** All figures of the screen as they are now. Takes time by the number of different attempts, not of all attempts. */
export function insightFigures(state: State, insight: Insight): InsightFigures {
  const { now, before, dimension } = insight;
  const { nowMs } = state;
  const inProgress = [...now.matches.inProgress(nowMs)];
  const shapes = now.tally.funnelShapes;
  const byAccount = funnelsBy(({ account }) => account, shapes, inProgress);
  const [local, social] = [byAccount.get('local') ?? noAttempts, byAccount.get('social') ?? noAttempts];
  const funnel = funnelOf(shapes, inProgress);
  const hasBefore = isBeforeLoaded(state, insight);
  const past = hasBefore ? funnelOf(before.tally.funnelShapes, before.matches.inProgress(nowMs)) : null;
  const parts = funnelsBy((shape) => dimensionValue(dimension, shape), shapes, inProgress);
  const completeness = completenessOf(state);
  return {
    funnel,
    local,
    social,
    parts: [...parts].map(([value, part]) => ({ value, funnel: part })),
    before: past,
    page: completeness.isWhole ? pageOf(state, insight) : null,
    completeness,
  };
}

const noAttempts = funnelOf([], []);

function dimensionValue(dimension: Dimension, { provider, appId }: AttemptShape): string {
  switch (dimension) {
    case 'provider':
      return provider;
    case 'app':
      return appId;
  }
}

/** What was found, of the failures those that the filter keeps. */
function pageOf(state: State, insight: Insight): Page | null {
  const page = insight.tested.pageFor(questionOf(state, insight));
  const { clusters } = insight.now.tally;
  return page && { ...page, failures: page.failures.filter(({ cluster }) => clusters.has(clusterKey(cluster))) };
}

/** What is tested now. */
export function questionOf(state: State, insight: Insight): PageQuestion {
  const { filter, nowMs } = state;
  return {
    range: shownSpan(state),
    before: isBeforeLoaded(state, insight) ? insight.spanBefore : null,
    nowMs,
    isChosenByOutcome: isChosenByOutcome(filter),
  };
}

/** Whether all of the range before has been read, and what has to be read to count it. */
function isBeforeLoaded(state: State, { spanBefore: before }: Insight): boolean {
  return before !== null && covers(coveredOf(state), readingBefore(before, state.feed.clampedFromMs));
}

function completenessOf(state: State): Completeness {
  const { fromMs, toMs } = shownSpan(state);
  const span = coveredOf(state).find((each) => each.toMs > fromMs && each.fromMs < toMs);
  if (!span) return { fromMs: null, toMs: null, share: 0, isWhole: false };
  const reached = { fromMs: Math.max(fromMs, span.fromMs), toMs: Math.min(toMs, span.toMs) };
  // What happened since the last look is not missing: it comes with the next one.
  const wanted = Math.max(1, Math.min(toMs, state.feed.upToMs ?? toMs) - fromMs);
  const share = Math.min(1, (reached.toMs - reached.fromMs) / wanted);
  const { fromMs: readFromMs } = readingBefore({ fromMs, toMs }, state.feed.clampedFromMs);
  return { ...reached, share, isWhole: span.fromMs <= readFromMs };
}

export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly attempts: number;
  readonly failed: number;
}

/** How many bars there is room for. */
export function barCount({ size }: Pick<State, 'size'>): number {
  return Math.max(10, Math.min(96, size.columns - 16));
}

/** The range in `count` bars of the same length, the oldest first. */
export function histogram(state: Pick<State, 'filter' | 'nowMs'>, { now }: Insight, count: number): readonly Bar[] {
  const { fromMs, toMs } = shownSpan(state);
  const lengthMs = Math.max(MINUTE_MS, Math.ceil((toMs - fromMs) / count / MINUTE_MS) * MINUTE_MS);
  const startMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
  const bars = Array.from({ length: Math.min(count, Math.ceil((toMs - startMs) / lengthMs)) }, (_, index) => ({
    fromMs: startMs + index * lengthMs,
    toMs: startMs + (index + 1) * lengthMs,
    attempts: 0,
    failed: 0,
  }));
  for (const [minute, { attempts, failed }] of now.tally.minutes) {
    const bar = bars[Math.floor((minute * MINUTE_MS - startMs) / lengthMs)];
    if (!bar) continue;
    bar.attempts += attempts;
    bar.failed += failed;
  }
  return bars;
}

/** The bar under the cursor, and the first and the last of the range that is chosen; -1 without bars. */
export function chosenBars(
  { bar, rangeFromBar }: Pick<Insight, 'bar' | 'rangeFromBar'>,
  count: number,
): { readonly at: number; readonly from: number; readonly to: number } {
  const at = Math.min(count - 1, bar);
  const other = Math.min(count - 1, rangeFromBar ?? bar);
  return { at, from: Math.min(at, other), to: Math.max(at, other) };
}
