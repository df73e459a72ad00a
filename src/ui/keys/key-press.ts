/** What the keyboard says: one press of a key, or a text that was pasted. */

export type KeyPress =
  /**
   * `name`: the character itself (`j`, `G`, `é`), or `space`, `enter`, `tab`, `esc`, `backspace`, `delete`, `insert`, `up`,
   * `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`, `f1` to `f12`; before it, in this order, `ctrl+`, `alt+`,
   * `shift+` (`ctrl+f`, `alt+left`, `shift+tab`). Shift is not named with characters.
   */
  | { readonly kind: 'key'; readonly name: string }
  /** Line breaks are `\n`; there are no other control characters but tabs. */
  | { readonly kind: 'paste'; readonly text: string };

/** A press of the key with this name. */
export function key(name: string): KeyPress {
  return { kind: 'key', name };
}
