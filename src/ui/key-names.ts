/** Keys as people read them on a keyboard. */
import type { Glyphs } from './glyphs.ts';

const names: ReadonlyMap<string, string> = new Map([
  ['enter', 'Enter'],
  ['esc', 'Esc'],
  ['space', 'Space'],
  ['tab', 'Tab'],
  ['shift+tab', 'Shift-Tab'],
  ['pagedown', 'PgDn'],
  ['pageup', 'PgUp'],
  ['home', 'Home'],
  ['end', 'End'],
  ['backspace', 'Backspace'],
  ['delete', 'Delete'],
]);

const arrowSigns: ReadonlyMap<string, string> = new Map([
  ['up', '↑'],
  ['down', '↓'],
  ['left', '←'],
  ['right', '→'],
]);

const arrowWords: ReadonlyMap<string, string> = new Map([
  ['up', 'Up'],
  ['down', 'Down'],
  ['left', 'Left'],
  ['right', 'Right'],
]);

/** `j`, `Enter`, `^F`, `→`: the name of a key as the key table spells it. */
export function keyName(key: string, glyphs: Pick<Glyphs, 'arrow'>): string {
  if (key.startsWith('ctrl+')) return `^${key.slice(5).toUpperCase()}`;
  const ascii = glyphs.arrow === '->';
  return names.get(key) ?? (ascii ? arrowWords : arrowSigns).get(key) ?? key;
}
