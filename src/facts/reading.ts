/**
 * What becomes known while the sign-up log is read. The feed yields these, in order; the store reduces them, the
 * printing commands print them. Facts are in the past tense and plain data; an error is a fact like any other.
 */
import type { LogEvent } from '../signup/event.ts';
import type { Problem } from './problem.ts';

/** A stretch of the log by event time, both ends included, in milliseconds since the epoch. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why a page was asked for: `backfill` goes back in time, `poll` looks for news, `reread` looks for late rows. */
export type ReadPurpose = 'backfill' | 'poll' | 'reread';

export type ReadingFact =
  /** A page arrived. `covered` is the stretch now known to be read for this filter (late rows may still appear in it). */
  | {
      readonly type: 'page.received';
      readonly purpose: ReadPurpose;
      readonly events: readonly LogEvent[];
      /** Rows that could not be understood at all (no id or time), as short reasons. */
      readonly unreadable: readonly string[];
      readonly covered: Span | null;
      /** No event older than this is read again: whoever remembers what was told can forget it. */
      readonly settledBelowMs: number;
    }
  /** Everything up to `upToMs` that Graph shows has been read; the next look comes after `nextPollInMs` (null: no polling). */
  | { readonly type: 'feed.caughtUp'; readonly upToMs: number; readonly nextPollInMs: number | null }
  /** There is more news than one page holds; what is older than `upToMs` has been read. */
  | { readonly type: 'feed.behind'; readonly upToMs: number }
  /**
   * Graph's first answer, or the events, show that the clock that was believed until now was off by more than a minute: ranges that
   * were counted from "now" have to be worked out again. This computer's clock is `computerAheadMs` ahead of the log's.
   */
  | { readonly type: 'clock.corrected'; readonly computerAheadMs: number; readonly source: 'graph' | 'computer' }
  /** The whole range that was asked for has been read back to its start. */
  | { readonly type: 'range.completed' }
  /** The start of the range was moved, because Graph keeps no older events. */
  | { readonly type: 'range.clamped'; readonly fromMs: number }
  /** Graph asked to wait. The feed goes on by itself after `waitMs`. */
  | { readonly type: 'feed.throttled'; readonly waitMs: number }
  /** Something failed; the feed tries again after `retryInMs`, or never when null (the person must act). */
  | { readonly type: 'feed.failed'; readonly problem: Problem; readonly retryInMs: number | null }
  /** Graph refused a condition of the filter; it is left out from now on and decided here. */
  | { readonly type: 'filter.narrowed'; readonly refusedClause: string; readonly remaining: string };
