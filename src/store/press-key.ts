/** From a key to what it does: the innermost place that has the focus answers first. */
import { runCommand } from './commands.ts';
import { bindingOf, type KeyPlace } from './keys.ts';
import { editLine, insertText } from './line-edit.ts';
import type { State } from './state.ts';

/** Where keys go now. */
export function placeOf(state: State): KeyPlace {
  if (state.overlay?.kind === 'help') return 'help';
  if (state.overlay?.kind === 'filter') return 'stepper';
  if (state.overlay?.kind === 'search') return 'search';
  if (state.signIn.kind !== 'signedIn' && state.signIn.kind !== 'signedOut') return 'signIn';
  return state.pane.focused ? 'pane' : 'table';
}

export function pressKey(state: State, key: string): State {
  const place = placeOf(state);
  const binding = bindingOf(place, key);
  // No key is bound with Alt. What looks like Alt is Esc and the next key, glued together by a slow line.
  if (!binding && key.startsWith('alt+')) return pressKey(pressKey(state, 'esc'), key.slice('alt+'.length));
  if (place === 'search' && binding?.place !== 'search' && !(binding && key.startsWith('ctrl+') && !isEditing(key))) {
    return typed(state, key);
  }
  if (!binding) return state;
  const next = runCommand({ ...state, notice: null }, binding.command);
  const stillConfirming = next.confirmingQuit && (binding.command === 'quit.ask' || binding.command === 'interrupt');
  return stillConfirming ? next : { ...next, confirmingQuit: false };
}

/** Pasted text goes where text is typed; elsewhere it does nothing, so that no paste runs commands. */
export function pasteText(state: State, text: string): State {
  if (state.overlay?.kind !== 'search') return state;
  return { ...state, overlay: { ...state.overlay, edit: insertText(state.overlay.edit, text) } };
}

function typed(state: State, key: string): State {
  if (state.overlay?.kind !== 'search') return state;
  const edit = editLine(state.overlay.edit, key);
  return edit ? { ...state, overlay: { ...state.overlay, edit } } : state;
}

const editingKeys = new Set(['ctrl+a', 'ctrl+e', 'ctrl+k', 'ctrl+u', 'ctrl+w']);
const isEditing = (key: string) => editingKeys.has(key);
