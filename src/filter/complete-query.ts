/** Completion of a query being typed: names of fields, and values of the field under the cursor. Pure. */
import type { LogName } from '../signup/event.ts';
import { fieldsOf } from './fields.ts';
import type { FieldName } from './filter.ts';
import { printTerm } from './print-query.ts';

export interface Completion {
  /** What stands in the line now from `start` to `end` is replaced by `text`. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What is shown in the list. */
  readonly label: string;
}

/** Gives the values of a field among what is loaded, the most frequent first. */
export type ValueSource = (field: FieldName) => readonly string[];

const MOST_COMPLETIONS = 8;
const rangeFields = ['since', 'until'];

/** What could stand at `cursor` (a place in UTF-16 units) of `text`, a query of `log`, best first. */
export function completeQuery(
  text: string,
  cursor: number,
  valuesOf: ValueSource,
  log: LogName = 'signUps',
): readonly Completion[] {
  const fields = fieldsOf(log);
  const start = startOfTerm(text, cursor);
  const typed = text.slice(start, cursor);
  const unsigned = typed.replace(/^-/, '');
  const signed = typed.length - unsigned.length;
  const colon = unsigned.indexOf(':');
  if (colon < 0) {
    const names = [...fields.map(({ name }) => name), ...rangeFields];
    return names
      .filter((name) => name.startsWith(unsigned.toLowerCase()))
      .slice(0, MOST_COMPLETIONS)
      .map((name) => ({ start: start + signed, end: cursor, text: `${name}:`, label: `${name}:` }));
  }
  const field = fields.find(({ name }) => name === unsigned.slice(0, colon).toLowerCase());
  if (!field) return [];
  const valueStart = start + signed + colon + 1 + afterLast(',', unsigned.slice(colon + 1));
  const begun = text.slice(valueStart, cursor).replace(/^"/, '').toLowerCase();
  return valuesOf(field.name)
    .filter((value) => value.toLowerCase().includes(begun))
    .sort((a, b) => Number(b.toLowerCase().startsWith(begun)) - Number(a.toLowerCase().startsWith(begun)))
    .slice(0, MOST_COMPLETIONS)
    .map((value) => ({ start: valueStart, end: cursor, text: printedValue(field.name, value), label: value }));
}

/** Where the term under the cursor begins. */
function startOfTerm(text: string, cursor: number): number {
  return afterLast(' ', text.slice(0, cursor));
}

/** Behind the last `separator` that is not in quotes; 0 when there is none. */
function afterLast(separator: string, text: string): number {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isQuoted && character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) start = at + 1;
  }
  return start;
}

/** The value as it is written in a query, with quotes where it needs them. */
function printedValue(field: FieldName, text: string): string {
  const term = { kind: 'field', field, values: [{ text, match: 'exact' }], negated: false } as const;
  return printTerm(term).slice(field.length + 1);
}
