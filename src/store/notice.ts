/** Short words to the person, and texts for the clipboard. */
import { later } from '../facts/moment.ts';
import { visibleLines, visibleText } from '../signup/visible-text.ts';
import type { State } from './state.ts';

const NOTICE_MS = 6_000;
/** Bytes of the text: with base64 and its sequence that is 100,000, where several terminals drop it (hterm's is the lowest). */
const MOST_COPIED_BYTES = 74_994;
/** A longer text is not repeated in the notice. */
const SHORT = 60;

/** Shows `text` for a few seconds. */
export function noticed(state: State, text: string): State {
  return { ...state, notice: { text, until: later(state.moment, NOTICE_MS) } };
}

/**
 * Sends text from outside to the clipboard of the terminal, and says so without promising what cannot be known. Where it
 * cannot arrive, the text is shown instead.
 */
export function copied(state: State, outside: string, what: string): State {
  // Whatever it is pasted into must not obey it either.
  return sent(state, outside, visibleText, what);
}

/** The same for a text of several lines. */
export function copiedLines(state: State, outside: string, what: string): State {
  return sent(state, outside, visibleLines, what);
}

function sent(state: State, outside: string, made: (text: string) => string, what: string): State {
  const { requests, settings } = state;
  // Making a text visible never makes it shorter: one that is too long needs no more work.
  const text = outside.length > MOST_COPIED_BYTES ? outside : made(outside);
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_COPIED_BYTES) {
    const size = `${bytes.toLocaleString('en')} bytes`;
    return noticed(
      state,
      `Not copied: the ${what} is too long for a terminal's clipboard (${size}). p in the copy menu shows it.`,
    );
  }
  if (settings.noClipboard !== null) return shownInstead(state, text, `Not copied. ${settings.noClipboard}`);
  const next = { ...state, requests: { ...requests, copies: { count: requests.copies.count + 1, text } } };
  const shown = isShort(text) ? `: ${text}` : '';
  return noticed(next, `Sent the ${what} to the terminal's clipboard (if it allows OSC 52)${shown}`);
}

/** A short text in the notice; a longer one over the whole screen, to be selected there. While signing in all is shown anyway. */
function shownInstead(state: State, text: string, why: string): State {
  if (isShort(text)) return noticed(state, `${why} It is: ${text}`);
  const told = noticed(state, why);
  return state.signIn.kind === 'signedIn' ? { ...told, overlay: { kind: 'text', text, scroll: 0 } } : told;
}

function isShort(text: string): boolean {
  return text.length <= SHORT && !text.includes('\n');
}
