/** Keys as people read them on a keyboard. */
import type { Glyphs } from './glyphs.ts';

const names: { readonly [key: string]: string } = {
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Delete',
};

/** `j`, `Enter`, `^F`, `→`: the name of a key as the key table spells it. */
export function keyName(key: string, glyphs: Pick<Glyphs, 'arrow'>): string {
  if (key.startsWith('ctrl+')) return `^${key.slice(5).toUpperCase()}`;
  const ascii = glyphs.arrow === '->';
  const arrows: { readonly [key: string]: string } = ascii
    ? { up: 'Up', down: 'Down', left: 'Left', right: 'Right' }
    : { up: '↑', down: '↓', left: '←', right: '→' };
  return names[key] ?? arrows[key] ?? key;
}
