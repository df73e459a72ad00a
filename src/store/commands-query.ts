/** The query bar: the filter as text, completed from what is loaded, and pointed at where it is wrong. */
import { type Completion, completeQuery } from '../filter/complete-query.ts';
import { fieldNamed } from '../filter/fields.ts';
import type { FieldName, Term, TimePoint } from '../filter/filter.ts';
import { parseQuery, type QueryError } from '../filter/parse-query.ts';
import { printQuery, printTerm } from '../filter/print-query.ts';
import { applyFilter } from './apply-filter.ts';
import { facetValues } from './facet-values.ts';
import { type LineEdit, lineOf } from './line-edit.ts';
import { noticed } from './notice.ts';
import { personValues } from './person-values.ts';
import type { State } from './state.ts';
import { knownFlowNames } from './user-flows.ts';

export interface QueryBar {
  readonly edit: LineEdit;
  /** Which completion Tab takes, counted from 0. */
  readonly choice: number;
  /** What is wrong with the text, since it was last asked to be taken. */
  readonly error: QueryError | null;
}

export function queryOpen(state: State): State {
  const text = printQuery(state.filter);
  return openQueryWith(state, lineOf(text === '' ? '' : `${text} `));
}

const LONGEST_PASTE = 320;
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The query bar with what was pasted on the table: an address is a user, a GUID a correlation ID (where the log has none, an
 * account), all else a word.
 */
export function queryFromPaste(state: State, pasted: string): State {
  const text = pasted.trim();
  if (text === '' || text.length > LONGEST_PASTE || /[\r\n]/.test(text)) {
    return noticed(state, 'That is too much to look for: an address, a GUID or a word can be pasted here.');
  }
  const value = (field: FieldName): Term => ({
    kind: 'field',
    field,
    values: [{ text, match: 'exact' }],
    negated: false,
  });
  const isAddress = /^\S+@\S+$/.test(text);
  const term: Term = isAddress
    ? value('user')
    : GUID.test(text)
      ? value(fieldNamed('correlation').logs.includes(state.shown) ? 'correlation' : 'userid')
      : { kind: 'text', text, negated: false };
  return openQueryWith(state, lineOf(`${printTerm(term)} `));
}

/** The query bar with a text of its own, and what is wrong with it if that is known. */
export function openQueryWith(state: State, edit: LineEdit, error: QueryError | null = null): State {
  return withBar(state, { edit, choice: 0, error });
}

export function queryCancel(state: State): State {
  return { ...state, overlay: null };
}

/** Takes the text as the filter; a range that it does not name stays as it is. */
export function queryAccept(state: State): State {
  const bar = barOf(state);
  if (!bar) return state;
  const { nowMs, settings, filter, shown } = state;
  const parsed = parseQuery(bar.edit.text, { nowMs, timeZone: settings.timeZone, log: shown });
  if (!parsed.ok) return withBar(state, { ...bar, error: parsed.error });
  const since = meant(parsed.filter.since, filter.since);
  return applyFilter({ ...state, overlay: null }, { ...parsed.filter, since });
}

/** The range that is written as it was before stays what it was: it would be read anew for nothing. */
function meant(written: TimePoint | null, before: TimePoint | null): TimePoint | null {
  return written === null || written.text === before?.text ? before : written;
}

/** Puts the chosen completion into the text, with a space behind a value at the end. */
export function queryComplete(state: State): State {
  const bar = barOf(state);
  const completion = completionsOf(state)[bar?.choice ?? 0];
  if (!bar || !completion) return state;
  const { text } = bar.edit;
  const isLastValue = completion.end === text.length && !completion.text.endsWith(':');
  const before = text.slice(0, completion.start) + completion.text + (isLastValue ? ' ' : '');
  const edit = { text: before + text.slice(completion.end), cursor: [...before].length };
  return withBar(state, { edit, choice: 0, error: null });
}

export function queryChoose(by: number): (state: State) => State {
  return (state) => {
    const bar = barOf(state);
    const count = completionsOf(state).length;
    return bar && count > 0 ? withBar(state, { ...bar, choice: (bar.choice + by + count) % count }) : state;
  };
}

/** What could stand at the cursor of the query bar, best first; empty while it is closed. */
export function completionsOf(state: State): readonly Completion[] {
  const bar = barOf(state);
  if (!bar) return [];
  const { text, cursor } = bar.edit;
  const place = [...text].slice(0, cursor).join('').length;
  return completeQuery(text, place, (field) => valuesOf(state, field), state.shown);
}

function valuesOf(state: State, field: FieldName): readonly string[] {
  if (field === 'flow') return knownFlowNames(state);
  const rows = field === 'user' ? personValues(state, '') : facetValues(state, field);
  return rows.map(({ value }) => value);
}

function barOf({ overlay }: State): QueryBar | null {
  return overlay?.kind === 'query' ? overlay.bar : null;
}

function withBar(state: State, bar: QueryBar): State {
  return { ...state, overlay: { kind: 'query', bar } };
}
