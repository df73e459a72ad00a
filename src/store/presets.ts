/** The list of presets: opening it, taking one, and saving the filter as one. */
import { parseQuery } from '../filter/parse-query.ts';
import { printQuery } from '../filter/print-query.ts';
import { applyFilter } from './apply-filter.ts';
import { openQueryWith } from './commands-query.ts';
import { emptyLine, lineOf } from './line-edit.ts';
import { noticed } from './notice.ts';
import { type Preset, presetsOf } from './preset-list.ts';
import type { State } from './state.ts';

export function presetsOpen(state: State): State {
  return { ...state, overlay: { kind: 'presets', index: 0 } };
}

export function presetsClose(state: State): State {
  return { ...state, overlay: null };
}

/** Asks for the name under which the filter is to be saved. */
export function presetName(state: State): State {
  if (printQuery({ ...state.filter, since: null, until: null }) === '') {
    return noticed(state, 'There is no filter to save: f or : makes one.');
  }
  return { ...state, overlay: { kind: 'presetName', edit: emptyLine } };
}

/** Has the filter saved in the settings file, under the typed name and the first digit that is free. */
export function presetSave(state: State): State {
  if (state.overlay?.kind !== 'presetName') return state;
  const name = state.overlay.edit.text.trim();
  if (name === '') return noticed(state, 'A preset needs a name.');
  const taken = new Set(presetsOf(state).map(({ key }) => key));
  const key = [...'123456789'].find((digit) => !taken.has(digit)) ?? null;
  const preset = { name, query: printQuery({ ...state.filter, since: null, until: null }), key };
  const { requests } = state;
  const saves = { count: requests.saves.count + 1, preset };
  return { ...state, overlay: null, requests: { ...requests, saves } };
}

export function presetSaved(state: State, preset: Preset, refusal: string | null): State {
  if (refusal !== null) return noticed(state, `Not saved: ${refusal}`);
  const saved = { ...state, savedPresets: [...state.savedPresets, preset] };
  return noticed(saved, `Saved as "${preset.name}": P${preset.key === null ? '' : `, then ${preset.key},`} takes it.`);
}

export function presetsMove(by: number): (state: State) => State {
  return (state) => {
    if (state.overlay?.kind !== 'presets') return state;
    const last = presetsOf(state).length - 1;
    return { ...state, overlay: { kind: 'presets', index: Math.max(0, Math.min(last, state.overlay.index + by)) } };
  };
}

export function presetsTake(state: State): State {
  if (state.overlay?.kind !== 'presets') return state;
  const preset = presetsOf(state)[state.overlay.index];
  return preset ? takePreset(state, preset) : state;
}

/** Takes the preset that has the key; null when none has it. */
export function presetByKey(state: State, key: string): State | null {
  const preset = presetsOf(state).find((each) => each.key === key);
  return preset ? takePreset(state, preset) : null;
}

/** The preset in place of the conditions; the time range stays, unless the preset has one. */
function takePreset(state: State, { query, name }: Preset): State {
  if (query.endsWith(':')) return openQueryWith(state, lineOf(query));
  const { nowMs, settings, filter, shown } = state;
  const parsed = parseQuery(query, { nowMs, timeZone: settings.timeZone, log: shown });
  if (!parsed.ok) {
    const bar = openQueryWith(state, lineOf(query), parsed.error);
    return noticed(bar, `The preset ${name} cannot be taken as it is.`);
  }
  return applyFilter({ ...state, overlay: null }, { ...parsed.filter, since: parsed.filter.since ?? filter.since });
}
