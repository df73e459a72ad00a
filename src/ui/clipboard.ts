/** Texts for the clipboard of the person's terminal, by OSC 52: works over SSH, and nothing tells whether it did. */

/**
 * The sequence that asks the terminal to take `text`. Inside tmux and screen it is wrapped, so that it reaches the terminal
 * outside.
 */
export function clipboardSequence(text: string, environment: { readonly [name: string]: string | undefined }): string {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  const sequence = `\x1b]52;c;${encoded}\x07`;
  if (environment.TMUX) return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  if (environment.TERM?.startsWith('screen')) return `\x1bP${sequence}\x1b\\`;
  return sequence;
}
