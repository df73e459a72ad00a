/** The filter stepper: fields in a row, the values of the open one with their counts, and what Graph is asked. */
import { printQuery } from '../filter/print-query.ts';
import { type FilterStepper, type StepperRow, stepperRows, stepperSteps } from '../store/filter-stepper.ts';
import { splitOf } from '../store/select-feed-request.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cell, cutLine, type Line, lineWidth, type Piece, piece, spread, told, wrapText } from './line.ts';
import { stepperNote } from './stepper-note.ts';

const WIDEST_VALUE = 54;
/** Cells that a value leaves for its mark, its box, its count and how many more there are. */
const ROOM_BESIDE = 36;

const NOTE_INDENT = '   ';

/** Below this height only the fields and the values are drawn. */
const ROOMY = 8;

/** Exactly `height` lines. */
export function stepperLines(state: State, stepper: FilterStepper, height: number, glyphs: Glyphs): readonly Line[] {
  const { columns } = state.size;
  const roomy = height >= ROOMY;
  const said = stepperNote(state, stepper);
  const above = [
    ...(roomy ? [rule(columns, glyphs)] : []),
    fieldLine(state, stepper, glyphs),
    ...(said === null ? [] : wrapText(said.text, columns - NOTE_INDENT.length)).map(
      (text): Line => [piece(NOTE_INDENT), piece(text, said?.tone)],
    ),
  ];
  const below = roomy ? [queryLine(state), askedLine(state)] : [];
  const valueRows = height - above.length - below.length;
  const values = valueLines(state, stepper, valueRows, glyphs);
  const blank = Array.from({ length: Math.max(0, valueRows - values.length) }, (): Line => []);
  return [...above, ...values, ...blank, ...below]
    .slice(0, height)
    .map((line) => cutLine(line, columns, glyphs.ellipsis));
}

function queryLine(state: State): Line {
  return [piece(' query  ', 'dim'), told(printQuery(state.filter) || 'everything', 'accent')];
}

function rule(width: number, glyphs: Glyphs): Line {
  return [piece(glyphs.rule.repeat(width), 'dim')];
}

/** The fields in a row; where not all fit, those around the open one. */
function fieldLine(state: State, stepper: FilterStepper, glyphs: Glyphs): Line {
  const { columns } = state.size;
  const steps = stepperSteps(state.shown);
  const names = steps.map(({ name, label }): Piece => {
    const chosen = isChosen(state, name) ? '*' : '';
    if (name === stepper.field) return piece(`  ${label.toUpperCase()}${chosen}`, 'cursor');
    return piece(`  ${label}${chosen}`, chosen ? 'accent' : 'dim');
  });
  const counted = state.followers.counted;
  const size = counted ? counted.matches.size : state.log.size;
  const loaded = piece(`in ${size.toLocaleString('en')} loaded ${counted ? 'attempts' : 'events'} `, 'dim');
  const marks = lineWidth([piece(` ${glyphs.left}`), piece(` ${glyphs.right} `)]);
  const open = steps.findIndex(({ name }) => name === stepper.field);
  let first = 0;
  while (first < open && lineWidth(names.slice(first, open + 1)) + marks > columns) first++;
  const strip: Line = [piece(` ${glyphs.left}`, 'dim'), ...names.slice(first), piece(` ${glyphs.right} `, 'dim')];
  const fits = lineWidth(strip) + lineWidth([loaded]) < columns;
  return spread(strip, fits ? [loaded] : [], columns, glyphs.ellipsis);
}

function isChosen(state: State, field: FilterStepper['field']): boolean {
  return state.filter.terms.some((term) => term.kind === 'field' && term.field === field);
}

/** The values around the cursor, and how many there are beyond. */
function valueLines(state: State, stepper: FilterStepper, height: number, glyphs: Glyphs): readonly Line[] {
  const rows = stepperRows(state, stepper);
  if (rows.length === 0 && stepper.field === 'flow') return [];
  if (rows.length === 0) {
    const why = stepper.narrow.text === '' ? 'nothing is loaded that has this field' : 'no loaded value has this word';
    return [[piece(`   ${why}`, 'dim')]];
  }
  const at = Math.max(
    0,
    rows.findIndex((row) => row.value === stepper.value),
  );
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), rows.length - height));
  const shown = rows.slice(top, top + height);
  const below = rows.length - top - shown.length;
  return shown.map((row, index) => {
    const line = valueLine(row, row.value === stepper.value, state.size.columns, glyphs);
    const more = [
      index === 0 ? beyond(top, 'above') : null,
      index === shown.length - 1 ? beyond(below, 'below') : null,
    ];
    return [...line, ...more.filter((part) => part !== null)];
  });
}

function beyond(count: number, where: string): Piece | null {
  return count > 0 ? piece(`   ${count} more ${where}`, 'dim') : null;
}

function valueLine(row: StepperRow, underCursor: boolean, columns: number, glyphs: Glyphs): Line {
  const box = { included: '[x] ', excluded: '[-] ', free: '[ ] ' }[row.state];
  const tone = row.state === 'free' ? (row.count === 0 ? 'dim' : 'plain') : 'accent';
  const count = row.count === null ? '' : row.count.toLocaleString('en').padStart(9);
  return [
    underCursor ? piece(`${glyphs.cursor} `, 'cursor') : piece('  '),
    piece(box, tone),
    cell(told(row.label, tone), Math.max(10, Math.min(WIDEST_VALUE, columns - ROOM_BESIDE)), glyphs.ellipsis),
    piece(count, tone),
  ];
}

/** What Graph decides of it, and how much is decided here. */
function askedLine(state: State): Line {
  const { clause, decidedByGraph } = splitOf(state);
  const here = state.filter.terms.length - decidedByGraph.size;
  return [
    piece(' asks Graph for  ', 'dim'),
    told(clause ?? 'every event of the time range'),
    piece(here > 0 ? `   + ${here} decided here` : '', 'dim'),
  ];
}
