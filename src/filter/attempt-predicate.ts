/**
 * The filter as a question to one attempt. A condition holds when it holds for any of its events, and its opposite when
 * it holds for none; provider and account type are those of the last event, the outcome is that of the attempt, and it has
 * called no extension when none of its events has.
 */
import type { AppNames } from '../signup/app-names.ts';
import { type AttemptOutcome, type AttemptShape, attemptOutcome } from '../signup/attempt.ts';
import { type Attempt, judgedEvents } from '../signup/attempts-of.ts';
import { noErrorCode } from '../signup/codes.ts';
import { searchForm, searchTexts } from '../signup/search-text.ts';
import { calledNone, fieldNamed, valuesOfAttempt } from './fields.ts';
import type { FieldName, FieldTerm, Filter, Term } from './filter.ts';
import { compileCondition } from './predicate.ts';

type AttemptTest = (attempt: Attempt, nowMs: number) => boolean;

/**
 * Gives true for the attempts that the filter keeps: its first event lies in the filter's time, and its terms hold.
 * Whether it is in progress is judged at `nowMs`. The names may still be learned while it is in use.
 */
export function compileAttemptFilter(filter: Filter, appNames: AppNames): AttemptTest {
  const sinceMs = filter.since?.atMs ?? Number.NEGATIVE_INFINITY;
  const untilMs = filter.until?.atMs ?? Number.POSITIVE_INFINITY;
  const tests = filter.terms.map((term) => compileTerm(term, appNames));
  return (attempt, nowMs) => {
    if (attempt.startMs < sinceMs || attempt.startMs >= untilMs) return false;
    return tests.every((holds) => holds(attempt, nowMs));
  };
}

/**
 * What an attempt has for a field, each once. The outcome is its own and the words for events that mean the same; the
 * provider and the account type are those of the last event; it has `extension:none` when no event of it called one; of
 * everything else it has what any of its events has.
 */
export function attemptValues(
  field: FieldName,
  attempt: Attempt,
  appNames: AppNames,
  nowMs: number,
): readonly string[] {
  const { shape } = attempt;
  const events = judgedEvents(attempt.events);
  const judged = judgedValues(field, shape, attemptOutcome(attempt, nowMs));
  if (judged !== null) return judged;
  const { values } = fieldNamed(field);
  const ofLastOnly = field === 'provider' || field === 'account';
  const telling = ofLastOnly ? events.slice(-1) : events;
  const found = [...new Set(telling.flatMap((event) => values(event, appNames)))];
  return field === 'extension' && found.length > 1 ? found.filter((value) => value !== calledNone) : found;
}

/** What an attempt has for a field that is about the whole of it; null for a field of its events. */
export function judgedValues(
  field: FieldName,
  { lastStage, lastErrorCode }: Pick<AttemptShape, 'lastStage' | 'lastErrorCode'>,
  outcome: AttemptOutcome,
): readonly string[] | null {
  switch (field) {
    case 'outcome':
      return valuesOfAttempt(outcome, lastErrorCode);
    case 'lost':
      return outcome === 'failed' || outcome === 'noFurtherEvent' ? [lastStage].filter((name) => name !== '') : [];
    case 'ended':
      return lastErrorCode === noErrorCode ? [] : [String(lastErrorCode)];
    default:
      return null;
  }
}

function compileTerm(term: Term, appNames: AppNames): AttemptTest {
  return term.kind === 'text' ? compileText(term.text, term.negated, appNames) : compileField(term, appNames);
}

function compileField(term: FieldTerm, appNames: AppNames): AttemptTest {
  const holds = compileCondition(term);
  return (attempt, nowMs) => holds(attemptValues(term.field, attempt, appNames, nowMs));
}

function compileText(text: string, negated: boolean, appNames: AppNames): AttemptTest {
  const wanted = searchForm(text);
  return ({ events }) =>
    judgedEvents(events).some((event) =>
      searchTexts(event, appNames.nameFor(event)).some((shown) => shown.includes(wanted)),
    ) !== negated;
}
