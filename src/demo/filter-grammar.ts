/** Text of a `$filter` → tree. Knows the words of the language, not which fields exist. */

export type FilterLiteral =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'time'; readonly timeUs: number };

export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | { readonly kind: 'comparison'; readonly operator: string; readonly path: string; readonly literal: FilterLiteral }
  /** `path/any(variable:condition)`: one member of a collection for which the condition holds. */
  | { readonly kind: 'any'; readonly path: string; readonly variable: string; readonly condition: FilterNode };

/** The clause is not understood; Graph would answer 400. */
export class InvalidFilter extends Error {}

const DEEPEST_NESTING = 100;
const wordPattern = /[A-Za-z_@][\w./@-]*/y;
const textPattern = /'((?:[^']|'')*)'/y;
const timePattern = /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)/y;
const numberPattern = /-?\d+(?![\w.-])/y;

/** @throws InvalidFilter */
export function parseFilter(text: string): FilterNode {
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): FilterNode {
    const node = this.#disjunction();
    this.#skipSpaces();
    if (this.#at < this.#text.length) throw new InvalidFilter(`unexpected text at ${this.#at}`);
    return node;
  }

  #disjunction(): FilterNode {
    let left = this.#conjunction();
    while (this.#takeWord('or')) left = { kind: 'or', left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): FilterNode {
    let left = this.#operand();
    while (this.#takeWord('and')) left = { kind: 'and', left, right: this.#operand() };
    return left;
  }

  #operand(): FilterNode {
    if (++this.#depth > DEEPEST_NESTING) throw new InvalidFilter('nested too deeply');
    const node = this.#negationGroupOrComparison();
    this.#depth--;
    return node;
  }

  #negationGroupOrComparison(): FilterNode {
    if (this.#takeWord('not')) return { kind: 'not', operand: this.#operand() };
    if (this.#takeSign('(')) {
      const node = this.#disjunction();
      this.#expectSign(')');
      return node;
    }
    const word = this.#takeMatch(wordPattern)?.[0];
    if (word === undefined) throw new InvalidFilter(`a field is missing at ${this.#at}`);
    return this.#takeSign('(') ? this.#call(word) : this.#comparison(word);
  }

  #call(name: string): FilterNode {
    if (name.endsWith('/any')) return this.#any(name.slice(0, -'/any'.length));
    const path = this.#takeMatch(wordPattern)?.[0] ?? '';
    this.#expectSign(',');
    const literal = this.#literal();
    this.#expectSign(')');
    return { kind: 'comparison', operator: name.toLowerCase(), path, literal };
  }

  #any(path: string): FilterNode {
    const variable = this.#takeMatch(wordPattern)?.[0] ?? '';
    this.#expectSign(':');
    const condition = this.#disjunction();
    this.#expectSign(')');
    return { kind: 'any', path, variable, condition };
  }

  #comparison(path: string): FilterNode {
    const operator = this.#takeMatch(wordPattern)?.[0];
    if (operator === undefined) throw new InvalidFilter(`an operator is missing at ${this.#at}`);
    return { kind: 'comparison', operator, path, literal: this.#literal() };
  }

  #literal(): FilterLiteral {
    const text = this.#takeMatch(textPattern);
    if (text) return { kind: 'text', text: (text[1] ?? '').replaceAll("''", "'") };
    const time = this.#takeMatch(timePattern);
    if (time) return { kind: 'time', timeUs: microsecondsOf(time) };
    const number = this.#takeMatch(numberPattern);
    if (number) return { kind: 'number', value: Number(number[0]) };
    throw new InvalidFilter(`a value is missing at ${this.#at}`);
  }

  #takeWord(word: string): boolean {
    const start = this.#at;
    if (this.#takeMatch(wordPattern)?.[0] === word) return true;
    this.#at = start;
    return false;
  }

  #takeSign(sign: '(' | ')' | ',' | ':'): boolean {
    this.#skipSpaces();
    if (this.#text.charAt(this.#at) !== sign) return false;
    this.#at++;
    return true;
  }

  #expectSign(sign: '(' | ')' | ',' | ':'): void {
    if (!this.#takeSign(sign)) throw new InvalidFilter(`'${sign}' is missing at ${this.#at}`);
  }

  #takeMatch(pattern: RegExp): RegExpExecArray | null {
    this.#skipSpaces();
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #skipSpaces(): void {
    while (this.#text.charAt(this.#at) === ' ') this.#at++;
  }
}

/** Microseconds since the epoch of a matched time; digits beyond the sixth are cut off. */
function microsecondsOf(match: RegExpExecArray): number {
  const [text, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = match;
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  if (Number.isNaN(timeMs)) throw new InvalidFilter(`${text} is no time`);
  return timeMs * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
