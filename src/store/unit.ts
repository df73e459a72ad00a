/** What a row of the table is: one event, or one attempt with all its events. */
import type { Filter } from '../filter/filter.ts';
import { AttemptMatches } from './log/attempt-matches.ts';
import { EventMatches, type Matches } from './log/matches.ts';
import type { State } from './state.ts';

export type Unit = 'events' | 'attempts';

/** New rows for a filter, none of which has been looked for yet. */
export function freshMatches({ log, unit, nowMs }: Pick<State, 'log' | 'unit' | 'nowMs'>, filter: Filter): Matches {
  return unit === 'attempts' ? new AttemptMatches(log, filter, nowMs) : new EventMatches(log, filter);
}
