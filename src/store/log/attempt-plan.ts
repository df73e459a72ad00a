/**
 * A filter prepared for attempts. A condition holds for an attempt when it holds for any of its events, and its opposite
 * when it holds for none; provider and account type are those of the last event, the outcome is that of the attempt, and it
 * has called no extension when none of its events has.
 */
import { judgedValues } from '../../filter/attempt-predicate.ts';
import { calledNone } from '../../filter/fields.ts';
import type { FieldName, FieldTerm, Filter, Term } from '../../filter/filter.ts';
import { appsMeant } from '../../filter/flows.ts';
import { compileCondition } from '../../filter/predicate.ts';
import { attemptOutcome } from '../../signup/attempt.ts';
import type { AttemptBrief } from './attempts.ts';
import type { EventLog } from './event-log.ts';
import { kindTestOf } from './filter-plan.ts';
import type { RowTest } from './row-tests.ts';

/** `key` names the attempt, see `Attempts.keyOf`. */
type AttemptTest = (brief: AttemptBrief, key: number, nowMs: number) => boolean;

const judgedFields: ReadonlySet<FieldName> = new Set<FieldName>(['outcome', 'lost', 'ended']);
/** Decided by the last event alone. */
const lastEventFields: ReadonlySet<FieldName> = new Set<FieldName>(['provider', 'account']);

export class AttemptPlan {
  readonly #log: EventLog;
  readonly #sinceMs: number;
  readonly #untilMs: number;
  readonly #tests: readonly AttemptTest[];
  /** The answer for an attempt can change with time alone. */
  readonly dependsOnTime: boolean;

  constructor(log: EventLog, filter: Filter) {
    this.#log = log;
    this.#sinceMs = filter.since?.atMs ?? Number.NEGATIVE_INFINITY;
    this.#untilMs = filter.until?.atMs ?? Number.POSITIVE_INFINITY;
    this.#tests = filter.terms.map((term) => (isJudged(term) ? judgedTest(log, term) : eventTest(log, term)));
    this.dependsOnTime = filter.terms.some(isJudged);
  }

  /** Whether the filter keeps the attempt: its first event lies in the filter's time, and its terms hold. */
  keeps(brief: AttemptBrief, key: number, nowMs: number): boolean {
    const startMs = this.#log.timeMs(brief.first);
    if (startMs < this.#sinceMs || startMs >= this.#untilMs) return false;
    return this.#tests.every((test) => test(brief, key, nowMs));
  }
}

/** Whether the term is about the whole of an attempt. */
function isJudged(term: Term): term is FieldTerm {
  return term.kind === 'field' && judgedFields.has(term.field);
}

function judgedTest(log: EventLog, term: FieldTerm): AttemptTest {
  const holds = compileCondition(term);
  return ({ last, shape }, _, nowMs) =>
    holds(judgedValues(term.field, shape, attemptOutcome(shape, log.timeMs(last), nowMs)) ?? []);
}

function eventTest(log: EventLog, term: Term): AttemptTest {
  // Until it is known which applications a flow means, nothing passes, whichever way it is asked.
  if (term.kind === 'field' && term.field === 'flow' && appsMeant(term) === null) return () => false;
  const kindTest = kindTestOf(log, { ...term, negated: false });
  const answers: (boolean | RowTest)[] = [];
  const isWanted = (position: number): boolean => {
    const kindCode = log.rows.kindCode(position);
    answers[kindCode] ??= kindTest(kindCode);
    const answer = answers[kindCode];
    return typeof answer === 'function' ? answer(position) : answer;
  };
  if (term.kind === 'field' && lastEventFields.has(term.field)) {
    return ({ last }) => isWanted(last) !== term.negated;
  }
  if (term.kind === 'field' && term.field === 'extension') return extensionTest(log, term, isWanted);
  return (_, key) => log.attempts.hasAny(key, isWanted) !== term.negated;
}

/** An event that called no extension tells nothing of an attempt in which another event did. */
function extensionTest({ rows, attempts }: EventLog, term: FieldTerm, isWanted: RowTest): AttemptTest {
  const calls: RowTest = (position) => rows.kind(position).sample.listeners.length > 0;
  const isWantedCall: RowTest = (position) => calls(position) && isWanted(position);
  const wantsNone = compileCondition({ ...term, negated: false })([calledNone]);
  return (_, key) => {
    const holds = attempts.hasAny(key, isWantedCall) || (wantsNone && !attempts.hasAny(key, calls));
    return holds !== term.negated;
  };
}
