/** The detail pane: opening, focus, scrolling. What stands in it follows the cursor and is not kept here. */
import { layout } from './layout.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { settleCursor } from './table-cursor.ts';

/** Opens the pane on the event under the cursor and holds the view; when it is open, moves the focus into it. */
export function paneOpen(state: State): State {
  if (state.table.cursorId === null) return state;
  if (state.pane.open) return paneFocus(state);
  const table = { ...state.table, follow: false };
  const opened = { ...state, table, pane: { ...state.pane, open: true, focused: false, scroll: 0 } };
  return settleCursor(focusWhenAlone(opened));
}

const noPane = (state: State) => noticed(state, 'No pane is open: Enter opens one.');

export function paneFocus(state: State): State {
  if (!state.pane.open) return noPane(state);
  return { ...state, pane: { ...state.pane, focused: true } };
}

/** Back to the table; a pane that covers it closes. */
export function paneLeave(state: State): State {
  return layout(state).table === null ? paneClose(state) : { ...state, pane: { ...state.pane, focused: false } };
}

export function paneClose(state: State): State {
  return settleCursor({ ...state, pane: { open: false, focused: false, zoomed: false, scroll: 0 } });
}

export function paneZoom(state: State): State {
  if (!state.pane.open) return noPane(state);
  return settleCursor(focusWhenAlone({ ...state, pane: { ...state.pane, zoomed: !state.pane.zoomed } }));
}

/** Long values whole, or each field on one line, to be skimmed; what is scrolled to stays within the text. */
export function paneWrap(state: State): State {
  if (!state.pane.open) return noPane(state);
  return paneScroll(() => 0)({ ...state, view: { ...state.view, wraps: !state.view.wraps } });
}

/** Scrolls by what `lines` says, no further than the end of the text. */
export function paneScroll(lines: (state: State) => number): (state: State) => State {
  return (state) => {
    const height = (layout(state).pane?.height ?? 1) - 1;
    const most = Math.max(0, state.settings.measure.paneLines(state) - height);
    const scroll = Math.max(0, Math.min(most, state.pane.scroll + lines(state)));
    return { ...state, pane: { ...state.pane, scroll } };
  };
}

/** A pane that hides the table has the focus: there is nothing else to move in. */
export function focusWhenAlone(state: State): State {
  if (!state.pane.open || layout(state).table !== null) return state;
  return { ...state, pane: { ...state.pane, focused: true } };
}
