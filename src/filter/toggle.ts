/** Edits of a filter, as the stepper makes them: pure, one step each, and undone by doing it again. */
import type { FieldName, FieldTerm, Filter, Term, TimePoint } from './filter.ts';

/** How a filter treats one value of a field. */
export type ValueState = 'included' | 'excluded' | 'free';

/** What the filter says about exactly this value. Letter case does not count. */
export function valueState(filter: Filter, field: FieldName, value: string): ValueState {
  const term = filter.terms.find((candidate) => isAbout(candidate, field) && names(candidate, value));
  return term === undefined ? 'free' : term.negated ? 'excluded' : 'included';
}

/** Includes the value, or takes it back if it is included. A value that was excluded becomes included. */
export function toggleValue(filter: Filter, field: FieldName, value: string): Filter {
  return toggled(filter, field, value, 'included');
}

/** Excludes the value, or takes that back if it is excluded. A value that was included becomes excluded. */
export function excludeValue(filter: Filter, field: FieldName, value: string): Filter {
  return toggled(filter, field, value, 'excluded');
}

/** Takes away everything that the filter says about a field. */
export function clearField(filter: Filter, field: FieldName): Filter {
  return { ...filter, terms: filter.terms.filter((term) => !isAbout(term, field)) };
}

/** Takes away one term. */
export function removeTerm(filter: Filter, term: Term): Filter {
  return { ...filter, terms: filter.terms.filter((candidate) => candidate !== term) };
}

/** Replaces the time range; null is an open end. */
export function setRange(filter: Filter, since: TimePoint | null, until: TimePoint | null): Filter {
  return { ...filter, since, until };
}

function toggled(filter: Filter, field: FieldName, value: string, wanted: 'included' | 'excluded'): Filter {
  const state = valueState(filter, field, value);
  const without = { ...filter, terms: filter.terms.flatMap((term) => withoutValue(term, field, value)) };
  return state === wanted ? without : withValue(without, field, value, wanted === 'excluded');
}

function withoutValue(term: Term, field: FieldName, value: string): readonly Term[] {
  if (!isAbout(term, field) || !names(term, value)) return [term];
  const values = term.values.filter((candidate) => !isValue(candidate, value));
  return values.length === 0 ? [] : [{ ...term, values }];
}

function withValue(filter: Filter, field: FieldName, value: string, negated: boolean): Filter {
  const added = { text: value, match: 'exact' } as const;
  const place = filter.terms.findIndex((term) => isAbout(term, field) && term.negated === negated);
  const term = filter.terms[place];
  if (term?.kind !== 'field') {
    return { ...filter, terms: [...filter.terms, { kind: 'field', field, values: [added], negated }] };
  }
  return { ...filter, terms: filter.terms.with(place, { ...term, values: [...term.values, added] }) };
}

function isAbout(term: Term, field: FieldName): term is FieldTerm {
  return term.kind === 'field' && term.field === field;
}

function names(term: FieldTerm, value: string): boolean {
  return term.values.some((candidate) => isValue(candidate, value));
}

function isValue(candidate: FieldTerm['values'][number], value: string): boolean {
  return candidate.match === 'exact' && candidate.text.toLowerCase() === value.toLowerCase();
}
