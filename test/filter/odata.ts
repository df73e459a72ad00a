/**
 * A judge of `$filter` that shares nothing with the program: eq, ne, ge, le, startswith, and, or, parentheses, read
 * by recursive descent and applied to a raw row. Property values that are missing compare as null, as OData says.
 */
type Test = (row: unknown) => boolean;

export interface Comparing {
  /** Whether texts compare letter by letter. Nobody has published which of the two Graph does for this log. */
  readonly letterCase: 'counts' | 'ignored';
}

/** Gives the test that the clause stands for; throws when it is not well formed. */
export function odataTest(clause: string, { letterCase }: Comparing): Test {
  const tokens = clause.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/gu) ?? [];
  if (tokens.join('').length !== clause.replace(/'(?:[^']|'')*'|\s/gu, (m) => (m.startsWith("'") ? m : '')).length) {
    throw new Error(`not well formed: ${clause}`);
  }
  let at = 0;
  const next = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`ends too early: ${clause}`);
    return token;
  };
  const fold = (value: unknown): unknown =>
    typeof value === 'string' && letterCase === 'ignored' ? value.toLowerCase() : (value ?? null);
  const literal = (token: string): unknown => {
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d+$/.test(token)) return Number(token);
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(token)) return token;
    throw new Error(`no literal: ${token}`);
  };

  const either = (): Test => {
    let left = both();
    while (tokens[at] === 'or') {
      at++;
      const [first, second] = [left, both()];
      left = (row) => first(row) || second(row);
    }
    return left;
  };
  const both = (): Test => {
    let left = single();
    while (tokens[at] === 'and') {
      at++;
      const [first, second] = [left, single()];
      left = (row) => first(row) && second(row);
    }
    return left;
  };
  const single = (): Test => {
    const token = next();
    if (token === '(') {
      const inner = either();
      if (next() !== ')') throw new Error(`unclosed: ${clause}`);
      return inner;
    }
    if (token === 'startswith') {
      const [, path, , text] = [next(), next(), next(), literal(next())];
      if (next() !== ')') throw new Error(`unclosed: ${clause}`);
      return (row) => String(fold(valueAt(row, path))).startsWith(String(fold(text)));
    }
    const [operator, wanted] = [next(), fold(literal(next()))];
    if (operator === 'eq') return (row) => fold(valueAt(row, token)) === wanted;
    if (operator === 'ne') return (row) => fold(valueAt(row, token)) !== wanted;
    // Times of one form compare as text: the fraction only follows where the second is the same.
    if (operator === 'ge') return (row) => String(valueAt(row, token)) >= String(wanted).replace('Z', '');
    if (operator === 'le')
      return (row) =>
        String(valueAt(row, token))
          .replace(/[.]0+Z$/, 'Z')
          .replace('Z', '') <= String(wanted).replace('Z', '');
    throw new Error(`no operator: ${operator}`);
  };

  const test = either();
  if (at !== tokens.length) throw new Error(`goes on too long: ${clause}`);
  return test;
}

function valueAt(row: unknown, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : null),
      row,
    );
}
