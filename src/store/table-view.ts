/** How table and pane are looked at, besides the filter: which columns, in which order, sorted by which, long values whole or cut. */

import type { LogName } from '../signup/event.ts';

/** Every column of the table of sign-up events, in the order of the program. */
export const columnNames = [
  'time',
  'outcome',
  'stage',
  'provider',
  'app',
  'who',
  'code',
  'meaning',
  'correlation',
] as const;

/** What only the tables of the other logs have. */
const otherColumnNames = [
  'activity',
  'target',
  'by',
  'reason',
  'ip',
  'country',
  'client',
  'action',
  'source',
  'system',
] as const;

export type ColumnName = (typeof columnNames)[number] | (typeof otherColumnNames)[number];

const columnsOf: { readonly [log in LogName]: readonly ColumnName[] } = {
  signUps: columnNames,
  signIns: ['time', 'outcome', 'who', 'app', 'ip', 'country', 'client', 'code', 'meaning', 'correlation'],
  audits: ['time', 'outcome', 'activity', 'target', 'by', 'reason', 'correlation'],
  provisioning: ['time', 'outcome', 'action', 'source', 'target', 'system', 'reason'],
};

export interface ColumnChoice {
  readonly name: ColumnName;
  readonly shown: boolean;
}

export interface Sort {
  readonly column: ColumnName;
  /** The smallest value stands at the top. */
  readonly ascending: boolean;
}

export interface TableView {
  /** Every column once. Hidden ones keep their place, so that showing them again brings them back to it. */
  readonly columns: readonly ColumnChoice[];
  readonly sort: Sort;
  /** Long values of the pane are broken into lines; else each is one line, cut. */
  readonly wraps: boolean;
}

export const newestFirst: Sort = { column: 'time', ascending: false };

/**
 * The view of the first start: the columns as the settings file has them, which are those of sign-ups, or all (null); the newest
 * event at the top.
 */
export function firstView(columns: readonly ColumnName[] | null, log: LogName = 'signUps'): TableView {
  const all = columnsOf[log];
  const shown = log === 'signUps' ? (columns ?? all) : all;
  return { columns: columnChoices(shown, all), sort: newestFirst, wraps: true };
}

/** The given columns shown in their order, all others hidden behind them. */
function columnChoices(shown: readonly ColumnName[], all: readonly ColumnName[]): readonly ColumnChoice[] {
  const hidden = all.filter((name) => !shown.includes(name));
  return [...shown.map((name) => ({ name, shown: true })), ...hidden.map((name) => ({ name, shown: false }))];
}

export function shownColumns({ columns }: TableView): readonly ColumnName[] {
  return columns.filter(({ shown }) => shown).map(({ name }) => name);
}

export function isColumnName(name: string): name is ColumnName {
  return columnNames.some((known) => known === name);
}

/** True in the order of a live log. */
export function isLiveOrder(sort: Sort): boolean {
  return sort.column === newestFirst.column && sort.ascending === newestFirst.ascending;
}
