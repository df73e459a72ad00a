/**
 * Named filters: the questions that Microsoft's page on sign-up logs lists, some that admins ask as well, and those of the settings
 * file. Source of the questions: https://learn.microsoft.com/entra/external-id/customers/concept-sign-ups
 */
import { parseQuery } from '../filter/parse-query.ts';
import { printQuery } from '../filter/print-query.ts';
import type { LogName } from '../signup/event.ts';
import { applyFilter } from './apply-filter.ts';
import { openQueryWith } from './commands-query.ts';
import { emptyLine, lineOf } from './line-edit.ts';
import { buildMatches } from './log/matches.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';

export interface Preset {
  readonly name: string;
  readonly query: string;
  /** The key that takes it in the list of presets; null when it has none. */
  readonly key: string | null;
}

/** A query that ends in a colon waits for a value: it is put into the query bar. */
const builtIn: readonly Preset[] = [
  { name: 'failed at any point', query: 'outcome:failed', key: 'f' },
  { name: 'failed in the last hour', query: 'outcome:failed since:1h', key: 'h' },
  { name: 'failed when the account was created', query: 'outcome:failed stage:userCreation', key: 'c' },
  {
    name: 'failed when the e-mail address was validated',
    query: 'outcome:failed stage:credentialValidation account:local',
    key: 'e',
  },
  { name: 'a custom extension failed', query: 'extension:failed', key: 'x' },
  { name: 'a token augmentation extension was called', query: 'extension:tokenIssuanceStart', key: 't' },
  { name: 'codes that nobody has classified', query: 'outcome:unknown', key: 'u' },
  { name: 'accounts created', query: 'outcome:succeeded stage:userCreation', key: 'a' },
  { name: 'local accounts', query: 'account:local', key: 'l' },
  { name: 'social accounts', query: 'account:social', key: 's' },
  { name: 'asked for the e-mail code', query: 'error:1002013', key: 'm' },
  { name: 'one person', query: 'user:', key: 'p' },
  { name: 'one application', query: 'app:', key: 'n' },
  { name: 'one correlation ID', query: 'correlation:', key: 'i' },
  { name: 'stopped by Conditional Access', query: 'policies:failure', key: 'b' },
  { name: 'one address', query: 'ip:', key: 'd' },
  { name: 'users added', query: 'activity:"Add user"', key: 'g' },
  { name: 'user management', query: 'category:UserManagement', key: 'r' },
  { name: 'one target', query: 'target:', key: 'o' },
  { name: 'accounts disabled or deleted', query: 'action:disable,delete,stageddelete', key: 'z' },
];

/** Above this, counting every preset for each frame would keep keys waiting. */
const MOST_EVENTS_TO_COUNT = 20_000;

/** All presets that ask for fields of the shown log: the person's own first. */
export function presetsOf(state: Pick<State, 'settings' | 'savedPresets' | 'shown'>): readonly Preset[] {
  const fitsLog = ({ query }: Preset) => fits(query, state.shown);
  const own = [...state.settings.presets, ...state.savedPresets].filter(fitsLog);
  const taken = new Set(own.map(({ key }) => key));
  const others = builtIn.filter(fitsLog);
  return [...own, ...others.map((preset) => (taken.has(preset.key) ? { ...preset, key: null } : preset))];
}

/** Whether a log has all fields of a query; one that ends in a colon still waits for its value. */
function fits(query: string, log: LogName): boolean {
  return parseQuery(query.endsWith(':') ? `${query}x` : query, { nowMs: 0, timeZone: 'UTC', log }).ok;
}

/** How many loaded events a preset would show; null when that is not counted. */
export function presetCount(
  state: Pick<State, 'shown' | 'log' | 'filter' | 'nowMs' | 'settings'>,
  preset: Preset,
): number | null {
  if (preset.query.endsWith(':') || state.log.size > MOST_EVENTS_TO_COUNT) return null;
  const { nowMs, settings, filter, log, shown } = state;
  const parsed = parseQuery(preset.query, { nowMs, timeZone: settings.timeZone, log: shown });
  if (!parsed.ok) return null;
  return buildMatches(log, { ...parsed.filter, since: parsed.filter.since ?? filter.since }).size;
}

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
  if (!parsed.ok) return noticed(state, `The preset ${name} does not parse: ${parsed.error.message}`);
  return applyFilter({ ...state, overlay: null }, { ...parsed.filter, since: parsed.filter.since ?? filter.since });
}
