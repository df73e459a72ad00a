/**
 * Reads a query: words become terms, and the first thing that is wrong becomes an error that points at its place and
 * offers the nearest valid word. It must not guess what was meant.
 */
import { logNamed } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import { type Field, fields, fieldsOf, isPrefixOf, readValue } from './fields.ts';
import type { Filter, MatchValue, Term, TimePoint } from './filter.ts';
import { nearestWord } from './nearest-word.ts';
import { type QueryCharacter, type QueryWord, queryWords, textOf } from './query-words.ts';
import { parseTimePoint, type TimeContext, timePointForms } from './time-point.ts';

export interface QueryError {
  /** A sentence without the place. */
  readonly message: string;
  /** What is wrong stands from `start` up to before `end` of the query. */
  readonly start: number;
  readonly end: number;
  /** What to write there instead, or null. */
  readonly suggestion: string | null;
}

export type ParsedQuery =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly error: QueryError };

interface QueryContext extends Pick<TimeContext, 'nowMs' | 'timeZone'> {
  /** The log whose fields count; the sign-ups when none is named. */
  readonly log?: LogName;
}
type Refused = { readonly error: QueryError };
type RangeEnd = 'since' | 'until';

const byName: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.name, field]));

/** Takes a query, the present, the zone in which times are written and the log that is asked. Takes time in proportion to its length. */
export function parseQuery(text: string, context: QueryContext): ParsedQuery {
  const cut = queryWords(text);
  if (!cut.ok) {
    return { ok: false, ...refuse('This quote is never closed.', cut.openQuoteAt, text.length) };
  }
  const terms: Term[] = [];
  const range: { since: TimePoint | null; until: TimePoint | null } = { since: null, until: null };
  for (const word of cut.words) {
    const rangeEnd = rangeEndOf(word);
    if (rangeEnd === null) {
      const read = readTerm(word, context.log ?? 'signUps');
      if ('error' in read) return { ok: false, error: read.error };
      terms.push(read);
    } else {
      const point = readRangeEnd(word, rangeEnd, context);
      if ('error' in point) return { ok: false, error: point.error };
      if (range[rangeEnd] !== null) {
        return { ok: false, ...refuse(`"${rangeEnd}" is given twice.`, word.start, word.end) };
      }
      range[rangeEnd] = point;
      if (range.since !== null && range.until !== null && range.since.atMs >= range.until.atMs) {
        const when = range.since.atMs > range.until.atMs ? 'before' : 'when';
        return { ok: false, ...refuse(`The time range ends ${when} it begins.`, word.start, word.end) };
      }
    }
  }
  return { ok: true, filter: { terms, ...range } };
}

function rangeEndOf(word: QueryWord): RangeEnd | null {
  const name = fieldNameOf(word)?.toLowerCase();
  return name === 'since' || name === 'until' ? name : null;
}

/** What stands before the colon, if that can be the name of a field: unquoted letters. */
function fieldNameOf({ characters }: QueryWord): string | null {
  const colon = characters.findIndex(({ text, quoted }) => quoted || !/[a-z]/i.test(text));
  const isField = colon > 0 && characters[colon]?.text === ':' && !characters[colon].quoted;
  return isField ? textOf(characters.slice(0, colon)) : null;
}

function readRangeEnd(word: QueryWord, end: RangeEnd, context: QueryContext): TimePoint | Refused {
  if (word.negated) return refuse(`"${end}" cannot be negated.`, word.start, word.end);
  const written = textOf(word.characters.slice(end.length + 1));
  const edge = end === 'since' ? 'start' : 'end';
  const read = parseTimePoint(written, { ...context, edge });
  if (read.ok) return read.point;
  const message =
    read.reason === 'notATime'
      ? `"${cited(written)}" is not a time. Times look like ${timePointForms}.`
      : `${read.message}. ${read.advice}.`;
  return refuse(message, word.start + end.length + 1, word.end);
}

function readTerm(word: QueryWord, log: LogName): Term | Refused {
  const { negated, characters, start, end } = word;
  const name = fieldNameOf(word);
  if (name === null) {
    const text = textOf(characters);
    return text === '' ? refuse('There is nothing to search for here.', start, end) : { kind: 'text', text, negated };
  }
  const field = byName.get(name.toLowerCase());
  if (field === undefined || !field.logs.includes(log)) {
    const nameStart = start + (negated ? 1 : 0);
    const words = [...fieldsOf(log).map(({ name: word }) => word), 'since', 'until'];
    const message = `${noSuchField(name, field, log)}; the fields are ${words.join(', ')}. Quotes search for the text.`;
    return refuse(message, nameStart, nameStart + name.length, nearestWord(name, words));
  }
  const values: MatchValue[] = [];
  let valueStart = name.length + 1;
  for (let at = valueStart; at <= characters.length; at++) {
    const isEnd = at === characters.length || (characters[at]?.text === ',' && !characters[at]?.quoted);
    if (!isEnd) continue;
    const from = (characters[valueStart - 1]?.at ?? start) + 1;
    const read = readMatch(field, characters.slice(valueStart, at), from, characters[at]?.at ?? end);
    if ('error' in read) return read;
    values.push(read);
    valueStart = at + 1;
  }
  return { kind: 'field', field: field.name, values, negated };
}

/** Says so when it is a field of another log. */
function noSuchField(name: string, field: Field | undefined, log: LogName): string {
  if (field === undefined) return `There is no field "${cited(name)}"`;
  const having = field.logs.map((other) => logNamed(other).title.toLowerCase()).join(' and ');
  return `"${field.name}" is a field of ${having}, not of ${logNamed(log).title.toLowerCase()}`;
}

/** Reads one of the values behind the colon; it stands from `start` up to before `end`. */
function readMatch(
  field: Field,
  characters: readonly QueryCharacter[],
  start: number,
  end: number,
): MatchValue | Refused {
  const last = characters.at(-1);
  if (last === undefined) return refuse(`A value is missing here: ${field.name} is ${field.help}.`, start, end);
  const isPrefix = last.text === '*' && !last.quoted;
  const beforeStar = isPrefix ? characters.slice(0, -1) : characters;
  const written = textOf(beforeStar);
  const exactly = characters.some(({ quoted }) => quoted);
  if (field.takes === 'any' && beforeStar.some(({ text, quoted }) => text === '*' && !quoted)) {
    return refuse(strayStar(beforeStar), start, end);
  }
  if (isPrefix && isPrefixOf(field, written, exactly)) return { text: written, match: 'prefix' };
  const value = isPrefix ? null : readValue(field, written, exactly);
  if (value !== null) return { text: value, match: 'exact' };
  const words = [...field.known, ...field.aliases.keys()];
  const message =
    field.takes === 'number'
      ? `"${cited(written)}" is not a number; an error code is digits only.`
      : `"${cited(written)}" is not a value of ${field.name}; it is one of ${field.known.join(', ')}.`;
  return refuse(message, start, end, nearestWord(written, words));
}

/** A star that is not at the end of a value, where it would be searched for as it stands. */
function strayStar(characters: readonly QueryCharacter[]): string {
  const inside = textOf(characters.filter(({ text }) => text !== '*'));
  const instead = inside === '' ? '' : `, e.g. ${cited(inside)}`;
  return `"*" stands only at the end of a value, for "starts with". A word without a field searches inside${instead}. Quotes mean the * itself.`;
}

/** Enough of a text to know it by. */
function cited(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function refuse(message: string, start: number, end: number, suggestion: string | null = null): Refused {
  return { error: { message, start, end, suggestion } };
}
