/**
 * What the attempts under the filter say together: counted as events come, for the range that is shown and for the range of
 * the same length before it. Here are the figures; which lines they stand on, and what each opens, is in `insight-rows.ts`.
 */
import { covers } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import type { Filter } from '../filter/filter.ts';
import type { AttemptShape } from '../signup/attempt.ts';
import { type Funnel, funnelOf, funnelsBy } from '../signup/funnel.ts';
import { compareProportions, type Difference } from '../signup/proportion.ts';
import { type Surge, surges, type Times } from '../signup/surge.ts';
import { AttemptMatches } from './log/attempt-matches.ts';
import { AttemptTally, type ClusterTally } from './log/attempt-tally.ts';
import { coveredOf } from './select-feed-request.ts';
import { isKept, shownSpan, spanBefore } from './shown-span.ts';
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
  const before = readBefore(state);
  const point = (atMs: number) => ({ text: new Date(atMs).toISOString(), atMs });
  const filterBefore = { ...filter, since: point(before.fromMs), until: point(before.toMs) };
  return {
    ...firstPlace,
    ...insight,
    spanBefore: isKept(before, nowMs) ? before : null,
    now: tallied(log, filter, nowMs),
    before: tallied(log, filterBefore, nowMs),
  };
}

/** Of the range before so much less, at most, is as good to compare with as all of it. */
const LITTLE = 1 / 20;

/**
 * The range before; what little of it is not read is left out. A range up to now grows, and the one before with it: without
 * this, coming back to the screen would have nothing to compare with until that little is read.
 */
function readBefore(state: State): Span {
  const { fromMs, toMs } = spanBefore(state);
  const latestMs = fromMs + (toMs - fromMs) * LITTLE;
  const read = coveredOf({ ...state, unit: 'attempts' }).find((span) => covers([span], { fromMs: latestMs, toMs }));
  return { fromMs: Math.max(fromMs, read?.fromMs ?? fromMs), toMs };
}

function tallied(log: State['log'], filter: Filter, nowMs: number): Tallied {
  const tally = new AttemptTally();
  return { tally, matches: new AttemptMatches(log, filter, nowMs, { tally }) };
}

export interface Part {
  readonly value: string;
  readonly funnel: Funnel;
}

export interface InsightFigures {
  readonly funnel: Funnel;
  readonly local: Funnel;
  readonly social: Funnel;
  /** Conversion of local accounts less that of social ones. */
  readonly difference: Difference;
  readonly parts: readonly Part[];
  /** Failures that are new or have grown; null while the range before is not loaded. */
  readonly surges: readonly Surge[] | null;
  /** The funnel of the range before; null while it is not loaded. */
  readonly before: Funnel | null;
  readonly change: Difference | null;
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
  return {
    funnel,
    local,
    social,
    difference: compareProportions(converted(local), converted(social)),
    parts: [...parts].map(([value, part]) => ({ value, funnel: part })),
    surges: past && surgesOf(state, insight, funnel, past),
    before: past,
    change: past && compareProportions(converted(funnel), converted(past)),
    completeness: completenessOf(state),
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

function converted({ created, attempts, inProgress }: Funnel) {
  return { hits: created, of: attempts - inProgress };
}

/** Whether all of the range before has been read. */
function isBeforeLoaded(state: State, { spanBefore: before }: Insight): boolean {
  return before !== null && covers(coveredOf(state), before);
}

function surgesOf(state: State, { now, before }: Insight, funnel: Funnel, past: Funnel): readonly Surge[] {
  const counts = [...now.tally.clusters].map(([key, tally]) => ({
    cluster: tally.cluster,
    timesMs: timesOf(tally),
    before: before.tally.clusters.get(key)?.attempts ?? 0,
  }));
  return surges(counts, { now: funnel.attempts, before: past.attempts }, shownSpan(state));
}

function timesOf({ attempts, byMinute }: ClusterTally): Times {
  return {
    length: attempts,
    *[Symbol.iterator]() {
      for (const [minute, count] of byMinute) for (let each = 0; each < count; each++) yield minute * MINUTE_MS;
    },
  };
}

function completenessOf(state: State): Completeness {
  const { fromMs, toMs } = shownSpan(state);
  const span = coveredOf(state).find((each) => each.toMs > fromMs && each.fromMs < toMs);
  if (!span) return { fromMs: null, toMs: null, share: 0, isWhole: false };
  const reached = { fromMs: Math.max(fromMs, span.fromMs), toMs: Math.min(toMs, span.toMs) };
  // What happened since the last look is not missing: it comes with the next one.
  const wanted = Math.max(1, Math.min(toMs, state.feed.upToMs ?? toMs) - fromMs);
  const share = Math.min(1, (reached.toMs - reached.fromMs) / wanted);
  return { ...reached, share, isWhole: reached.fromMs <= fromMs };
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
    // An attempt that began before the range counts where it comes into it.
    const index = Math.max(0, Math.floor((minute * MINUTE_MS - startMs) / lengthMs));
    const bar = bars[Math.min(index, bars.length - 1)];
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
