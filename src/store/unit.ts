/** What a row of the table is: one event, or one attempt with all its events; and which of them stands at the top. */
import type { Filter } from '../filter/filter.ts';
import { AttemptMatches } from './log/attempt-matches.ts';
import type { Matches } from './log/matches.ts';
import { matchesFor } from './log/sorted-matches.ts';
import type { State } from './state.ts';
import { isLiveOrder } from './table-view.ts';

export type Unit = 'events' | 'attempts';

/** New rows for a filter, none of which has been looked for yet. */
export function freshMatches(state: Pick<State, 'log' | 'unit' | 'view' | 'nowMs'>, filter: Filter): Matches {
  const { log, unit, view, nowMs } = state;
  return unit === 'attempts' ? new AttemptMatches(log, filter, nowMs) : matchesFor(log, filter, view.sort);
}

/** Whether what the row at this position shows, an event or its attempt, counts as a failure. */
export function rowHasFailed({ log, unit }: Pick<State, 'log' | 'unit'>, position: number): boolean {
  return unit === 'events' ? log.hasFailed(position) : log.attempts.of(position)?.shape.end === 'failed';
}

/** Only then news come in at the top, and following means anything. Attempts are always in this order. */
export function isNewestFirst({ unit, view }: Pick<State, 'unit' | 'view'>): boolean {
  return unit === 'attempts' || isLiveOrder(view.sort);
}
