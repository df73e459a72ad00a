/** Leaving a person out of a text: what they signed up with, and the ID of the account that was made. Pure. */
import { visibleText } from '../signup/visible-text.ts';

/** The words by which an attempt tells who it was. */
export type Person = readonly string[];

const LEFT_OUT = '(left out)';

/** The text without these words, whatever letter case they are written in; null leaves it as it is. */
export function withoutPerson(text: string, person: Person | null): string {
  if (person === null) return text;
  // The longest first: an address can begin with another one.
  const words = [...new Set(person)].filter((word) => word !== '').sort((a, b) => b.length - a.length);
  if (words.length === 0) return text;
  const forms = words.flatMap((word) => [word, visibleText(word), JSON.stringify(word).slice(1, -1)]);
  const pattern = [...new Set(forms)].map((form) => form.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  return text.replaceAll(new RegExp(pattern, 'giu'), LEFT_OUT);
}
