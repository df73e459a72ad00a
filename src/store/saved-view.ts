/**
 * How a person left the screen, as data that can be kept and read back at the next start: filter, range, columns, order, clock.
 * Lengths of time count back from the new start; points in time stay where they were. Pure.
 */
import type { Filter, TimePoint } from '../filter/filter.ts';
import { parseQuery } from '../filter/parse-query.ts';
import { printQuery } from '../filter/print-query.ts';
import { parseDuration } from '../filter/time-point.ts';
import type { State } from './state.ts';
import { type ColumnChoice, columnNames, isColumnName, type Sort, type TableView } from './table-view.ts';

/** What of the state is kept. */
export type ViewParts = Pick<State, 'filter' | 'view' | 'clock' | 'unit'>;

/** What of the state there is to keep: of the sign-ups, whatever log is shown just now. Null when they were not shown yet. */
export function partsToKeep(state: Pick<State, 'shown' | 'otherLogs' | 'clock'> & ViewParts): ViewParts | null {
  const own = state.shown === 'signUps' ? state : state.otherLogs.signUps;
  return own ? { filter: own.filter, view: own.view, unit: own.unit, clock: state.clock } : null;
}

export interface SavedView {
  /** Conditions and range, as they could be typed. */
  readonly query: string;
  readonly columns: readonly ColumnChoice[];
  readonly sort: Sort;
  readonly wraps: boolean;
  readonly clock: State['clock'];
  readonly unit: State['unit'];
}

export function savedViewOf({ filter, view, clock, unit }: ViewParts): SavedView {
  const { since, until } = filter;
  const query = printQuery({ ...filter, since: since && lasting(since), until: until && lasting(until) });
  return { query, columns: view.columns, sort: view.sort, wraps: view.wraps, clock, unit };
}

/** "yesterday" would be another day the next time. */
function lasting(point: TimePoint): TimePoint {
  return parseDuration(point.text) === null ? { ...point, text: new Date(point.atMs).toISOString() } : point;
}

/** What was saved, with the present to count back from; null when it is not what `savedViewOf` gives. */
export function restoredView(
  saved: unknown,
  present: { readonly nowMs: number; readonly timeZone: string },
): ViewParts | null {
  if (!isObject(saved)) return null;
  const { query, columns, sort, wraps, clock, unit } = saved;
  const filter = filterOf(query, present);
  const view = viewOf(columns, sort, wraps);
  if (filter === null || view === null) return null;
  if (clock !== 'zone' && clock !== 'utc' && clock !== 'ago') return null;
  if (unit !== 'events' && unit !== 'attempts') return null;
  return { filter, view, clock, unit };
}

function filterOf(query: unknown, present: { readonly nowMs: number; readonly timeZone: string }): Filter | null {
  const parsed = typeof query === 'string' ? parseQuery(query, present) : null;
  return parsed?.ok ? parsed.filter : null;
}

function viewOf(columns: unknown, sort: unknown, wraps: unknown): TableView | null {
  const order = sortOf(sort);
  if (!Array.isArray(columns) || order === null || typeof wraps !== 'boolean') return null;
  const known = columns.map(choiceOf).filter((choice) => choice !== null);
  const names = new Set(known.map(({ name }) => name));
  // Another version of the program can have other columns.
  const others = columnNames.filter((name) => !names.has(name)).map((name) => ({ name, shown: false }));
  const isSound = names.size === known.length && known.some(({ shown }) => shown);
  return isSound ? { columns: [...known, ...others], sort: order, wraps } : null;
}

function choiceOf(choice: unknown): ColumnChoice | null {
  if (!isObject(choice) || typeof choice.name !== 'string' || typeof choice.shown !== 'boolean') return null;
  return isColumnName(choice.name) ? { name: choice.name, shown: choice.shown } : null;
}

function sortOf(sort: unknown): Sort | null {
  if (!isObject(sort) || typeof sort.column !== 'string' || typeof sort.ascending !== 'boolean') return null;
  return isColumnName(sort.column) ? { column: sort.column, ascending: sort.ascending } : null;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
