/**
 * A filter prepared for the event log: what all events of a kind share is decided once per kind, and only the rest is
 * asked of each event. It gives the same answers as the predicate of `filter`.
 */
import { fieldNamed } from '../../filter/fields.ts';
import type { Filter, Term } from '../../filter/filter.ts';
import { compileCondition } from '../../filter/predicate.ts';
import { searchForm } from '../../signup/search-text.ts';
import type { EventLog } from './event-log.ts';
import { fieldTest, type RowTest, textTest } from './row-tests.ts';

/** A term as seen by one kind: it holds or fails for all events of it, or each must be asked. */
export type KindTest = (kindCode: number) => boolean | RowTest;

export class FilterPlan {
  readonly #log: EventLog;
  readonly #sinceMs: number;
  readonly #untilMs: number;
  readonly #kindTests: readonly KindTest[];
  /** By code of the kind: what is left to ask of an event; null when none of the kind passes. */
  #verdicts: (readonly RowTest[] | null)[] = [];

  constructor(log: EventLog, filter: Filter) {
    this.#log = log;
    this.#sinceMs = filter.since?.atMs ?? Number.NEGATIVE_INFINITY;
    this.#untilMs = filter.until?.atMs ?? Number.POSITIVE_INFINITY;
    this.#kindTests = filter.terms.map((term) => kindTestOf(log, term));
  }

  /** Whether the filter keeps the event at this position. */
  keeps(position: number): boolean {
    const timeMs = this.#log.timeMs(position);
    return timeMs >= this.#sinceMs && timeMs < this.#untilMs && this.termsHold(position);
  }

  /** The same but for the time. */
  termsHold(position: number): boolean {
    const kindCode = this.#log.rows.kindCode(position);
    const left = kindCode < this.#verdicts.length ? this.#verdicts[kindCode] : this.#decideUpTo(kindCode);
    if (!left) return false;
    for (const test of left) if (!test(position)) return false;
    return true;
  }

  /** The ranks in the log whose events lie in the filter's time: from `first` up to but not including `end`. */
  ranksInTime(): { readonly first: number; readonly end: number } {
    const { order } = this.#log;
    return {
      first: order.rankWhere((position) => this.#log.timeMs(position) >= this.#sinceMs),
      end: order.rankWhere((position) => this.#log.timeMs(position) >= this.#untilMs),
    };
  }

  /** Decides anew after names were learned. True when that changed what is kept. */
  refresh(): boolean {
    const before = this.#verdicts;
    this.#verdicts = before.map((_, kindCode) => this.#verdictOn(kindCode));
    return this.#verdicts.some((verdict, kindCode) => !isSame(verdict, before[kindCode] ?? null));
  }

  #decideUpTo(kindCode: number): readonly RowTest[] | null {
    while (this.#verdicts.length <= kindCode) this.#verdicts.push(this.#verdictOn(this.#verdicts.length));
    return this.#verdicts[kindCode] ?? null;
  }

  #verdictOn(kindCode: number): readonly RowTest[] | null {
    const left: RowTest[] = [];
    for (const test of this.#kindTests) {
      const answer = test(kindCode);
      if (answer === false) return null;
      if (answer !== true) left.push(answer);
    }
    return left;
  }
}

/** The test for a term. */
export function kindTestOf(log: EventLog, term: Term): KindTest {
  const { kinds } = log.rows;
  if (term.kind === 'text') {
    const wanted = searchForm(term.text);
    const ofRow = textTest(log.rows, term);
    return (kindCode) => {
      const { sample, searchText } = kinds.at(kindCode);
      const name = searchForm(log.appNames.nameFor(sample) ?? '');
      return name.includes(wanted) || searchText.includes(wanted) ? !term.negated : ofRow;
    };
  }
  const ofRow = fieldTest(log.rows, term);
  if (ofRow) return () => ofRow;
  const holds = compileCondition(term);
  const { values } = fieldNamed(term.field);
  return (kindCode) => holds(values(kinds.at(kindCode).sample, log.appNames));
}

function isSame(a: readonly RowTest[] | null, b: readonly RowTest[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((test, index) => test === b[index]);
}
