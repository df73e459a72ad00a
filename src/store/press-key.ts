/** From a key to what it does: the innermost place that has the focus answers first. */
import { runCommand } from './commands.ts';
import { copyByKey } from './commands-copy.ts';
import { openQueryWith, queryFromPaste } from './commands-query.ts';
import { typedInStepper } from './commands-stepper.ts';
import type { FilterStepper } from './filter-stepper.ts';
import { bindingOf, type KeyBinding, type KeyPlace, typingPlaces } from './keys.ts';
import { editLine, insertText, type LineEdit } from './line-edit.ts';
import { presetByKey } from './presets.ts';
import type { State } from './state.ts';

/** Where keys go now. */
export function placeOf(state: State): KeyPlace {
  const { overlay, signIn, pane, insight } = state;
  if (overlay?.kind === 'filter') return placeInStepper(overlay.stepper);
  if (overlay) return overlay.kind;
  if (signIn.kind !== 'signedIn' && signIn.kind !== 'signedOut') return 'signIn';
  if (insight) return 'insight';
  return pane.focused ? 'pane' : 'table';
}

function placeInStepper({ range, isNarrowing }: FilterStepper): KeyPlace {
  if (range !== null) return 'range';
  return isNarrowing ? 'narrowing' : 'stepper';
}

export function pressKey(state: State, key: string): State {
  const place = placeOf(state);
  const binding = bindingOf(state.settings.keys, place, key);
  // What looks like Alt with a key that has no use for it is Esc and the next key, glued together by a slow line.
  if (!binding && key.startsWith('alt+')) return pressKey(pressKey(state, 'esc'), key.slice('alt+'.length));
  if (isTyped(place, key, binding)) return typed(state, (line) => editLine(line, key));
  if (place === 'presets' && !binding) return presetByKey(state, key) ?? state;
  if (place === 'copy' && binding?.place !== 'copy') return copyByKey(state, key) ?? state;
  if (!binding) return state;
  const next = runCommand({ ...state, notice: null }, binding.command);
  const stillConfirming = next.confirmingQuit && (binding.command === 'quit.ask' || binding.command === 'interrupt');
  return stillConfirming ? next : { ...next, confirmingQuit: false };
}

/**
 * Pasted text goes where text is typed. On the table it is put into the query bar as what it looks like, to be looked at and
 * taken with Enter; elsewhere it does nothing. No paste ever runs commands.
 */
export function pasteText(state: State, text: string): State {
  const place = placeOf(state);
  return place === 'table' || place === 'pane'
    ? queryFromPaste(state, text)
    : typed(state, (line) => insertText(line, text));
}

/** In a prompt only its own keys and ^C, ^L, ^Z are commands; all others are text or edit it. */
function isTyped(place: KeyPlace, key: string, binding: KeyBinding | null): boolean {
  if (!typingPlaces.has(place)) return false;
  return binding?.place !== place && !(binding && key.startsWith('ctrl+') && !editingKeys.has(key));
}

function typed(state: State, edit: (line: LineEdit) => LineEdit | null): State {
  const { overlay } = state;
  if (overlay?.kind === 'search' || overlay?.kind === 'presetName') {
    const line = edit(overlay.edit);
    return line ? { ...state, overlay: { ...overlay, edit: line } } : state;
  }
  if (overlay?.kind === 'filter' && placeInStepper(overlay.stepper) !== 'stepper') return typedInStepper(state, edit);
  if (overlay?.kind !== 'query') return state;
  const line = edit(overlay.bar.edit);
  return line ? openQueryWith(state, line) : state;
}

const editingKeys = new Set(['ctrl+a', 'ctrl+e', 'ctrl+k', 'ctrl+u', 'ctrl+w']);
