/**
 * Keys as people write them in a settings file → keys as the key table spells them. It takes the spelling of the help
 * screen too (`^F`, `PgDn`, `Shift-Tab`), and refuses what a terminal cannot tell from another key. Pure.
 */
import { nearestWord } from '../filter/nearest-word.ts';

export type KeyOutcome =
  | { readonly ok: true; readonly key: string }
  /** `advice` says what to write instead, or is empty. */
  | { readonly ok: false; readonly message: string; readonly advice: string };

const keyNames = ['space', 'enter', 'tab', 'esc', 'backspace', 'delete', 'insert', 'up', 'down', 'left', 'right'];
const moreKeyNames = ['home', 'end', 'pageup', 'pagedown', ...Array.from({ length: 12 }, (_, at) => `f${at + 1}`)];
const names: readonly string[] = [...keyNames, ...moreKeyNames];

const otherNames: ReadonlyMap<string, string> = new Map([
  ['pgup', 'pageup'],
  ['pgdn', 'pagedown'],
  ['escape', 'esc'],
  ['return', 'enter'],
  ['del', 'delete'],
  ['ins', 'insert'],
  ['↑', 'up'],
  ['↓', 'down'],
  ['←', 'left'],
  ['→', 'right'],
]);

/** What a terminal sends for these is what it sends for the other key. */
const sameAs: ReadonlyMap<string, string> = new Map([
  ['ctrl+i', 'tab'],
  ['ctrl+m', 'enter'],
  ['ctrl+j', 'enter'],
  ['ctrl+h', 'backspace'],
  ['ctrl+[', 'esc'],
]);

/** Reads one key: a character, or a name; before it `ctrl+`, `alt+` and, with names, `shift+`, in any order. */
export function readKey(written: string): KeyOutcome {
  if (isCharacter(written)) return { ok: true, key: otherNames.get(written) ?? written };
  if (written === ' ') return { ok: true, key: 'space' };
  const caret = /^\^(.)$/u.exec(written)?.[1];
  const parts = caret === undefined ? split(written) : { modifiers: ['ctrl'], rest: caret };
  return join(written, parts);
}

function split(written: string): { readonly modifiers: readonly string[]; readonly rest: string } {
  const [head = ''] = /^(?:(?:ctrl|alt|shift)[+-])*/i.exec(written) ?? [];
  const modifiers = head
    .toLowerCase()
    .split(/[+-]/)
    .filter((modifier) => modifier !== '');
  return { modifiers, rest: written.slice(head.length) };
}

function join(
  written: string,
  { modifiers, rest }: { readonly modifiers: readonly string[]; readonly rest: string },
): KeyOutcome {
  const lower = rest.toLowerCase();
  const named = otherNames.get(lower) ?? lower;
  const isName = names.includes(named);
  if (!isName && !isCharacter(rest)) {
    const longer = [...otherNames.keys()].filter((name) => name.length > 1);
    const nearest = nearestWord(lower, [...names, ...longer]);
    const advice =
      nearest === null ? 'e.g. "j", "G", "ctrl+f", "shift+tab", "pagedown", "f5"' : `Did you mean ${nearest}?`;
    return { ok: false, message: `there is no key "${written}"`, advice };
  }
  const has = (modifier: string) => (modifiers.includes(modifier) ? `${modifier}+` : '');
  if (!isName && has('shift') !== '') {
    const advice = /^[a-z]$/i.test(rest) ? `Write "${has('alt')}${rest.toUpperCase()}"` : 'Write the character itself';
    return { ok: false, message: `"${written}": with characters, Shift is part of the character`, advice };
  }
  // With Ctrl, terminals do not tell capital letters from small ones.
  const last = isName ? named : has('ctrl') === '' ? rest : lower;
  const key = `${has('ctrl')}${has('alt')}${has('shift')}${last}`;
  const same = sameAs.get(key);
  if (same === undefined) return { ok: true, key };
  return { ok: false, message: `a terminal cannot tell "${written}" from ${same}`, advice: '' };
}

/** One character that can be seen, and is not a space. */
function isCharacter(text: string): boolean {
  return /^[^\p{C}\p{Z}]$/u.test(text);
}
