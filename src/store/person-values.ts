/**
 * The people who are most often among the loaded events, for the stepper. Identifiers are each event's own, so they can only be
 * counted by looking at events: at the newest ones, no more than a key can wait for.
 */
import type { Filter } from '../filter/filter.ts';
import { valueState } from '../filter/toggle.ts';
import { shownText } from '../signup/visible-text.ts';
import { LONGEST_LABEL } from './facet-values.ts';
import type { StepperRow } from './filter-stepper.ts';
import type { EventLog } from './log/event-log.ts';
import { FilterPlan } from './log/filter-plan.ts';
import type { State } from './state.ts';

/** Events that are looked at: a few milliseconds. */
export const MOST_LOOKED_AT = 20_000;
const MOST_LISTED = 200;

interface Person {
  /** As the newest of the events tells it. */
  readonly identifier: string;
  readonly folded: string;
  readonly count: number;
}

/** The people under the other conditions whose identifiers have the word in them: chosen ones first, then by count. */
export function personValues({ log, filter }: Pick<State, 'log' | 'filter'>, word: string): readonly StepperRow[] {
  const people = peopleAmong(log, filter);
  const wanted = word.toLowerCase();
  const chosen = filter.terms.flatMap((term) =>
    term.kind === 'field' && term.field === 'user' ? term.values.map(({ text }) => text) : [],
  );
  const chosenFolded = new Set(chosen.map((text) => text.toLowerCase()));
  const others = people.filter(({ folded }) => folded.includes(wanted) && !chosenFolded.has(folded));
  const counts = new Map(people.map(({ folded, count }) => [folded, count]));
  const rowOf = (value: string): StepperRow => ({
    value,
    label: shownText(value, LONGEST_LABEL),
    count: counts.get(value.toLowerCase()) ?? 0,
    state: valueState(filter, 'user', value),
  });
  return [...chosen, ...others.slice(0, MOST_LISTED).map(({ identifier }) => identifier)].map(rowOf);
}

/** The last count, by log: each key asks several times. */
const lastCounted = new WeakMap<EventLog, { version: number; filter: Filter; people: readonly Person[] }>();

function peopleAmong(log: EventLog, filter: Filter): readonly Person[] {
  const last = lastCounted.get(log);
  if (last?.version === log.version && last.filter === filter) return last.people;
  const people = countPeople(log, filter);
  lastCounted.set(log, { version: log.version, filter, people });
  return people;
}

function countPeople(log: EventLog, filter: Filter): readonly Person[] {
  const terms = filter.terms.filter((term) => term.kind === 'text' || term.field !== 'user');
  const plan = new FilterPlan(log, { ...filter, terms });
  const { first, end } = plan.ranksInTime();
  const counts = new Map<number, number>();
  for (let rank = end - 1; rank >= Math.max(first, end - MOST_LOOKED_AT); rank--) {
    const position = log.order.at(rank);
    const code = log.rows.identifierCode(position);
    if (code >= 0 && plan.termsHold(position)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const people = new Map<string, Person>();
  for (const [code, count] of counts) {
    const identifier = log.rows.texts.text(code);
    const folded = identifier.toLowerCase();
    if (identifier === '') continue;
    // The filter ignores case, so these are one person.
    const known = people.get(folded);
    people.set(folded, known ? { ...known, count: known.count + count } : { identifier, folded, count });
  }
  return [...people.values()].sort((a, b) => b.count - a.count || (a.folded < b.folded ? -1 : 1));
}
