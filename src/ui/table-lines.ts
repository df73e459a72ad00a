/** The table: a line of titles and one line per event in the window. Position in the log → cells → line. */

import { weekdayTells } from '../facts/weekday.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import { stageLabel } from '../signup/stages.ts';
import { marksOfRow } from '../store/commands-jump.ts';
import { layout } from '../store/layout.ts';
import { shownSpan } from '../store/shown-span.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import { cursorRow, positionOfRow, rowCount, topRow } from '../store/table-cursor.ts';
import { type ColumnName, shownColumns } from '../store/table-view.ts';
import { attemptCell } from './attempt-cells.ts';
import { planAttemptColumns } from './attempt-columns.ts';
import { type Column, type ColumnPlan, SIGN } from './columns.ts';
import { emptyTableLines } from './empty-table-lines.ts';
import { planEventColumns, type TableShape, TIME_WIDTHS, type TimeStyle, timeStyle } from './event-columns.ts';
import type { Glyphs } from './glyphs.ts';
import {
  blankLine,
  cell,
  cutLine,
  type Line,
  lineWidth,
  type Piece,
  piece,
  shortenMiddle,
  type Tone,
  told,
} from './line.ts';
import { outcomeTone } from './outcome-tones.ts';
import { textWidth } from './screen/width.ts';
import { agoText, clockText, dateClockText, dayText, weekdayClockText } from './time-text.ts';

interface RowContext {
  readonly state: State;
  readonly glyphs: Glyphs;
  readonly time: TimeStyle;
}

/** The lines of the table for the width and height that the layout gives it. */
export function tableLines(state: State, glyphs: Glyphs): readonly Line[] {
  const { table } = layout(state);
  if (!table) return [];
  const shape = shapeOf(state, glyphs);
  const context: RowContext = { state, glyphs, time: shape.time };
  const { title, cells } = state.unit === 'events' ? eventRows(context) : attemptRows(context, shape);
  const height = table.height - 1;
  const titleLine = [piece((state.table.columnOffset > 0 ? glyphs.left : '').padEnd(2), 'accent'), ...title];
  if (rowCount(state) === 0) return [titleLine, ...emptyTableLines(state, table.width, height)];
  const top = topRow(state);
  const at = cursorRow(state);
  const rows = Array.from({ length: height }, (_, index) => {
    const position = positionOfRow(state, top + index);
    return position < 0
      ? blankLine
      : rowLine(state, [...rowMarks(context, position, top + index === at), ...cells(position)]);
  });
  return [titleLine, ...rows];
}

/** The columns of events that are drawn; the same ones while the pane hides the table. */
export function plannedColumns(state: State, glyphs: Glyphs): ColumnPlan<ColumnName> {
  return planEventColumns(shownColumns(state.view), shapeOf(state, glyphs));
}

function shapeOf(state: State, glyphs: Glyphs): TableShape {
  const width = layout(state).table?.width ?? state.size.columns;
  const timeZone = shownZone(state);
  const range = shownSpan(state);
  const isToday = dayText(range.fromMs, timeZone) === dayText(state.nowMs, timeZone);
  const days = isToday ? 'today' : weekdayTells(range.fromMs, { nowMs: state.nowMs, range }) ? 'weekdays' : 'dates';
  const signWidth = textWidth(glyphs.outcome.failed);
  return { width, offset: state.table.columnOffset, time: timeStyle(width, days), signWidth };
}

/** The titles, and how the cells of a row are made. */
interface TableRows {
  readonly title: Line;
  readonly cells: (position: number) => Line;
}

function eventRows(context: RowContext): TableRows {
  const { state, glyphs } = context;
  const { columns, gap } = plannedColumns(state, glyphs);
  return {
    title: titles(columns, gap, glyphs, (column) => titleText(column, state, glyphs)),
    cells: (position) =>
      withGaps(
        columns.map((column) => cell(cellOf(context, column, position), column.width, glyphs.ellipsis)),
        gap,
      ),
  };
}

function attemptRows({ state, glyphs, time }: RowContext, shape: TableShape): TableRows {
  const { columns, gap } = planAttemptColumns(shape);
  const clock = (timeMs: number) => timeText(timeMs, time, state);
  const space = piece(' '.repeat(gap));
  return {
    title: titles(columns, gap, glyphs, ({ title }) => title),
    cells: (position) => {
      const attempt = state.log.attempts.of(position);
      if (attempt === null) return [];
      return columns.flatMap((column, index) => {
        const told = fitted(attemptCell(state, attempt, column, glyphs, clock), column.width, glyphs.ellipsis);
        return index === 0 ? told : [space, ...told];
      });
    },
  };
}

function titles<Name extends string>(
  columns: readonly Column<Name>[],
  gap: number,
  glyphs: Glyphs,
  textOf: (column: Column<Name>) => string,
): Line {
  return withGaps(
    columns.map((column) => cell(piece(textOf(column), 'title'), column.width, glyphs.ellipsis)),
    gap,
  );
}

/** The title, with a mark when the table is sorted by the column. */
function titleText({ name, title, width }: Column<ColumnName>, { view }: State, glyphs: Glyphs): string {
  if (name !== view.sort.column) return title;
  const mark = view.sort.ascending ? glyphs.sorted.up : glyphs.sorted.down;
  return textWidth(title) + 2 > width ? `${title}${mark}` : `${title} ${mark}`;
}

/** The cursor, and the person's own mark. */
function rowMarks({ state, glyphs }: RowContext, position: number, underCursor: boolean): Line {
  const cursor = underCursor ? piece(glyphs.cursor, 'cursor') : piece(' ');
  return [cursor, marksOfRow(state, position).length > 0 ? piece(glyphs.mark, 'accent') : piece(' ')];
}

function rowLine({ search }: State, line: Line): Line {
  return search === '' ? line : highlight(line, search);
}

/** Cut or filled up to `width` cells. */
function fitted(line: Line, width: number, ellipsis: string): Line {
  const cut = cutLine(line, width, ellipsis);
  return [...cut, piece(' '.repeat(width - lineWidth(cut)))];
}

function cellOf({ state, glyphs, time }: RowContext, column: Column<ColumnName>, position: number): Piece {
  const { log } = state;
  const ofLog = (text: string) => told(text, 'plain', column.width);
  switch (column.name) {
    case 'time':
      return piece(timeText(log.timeMs(position), time, state));
    case 'outcome': {
      const outcome = log.outcome(position);
      const sign = glyphs.outcome[outcome];
      return piece(column.width > SIGN ? `${sign} ${outcome}` : sign, outcomeTone(outcome));
    }
    case 'stage':
      return ofLog(stageLabel(log.stage(position)));
    case 'provider':
      return ofLog(log.provider(position));
    case 'app':
      return ofLog(log.appName(position) ?? log.appId(position));
    case 'who':
    case 'by':
    case 'source':
      return ofLog(log.identifier(position) ?? glyphs.none);
    case 'target':
    case 'ip':
      return ofLog(log.counterpart(position) ?? glyphs.none);
    case 'reason':
      return ofLog(log.failureReason(position) ?? '');
    case 'activity':
    case 'client':
    case 'country':
    case 'action':
    case 'system':
      return ofLog(log.attributes(position)[column.name] ?? glyphs.none);
    case 'code': {
      const code = log.cause(position);
      return code === 0 || code === noErrorCode ? piece(glyphs.none, 'dim') : piece(String(code));
    }
    case 'meaning': {
      const code = log.cause(position);
      return piece(code === 0 ? '' : explainCode(code).meaning, meaningTone(log.outcome(position)));
    }
    case 'correlation':
      // Plain: one change of style less in every row that is drawn.
      return piece(shortenMiddle(log.correlationId(position), column.width, glyphs.ellipsis));
  }
}

function timeText(timeMs: number, time: TimeStyle, state: State): string {
  if (state.clock === 'ago') return agoText(state.nowMs - timeMs);
  const timeZone = shownZone(state);
  const isWhereNeeded = time === 'dayWhereNeeded' || time === 'dateWhereNeeded';
  if (time === 'clock' || (isWhereNeeded && dayText(timeMs, timeZone) === dayText(state.nowMs, timeZone)))
    return clockText(timeMs, timeZone);
  const isDate = time === 'dateWhereNeeded' || time === 'dateAndClock';
  return (isDate ? dateClockText : weekdayClockText)(timeMs, timeZone).slice(0, TIME_WIDTHS[time]);
}

function meaningTone(outcome: ReturnType<State['log']['outcome']>): Tone {
  return outcome === 'failed' || outcome === 'unknown' ? 'plain' : 'dim';
}

function withGaps(cells: readonly Piece[], gap: number): readonly Piece[] {
  const space = piece(' '.repeat(gap));
  return cells.flatMap((each, index) => (index === 0 ? [each] : [space, each]));
}

/** Shows where the searched word stands in the cells. */
function highlight(line: Line, search: string): Line {
  const needle = search.toLowerCase();
  return line.flatMap((part) => {
    const lower = part.text.toLowerCase();
    // Lower case can change the length of a text; then places in it do not match up.
    const at = lower.length === part.text.length ? lower.indexOf(needle) : -1;
    if (at < 0) return [part];
    const end = at + needle.length;
    return [
      { ...part, text: part.text.slice(0, at) },
      { text: part.text.slice(at, end), tone: 'found' as const },
      { ...part, text: part.text.slice(end) },
    ].filter(({ text }) => text !== '');
  });
}
