/**
 * The part of the filter that Graph can decide, as text for `$filter`. It is always a superset: it may keep events that
 * the local filter drops, never the other way round, so what is doubtful is left out. Nothing in it is URL-encoded.
 */
import type { LogName } from '../signup/event.ts';
import { fieldNamed, outcomeValueLists, valuesOfCreation } from './fields.ts';
import type { FieldName, FieldTerm, Filter, Term } from './filter.ts';
import { asAppTerm } from './flows.ts';
import type { GraphColumn } from './graph-columns.ts';
import { conditionHolds } from './predicate.ts';

export interface SplitFilter {
  /** For `$filter`, to be joined with the time range by `and`; null when Graph can decide nothing of it. */
  readonly clause: string | null;
  /** The conditions that `clause` joins by `and`; any of them may be refused and left out. */
  readonly clauses: readonly string[];
  /** The terms that Graph decides as they are meant. */
  readonly decidedByGraph: ReadonlySet<Term>;
  /** The terms that are decided here; Graph may narrow some of them. */
  readonly decidedHere: ReadonlySet<Term>;
}

interface Condition {
  readonly text: string;
  /** Whether it keeps exactly what the term keeps. */
  readonly exact: boolean;
}

/** Addresses of more than some thousand characters are refused on the way; encoding can treble the length. */
const LONGEST_CLAUSE = 1_500;

/** Splits a filter for a log. `refused`: conditions, as given in `clauses`, that Graph has refused and that are left out. */
export function splitFilter(filter: Filter, refused: ReadonlySet<string>, log: LogName = 'signUps'): SplitFilter {
  const clauses = new Set<string>();
  const decidedByGraph = new Set<Term>();
  const decidedHere = new Set<Term>();
  let length = 0;
  for (const term of filter.terms) {
    const condition = term.kind === 'field' ? conditionFor(term, log) : null;
    const isSent =
      condition !== null && !refused.has(condition.text) && length + condition.text.length <= LONGEST_CLAUSE;
    if (isSent && !clauses.has(condition.text)) {
      clauses.add(condition.text);
      length += condition.text.length + ' and '.length;
    }
    (isSent && condition.exact ? decidedByGraph : decidedHere).add(term);
  }
  const joined = [...clauses];
  return { clause: joined.length === 0 ? null : joined.join(' and '), clauses: joined, decidedByGraph, decidedHere };
}

/** Fields that have the same value in all events of an attempt: asking Graph for it does not tear attempts apart. */
const attemptFields: ReadonlySet<FieldName> = new Set<FieldName>(['appid', 'flow', 'correlation', 'user']);

/** The part of the filter of which Graph may be asked for where whole attempts are wanted. */
export function wholeAttempts(filter: Filter): Filter {
  const terms = filter.terms.filter((term) => term.kind === 'field' && !term.negated && attemptFields.has(term.field));
  return { ...filter, terms };
}

function conditionFor(term: FieldTerm, log: LogName): Condition | null {
  if (term.field === 'outcome') return outcomeCondition(term, log);
  if (term.field === 'flow') {
    const appTerm = asAppTerm(term);
    return appTerm && conditionFor(appTerm, log);
  }
  const column = fieldNamed(term.field).graph[log];
  if (column === undefined || (term.negated && column.operators.ne === undefined)) return null;
  const literals = term.values.map((value) => (value.match === 'exact' ? column.literals(value.text) : null));
  const alternatives = literals.filter((literal) => literal !== null).flat();
  // One branch that Graph cannot decide undoes the whole `or`.
  if (alternatives.length === 0 || literals.includes(null))
    return term.field === 'error' ? anyError(term, column) : null;
  // A lone surrogate cannot be written into an address.
  if (alternatives.some((literal) => /\p{Surrogate}/u.test(literal))) return null;
  const operator = term.negated ? 'ne' : 'eq';
  const comparisons = alternatives.map((literal) => comparison(column, operator, literal));
  // One of several in a collection may not be the one that the term is about.
  return { text: joinedBy(term.negated ? 'and' : 'or', comparisons), exact: column.anyOf === null };
}

/**
 * Codes that Graph cannot be asked for one by one (a prefix, a custom extension's code behind a generic one) are never behind
 * a 0, so the successes at least are left at Graph.
 */
function anyError(term: FieldTerm, column: GraphColumn): Condition | null {
  const keepsSuccess = term.negated || conditionHolds(term, ['0']);
  return keepsSuccess || column.operators.ne === undefined
    ? null
    : { text: comparison(column, 'ne', '0'), exact: false };
}

function comparison({ path, anyOf }: GraphColumn, operator: 'eq' | 'ne', literal: string): string {
  return anyOf === null ? `${path} ${operator} ${literal}` : `${anyOf}/any(t:t/${path} ${operator} ${literal})`;
}

/**
 * Outcomes are sets of codes. Graph can tell 0 from the others, and `ne` is seen in samples of sign-ups alone; the others are
 * told apart here. By the results of the logs without codes Graph does not filter.
 */
function outcomeCondition(term: FieldTerm, log: LogName): Condition | null {
  const column = fieldNamed('error').graph[log];
  const kept = outcomeValueLists.filter((values) => conditionHolds(term, values));
  if (column === undefined) return null;
  const isSuccess = comparison(column, 'eq', '0');
  const keepsCreation = conditionHolds(term, valuesOfCreation);
  const failures = kept.filter((values) => !values.includes('succeeded'));
  const keepsSuccess = kept.length > failures.length;
  if (keepsCreation && kept.length === 0) {
    return log === 'signUps'
      ? { text: joinedBy('and', [isSuccess, "signUpStage eq 'userCreation'"]), exact: true }
      : null;
  }
  if (failures.length === 0) {
    return keepsSuccess ? { text: isSuccess, exact: keepsCreation || log !== 'signUps' } : null;
  }
  if (keepsSuccess || (keepsCreation && log === 'signUps') || column.operators.ne === undefined) return null;
  return { text: comparison(column, 'ne', '0'), exact: failures.length === outcomeValueLists.length - 1 };
}

function joinedBy(operator: 'and' | 'or', comparisons: readonly string[]): string {
  const joined = comparisons.join(` ${operator} `);
  // One condition stays one piece: Graph may refuse it, and it is left out as a whole.
  return comparisons.length > 1 ? `(${joined})` : joined;
}
