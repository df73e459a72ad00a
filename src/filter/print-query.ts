/** The filter as text, so that it can be shown, edited, kept and pasted into a command line. The parser's inverse. */
import { fieldNamed, isPrefixOf, readValue } from './fields.ts';
import type { FieldTerm, Filter, MatchValue, Term } from './filter.ts';

/** Gives a query that the parser reads as the same filter. */
export function printQuery(filter: Filter): string {
  const words = filter.terms.map(printTerm);
  if (filter.since !== null) words.push(`since:${quoteIf(/[\s"]/, filter.since.text)}`);
  if (filter.until !== null) words.push(`until:${quoteIf(/[\s"]/, filter.until.text)}`);
  return words.join(' ');
}

/** One term as text. */
export function printTerm(term: Term): string {
  const minus = term.negated ? '-' : '';
  if (term.kind === 'text') return minus + quoteIf(/[\s"]|^-|^$|^[a-z]+:/i, term.text);
  return `${minus}${term.field}:${term.values.map((value) => printValue(term, value)).join(',')}`;
}

function printValue(term: FieldTerm, { text, match }: MatchValue): string {
  const field = fieldNamed(term.field);
  const isPrefix = match === 'prefix';
  // A name that Microsoft has added since is taken as it is only in quotes.
  const isWord = isPrefix ? isPrefixOf(field, text, false) : text !== '' && readValue(field, text, false) === text;
  const printed = isWord ? quoteIf(/[\s",*]/, text) : quote(text);
  return isPrefix ? `${printed}*` : printed;
}

function quoteIf(special: RegExp, text: string): string {
  return special.test(text) ? quote(text) : text;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
