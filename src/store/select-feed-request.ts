/** The reading that the state asks for. The session keeps exactly one feed running: this one. */
import { joinSpans } from '../facts/coverage.ts';
import type { Span } from '../facts/reading.ts';
import { type SplitFilter, splitFilter, wholeAttempts } from '../filter/graph-filter.ts';
import { readingFor } from '../signup/attempt-range.ts';
import type { LogName } from '../signup/event.ts';
import { sinceOf } from './shown-span.ts';
import type { State } from './state.ts';

export interface FeedRequest {
  /** Changes whenever another feed is wanted; the answers carry it. */
  readonly key: string;
  readonly log: LogName;
  /** Server part of the filter, without time; null = everything. */
  readonly clause: string | null;
  readonly sinceMs: number;
  readonly untilMs: number | null;
  readonly pageSize: number;
  readonly pollIntervalMs: number;
  /** What is known to be read for this clause when the feed starts; in the last hour of a span rows may still turn up. */
  readonly covered: readonly Span[];
}

/** How much of the running feed is wanted; changes without starting another. */
export interface FeedDemand {
  readonly paused: boolean;
  readonly backfillPages: number;
  readonly refreshes: number;
}

/** Events turn up as long as this after their time. */
export const LATEST_ARRIVAL_MS = 60 * 60 * 1000;

/** What decides which part of the log is read. */
type ReadInput = Pick<State, 'shown' | 'filter' | 'feed' | 'unit' | 'insight'>;

/** What of the filter Graph is asked to decide; of attempts only what leaves them whole. */
export function splitOf(state: ReadInput): SplitFilter {
  const { shown, filter, feed } = state;
  return splitFilter(wantsWhole(state) ? wholeAttempts(filter) : filter, feed.refused, shown);
}

/** A range up to now grows, and the one before with it: whoever comes back to the figures finds them complete. */
const A_LITTLE_MORE = 1 / 20;

/**
 * From when on the log is read. Where attempts are counted, what has to be read for that is read as well, and the screen of figures
 * compares with the range before, where Graph still has it.
 */
function readFromOf(state: Pick<State, 'filter' | 'insight' | 'nowMs' | 'unit'>): number {
  const before = state.insight?.spanBefore;
  const fromMs = before ? before.fromMs - (before.toMs - before.fromMs) * A_LITTLE_MORE : sinceOf(state);
  return wantsWhole(state) ? readingFor({ fromMs, toMs: fromMs }).fromMs : fromMs;
}

/** Up to when; null for an open end. The last attempts of a range are followed to their end. */
function readToOf(state: Pick<State, 'filter' | 'insight' | 'unit'>): number | null {
  const toMs = state.filter.until?.atMs ?? null;
  return toMs !== null && wantsWhole(state) ? readingFor({ fromMs: toMs, toMs }).toMs : toMs;
}

/** Whether attempts are shown or counted. */
function wantsWhole({ unit, insight }: Pick<State, 'unit' | 'insight'>): boolean {
  return unit === 'attempts' || insight !== null;
}

/** The server part of the filter as text; '' when Graph decides nothing. */
export function clauseOf(state: ReadInput): string {
  return splitOf(state).clause ?? '';
}

/** What is known to be read for the filter, newest first: what was read without one holds the answers of every filter. */
export function coveredOf(state: ReadInput): readonly Span[] {
  const { covered } = state.feed;
  return joinSpans(covered.get('') ?? [], covered.get(clauseOf(state)) ?? []);
}

/**
 * What was read too early for rows that turned up while another feed was running is read again, but for the end of each
 * span: there every feed looks again by itself.
 */
function notToReadAgain(state: State): readonly Span[] {
  const { settled } = state.feed;
  const ends = coveredOf(state).map(({ fromMs, toMs }) => ({
    fromMs: Math.max(fromMs, toMs - LATEST_ARRIVAL_MS),
    toMs,
  }));
  return joinSpans(joinSpans(settled.get('') ?? [], settled.get(clauseOf(state)) ?? []), ends);
}

/** Names the feed that the filter needs: two states with the same key can share one. */
export function feedKeyOf(state: ReadInput & Pick<State, 'nowMs'>): string {
  const { shown, feed } = state;
  return JSON.stringify([shown, clauseOf(state), readFromOf(state), readToOf(state), feed.epoch]);
}

/** The feed that is wanted, or null while nobody is signed in. */
export function selectFeedRequest(state: State): FeedRequest | null {
  if (state.signIn.kind !== 'signedIn' || state.quitting) return null;
  const { shown, settings } = state;
  const clause = clauseOf(state);
  return {
    key: feedKeyOf(state),
    log: shown,
    clause: clause === '' ? null : clause,
    sinceMs: readFromOf(state),
    untilMs: readToOf(state),
    pageSize: settings.pageSize,
    // A range that has ended is watched, too: its last events can turn up late, and a failure has to be tried again.
    pollIntervalMs: settings.pollIntervalMs,
    covered: notToReadAgain(state),
  };
}

export function selectFeedDemand({ feed }: State): FeedDemand {
  return { paused: feed.paused, backfillPages: feed.backfill.pagesWanted, refreshes: feed.refreshes };
}
