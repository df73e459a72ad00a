/** The user flows with their counts, for the stepper: by the applications that each has. */
import { countsByFlow } from '../filter/flows.ts';
import { valueState } from '../filter/toggle.ts';
import type { StepperRow } from './filter-stepper.ts';
import { facets } from './log/facets.ts';
import type { State } from './state.ts';

/** All flows once they are known; until then those that the filter names, which nobody can count. */
export function flowValues({ log, filter, flows }: Pick<State, 'log' | 'filter' | 'flows'>): readonly StepperRow[] {
  const counted = flows.kind === 'known' ? countsByFlow(facets(log, filter, 'flow'), flows.flows) : [];
  const named = filter.terms.flatMap((term) =>
    term.kind === 'field' && term.field === 'flow' ? term.values.map(({ text }) => text) : [],
  );
  const known = new Set(counted.map(({ value }) => value.toLowerCase()));
  const others = named.filter((text) => !known.has(text.toLowerCase())).map((value) => ({ value, count: null }));
  return [...counted, ...others].map(({ value, count }) => ({
    value,
    label: value,
    count,
    state: valueState(filter, 'flow', value),
  }));
}
