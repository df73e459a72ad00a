/** Picking a value of the event under the cursor, to see only its like or everything else. */
import { fieldNamed } from '../filter/fields.ts';
import type { FieldName } from '../filter/filter.ts';
import { excludeValue, toggleValue, valueState } from '../filter/toggle.ts';
import { explainCode } from '../signup/codes.ts';
import { applyFilter } from './apply-filter.ts';
import type { State } from './state.ts';

export interface Picker {
  readonly exclude: boolean;
  /** The entry under the cursor, counted from 0. */
  readonly index: number;
}

export interface PickEntry {
  readonly label: string;
  readonly value: string;
  readonly apply: (state: State) => State;
}

const pickFields: readonly FieldName[] = [
  'error',
  'app',
  'user',
  'provider',
  'stage',
  'outcome',
  'account',
  'activity',
  'action',
  'target',
  'ip',
  'client',
  'browser',
  'os',
  'country',
  'policies',
  'resource',
  'category',
  'service',
  'result',
  'system',
  'problem',
  'correlation',
];

/** Half of the range "around this event". */
const AROUND_MS = 5 * 60 * 1000;

export function pickOpen(exclude: boolean): (state: State) => State {
  return (state) =>
    state.table.cursorId === null ? state : { ...state, overlay: { kind: 'pick', picker: { exclude, index: 0 } } };
}

export function pickMove(by: number): (state: State) => State {
  return (state) => {
    if (state.overlay?.kind !== 'pick') return state;
    const { picker } = state.overlay;
    const last = pickEntries(state).length - 1;
    const index = Math.max(0, Math.min(last, picker.index + by));
    return { ...state, overlay: { kind: 'pick', picker: { ...picker, index } } };
  };
}

export function pickTake(state: State): State {
  if (state.overlay?.kind !== 'pick') return state;
  const entry = pickEntries(state)[state.overlay.picker.index];
  const closed = { ...state, overlay: null };
  return entry ? entry.apply(closed) : closed;
}

export function pickClose(state: State): State {
  return { ...state, overlay: null };
}

/** The values of the event under the cursor; the time around it as well, when something is to be included. */
export function pickEntries(state: State): readonly PickEntry[] {
  if (state.overlay?.kind !== 'pick' || state.table.cursorId === null) return [];
  const position = state.log.positionOf(state.table.cursorId);
  if (position < 0) return [];
  const { exclude } = state.overlay.picker;
  const event = state.log.read(position);
  const fields = pickFields.filter((name) => fieldNamed(name).logs.includes(state.shown));
  const entries = fields.flatMap((name): readonly PickEntry[] => {
    const [value] = fieldNamed(name).values(event, state.log.appNames);
    if (value === undefined || value === '') return [];
    const label = name === 'error' ? `${value}  ${explainCode(Number(value)).meaning}` : value;
    return [
      { label: name, value: label, apply: (before) => applyFilter(before, changed(before, name, value, exclude)) },
    ];
  });
  return exclude ? entries : [...entries, aroundEntry(event.timeMs)];
}

function changed({ filter }: State, field: FieldName, value: string, exclude: boolean): State['filter'] {
  // What is chosen already stays chosen: the key says what is wanted, it does not toggle.
  if (valueState(filter, field, value) === (exclude ? 'excluded' : 'included')) return filter;
  return exclude ? excludeValue(filter, field, value) : toggleValue(filter, field, value);
}

function aroundEntry(timeMs: number): PickEntry {
  const point = (atMs: number) => ({ text: new Date(atMs).toISOString(), atMs });
  const [since, until] = [point(Math.floor(timeMs) - AROUND_MS), point(Math.ceil(timeMs) + AROUND_MS)];
  return {
    label: 'time',
    value: '5 minutes before this event to 5 minutes after it',
    apply: (state) => applyFilter(state, { ...state.filter, since, until }),
  };
}
