/**
 * What Graph makes of a `$filter`: which rows match, by the rules of the resource (`filter-rules.ts`) about fields and
 * operators. It shares no code with the product's own filter, because it is there to judge it.
 */
import { type FilterNode, InvalidFilter, parseFilter } from './filter-grammar.ts';
import type { FieldRule, FilterRules } from './filter-rules.ts';

/** Something with the fields of a row, by path (`status/errorCode`). Times as text or in microseconds. */
export interface FilterSubject {
  value(path: string): unknown;
}

/** What a filter allows for the time of a row at most, in microseconds since the epoch; null: no bound. */
interface TimeBounds {
  readonly fromUs: number | null;
  readonly toUs: number | null;
}

export type CompiledFilter =
  | { readonly ok: true; readonly bounds: TimeBounds; readonly matches: (subject: FilterSubject) => boolean }
  | { readonly ok: false; readonly reason: string };

const UNBOUNDED: TimeBounds = { fromUs: null, toUs: null };

/** Never throws: a clause that Graph would refuse gives `ok: false` and why. */
export function compileFilter(text: string, rules: FilterRules): CompiledFilter {
  try {
    const node = parseFilter(text);
    const matches = predicateOf(node, rules);
    return { ok: true, bounds: boundsOf(node), matches };
  } catch (error) {
    if (error instanceof InvalidFilter) return { ok: false, reason: error.message };
    throw error;
  }
}

/** The fields of a row of JSON as Graph sends it. */
export function subjectOfRow(row: object): FilterSubject {
  return {
    value: (path) => path.split('/').reduce<unknown>((value, name) => propertyOf(value, name), row),
  };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

type Predicate = (subject: FilterSubject) => boolean;

function predicateOf(node: FilterNode, rules: FilterRules): Predicate {
  switch (node.kind) {
    case 'comparison':
      return comparisonOf(node, rules);
    case 'any':
      return anyOf(node, rules);
    case 'not': {
      const operand = predicateOf(node.operand, rules);
      return (subject) => !operand(subject);
    }
    default: {
      const left = predicateOf(node.left, rules);
      const right = predicateOf(node.right, rules);
      return node.kind === 'and'
        ? (subject) => left(subject) && right(subject)
        : (subject) => left(subject) || right(subject);
    }
  }
}

/** The members of a collection are subjects of their own: `t` is the member, `t/id` a field of it. */
function anyOf({ path, variable, condition }: Extract<FilterNode, { kind: 'any' }>, rules: FilterRules): Predicate {
  const fields = rules.collections.get(path);
  if (!fields) throw new InvalidFilter(`${path} cannot be filtered`);
  const ofMember = new Map([...fields].map(([name, rule]) => [name === '' ? variable : `${variable}/${name}`, rule]));
  const holds = predicateOf(condition, { ...rules, fields: ofMember, collections: new Map() });
  return (subject) => {
    const members = subject.value(path);
    return Array.isArray(members) && members.some((member) => holds(subjectOfRow({ [variable]: member })));
  };
}

type Comparison = Extract<FilterNode, { kind: 'comparison' }>;

function comparisonOf({ operator, path, literal }: Comparison, rules: FilterRules): Predicate {
  const rule: FieldRule | undefined = rules.fields.get(path);
  if (!rule) throw new InvalidFilter(`${path} cannot be filtered`);
  if (!rule.operators.includes(operator)) throw new InvalidFilter(`${path} does not take ${operator}`);
  if (rule.literal !== literal.kind) throw new InvalidFilter(`${path} does not take a ${literal.kind}`);
  if (literal.kind === 'text') {
    const folded = (text: string) => (rules.mindsCase ? text : text.toLowerCase());
    const wanted = folded(literal.text);
    const holds = textComparisons.get(operator) ?? (() => false);
    return (subject) => {
      const value = subject.value(path);
      return typeof value === 'string' && holds(folded(value), wanted);
    };
  }
  const wanted = literal.kind === 'number' ? literal.value : literal.timeUs;
  const valueAt = literal.kind === 'number' ? numberAt : timeAt;
  const holds = numberComparisons.get(operator) ?? (() => false);
  return (subject) => holds(valueAt(subject, path), wanted);
}

const textComparisons = new Map<string, (value: string, wanted: string) => boolean>([
  ['eq', (value, wanted) => value === wanted],
  ['startswith', (value, wanted) => value.startsWith(wanted)],
  ['contains', (value, wanted) => value.includes(wanted)],
]);

/** A value that is missing is NaN, which is equal to nothing. */
const numberComparisons = new Map<string, (value: number, wanted: number) => boolean>([
  ['eq', (value, wanted) => value === wanted],
  ['ne', (value, wanted) => value !== wanted],
  ['ge', (value, wanted) => value >= wanted],
  ['le', (value, wanted) => value <= wanted],
  ['gt', (value, wanted) => value > wanted],
  ['lt', (value, wanted) => value < wanted],
]);

function numberAt(subject: FilterSubject, path: string): number {
  const value = subject.value(path);
  return typeof value === 'number' ? value : Number.NaN;
}

/** NaN, which compares with nothing, when there is no readable time. */
function timeAt(subject: FilterSubject, path: string): number {
  const value = subject.value(path);
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? /^(.*:\d\d)(?:\.(\d+))?Z$/.exec(value) : null;
  if (!match) return Number.NaN;
  return Date.parse(`${match[1]}Z`) * 1_000 + Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
}

function boundsOf(node: FilterNode): TimeBounds {
  if (node.kind === 'not' || node.kind === 'any') return UNBOUNDED;
  if (node.kind === 'comparison') {
    if (node.literal.kind !== 'time') return UNBOUNDED;
    const { timeUs } = node.literal;
    return {
      fromUs: /^l[et]$/.test(node.operator) ? null : timeUs,
      toUs: /^g[et]$/.test(node.operator) ? null : timeUs,
    };
  }
  const left = boundsOf(node.left);
  const right = boundsOf(node.right);
  return node.kind === 'and'
    ? {
        fromUs: combined(left.fromUs, right.fromUs, Math.max) ?? left.fromUs ?? right.fromUs,
        toUs: combined(left.toUs, right.toUs, Math.min) ?? left.toUs ?? right.toUs,
      }
    : {
        fromUs: combined(left.fromUs, right.fromUs, Math.min),
        toUs: combined(left.toUs, right.toUs, Math.max),
      };
}

function combined(left: number | null, right: number | null, choose: (a: number, b: number) => number): number | null {
  return left === null || right === null ? null : choose(left, right);
}
