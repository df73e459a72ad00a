/** Going back and leaving: one step at a time, never by accident. */

import { insightClose } from './commands-insight.ts';
import { paneClose, paneLeave } from './commands-pane.ts';
import { endSearch } from './commands-search.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';

/** Peels one layer: overlay, focus of the pane, search, pane. Never quits, never drops a filter. */
export function backOut(state: State): State {
  if (state.overlay) return { ...state, overlay: null };
  if (state.insight) return insightClose(state);
  if (state.pane.focused) return paneLeave(state);
  if (state.search !== '') return endSearch(state);
  if (state.pane.open) return paneClose(state);
  return state;
}

/** Closes what is open; with nothing open, asks for a second press. */
export function quitAsk(state: State): State {
  if (state.overlay || state.pane.open || state.search !== '') return backOut(state);
  if (state.confirmingQuit) return { ...state, quitting: true };
  return { ...noticed(state, 'Press q again to quit.'), confirmingQuit: true };
}

/** ^C: closes an overlay, then asks; the second press always quits. */
export function interrupt(state: State): State {
  if (state.confirmingQuit) return { ...state, quitting: true };
  const next = state.overlay ? { ...state, overlay: null } : state;
  return { ...noticed(next, 'Press ^C again to quit.'), confirmingQuit: true };
}

export function quitNow(state: State): State {
  return { ...state, quitting: true };
}
