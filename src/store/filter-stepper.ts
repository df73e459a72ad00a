/**
 * The filter stepper as data: which field is open, which value the cursor is on, and the order of values, which stays as it
 * was when the field was opened, so that nothing jumps while counts change.
 */

import { fieldNamed } from '../filter/fields.ts';
import type { FieldName } from '../filter/filter.ts';
import type { ValueState } from '../filter/toggle.ts';
import type { LogName } from '../signup/event.ts';
import { facetValues } from './facet-values.ts';
import { flowValues } from './flow-values.ts';
import { withFollowers } from './followers.ts';
import { emptyLine, type LineEdit } from './line-edit.ts';
import { personValues } from './person-values.ts';
import type { State } from './state.ts';

export type StepperField = FieldName | 'time';

export interface FilterStepper {
  readonly field: StepperField;
  /** The value under the cursor; null while the field has none. */
  readonly value: string | null;
  readonly order: readonly string[];
  /** Only values that have this in them are listed. */
  readonly narrow: LineEdit;
  /** The word is being typed: letters are no commands. */
  readonly isNarrowing: boolean;
  /** The time range that is being typed, and what is wrong with it since it was last asked to be taken. */
  readonly range: { readonly edit: LineEdit; readonly error: string | null } | null;
}

export interface StepperRow {
  readonly value: string;
  readonly label: string;
  /** Loaded events that have the value under the other conditions; null where counting makes no sense. */
  readonly count: number | null;
  readonly state: ValueState;
}

interface StepperStep {
  readonly name: StepperField;
  readonly label: string;
}

/** The steps of all logs. */
const steps: readonly StepperStep[] = [
  { name: 'outcome', label: 'outcome' },
  { name: 'activity', label: 'activity' },
  { name: 'action', label: 'action' },
  { name: 'result', label: 'result' },
  { name: 'stage', label: 'stage' },
  { name: 'provider', label: 'provider' },
  { name: 'account', label: 'account' },
  { name: 'app', label: 'app' },
  { name: 'error', label: 'code' },
  { name: 'resource', label: 'resource' },
  { name: 'client', label: 'client' },
  { name: 'os', label: 'system' },
  { name: 'browser', label: 'browser' },
  { name: 'country', label: 'country' },
  { name: 'policies', label: 'policies' },
  { name: 'category', label: 'category' },
  { name: 'service', label: 'service' },
  { name: 'source', label: 'source' },
  { name: 'system', label: 'system' },
  { name: 'problem', label: 'problem' },
  { name: 'user', label: 'who' },
  { name: 'extension', label: 'extension' },
  { name: 'flow', label: 'flow' },
  { name: 'time', label: 'time' },
];

/** The steps of a log, in the order to show them. */
export function stepperSteps(log: LogName): readonly StepperStep[] {
  return steps.filter(({ name }) => name === 'time' || fieldNamed(name).logs.includes(log));
}

const timeRanges: readonly { readonly value: string; readonly label: string }[] = [
  { value: '15m', label: 'last 15 minutes' },
  { value: '1h', label: 'last hour' },
  { value: '4h', label: 'last 4 hours' },
  { value: '24h', label: 'last 24 hours' },
  { value: '3d', label: 'last 3 days' },
  { value: '7d', label: 'last 7 days (as far as the Basic plan keeps events)' },
];

/** The state with the stepper open on a field, with the cursor on the first value that is chosen, or the first of all. */
export function openStepper(before: State, field: StepperField): State {
  const fresh: FilterStepper = { field, value: null, order: [], narrow: emptyLine, isNarrowing: false, range: null };
  // Counting begins first: the order of values depends on it.
  const state = withFollowers({ ...before, overlay: { kind: 'filter', stepper: fresh } });
  const rows = stepperRows(state, fresh);
  const chosen = rows.find((row) => row.state !== 'free') ?? rows[0];
  const stepper = { ...fresh, value: chosen?.value ?? null, order: rows.map((row) => row.value) };
  return { ...state, overlay: { kind: 'filter', stepper } };
}

/** The rows of the open field: in the order that it was opened with, values seen since then at the end. */
export function stepperRows(state: State, stepper: FilterStepper): readonly StepperRow[] {
  const wanted = stepper.narrow.text.toLowerCase();
  const rows = allRows(state, stepper);
  // What is chosen stays in sight: it counts, whatever is listed.
  return wanted === '' ? rows : rows.filter((row) => row.state !== 'free' || row.label.toLowerCase().includes(wanted));
}

/** The stepper with another narrowing word; the cursor goes to the first value that has it. */
export function narrowed(state: State, stepper: FilterStepper, narrow: LineEdit): FilterStepper {
  const next = { ...stepper, narrow };
  const rows = stepperRows(state, next);
  const kept = rows.find((row) => row.value === stepper.value) ?? rows[0];
  return { ...next, value: kept?.value ?? null };
}

function allRows(state: State, stepper: FilterStepper): readonly StepperRow[] {
  const rows = rowsOfField(state, stepper);
  if (stepper.order.length === 0) return rows;
  const place = new Map(stepper.order.map((value, index) => [value, index]));
  const placeOf = (row: StepperRow) => place.get(row.value) ?? stepper.order.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}

function rowsOfField(state: State, { field, narrow }: FilterStepper): readonly StepperRow[] {
  switch (field) {
    case 'time':
      return timeRows(state);
    case 'user':
      return personValues(state, narrow.text);
    case 'flow':
      return flowValues(state);
    default:
      return facetValues(state, field);
  }
}

/** The ranges that are offered, above them one that was typed. */
function timeRows({ filter: { since, until } }: State): readonly StepperRow[] {
  const rows = timeRanges.map(
    (range): StepperRow => ({
      ...range,
      count: null,
      state: until === null && range.value === since?.text ? 'included' : 'free',
    }),
  );
  if (since === null || rows.some((row) => row.state === 'included')) return rows;
  const label = until === null ? `since ${since.text}` : `${since.text} to ${until.text}`;
  return [{ value: TYPED_RANGE, label, count: null, state: 'included' }, ...rows];
}

/** The value of the row of a range that was typed: choosing it changes nothing. */
const TYPED_RANGE = 'typed';
