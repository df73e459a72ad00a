/**
 * Which conditions choose attempts by who made them, and which by what became of them. Of attempts that were chosen by what became of
 * them no rate says anything. Pure.
 */
import type { FieldName, Filter, Term } from './filter.ts';

/** Known before the attempt has got anywhere. */
const knownAtFirst: ReadonlySet<FieldName> = new Set<FieldName>([
  'app',
  'appid',
  'flow',
  'user',
  'provider',
  'account',
]);

/** Whether any condition asks what became of an attempt. A searched word may be anything. */
export function isChosenByOutcome({ terms }: Filter): boolean {
  return !terms.every(isAboutWho);
}

/** The filter without such conditions. */
export function withoutOutcome(filter: Filter): Filter {
  return { ...filter, terms: filter.terms.filter(isAboutWho) };
}

function isAboutWho(term: Term): boolean {
  return term.kind === 'field' && knownAtFirst.has(term.field);
}
