/**
 * How many events have each value of a field, under the conditions on the other fields. Counts are kept by kind, so a
 * field costs as much as there are kinds, not as there are events; words, ids and times make it look at the events once.
 */
import { fieldNamed } from '../../filter/fields.ts';
import type { FieldName, FieldTerm, Filter } from '../../filter/filter.ts';
import { compileCondition } from '../../filter/predicate.ts';
import type { EventLog } from './event-log.ts';
import { KindCounts } from './kind-counts.ts';
import { rowFields } from './row-tests.ts';

export interface FacetCount {
  readonly value: string;
  /** An event with several values for the field (a code that nobody has classified is `failed` too) counts for each. */
  readonly count: number;
}

/**
 * Gives the values that occur, each with the number of loaded events, in no special order. Fields whose values are each
 * event's own (user and ids) are not counted: they give none.
 */
export function facets(log: EventLog, filter: Filter, field: FieldName): readonly FacetCount[] {
  if (rowFields.has(field)) return [];
  const conditions = filter.terms
    .filter((term): term is FieldTerm => term.kind === 'field' && term.field !== field && !rowFields.has(term.field))
    .map((term) => ({ values: fieldNamed(term.field).values, holds: compileCondition(term) }));
  const { counted } = fieldNamed(field);
  const counts = new Map<string, number>();
  for (const [kindCode, count] of kindCounts(log, filter).entries()) {
    if (count === 0) continue;
    const { sample } = log.rows.kinds.at(kindCode);
    if (!conditions.every((condition) => condition.holds(condition.values(sample, log.appNames)))) continue;
    for (const value of counted(sample, log.appNames)) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return [...counts].map(([value, count]) => ({ value, count }));
}

/** The last counts that looked at events, by log: the fields are asked one after the other, and again with each page. */
const lastCounted = new WeakMap<EventLog, { readonly key: string; readonly counted: KindCounts }>();

/** Events by kind, under the conditions that a kind does not decide. */
function kindCounts(log: EventLog, filter: Filter): readonly number[] {
  const terms = filter.terms.filter((term) => term.kind === 'text' || rowFields.has(term.field));
  if (terms.length === 0 && filter.since === null && filter.until === null) return log.rows.kinds.counts;
  const key = JSON.stringify([terms, filter.since?.atMs, filter.until?.atMs]);
  const last = lastCounted.get(log);
  if (last?.key === key) return last.counted.counts();
  const counted = new KindCounts(log, { ...filter, terms });
  lastCounted.set(log, { key, counted });
  return counted.counts();
}
