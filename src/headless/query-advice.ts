/** What is worth saying about a query besides its result: nothing was found, or a word was meant as an operator. Pure. */
import { fieldNamed } from '../filter/fields.ts';
import type { Filter, MatchValue, Term } from '../filter/filter.ts';
import { printTerm } from '../filter/print-query.ts';
import { momentText } from './problem-text.ts';

const wholeGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Sentences for a reading of the whole range that found nothing: where it looked, and how a text that was compared as a
 * whole is searched for. Times are told in `timeZone` (IANA name).
 */
export function nothingMatched(
  { terms, since, until }: Filter,
  range: { readonly fromMs: number; readonly toMs: number },
  timeZone: string,
): readonly string[] {
  const written = since === null || /^\d{4}-/.test(since.text) ? '' : ` (${since.text})`;
  const end = until === null ? '' : ` until ${momentText(range.toMs, timeZone)}`;
  const hint = terms.flatMap(hintFor).slice(0, 1);
  return [`nothing matched since ${momentText(range.fromMs, timeZone)}${written}${end}`, ...hint];
}

/** A sentence for words such as OR, which are searched for like any other; null when there are none. */
export function operatorAdvice({ terms }: Filter): string | null {
  const words = terms.flatMap((term) => (term.kind === 'text' ? [term.text] : []));
  const [operator] = words.filter((word) => /^(OR|AND|NOT)$/.test(word));
  if (operator === undefined) return null;
  const not = words.includes('NOT') ? ', and what is not wanted -outcome:failed' : '';
  return `${operator} is searched as a word: terms are ANDed; either value is written outcome:failed,succeeded${not}`;
}

function hintFor(term: Term): readonly string[] {
  if (term.kind === 'text' || term.negated) return [];
  const { takes, known } = fieldNamed(term.field);
  const isWhole = ({ text, match }: MatchValue) =>
    match === 'exact' && takes === 'any' && text !== '' && !known.includes(text) && !wholeGuid.test(text);
  const value = term.values.find(isWhole);
  if (value === undefined) return [];
  const prefix = printTerm({ ...term, values: [{ text: value.text, match: 'prefix' }] });
  return [`${term.field}: compares the whole text, ${prefix} starts with it; a word without a field searches inside`];
}
