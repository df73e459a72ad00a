/** Jumps: to what belongs to the row, to the next failure, to marked rows. */
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { cursorRow, moveTo, positionOfRow, rowCount } from './table-cursor.ts';
import { rowHasFailed } from './unit.ts';

type Direction = 'older' | 'newer';

/** Rows that one key looks at: more would keep the next key waiting. */
const MOST_ROWS = 20_000;
/** Events of one person that are looked at. */
const MOST_EVENTS = 500;

/** To the next event of the same correlation ID, or the next attempt of the same person. */
export function jumpAlike(direction: Direction): (state: State) => State {
  return (state) => {
    const at = cursorRow(state);
    const position = positionOfRow(state, at);
    if (position < 0) return state;
    const { log, unit } = state;
    const alike =
      unit === 'events' ? sameCorrelation(state, position) : log.ofPerson(teller(state, position), MOST_EVENTS);
    const rows = rowsOf(state, alike);
    const what = unit === 'events' ? 'event of this correlation ID' : 'attempt of this person';
    const hidden = unit === 'events' && alike.length > rows.length ? '; the filter hides some' : '';
    return jump(state, rows, direction, `There is no ${direction} ${what} in the table${hidden}.`);
  };
}

/** Nobody knows what belongs to an event without a correlation ID. */
function sameCorrelation({ log }: State, position: number): readonly number[] {
  const correlationId = log.correlationId(position);
  return correlationId === '' ? [position] : log.ofCorrelation(correlationId);
}

/** To the next row that failed: expected interrupts are none. */
export function jumpToFailure(direction: Direction): (state: State) => State {
  return (state) => {
    const step = direction === 'older' ? 1 : -1;
    const from = cursorRow(state);
    let row = from + step;
    for (; row >= 0 && row < rowCount(state); row += step) {
      if (rowHasFailed(state, positionOfRow(state, row))) return moveTo(state, row, false);
      if (Math.abs(row - from) === MOST_ROWS) {
        const moved = moveTo(state, row, false);
        return noticed(
          moved,
          `No failure in the last ${MOST_ROWS.toLocaleString('en')} rows; the key goes on from here.`,
        );
      }
    }
    return noticed(state, `There is no ${direction} failure in the loaded rows.`);
  };
}

/** Marks the row under the cursor, or takes its mark away. */
export function toggleMark(state: State): State {
  const id = state.table.cursorId;
  if (id === null) return state;
  const marks = new Set(state.marks);
  const own = marksOfRow(state, state.log.positionOf(id));
  for (const mark of own) marks.delete(mark);
  if (own.length === 0) marks.add(id);
  return { ...state, marks };
}

export function jumpToMark(direction: Direction): (state: State) => State {
  return (state) => {
    if (state.marks.size === 0) return noticed(state, 'No row is marked: m marks one.');
    const positions = [...state.marks].map((id) => state.log.positionOf(id)).filter((position) => position >= 0);
    return jump(state, rowsOf(state, positions), direction, `There is no ${direction} marked row in the table.`);
  };
}

/** The marked events that the row of an event stands for. */
export function marksOfRow(
  { marks, log, unit }: Pick<State, 'marks' | 'log' | 'unit'>,
  position: number,
): readonly string[] {
  if (marks.size === 0 || position < 0) return [];
  const events = unit === 'attempts' ? (log.attempts.of(position)?.events ?? []) : [position];
  return events.map((each) => log.id(each)).filter((id) => marks.has(id));
}

/** The rows of the table that these events belong to, each once, the newest first. */
function rowsOf({ matches }: State, positions: readonly number[]): readonly number[] {
  const ranks = new Set(positions.map((position) => matches.rankOf(position)).filter((rank) => rank >= 0));
  return [...ranks].map((rank) => matches.size - 1 - rank).sort((a, b) => a - b);
}

function jump(state: State, rows: readonly number[], direction: Direction, otherwise: string): State {
  const at = cursorRow(state);
  const target = direction === 'older' ? rows.find((row) => row > at) : rows.findLast((row) => row < at);
  return target === undefined ? noticed(state, otherwise) : moveTo(state, target, false);
}

/** An event of the attempt that tells who it is. */
function teller({ log }: State, position: number): number {
  const events = log.attempts.of(position)?.events ?? [];
  const found = log.tellerOf(events);
  return found < 0 ? position : found;
}
