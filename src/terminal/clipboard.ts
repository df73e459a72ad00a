/**
 * Texts for the clipboard of the person's terminal, by OSC 52 (xterm's control sequences): works over SSH, and nothing tells
 * whether it did. Knows what lies between: tmux and GNU screen. Pure.
 */
import { terminalTypeOf } from './terminal-type.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the sequence has to pass on its way to the terminal. */
export type ClipboardRoute =
  | { readonly kind: 'direct' | 'tmux' | 'screen' | 'tmuxOrScreen' }
  /** It would not arrive; the reason is a sentence that says what to do instead. */
  | { readonly kind: 'none'; readonly reason: string };

export function clipboardRouteOf(environment: Environment): ClipboardRoute {
  const { TERM = '', TMUX, STY, TERM_PROGRAM } = environment;
  // Over SSH these two are not passed on, but the name of the terminal is.
  if (TMUX) return { kind: 'tmux' };
  if (STY) return { kind: 'screen' };
  if (/^tmux/.test(TERM)) return { kind: 'tmux' };
  if (/^screen/.test(TERM)) return { kind: 'tmuxOrScreen' };
  if (TERM_PROGRAM === 'Apple_Terminal') {
    return { kind: 'none', reason: 'Terminal of macOS lets no program copy; iTerm2 and most others do.' };
  }
  if (!terminalTypeOf(environment).clipboard) {
    const name = TERM === '' ? 'A terminal without a name in TERM' : `A terminal of the kind ${TERM}`;
    return { kind: 'none', reason: `${name} has no clipboard for programs. If it is another kind, set TERM.` };
  }
  return { kind: 'direct' };
}

/** The sequences that ask the terminal to take `text`; empty when there is no way. */
export function clipboardSequence(text: string, route: ClipboardRoute): string {
  const plain = `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`;
  switch (route.kind) {
    case 'none':
      return '';
    case 'direct':
      return plain;
    case 'tmux':
      // tmux obeys the first with `set-clipboard on`, and hands on the second with `allow-passthrough on`.
      return `${plain}\x1bPtmux;${plain.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
    case 'screen':
      return throughScreen(plain);
    case 'tmuxOrScreen':
      // GNU screen would show what is too long for it as text.
      return (plain.length <= MOST_FOR_SCREEN ? plain : '') + throughScreen(plain);
  }
}

/** GNU screen 4 keeps strings of 768 bytes at most. */
const MOST_FOR_SCREEN = 512;

/** In parts: GNU screen hands on what is in a device control string, and puts nothing between two of them. */
function throughScreen(sequence: string): string {
  const parts = sequence.match(new RegExp(`[^]{1,${MOST_FOR_SCREEN}}`, 'g')) ?? [];
  return parts.map((part) => `\x1bP${part}\x1b\\`).join('');
}
