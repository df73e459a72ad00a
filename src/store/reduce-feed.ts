/** What the feed tells, taken into the state. Each case keeps rows, cursor, filter and what was typed. */
import { clockWords } from '../facts/clock-words.ts';
import { addSpan, spansFrom } from '../facts/coverage.ts';
import { later } from '../facts/moment.ts';
import type { ReadingFact } from '../facts/reading.ts';
import { reanchored } from '../filter/time-range.ts';
import type { LogEvent } from '../signup/event.ts';
import { applyFilter } from './apply-filter.ts';
import { updateFollowers } from './followers.ts';
import { freshInsight } from './insight.ts';
import { stopLoadingWhenFull } from './load-all.ts';
import { noticed } from './notice.ts';
import { clauseOf, feedKeyOf, LATEST_ARRIVAL_MS } from './select-feed-request.ts';
import { sinceOf } from './shown-span.ts';
import type { Feed, LoadState, State, Table } from './state.ts';
import { cursorRow, restartBackfill, rowCount, settleCursor } from './table-cursor.ts';
import { isNewestFirst, rowHasFailed } from './unit.ts';

export function reduceFeed(state: State, fact: ReadingFact): State {
  switch (fact.type) {
    case 'page.received':
      return pageReceived(state, fact);
    case 'feed.caughtUp':
      return withFeed(state, {
        upToMs: fact.upToMs,
        load: { kind: 'live', nextPollAt: fact.nextPollInMs === null ? null : later(state.moment, fact.nextPollInMs) },
      });
    case 'feed.behind':
      return withFeed(state, { upToMs: fact.upToMs, load: { kind: 'behind' } });
    case 'clock.corrected':
      return clockCorrected(state, fact);
    case 'range.completed':
      return withFeed(state, { backfill: { ...state.feed.backfill, complete: true } });
    case 'range.clamped':
      return rangeClamped(state, fact.fromMs);
    case 'feed.throttled':
      return withFeed(state, { load: { kind: 'throttled', until: later(state.moment, fact.waitMs) } });
    case 'feed.failed':
      return feedFailed(state, fact);
    case 'filter.narrowed':
      return noticed(
        withRefused(state, fact.refusedClause),
        `Graph refused the condition ${fact.refusedClause}: it is decided here.`,
      );
  }
}

/**
 * Adds events to the log and to what is shown; the cursor stays on its event. `areNews`: those above the cursor are counted as
 * new, which what is merely read now for another filter is not.
 */
export function addEvents(state: State, events: readonly LogEvent[], areNews: boolean): State {
  const altered = events.filter(({ id, leftOut }) => leftOut && state.log.positionOf(id) < 0).length;
  const { dropped } = state.log.add(events);
  const fresh = state.matches.update(state.nowMs);
  updateFollowers(state);
  const told = altered === 0 ? state : withFeed(state, { alteredRows: state.feed.alteredRows + altered });
  const grown = { ...told, version: state.version + 1 };
  const settled = settleCursor(stopLoadingWhenFull(dropped > 0 ? forgetDropped(grown) : grown));
  const allInSight = settled.table.follow && isNewestFirst(settled);
  if (!areNews || allInSight || fresh.length === 0) return settled;
  return { ...settled, table: { ...settled.table, news: countNews(settled, fresh) } };
}

/** What was dropped to make room has to be read again to be seen: it does not count as read any more. */
function forgetDropped(state: State): State {
  const { log, feed } = state;
  const oldestMs = log.timeMs(log.order.at(0));
  const kept = (spansOf: Feed['covered']): Feed['covered'] =>
    new Map([...spansOf].map(([clause, spans]) => [clause, spansFrom(spans, oldestMs)]));
  return withFeed(state, { covered: kept(feed.covered), settled: kept(feed.settled) });
}

/**
 * The new rows that stand above the cursor, on top of those counted before; in another order than the newest first, all new
 * rows: they can stand anywhere.
 */
function countNews(state: State, fresh: readonly number[]): Table['news'] {
  const { matches, table } = state;
  const cursorRank = isNewestFirst(state) ? rowCount(state) - 1 - cursorRow(state) : -1;
  let { rows, failed } = table.news;
  for (const position of fresh) {
    if (matches.rankOf(position) <= cursorRank) continue;
    rows++;
    if (rowHasFailed(state, position)) failed++;
  }
  return { rows, failed };
}

function pageReceived(state: State, fact: Extract<ReadingFact, { type: 'page.received' }>): State {
  const clause = clauseOf(state);
  const { feed, nowMs } = state;
  const withSpan = (spansOf: Feed['covered'], latestMs: number): Feed['covered'] => {
    if (!fact.covered) return spansOf;
    const span = { ...fact.covered, toMs: Math.min(fact.covered.toMs, latestMs) };
    return new Map(spansOf).set(clause, addSpan(spansOf.get(clause) ?? [], span));
  };
  const pagesRead = feed.backfill.pagesRead + (fact.purpose === 'backfill' ? 1 : 0);
  const told = withFeed(state, {
    covered: withSpan(feed.covered, Number.POSITIVE_INFINITY),
    settled: withSpan(feed.settled, nowMs - LATEST_ARRIVAL_MS),
    backfill: { ...feed.backfill, pagesRead },
    unreadableRows: feed.unreadableRows + fact.unreadable.length,
    load: feed.load.kind === 'live' || feed.load.kind === 'behind' ? feed.load : { kind: 'loading' },
  });
  return addEvents(told, fact.events, fact.purpose !== 'backfill');
}

function feedFailed(state: State, fact: Extract<ReadingFact, { type: 'feed.failed' }>): State {
  const { problem, retryInMs } = fact;
  const retryAt = retryInMs === null ? null : later(state.moment, retryInMs);
  const load: LoadState = { kind: 'failed', problem, retryAt };
  const failed = withFeed(state, { load });
  if (problem.kind !== 'signIn') return failed;
  return { ...failed, signIn: { kind: 'signedOut', sinceMs: state.nowMs, problem } };
}

/** Ranges that were counted from the wrong time are counted again; the feed that is wanted then starts anew. */
function clockCorrected(state: State, fact: Extract<ReadingFact, { type: 'clock.corrected' }>): State {
  const { timeZone } = state.settings;
  const filter = reanchored(state.filter, { nowMs: state.nowMs, timeZone });
  // It is the same filter, read by the right clock: not a step to go back to.
  const corrected =
    filter === state.filter ? state : { ...applyFilter(state, filter), filterHistory: state.filterHistory };
  return noticed(corrected, clockWords(fact));
}

/** Time before the range is read as well where attempts are counted: that Graph does not keep that is no news. */
function rangeClamped(state: State, fromMs: number): State {
  const clamped = withFeed(state, { clampedFromMs: fromMs });
  const counted = clamped.insight ? { ...clamped, insight: freshInsight(clamped) } : clamped;
  const isCut = fromMs > sinceOf(state);
  return isCut ? noticed(counted, 'Graph keeps no older events: the range was shortened.') : counted;
}

/** What is left of the filter is read by another feed, which counts its pages anew. */
function withRefused(state: State, condition: string): State {
  const next = withFeed(state, { refused: new Set([...state.feed.refused, condition]) });
  return feedKeyOf(next) === feedKeyOf(state) ? next : restartBackfill(next);
}

function withFeed(state: State, change: Partial<Feed>): State {
  return { ...state, feed: { ...state.feed, ...change } };
}
