/** Sets of characters that can be asked about a million characters in milliseconds. Pure. */

const CODE_POINTS = 0x110000;
const IN = 1;
const OUT = 2;

/** Tells whether a code point is in the set. */
export type CharacterSet = (codePoint: number) => boolean;

/**
 * Takes a test for single characters and gives one for code points that asks it once for each. The answers are kept in a
 * table of a megabyte, of which only the parts that are used take memory.
 */
export function characterSet(isIn: (character: string) => boolean): CharacterSet {
  const answers = new Uint8Array(CODE_POINTS);
  return (codePoint) => {
    const known = answers[codePoint];
    if (known === IN || known === OUT) return known === IN;
    const answer = isIn(String.fromCodePoint(codePoint));
    answers[codePoint] = answer ? IN : OUT;
    return answer;
  };
}

/** Makes the text that stands for a character once, and remembers it. For sets of few characters. */
export function oncePerCharacter(make: (codePoint: number) => string): (codePoint: number) => string {
  const made = new Map<number, string>();
  return (codePoint) => {
    const known = made.get(codePoint);
    if (known !== undefined) return known;
    const text = make(codePoint);
    made.set(codePoint, text);
    return text;
  };
}

/**
 * Replaces the characters of a set. `replace` is told the character and its place in code units, and gives what to put
 * there, or null to leave it. One pass; a text without such characters is given back as it is.
 */
export function replaceCharacters(
  text: string,
  isIn: CharacterSet,
  replace: (codePoint: number, at: number) => string | null,
): string {
  const parts: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0;
    const end = at + (codePoint > 0xffff ? 2 : 1);
    const replacement = isIn(codePoint) ? replace(codePoint, at) : null;
    if (replacement !== null) {
      if (kept < at) parts.push(text.slice(kept, at));
      parts.push(replacement);
      kept = end;
    }
    at = end;
  }
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}
