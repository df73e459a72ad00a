/** Texts for the clipboard of the person's terminal, by OSC 52: works over SSH, and nothing tells whether it did. */

/** Terminals drop longer ones; the figure is what several of them agree on. */
const MOST_BYTES = 74_994;

/**
 * The sequence that asks the terminal to take `text`; null when it is too long. Inside tmux and screen it is wrapped, so
 * that it reaches the terminal outside.
 */
export function clipboardSequence(
  text: string,
  environment: { readonly [name: string]: string | undefined },
): string | null {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (encoded.length > MOST_BYTES) return null;
  const sequence = `\x1b]52;c;${encoded}\x07`;
  if (environment.TMUX) return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  if (environment.TERM?.startsWith('screen')) return `\x1bP${sequence}\x1b\\`;
  return sequence;
}
