/** The query bar with its completions, and the list of values to pick from: both stand over the table. */
import { logs } from '../logs/logs.ts';
import { type CopyMenu, copyEntries } from '../store/commands-copy.ts';
import { type Picker, pickEntries } from '../store/commands-pick.ts';
import { completionsOf, type QueryBar } from '../store/commands-query.ts';
import { presetCount, presetsOf } from '../store/preset-list.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, piece, told, wrapText } from './line.ts';
import { filled, listLines, rule } from './panel-lines.ts';
import { aroundCursor, promptLine } from './prompt-line.ts';
import { textWidth } from './screen/width.ts';

const LABEL = ' query  ';

/** Exactly `height` lines. */
export function queryLines(state: State, bar: QueryBar, height: number, glyphs: Glyphs): readonly Line[] {
  const { columns } = state.size;
  const shown = aroundCursor(bar.edit, columns - LABEL.length - 1);
  const hidden = bar.edit.cursor - shown.cursor;
  const completions = completionsOf(state).map(
    ({ label }, index): Line => [
      index === bar.choice ? piece(`${glyphs.cursor} `, 'cursor') : piece('  '),
      piece(' '.repeat(LABEL.length - 2)),
      told(label, index === bar.choice ? 'accent' : 'plain'),
    ],
  );
  return filled(
    [rule(columns, glyphs), promptLine(LABEL, shown), ...errorLines(bar, hidden, columns), ...completions],
    height,
    columns,
    glyphs,
  );
}

/** A caret under the place that is wrong, and what is wrong with it. */
function errorLines({ error, edit }: QueryBar, hidden: number, columns: number): readonly Line[] {
  if (!error) return [];
  const before = [...edit.text.slice(0, error.start)].slice(hidden).join('');
  const marked = Math.max(1, textWidth(edit.text.slice(error.start, error.end)));
  const offer = error.suggestion === null ? '' : ` Did you mean ${error.suggestion}?`;
  return [
    [piece(' '.repeat(LABEL.length + textWidth(before))), piece('^'.repeat(marked), 'bad')],
    ...wrapText(told(`${error.message}${offer}`).text, columns - LABEL.length).map(
      (text): Line => [piece(' '.repeat(LABEL.length)), piece(text, 'bad')],
    ),
  ];
}

/** Exactly `height` lines. */
export function pickLines(state: State, picker: Picker, height: number, glyphs: Glyphs): readonly Line[] {
  const title = picker.exclude ? ' Leave out what has the same' : ' Show only what has the same';
  const rows = pickEntries(state).map(({ label, value }) => [label.padEnd(13), value, ''] as const);
  return listLines(state, title, rows, picker.index, height, glyphs);
}

/** Exactly `height` lines. */
export function copyLines(
  state: State,
  { index, redacted }: CopyMenu,
  height: number,
  glyphs: Glyphs,
): readonly Line[] {
  const rows = copyEntries(state).map(({ key, label, firstLine, isLonger }) => {
    return [`${key}  `, label.padEnd(32), `${firstLine ?? 'none'}${isLonger ? ` ${glyphs.ellipsis}` : ''}`] as const;
  });
  return listLines(state, redacted ? ' Copy, without who it was' : ' Copy', rows, index, height, glyphs);
}

/** Exactly `height` lines. */
export function presetLines(state: State, index: number, height: number, glyphs: Glyphs): readonly Line[] {
  const presets = presetsOf(state);
  const width = Math.max(...presets.map(({ name }) => textWidth(name))) + 2;
  const rows = presets.map((preset) => {
    const count = presetCount(state, preset);
    const counted = count === null ? '' : count.toLocaleString('en');
    return [
      `${preset.key ?? ' '}  `,
      `${preset.name.padEnd(width)}${counted.padStart(7)}`,
      `   ${preset.query}`,
    ] as const;
  });
  const unit = state.unit === 'attempts' ? 'attempts among ' : '';
  const title = ` Presets, counted in ${unit}${state.log.size.toLocaleString('en')} loaded events`;
  return listLines(state, title, rows, index, height, glyphs);
}

/** Exactly `height` lines. */
export function logLines(state: State, index: number, height: number, glyphs: Glyphs): readonly Line[] {
  const rows = logs.map(({ name, title, path }, at) => {
    const view = name === state.shown ? state : state.otherLogs[name];
    const loaded = view ? `${view.log.size.toLocaleString('en')} loaded` : '';
    return [`${at + 1}  `, `${title.padEnd(14)}${loaded.padStart(18)}`, `   ${path}`] as const;
  });
  return listLines(state, ' Logs; each keeps its filter and its place', rows, index, height, glyphs);
}
