/** The values of a field with their counts among the loaded events, as the stepper lists them. */
import type { FieldName, FieldTerm } from '../filter/filter.ts';
import { valueState } from '../filter/toggle.ts';
import { attemptOutcomes } from '../signup/attempt.ts';
import { explainCode } from '../signup/codes.ts';
import { stageNames } from '../signup/stages.ts';
import { shownText } from '../signup/visible-text.ts';
import { attemptFacets } from './attempt-facets.ts';
import type { StepperRow } from './filter-stepper.ts';
import { facets } from './log/facets.ts';
import type { State } from './state.ts';

/** Values that are always listed, in this order, seen or not; a field without an entry lists by count. */
const alwaysListed: { readonly [field in FieldName]?: readonly string[] } = {
  outcome: ['failed', 'interrupted', 'succeeded', 'unknown'],
  stage: stageNames,
  account: ['local', 'social'],
};

/** More than any list has room for. */
export const LONGEST_LABEL = 200;

/** The rows of a field: known ones first in their own order, then the rest by count. Chosen values never vanish. */
export function facetValues(
  state: Pick<State, 'log' | 'filter' | 'followers' | 'nowMs'>,
  field: FieldName,
): readonly StepperRow[] {
  const { counted: attempts } = state.followers;
  const ofAttempts = attempts?.field === field ? attempts : null;
  const counted = ofAttempts ? attemptFacets(state, field, ofAttempts) : facets(state.log, state.filter, field);
  const counts = new Map(counted.map(({ value, count }) => [value, count]));
  const known = ofAttempts && field === 'outcome' ? attemptOutcomes : (alwaysListed[field] ?? []);
  const chosen = state.filter.terms
    .filter((term): term is FieldTerm => term.kind === 'field' && term.field === field)
    .flatMap((term) => term.values.map((value) => value.text));
  const rest = counted
    .filter(({ value }) => !known.includes(value))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .map(({ value }) => value);
  const values = new Set([...known, ...rest, ...chosen]);
  return [...values].map((value) => ({
    value,
    label: labelOf(field, value),
    count: counts.get(value) ?? 0,
    state: valueState(state.filter, field, value),
  }));
}

function labelOf(field: FieldName, value: string): string {
  if (field !== 'error') return shownText(value, LONGEST_LABEL);
  const code = Number(value);
  return `${value.padEnd(7)}  ${code === 0 ? 'completed' : explainCode(code).meaning}`;
}
