/** The filter stepper: fields in a row, the values of the open one with their counts, and what Graph is asked. */
import { splitFilter } from '../filter/graph-filter.ts';
import { printQuery } from '../filter/print-query.ts';
import { type FilterStepper, type StepperRow, stepperFields, stepperRows } from '../store/filter-stepper.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cell, cutLine, type Line, piece, spread, told } from './line.ts';

const VALUE_WIDTH = 40;

/** Below this height only the fields and the values are drawn. */
const ROOMY = 8;

/** Exactly `height` lines. */
export function stepperLines(state: State, stepper: FilterStepper, height: number, glyphs: Glyphs): readonly Line[] {
  const { columns } = state.size;
  const roomy = height >= ROOMY;
  const above = roomy
    ? [rule(columns, glyphs), fieldLine(state, stepper, glyphs)]
    : [fieldLine(state, stepper, glyphs)];
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

function fieldLine(state: State, stepper: FilterStepper, glyphs: Glyphs): Line {
  const fields = stepperFields.flatMap(({ name, label }) => {
    const chosen = isChosen(state, name) ? '*' : '';
    return name === stepper.field
      ? [piece(`  ${label.toUpperCase()}${chosen}`, 'cursor')]
      : [piece(`  ${label}${chosen}`, chosen ? 'accent' : 'dim')];
  });
  const loaded = `in ${state.log.size.toLocaleString('en')} loaded events `;
  return spread(
    [piece(` ${glyphs.left}`, 'dim'), ...fields, piece(`  ${glyphs.right}`, 'dim')],
    [piece(loaded, 'dim')],
    state.size.columns,
    glyphs.ellipsis,
  );
}

function isChosen(state: State, field: FilterStepper['field']): boolean {
  return state.filter.terms.some((term) => term.kind === 'field' && term.field === field);
}

/** The values around the cursor. */
function valueLines(state: State, stepper: FilterStepper, height: number, glyphs: Glyphs): readonly Line[] {
  const rows = stepperRows(state, stepper);
  if (rows.length === 0) return [[piece('   nothing is loaded that has this field', 'dim')]];
  const at = Math.max(
    0,
    rows.findIndex((row) => row.value === stepper.value),
  );
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), rows.length - height));
  return rows.slice(top, top + height).map((row) => valueLine(row, row.value === stepper.value, glyphs));
}

function valueLine(row: StepperRow, underCursor: boolean, glyphs: Glyphs): Line {
  const box = { included: '[x] ', excluded: '[-] ', free: '[ ] ' }[row.state];
  const tone = row.state === 'free' ? (row.count === 0 ? 'dim' : 'plain') : 'accent';
  const count = row.count === null ? '' : row.count.toLocaleString('en').padStart(9);
  return [
    underCursor ? piece(`${glyphs.cursor} `, 'cursor') : piece('  '),
    piece(box, tone),
    cell(told(row.label, tone), VALUE_WIDTH, glyphs.ellipsis),
    piece(count, tone),
  ];
}

/** What Graph decides of it, and how much is decided here. */
function askedLine(state: State): Line {
  const { clause, decidedByGraph } = splitFilter(state.filter, state.feed.refused);
  const here = state.filter.terms.length - decidedByGraph.size;
  return [
    piece(' asks Graph for  ', 'dim'),
    told(clause ?? 'every event of the time range'),
    piece(here > 0 ? `   + ${here} decided here` : '', 'dim'),
  ];
}
