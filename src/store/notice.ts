/** Short words to the person, and texts for the clipboard. */
import { visibleText } from '../signup/visible-text.ts';
import type { State } from './state.ts';

const NOTICE_MS = 6_000;

/** Shows `text` for a few seconds. */
export function noticed(state: State, text: string): State {
  return { ...state, notice: { text, untilMs: state.nowMs + NOTICE_MS } };
}

/** Sends text from outside to the clipboard of the terminal, and says so without promising what cannot be known. */
export function copied(state: State, outside: string, what: string): State {
  // Whatever it is pasted into must not obey it either.
  const text = visibleText(outside);
  const { requests } = state;
  const next = { ...state, requests: { ...requests, copies: { count: requests.copies.count + 1, text } } };
  return noticed(next, `Sent the ${what} to the terminal's clipboard (if it allows OSC 52): ${text}`);
}
