/**
 * What Graph makes of a `$filter` on the sign-up log: which fields take which operators, and which rows match.
 * It shares no code with the product's own filter, because it is there to judge it.
 *
 * Fields and operators: the resource page of selfServiceSignUp and the samples of its list page. Neither says whether
 * text is compared with regard to letter case; here it is not, as in Microsoft's other directory services.
 */
import { type FilterLiteral, type FilterNode, InvalidFilter, parseFilter } from './filter-grammar.ts';

/** Something with the fields of a sign-up row, by path (`status/errorCode`). Times as text or in microseconds. */
export interface FilterSubject {
  value(path: string): unknown;
}

/** What a filter allows for `createdDateTime` at most, in microseconds since the epoch; null: no bound. */
interface TimeBounds {
  readonly fromUs: number | null;
  readonly toUs: number | null;
}

export type CompiledFilter =
  | { readonly ok: true; readonly bounds: TimeBounds; readonly matches: (subject: FilterSubject) => boolean }
  | { readonly ok: false; readonly reason: string };

interface FieldRule {
  readonly literal: FilterLiteral['kind'];
  readonly operators: readonly string[];
}

const fieldRules: ReadonlyMap<string, FieldRule> = new Map([
  ['createdDateTime', { literal: 'time', operators: ['eq', 'ge', 'le'] }],
  ['id', { literal: 'text', operators: ['eq'] }],
  ['correlationId', { literal: 'text', operators: ['eq'] }],
  ['appId', { literal: 'text', operators: ['eq'] }],
  ['appDisplayName', { literal: 'text', operators: ['eq', 'startswith'] }],
  ['signUpStage', { literal: 'text', operators: ['eq'] }],
  ['signUpIdentityProvider', { literal: 'text', operators: ['eq'] }],
  ['signUpIdentity/signUpIdentifier', { literal: 'text', operators: ['eq'] }],
  ['signUpIdentity/signUpIdentifierType', { literal: 'text', operators: ['eq'] }],
  ['status/errorCode', { literal: 'number', operators: ['eq', 'ne'] }],
]);

const UNBOUNDED: TimeBounds = { fromUs: null, toUs: null };

/** Never throws: a clause that Graph would refuse gives `ok: false` and why. */
export function compileFilter(text: string): CompiledFilter {
  try {
    const node = parseFilter(text);
    const matches = predicateOf(node);
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

function predicateOf(node: FilterNode): (subject: FilterSubject) => boolean {
  if (node.kind === 'comparison') return comparisonOf(node);
  if (node.kind === 'not') {
    const operand = predicateOf(node.operand);
    return (subject) => !operand(subject);
  }
  const left = predicateOf(node.left);
  const right = predicateOf(node.right);
  return node.kind === 'and'
    ? (subject) => left(subject) && right(subject)
    : (subject) => left(subject) || right(subject);
}

type Comparison = Extract<FilterNode, { kind: 'comparison' }>;

function comparisonOf({ operator, path, literal }: Comparison): (subject: FilterSubject) => boolean {
  const rule = fieldRules.get(path);
  if (!rule) throw new InvalidFilter(`${path} cannot be filtered`);
  if (!rule.operators.includes(operator)) throw new InvalidFilter(`${path} does not take ${operator}`);
  if (rule.literal !== literal.kind) throw new InvalidFilter(`${path} does not take a ${literal.kind}`);
  if (literal.kind === 'text') {
    const wanted = literal.text.toLowerCase();
    return operator === 'startswith'
      ? (subject) => textAt(subject, path)?.startsWith(wanted) === true
      : (subject) => textAt(subject, path) === wanted;
  }
  if (literal.kind === 'number') {
    const wanted = literal.value;
    return operator === 'ne'
      ? (subject) => subject.value(path) !== wanted
      : (subject) => subject.value(path) === wanted;
  }
  const { timeUs } = literal;
  if (operator === 'ge') return (subject) => timeAt(subject, path) >= timeUs;
  if (operator === 'le') return (subject) => timeAt(subject, path) <= timeUs;
  return (subject) => timeAt(subject, path) === timeUs;
}

function textAt(subject: FilterSubject, path: string): string | null {
  const value = subject.value(path);
  return typeof value === 'string' ? value.toLowerCase() : null;
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
  if (node.kind === 'not') return UNBOUNDED;
  if (node.kind === 'comparison') {
    if (node.literal.kind !== 'time') return UNBOUNDED;
    const { timeUs } = node.literal;
    return { fromUs: node.operator === 'le' ? null : timeUs, toUs: node.operator === 'ge' ? null : timeUs };
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
