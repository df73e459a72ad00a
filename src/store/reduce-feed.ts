/** What the feed tells, taken into the state. Each case keeps rows, cursor, filter and what was typed. */
import { addSpan, spansFrom } from '../facts/coverage.ts';
import type { ReadingFact } from '../facts/reading.ts';
import type { SignUpEvent } from '../signup/event.ts';
import { noticed } from './notice.ts';
import { clauseOf } from './select-feed-request.ts';
import type { Feed, LoadState, State, Table } from './state.ts';
import { cursorRow, rowCount, settleCursor } from './table-cursor.ts';

export function reduceFeed(state: State, fact: ReadingFact): State {
  switch (fact.type) {
    case 'page.received':
      return pageReceived(state, fact);
    case 'feed.caughtUp':
      return withFeed(state, {
        upToMs: fact.upToMs,
        load: { kind: 'live', nextPollAtMs: fact.nextPollAtMs },
      });
    case 'range.completed':
      return withFeed(state, { backfill: { ...state.feed.backfill, complete: true } });
    case 'range.clamped':
      return noticed(
        withFeed(state, { clampedFromMs: fact.fromMs }),
        'Graph keeps no older events: the range was shortened.',
      );
    case 'feed.throttled':
      return withFeed(state, { load: { kind: 'throttled', untilMs: fact.untilMs } });
    case 'feed.failed':
      return feedFailed(state, fact);
    case 'filter.narrowed':
      return noticed(
        withFeed(state, { refused: new Set([...state.feed.refused, fact.refusedClause]) }),
        `Graph refused the condition ${fact.refusedClause}: it is decided here.`,
      );
  }
}

/** Adds events to the log and to what is shown; the cursor stays on its event. */
export function addEvents(state: State, events: readonly SignUpEvent[]): State {
  const { added, dropped } = state.log.add(events);
  state.matches.update();
  const grown = { ...state, version: state.version + 1 };
  const settled = settleCursor(dropped > 0 ? forgetDropped(grown) : grown);
  if (settled.table.follow || added.length === 0) return settled;
  return { ...settled, table: { ...settled.table, news: countNews(settled, added) } };
}

/** What was dropped to make room has to be read again to be seen: it does not count as read any more. */
function forgetDropped(state: State): State {
  const { log, feed } = state;
  const oldestMs = log.timeMs(log.order.at(0));
  const covered = Object.entries(feed.covered).map(([clause, spans]) => [clause, spansFrom(spans, oldestMs)]);
  return withFeed(state, { covered: Object.fromEntries(covered) });
}

/** The events among `added` that stand above the cursor, on top of those counted before. */
function countNews(state: State, added: readonly number[]): Table['news'] {
  const { log, matches, table } = state;
  const cursorRank = rowCount(state) - 1 - cursorRow(state);
  let { events, failed } = table.news;
  for (const position of added) {
    if (matches.rankOf(position) <= cursorRank) continue;
    events++;
    const outcome = log.outcome(position);
    if (outcome === 'failed' || outcome === 'unknown') failed++;
  }
  return { events, failed };
}

function pageReceived(state: State, fact: Extract<ReadingFact, { type: 'page.received' }>): State {
  const clause = clauseOf(state);
  const { feed } = state;
  const covered = fact.covered
    ? { ...feed.covered, [clause]: addSpan(feed.covered[clause] ?? [], fact.covered) }
    : feed.covered;
  const pagesRead = feed.backfill.pagesRead + (fact.purpose === 'backfill' ? 1 : 0);
  const told = withFeed(state, {
    covered,
    backfill: { ...feed.backfill, pagesRead },
    unreadableRows: feed.unreadableRows + fact.unreadable.length,
    load: feed.load.kind === 'live' ? feed.load : { kind: 'loading' },
  });
  return addEvents(told, fact.events);
}

function feedFailed(state: State, fact: Extract<ReadingFact, { type: 'feed.failed' }>): State {
  const { problem, retryAtMs } = fact;
  const load: LoadState = { kind: 'failed', problem, retryAtMs };
  const failed = withFeed(state, { load });
  if (problem.kind !== 'signIn') return failed;
  return { ...failed, signIn: { kind: 'signedOut', sinceMs: state.nowMs, problem } };
}

function withFeed(state: State, change: Partial<Feed>): State {
  return { ...state, feed: { ...state.feed, ...change } };
}
