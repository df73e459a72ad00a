/** Takes a condition out of a `$filter` clause that Graph refused without saying which condition it minds. Pure. */

export interface Narrowed {
  /** What is left; null when nothing is. */
  readonly clause: string | null;
  readonly refused: string;
}

/**
 * Takes conditions joined by `and` and leaves out the last one. What is left keeps more events than before, never
 * fewer, and the local filter decides as ever.
 */
export function narrowClause(clause: string): Narrowed {
  const conditions = conditionsOf(clause);
  const refused = conditions.at(-1) ?? clause;
  const rest = conditions.slice(0, -1);
  return { clause: rest.length === 0 ? null : rest.join(' and '), refused };
}

/** Splits at every `and` that stands outside of parentheses and quotes. */
function conditionsOf(clause: string): readonly string[] {
  const conditions: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < clause.length; at++) {
    const character = clause[at];
    if (character === "'") quoted = !quoted;
    else if (!quoted && character === '(') depth += 1;
    else if (!quoted && character === ')') depth -= 1;
    else if (!quoted && depth === 0 && clause.startsWith(' and ', at)) {
      conditions.push(clause.slice(start, at));
      start = at + ' and '.length;
    }
  }
  return [...conditions, clause.slice(start)];
}
