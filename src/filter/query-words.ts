/**
 * Cuts a query into words, knowing only about spaces, quotes and the minus in front. It must stay linear in the length
 * of the text, and does not know what a field is.
 */

/** One character as it counts: quotes and escapes are taken off, but remembered. */
export interface QueryCharacter {
  readonly text: string;
  readonly quoted: boolean;
  /** Where it stands in the query. */
  readonly at: number;
}

export interface QueryWord {
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
  readonly negated: boolean;
  readonly characters: readonly QueryCharacter[];
}

export type QueryWords =
  | { readonly ok: true; readonly words: readonly QueryWord[] }
  | { readonly ok: false; readonly openQuoteAt: number };

const SPACE = /\s/;

/** Takes the text of a query; the only thing that can be wrong at this level is a quote that is never closed. */
export function queryWords(text: string): QueryWords {
  const words: QueryWord[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at++;
      continue;
    }
    const start = at;
    const negated = text.charAt(at) === '-';
    if (negated) at++;
    const characters: QueryCharacter[] = [];
    let quoteAt: number | null = null;
    while (at < text.length && (quoteAt !== null || !SPACE.test(text.charAt(at)))) {
      const character = text.charAt(at);
      if (character === '"') {
        quoteAt = quoteAt === null ? at : null;
      } else {
        if (quoteAt !== null && character === '\\' && /["\\]/.test(text.charAt(at + 1))) at++;
        characters.push({ text: text.charAt(at), quoted: quoteAt !== null, at });
      }
      at++;
    }
    if (quoteAt !== null) return { ok: false, openQuoteAt: quoteAt };
    words.push({ start, end: at, negated, characters });
  }
  return { ok: true, words };
}

/** The characters as one text. */
export function textOf(characters: readonly QueryCharacter[]): string {
  return characters.map((character) => character.text).join('');
}
