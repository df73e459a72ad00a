/** Picking a value of the event under the cursor, to see only its like or everything else. */
import { judgedValues } from '../filter/attempt-predicate.ts';
import { fieldNamed } from '../filter/fields.ts';
import type { FieldName } from '../filter/filter.ts';
import { excludeValue, toggleValue, valueState } from '../filter/toggle.ts';
import { attemptOutcome } from '../signup/attempt.ts';
import { explainCode } from '../signup/codes.ts';
import { shownText } from '../signup/visible-text.ts';
import { applyFilter } from './apply-filter.ts';
import { LONGEST_LABEL } from './facet-values.ts';
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

const attemptFields: readonly FieldName[] = [
  'ended',
  'app',
  'user',
  'lost',
  'outcome',
  'provider',
  'account',
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
  const values = state.unit === 'attempts' ? attemptValuesAt(state, position) : eventValuesAt(state, position);
  const entries = values.flatMap(([name, value]): readonly PickEntry[] => {
    if (value === undefined || value === '') return [];
    const isCode = name === 'error' || name === 'ended';
    const label = isCode
      ? `${value}  ${value === '0' ? 'completed' : explainCode(Number(value)).meaning}`
      : shownText(value, LONGEST_LABEL);
    return [
      { label: name, value: label, apply: (before) => applyFilter(before, changed(before, name, value, exclude)) },
    ];
  });
  return exclude ? entries : [...entries, aroundEntry(state.log.timeMs(position))];
}

type Value = readonly [field: FieldName, value: string | undefined];

function eventValuesAt({ log, shown }: State, position: number): readonly Value[] {
  const event = log.read(position);
  const fields = pickFields.filter((name) => fieldNamed(name).logs.includes(shown));
  return fields.map((name) => [name, fieldNamed(name).values(event, log.appNames)[0]]);
}

/** Of an attempt: how it ended, and who it was by whichever event tells that. */
function attemptValuesAt({ log, nowMs }: State, position: number): readonly Value[] {
  const attempt = log.attempts.of(position);
  const last = attempt?.events.at(-1);
  if (!attempt || last === undefined) return [];
  const outcome = attemptOutcome(attempt, nowMs);
  const event = log.read(last);
  const identifier = log.identifierOf(attempt.events);
  return attemptFields.map((name) => {
    const values =
      judgedValues(name, attempt.shape, outcome) ?? fieldNamed(name).values({ ...event, identifier }, log.appNames);
    return [name, values[0]];
  });
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
