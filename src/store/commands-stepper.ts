/** The filter stepper: fields to the left and right, values up and down; each change of the filter counts at once. */
import { parseDuration } from '../filter/time-point.ts';
import { parseTimeRange } from '../filter/time-range.ts';
import { clearField, excludeValue, setRange, toggleValue } from '../filter/toggle.ts';
import { applyFilter } from './apply-filter.ts';
import { type FilterStepper, narrowed, openStepper, stepperRows, stepperSteps } from './filter-stepper.ts';
import { emptyLine, type LineEdit } from './line-edit.ts';
import type { State } from './state.ts';
import { settleCursor } from './table-cursor.ts';

export function stepperOpen(state: State): State {
  return settleCursor(openStepper(state, 'outcome'));
}

export function stepperClose(state: State): State {
  return settleCursor({ ...state, overlay: null });
}

export function stepperStep(by: number): (state: State) => State {
  return withStepper((state, stepper) => {
    const steps = stepperSteps(state.shown);
    const at = steps.findIndex((field) => field.name === stepper.field);
    const next = steps[(at + by + steps.length) % steps.length];
    return next ? openStepper(state, next.name) : state;
  });
}

export function stepperMove(by: number): (state: State) => State {
  return withStepper((state, stepper) => {
    const rows = stepperRows(state, stepper);
    const at = rows.findIndex((row) => row.value === stepper.value);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    return next ? { ...state, overlay: { kind: 'filter', stepper: { ...stepper, value: next.value } } } : state;
  });
}

export const stepperToggle = withStepper((state, { field, value }) => {
  if (value === null) return state;
  if (field === 'time') return chooseRange(state, value);
  return applyFilter(state, toggleValue(state.filter, field, value));
});

export const stepperExclude = withStepper((state, { field, value }) =>
  value === null || field === 'time' ? state : applyFilter(state, excludeValue(state.filter, field, value)),
);

export const stepperClearField = withStepper((state, { field }) =>
  field === 'time' ? state : applyFilter(state, clearField(state.filter, field)),
);

export function stepperClearAll(state: State): State {
  return applyFilter(state, { ...state.filter, terms: [] });
}

/** Begins to type a word that the listed values must have; of the time, the range itself. */
export const stepperNarrow = withStepper((state, stepper) =>
  withStepperAs(
    state,
    stepper.field === 'time'
      ? { ...stepper, range: { edit: emptyLine, error: null } }
      : { ...stepper, isNarrowing: true },
  ),
);

/** Takes the typed range; when it is none, says why and keeps what was typed. */
export const rangeAccept = withStepper((state, stepper) => {
  if (stepper.range === null) return state;
  const { nowMs, settings, filter } = state;
  const parsed = parseTimeRange(stepper.range.edit.text, { nowMs, timeZone: settings.timeZone });
  if (!parsed.ok) return withStepperAs(state, { ...stepper, range: { ...stepper.range, error: parsed.message } });
  const chosen = applyFilter(state, setRange(filter, parsed.since, parsed.until));
  return openStepper(chosen, 'time');
});

export const rangeCancel = withStepper((state, stepper) => withStepperAs(state, { ...stepper, range: null }));

/** Ends typing; the word stays, unless it is given up. */
export function stepperNarrowed(keep: boolean): (state: State) => State {
  return withStepper((state, stepper) => {
    const next = keep ? stepper : narrowed(state, stepper, emptyLine);
    return withStepperAs(state, { ...next, isNarrowing: false });
  });
}

export function typedInStepper(state: State, edit: (line: LineEdit) => LineEdit | null): State {
  return withStepper((before, stepper) => {
    if (stepper.range !== null) {
      const typed = edit(stepper.range.edit);
      return typed ? withStepperAs(before, { ...stepper, range: { edit: typed, error: null } }) : before;
    }
    const narrow = edit(stepper.narrow);
    return narrow ? withStepperAs(before, narrowed(before, stepper, narrow)) : before;
  })(state);
}

function withStepperAs(state: State, stepper: FilterStepper): State {
  return { ...state, overlay: { kind: 'filter', stepper } };
}

function chooseRange(state: State, text: string): State {
  const lengthMs = parseDuration(text);
  if (lengthMs === null) return state;
  return applyFilter(state, setRange(state.filter, { text, atMs: state.nowMs - lengthMs }, null));
}

function withStepper(change: (state: State, stepper: FilterStepper) => State): (state: State) => State {
  return (state) => (state.overlay?.kind === 'filter' ? change(state, state.overlay.stepper) : state);
}
