/** What a filter says, piece by piece, for the header and for a list to pick from. It must not change anything. */
import type { Filter, Term } from './filter.ts';
import { printQuery, printTerm } from './print-query.ts';
import { removeTerm, setRange } from './toggle.ts';

export interface ActiveTerm {
  /** As it is written in a query. */
  readonly text: string;
  /** The term, or null for an end of the time range. */
  readonly term: Term | null;
  /** The filter without this piece. */
  readonly without: Filter;
}

/** The pieces in the order in which they are written. */
export function activeTerms(filter: Filter): readonly ActiveTerm[] {
  const { since, until, terms } = filter;
  const rangeEnd = (part: Filter, without: Filter): ActiveTerm => ({ text: printQuery(part), term: null, without });
  return [
    ...terms.map((term) => ({ text: printTerm(term), term, without: removeTerm(filter, term) })),
    ...(since === null ? [] : [rangeEnd({ terms: [], since, until: null }, setRange(filter, null, until))]),
    ...(until === null ? [] : [rangeEnd({ terms: [], since: null, until }, setRange(filter, since, null))]),
  ];
}

/** Whether the filter keeps everything. */
export function isEmpty(filter: Filter): boolean {
  return filter.terms.length === 0 && filter.since === null && filter.until === null;
}
