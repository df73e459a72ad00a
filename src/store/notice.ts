/** Short words to the person, and texts for the clipboard. */
import { visibleLines, visibleText } from '../signup/visible-text.ts';
import type { State } from './state.ts';

const NOTICE_MS = 6_000;
/** Terminals drop longer ones; the figure (of the text in base64) is what several of them agree on. */
const MOST_COPIED = 74_994;
/** A longer text is not repeated in the notice. */
const SHORT = 60;

/** Shows `text` for a few seconds. */
export function noticed(state: State, text: string): State {
  return { ...state, notice: { text, untilMs: state.nowMs + NOTICE_MS } };
}

/** Sends text from outside to the clipboard of the terminal, and says so without promising what cannot be known. */
export function copied(state: State, outside: string, what: string): State {
  // Whatever it is pasted into must not obey it either.
  return sent(state, visibleText(outside), what);
}

/** The same for a text of several lines. */
export function copiedLines(state: State, outside: string, what: string): State {
  return sent(state, visibleLines(outside), what);
}

function sent(state: State, text: string, what: string): State {
  const bytes = new TextEncoder().encode(text).length;
  if (Math.ceil(bytes / 3) * 4 > MOST_COPIED) {
    return noticed(
      state,
      `Not copied: the ${what} is too long for a terminal's clipboard (${bytes.toLocaleString('en')} bytes).`,
    );
  }
  const { requests } = state;
  const next = { ...state, requests: { ...requests, copies: { count: requests.copies.count + 1, text } } };
  const shown = text.length <= SHORT && !text.includes('\n') ? `: ${text}` : '';
  return noticed(next, `Sent the ${what} to the terminal's clipboard (if it allows OSC 52)${shown}`);
}
