/**
 * What is typed, on a line that only ever grows: a letter at the end is added to it; whatever else changes the text begins a
 * new line with all of it. Pure.
 */
import { visibleText } from '../../signup/visible-text.ts';
import type { LineEdit } from '../../store/line-edit.ts';
import type { State } from '../../store/state.ts';

export interface Prompt {
  readonly label: string;
  readonly edit: LineEdit;
}

/** The prompt that is open; null when nothing is typed. */
export function promptOf({ overlay }: State): Prompt | null {
  if (overlay?.kind === 'search') return { label: 'search: ', edit: overlay.edit };
  if (overlay?.kind === 'query') return { label: 'query: ', edit: overlay.bar.edit };
  if (overlay?.kind === 'presetName') return { label: 'name of the preset: ', edit: overlay.edit };
  if (overlay?.kind === 'filter' && overlay.stepper.range) {
    return { label: 'range: ', edit: overlay.stepper.range.edit };
  }
  if (overlay?.kind === 'filter' && overlay.stepper.isNarrowing) {
    return { label: 'values with: ', edit: overlay.stepper.narrow };
  }
  return null;
}

/** What to write so that `lines` stand behind what was there, and the prompt, if one is open, at the end. */
export function written(before: Prompt | null, after: Prompt | null, lines: readonly string[]): string {
  const isSame = before !== null && after !== null && before.label === after.label;
  if (isSame && lines.length === 0) {
    const growth = growthOf(before.edit, after.edit);
    if (growth !== null) return visibleText(growth);
    if (before.edit.text === after.edit.text) return `\n${whereWords(after.edit)}\n${promptText(after)}`;
  }
  const end = before === null ? '' : '\n';
  return `${end}${lines.map((line) => `${line}\n`).join('')}${after === null ? '' : promptText(after)}`;
}

/** What was typed at the end; null when it was something else. */
function growthOf(before: LineEdit, after: LineEdit): string | null {
  if (before.text === after.text && before.cursor === after.cursor) return '';
  const wereAtEnd = isAtEnd(before) && isAtEnd(after);
  const grew = after.text.length > before.text.length && after.text.startsWith(before.text);
  return wereAtEnd && grew ? after.text.slice(before.text.length) : null;
}

function promptText({ label, edit }: Prompt): string {
  return `${label}${visibleText(edit.text)}`;
}

function whereWords(edit: LineEdit): string {
  const next = [...edit.text][edit.cursor];
  return next === undefined ? 'at the end' : `before ${next === ' ' ? 'a space' : visibleText(next)}`;
}

function isAtEnd({ text, cursor }: LineEdit): boolean {
  return cursor === [...text].length;
}
