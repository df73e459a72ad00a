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
import { attemptOutcome, FOLLOW_UP_MS } from '../../signup/attempt.ts';
import { isCutAt, isIn } from '../../signup/attempt-range.ts';
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
  readonly #keptFromMs: number | null;
  readonly #lookBackMs: number;
  readonly #tests: readonly AttemptTest[];
  /** The answer for an attempt can change with time alone. */
  readonly dependsOnTime: boolean;

  /** `keptFromMs`: the log holds nothing older; attempts whose beginning is probably missing for that are not kept. Null: all are. `lookBackMs`: how much before the filter's time is looked at. */
  constructor(log: EventLog, filter: Filter, keptFromMs: number | null = null, lookBackMs: number = FOLLOW_UP_MS) {
    this.#keptFromMs = keptFromMs;
    this.#lookBackMs = lookBackMs;
    this.#log = log;
    this.#sinceMs = filter.since?.atMs ?? Number.NEGATIVE_INFINITY;
    this.#untilMs = filter.until?.atMs ?? Number.POSITIVE_INFINITY;
    this.#tests = filter.terms.map((term) => (isJudged(term) ? judgedTest(log, term) : eventTest(log, term)));
    this.dependsOnTime = filter.terms.some(isJudged);
  }

  /** The attempt if the filter keeps it at `nowMs`: it begins in the filter's time, and the terms hold. Null if not. */
  kept(key: number, nowMs: number): AttemptBrief | null {
    const brief = this.#log.attempts.briefFrom(key, this.#sinceMs - this.#lookBackMs);
    if (brief === null || !this.covers(brief.first)) return null;
    return !this.isCut(brief) && this.#tests.every((test) => test(brief, key, nowMs)) ? brief : null;
  }

  /** Whether an event lies in the filter's time. */
  covers(position: number): boolean {
    return isIn(this.#log.timeMs(position), { fromMs: this.#sinceMs, toMs: this.#untilMs });
  }

  /** Whether the beginning of the attempt is probably missing, because the log does not reach back to it. */
  isCut({ first, shape }: AttemptBrief): boolean {
    return this.#keptFromMs !== null && isCutAt({ shape, startMs: this.#log.timeMs(first) }, this.#keptFromMs);
  }
}

/** Whether the term is about the whole of an attempt. */
function isJudged(term: Term): term is FieldTerm {
  return term.kind === 'field' && judgedFields.has(term.field);
}

function judgedTest(log: EventLog, term: FieldTerm): AttemptTest {
  const holds = compileCondition(term);
  return ({ first, last, shape }, _, nowMs) => {
    const outcome = attemptOutcome({ shape, startMs: log.timeMs(first), lastMs: log.timeMs(last) }, nowMs);
    return holds(judgedValues(term.field, shape, outcome) ?? []);
  };
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
  return (brief, key) => hasAny(log, brief, key, isWanted) !== term.negated;
}

/** An event that called no extension tells nothing of an attempt in which another event did. */
function extensionTest(log: EventLog, term: FieldTerm, isWanted: RowTest): AttemptTest {
  const calls: RowTest = (position) => log.rows.kind(position).sample.listeners.length > 0;
  const isWantedCall: RowTest = (position) => calls(position) && isWanted(position);
  const wantsNone = compileCondition({ ...term, negated: false })([calledNone]);
  return (brief, key) => {
    const holds = hasAny(log, brief, key, isWantedCall) || (wantsNone && !hasAny(log, brief, key, calls));
    return holds !== term.negated;
  };
}

/** Whether any of the events is wanted that the attempt is judged by. */
function hasAny({ attempts, rows }: EventLog, { first, last }: AttemptBrief, key: number, isWanted: RowTest): boolean {
  const [startMs, lastMs] = [rows.timeMs(first), rows.timeMs(last)];
  return attempts.hasAny(key, (position) => {
    const timeMs = rows.timeMs(position);
    return timeMs >= startMs && timeMs <= lastMs && isWanted(position);
  });
}
