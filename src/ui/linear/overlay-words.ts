/** What is open over the table (help, filter, lists), in words: when it opens, and when something in it is moved to. Pure. */
import { logs } from '../../logs/logs.ts';
import { shownText, visibleText } from '../../signup/visible-text.ts';
import { type CopyMenu, copyEntries } from '../../store/commands-copy.ts';
import { pickEntries } from '../../store/commands-pick.ts';
import { completionsOf, type QueryBar } from '../../store/commands-query.ts';
import { type FilterStepper, stepperRows, stepperSteps } from '../../store/filter-stepper.ts';
import type { KeyBinding } from '../../store/keys.ts';
import { presetCount, presetsOf } from '../../store/preset-list.ts';
import { placeOf } from '../../store/press-key.ts';
import { shownZone } from '../../store/shown-zone.ts';
import type { Overlay, State } from '../../store/state.ts';
import type { ColumnName, Sort } from '../../store/table-view.ts';
import { keyName } from '../key-names.ts';
import { personLines } from '../person-lines.ts';
import { stepperNote } from '../stepper-note.ts';
import { clockText } from '../time-text.ts';
import { plainGlyphs } from './detail-words.ts';
import { labelledText, readable, UNWRAPPED } from './plain-lines.ts';
import { countText, rowsText } from './row-words.ts';

/** Lines for an overlay that is open now; `was` is what was open before. `byKey`: a command of it was given. */
export function overlayWords(was: Overlay | null, state: State, byKey: boolean): readonly string[] {
  const { overlay } = state;
  if (overlay === null) return [];
  const opened = was?.kind !== overlay.kind;
  if (!opened && !byKey) return [];
  switch (overlay.kind) {
    case 'help':
      return opened ? helpWords(state) : [helpWords(state)[overlay.scroll] ?? 'The end.'];
    case 'filter':
      return stepperWords(was?.kind === 'filter' ? was.stepper : null, overlay.stepper, state);
    case 'query':
      return queryWords(was?.kind === 'query' ? was.bar : null, overlay.bar, state);
    case 'pick':
      return listWords(opened ? pickTitle(overlay.picker.exclude) : '', pickItems(state), overlay.picker.index);
    case 'presets':
      return listWords(opened ? 'Presets. Enter takes one, Esc goes back.' : '', presetItems(state), overlay.index);
    case 'logs':
      return listWords(opened ? 'Logs. Enter shows one, Esc goes back.' : '', logItems(state), overlay.index);
    case 'copy':
      return copyWords(was?.kind === 'copy' ? was.menu : null, overlay.menu, state);
    case 'text':
      return opened ? textLines(overlay.text) : [textLines(overlay.text)[overlay.scroll] ?? 'The end.'];
    case 'columnList':
      return [
        ...(opened ? ['Columns. S sorts by one, Space shows or hides it on the screen, Enter is done.'] : []),
        columnWords(overlay.column, state),
      ];
    case 'person':
      return opened ? personWords(state) : [personWords(state)[overlay.scroll] ?? 'The end.'];
    case 'requests':
      return callWords(state, overlay.id, opened);
    // A prompt speaks for itself.
    case 'search':
    case 'presetName':
      return [];
  }
}

/** Who was looked up, each time that more of it is known. */
export function personWords(state: State): readonly string[] {
  return readable(personLines(state, UNWRAPPED), labelledText);
}

/** The keys of the place that help was asked in, and those that count everywhere. */
export function helpWords(state: State): readonly string[] {
  const place = placeOf({ ...state, overlay: null });
  const keysOf = (where: KeyBinding['place']) => state.settings.keys.filter((binding) => binding.place === where);
  const line = ({ keys, help }: KeyBinding) => `${keys.map((key) => keyName(key, plainGlyphs)).join(' or ')}: ${help}`;
  return [
    'Keys here. j and k read them one by one, Esc goes back.',
    ...keysOf(place).map(line),
    'Everywhere:',
    ...keysOf('everywhere').map(line),
  ];
}

function stepperWords(was: FilterStepper | null, stepper: FilterStepper, state: State): readonly string[] {
  const label = stepperSteps(state.shown).find(({ name }) => name === stepper.field)?.label ?? stepper.field;
  const opening =
    was === null ? ['Filter. Left and Right go to other fields, Space chooses, - leaves out, Enter is done.'] : [];
  const field = was?.field === stepper.field ? [] : [`Field ${label}.`];
  const note = stepperNote(state, stepper);
  if (stepper.range !== null) return stepper.range.error === null || note === null ? [] : [note.text];
  if (stepper.isNarrowing) return [];
  const said = field.length > 0 && note !== null ? [note.text] : [];
  return [...opening, ...field, ...said, valueWords(stepper, state)];
}

function valueWords(stepper: FilterStepper, state: State): string {
  const rows = stepperRows(state, stepper);
  const at = rows.findIndex(({ value }) => value === stepper.value);
  const row = rows[at];
  if (row === undefined) return 'No values.';
  const chosen = { included: 'chosen', excluded: 'left out', free: 'not chosen' }[row.state];
  const count = row.count === null ? '' : `, ${rowsText(state, row.count)} loaded`;
  return visibleText(`${squeezed(row.label)}, ${chosen}${count}. ${at + 1} of ${rows.length}.`);
}

function queryWords(was: QueryBar | null, { error, choice }: QueryBar, state: State): readonly string[] {
  if (error !== null && error !== was?.error) {
    const offer = error.suggestion === null ? '' : ` Did you mean ${error.suggestion}?`;
    return [visibleText(`${error.message}${offer}`)];
  }
  const completions = completionsOf(state);
  const chosen = completions[choice];
  if (was === null || choice === was.choice || chosen === undefined) return [];
  return [visibleText(`Tab completes: ${squeezed(chosen.label)}. ${choice + 1} of ${completions.length}.`)];
}

function copyWords(was: CopyMenu | null, menu: CopyMenu, state: State): readonly string[] {
  const items = copyEntries(state).map(
    ({ key, label, firstLine }) => `${label}${firstLine === null ? ', nothing' : ''}, key ${key}`,
  );
  const title = was === null ? 'To be copied. Enter shows it, x leaves out who it was, Esc goes back.' : '';
  const who = menu.redacted ? 'Who it was is left out.' : 'Who it was is in it.';
  return [...(was !== null && was.redacted !== menu.redacted ? [who] : []), ...listWords(title, items, menu.index)];
}

function textLines(text: string): readonly string[] {
  return text.split('\n').map(visibleText);
}

function columnWords(column: ColumnName, { view }: State): string {
  const at = view.columns.findIndex(({ name }) => name === column);
  const shown = view.columns[at]?.shown === true ? 'shown' : 'hidden';
  const sorted = view.sort.column === column ? `, ${sortWords(view.sort)}` : '';
  return `${column}, ${shown}${sorted}. ${at + 1} of ${view.columns.length}.`;
}

/** `sorted by code, smallest first`. */
export function sortWords({ column, ascending }: Sort): string {
  const [first, last] = column === 'time' ? ['oldest', 'newest'] : ['smallest', 'largest'];
  return `sorted by ${column}, ${ascending ? first : last} first`;
}

function pickTitle(exclude: boolean): string {
  return `${exclude ? 'Leave out what has the same' : 'Show only what has the same'}. Enter takes it, Esc goes back.`;
}

function pickItems(state: State): readonly string[] {
  return pickEntries(state).map(({ label, value }) => `${label} ${squeezed(value)}`);
}

function logItems({ shown }: State): readonly string[] {
  return logs.map(({ name, title }, at) => `${title}${name === shown ? ', shown' : ''}, key ${at + 1}`);
}

function presetItems(state: State): readonly string[] {
  return presetsOf(state).map((preset) => {
    const count = presetCount(state, preset);
    const key = preset.key === null ? '' : `, key ${preset.key}`;
    return `${preset.name}: ${preset.query}${count === null ? '' : `, ${rowsText(state, count)}`}${key}`;
  });
}

function listWords(title: string, items: readonly string[], index: number): readonly string[] {
  const item = items[index];
  const said = item === undefined ? 'Nothing to choose from.' : `${item}. ${index + 1} of ${items.length}.`;
  return [...(title === '' ? [] : [title]), visibleText(said)];
}

function callWords(state: State, id: number, opened: boolean): readonly string[] {
  const call = state.calls.find((one) => one.id === id);
  if (call === undefined) return [];
  const { answer } = call;
  const took = answer === null ? 'no answer yet' : `status ${answer.status ?? 'none'}, ${Math.round(answer.tookMs)} ms`;
  const rows = answer === null || answer.rows === null ? '' : `, ${countText(answer.rows)} rows`;
  const said = `Call ${id}, ${clockText(call.atMs, shownZone(state))}, ${took}${rows}. ${call.method} ${call.url}`;
  return [...(opened ? ['Calls to Graph, newest first. c, a and p give one for other tools.'] : []), visibleText(said)];
}

function squeezed(text: string): string {
  return shownText(text).replaceAll(/\s+/g, ' ').trim();
}
