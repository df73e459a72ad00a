/** The reading that the state asks for. The session keeps exactly one feed running: this one. */
import { joinSpans } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import { splitFilter } from '../filter/graph-filter.ts';
import type { State } from './state.ts';

export interface FeedRequest {
  /** Changes whenever another feed is wanted; the answers carry it. */
  readonly key: string;
  /** Server part of the filter, without time; null = everything. */
  readonly clause: string | null;
  readonly sinceMs: number;
  readonly untilMs: number | null;
  readonly pageSize: number;
  readonly pollIntervalMs: number | null;
  /** What is known to be read for this clause when the feed starts. */
  readonly covered: readonly Span[];
}

/** How much of the running feed is wanted; changes without starting another. */
export interface FeedDemand {
  readonly paused: boolean;
  readonly backfillPages: number;
  readonly refreshes: number;
}

const DEFAULT_RANGE_MS = 24 * 60 * 60 * 1000;

/** The server part of the filter as text; '' when Graph decides nothing. */
export function clauseOf(state: Pick<State, 'filter' | 'feed'>): string {
  return splitFilter(state.filter, state.feed.refused).clause ?? '';
}

/** The start of the range that is shown. */
export function sinceOf(state: Pick<State, 'filter' | 'nowMs'>): number {
  return state.filter.since?.atMs ?? state.nowMs - DEFAULT_RANGE_MS;
}

/** The feed that is wanted, or null while nobody is signed in. */
export function selectFeedRequest(state: State): FeedRequest | null {
  if (state.signIn.kind !== 'signedIn' || state.quitting) return null;
  const { filter, feed, settings } = state;
  const clause = clauseOf(state);
  const sinceMs = sinceOf(state);
  const untilMs = filter.until?.atMs ?? null;
  return {
    key: JSON.stringify([clause, sinceMs, untilMs, feed.epoch]),
    clause: clause === '' ? null : clause,
    sinceMs,
    untilMs,
    pageSize: settings.pageSize,
    pollIntervalMs: untilMs !== null && untilMs < state.nowMs ? null : settings.pollIntervalMs,
    // What was read without a filter holds the answers of every filter.
    covered: joinSpans(feed.covered[''] ?? [], feed.covered[clause] ?? []),
  };
}

export function selectFeedDemand({ feed }: State): FeedDemand {
  return { paused: feed.paused, backfillPages: feed.backfill.pagesWanted, refreshes: feed.refreshes };
}
