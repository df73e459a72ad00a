/**
 * The filter as a question to one event. This is what decides which rows are shown, whatever Graph made of its part.
 * It must not look at anything but the event and the names of applications.
 */
import type { AppNames } from '../signup/app-names.ts';
import type { LogEvent } from '../signup/event.ts';
import { searchForm, searchTexts } from '../signup/search-text.ts';
import { fieldNamed } from './fields.ts';
import type { FieldTerm, Filter, TextTerm } from './filter.ts';
import { appsMeant, asAppTerm } from './flows.ts';

/** Gives true for the events that the filter keeps. The names may still be learned while it is in use. */
export function compileFilter(filter: Filter, appNames: AppNames): (event: LogEvent) => boolean {
  const sinceMs = filter.since?.atMs ?? Number.NEGATIVE_INFINITY;
  const untilMs = filter.until?.atMs ?? Number.POSITIVE_INFINITY;
  const fieldTests = filter.terms
    .filter((term) => term.kind === 'field')
    .map((term) => ({ values: fieldNamed(term.field).values, holds: compileCondition(term) }));
  const textTests = filter.terms.filter((term) => term.kind === 'text').map(compileText);
  return (event) => {
    if (event.timeMs < sinceMs || event.timeMs >= untilMs) return false;
    if (!fieldTests.every(({ values, holds }) => holds(values(event, appNames)))) return false;
    if (textTests.length === 0) return true;
    const texts = searchTexts(event, appNames.nameFor(event));
    return textTests.every((holds) => holds(texts));
  };
}

/** Whether the term holds for an event that has these values for the term's field. Letter case never counts. */
export function conditionHolds(term: FieldTerm, values: readonly string[]): boolean {
  return compileCondition(term)(values);
}

/** The same, prepared for many calls. */
export function compileCondition(term: FieldTerm): (values: readonly string[]) => boolean {
  return term.field === 'flow' ? compileFlow(term) : compileValues(term);
}

/** Until it is known which applications are meant, no event passes, negated or not: none that is shown is wrong. */
function compileFlow(term: FieldTerm): (values: readonly string[]) => boolean {
  const appTerm = asAppTerm(term);
  if (appTerm !== null) return compileValues(appTerm);
  const passes = appsMeant(term) === 'all' && !term.negated;
  return () => passes;
}

function compileValues(term: FieldTerm): (values: readonly string[]) => boolean {
  const exact = new Set(
    term.values.filter((value) => value.match === 'exact').map((value) => value.text.toLowerCase()),
  );
  const prefixes = term.values.filter((value) => value.match === 'prefix').map((value) => value.text.toLowerCase());
  const matches = (value: string): boolean => {
    const folded = value.toLowerCase();
    return exact.has(folded) || prefixes.some((prefix) => folded.startsWith(prefix));
  };
  return (values) => values.some(matches) !== term.negated;
}

/** Whether the word is in any of the texts, which must be as `searchTexts` gives them. Prepared for many calls. */
function compileText(term: TextTerm): (texts: readonly string[]) => boolean {
  const wanted = searchForm(term.text);
  return (texts) => texts.some((text) => text.includes(wanted)) !== term.negated;
}
