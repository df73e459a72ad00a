/** Searching the matching events for a word, ignoring case, in everything that is shown for an event. */
import type { EventLog } from './event-log.ts';
import { FilterPlan } from './filter-plan.ts';
import type { Matches } from './matches.ts';

/**
 * The first rank from `fromRank` on (itself included) with the word in its event, going to newer events (1) or older ones
 * (-1); -1 when there is none in that direction.
 */
export function nextMatch(log: EventLog, matches: Matches, text: string, fromRank: number, step: 1 | -1): number {
  const plan = planFor(log, text);
  for (let rank = fromRank; rank >= 0 && rank < matches.size; rank += step) {
    if (plan.termsHold(matches.at(rank))) return rank;
  }
  return -1;
}

/** Where the hit at `rank` stands among all hits, counted from the newest, and how many there are. */
export function placeOfHit(log: EventLog, matches: Matches, text: string, rank: number): { at: number; of: number } {
  const plan = planFor(log, text);
  let [at, of] = [0, 0];
  for (let other = 0; other < matches.size; other++) {
    if (!plan.termsHold(matches.at(other))) continue;
    of++;
    if (other >= rank) at++;
  }
  return { at, of };
}

function planFor(log: EventLog, text: string): FilterPlan {
  return new FilterPlan(log, { terms: [{ kind: 'text', text, negated: false }], since: null, until: null });
}
