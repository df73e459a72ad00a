/** The columns of the table of events: their titles, their widths, and what each tells. What an admin needs first stays longest. */
import type { ColumnName } from '../store/table-view.ts';
import { type ColumnPlan, type ColumnSpec, planColumns, SIGN } from './columns.ts';

/** Cells of the longest word, `interrupted`; its sign and a space come before it. */
const OUTCOME_WORD = 11;

interface EventColumn extends Omit<ColumnSpec<ColumnName>, 'name'> {
  /** For the list of columns. */
  readonly tells: string;
}

const fixed = (title: string, width: number, leaves: number | null, tells: string): EventColumn => ({
  ...{ title, least: width, ideal: width, share: 0, leaves, tells },
});

const eventColumns: { readonly [name in ColumnName]: EventColumn } = {
  time: fixed('TIME', 8, null, 'when it happened'),
  outcome: fixed('OUTCOME', OUTCOME_WORD + 2, null, 'how the step ended'),
  stage: fixed('STAGE', 10, 5, 'the step of the sign-up'),
  provider: { title: 'PROVIDER', least: 9, ideal: 14, share: 3, leaves: 2, tells: 'the identity provider' },
  app: { title: 'APP', least: 10, ideal: 18, share: 3, leaves: 3, tells: 'the application' },
  who: { title: 'WHO', least: 16, ideal: 40, share: 4, leaves: null, tells: 'the address that signed up' },
  code: fixed('CODE', 7, 6, 'the error code'),
  meaning: { title: 'MEANING', least: 14, ideal: 30, share: 4, leaves: 4, tells: 'what the code means' },
  correlation: fixed('CORR. ID', 9, 1, 'the same for all events of an attempt'),
  activity: { title: 'ACTIVITY', least: 14, ideal: 30, share: 3, leaves: null, tells: 'what was done' },
  target: { title: 'TARGET', least: 14, ideal: 40, share: 4, leaves: 9, tells: 'what it was done to' },
  by: { title: 'BY', least: 12, ideal: 30, share: 3, leaves: 8, tells: 'the person or program that did it' },
  reason: { title: 'REASON', least: 14, ideal: 40, share: 4, leaves: 7, tells: 'why, where the log says it' },
  ip: { title: 'ADDRESS', least: 15, ideal: 21, share: 1, leaves: 2.5, tells: 'where it came from' },
  country: fixed('FROM', 4, 3, 'the country or region of the address'),
  client: { title: 'CLIENT', least: 9, ideal: 18, share: 2, leaves: 2, tells: 'the kind of program' },
  action: { title: 'ACTION', least: 8, ideal: 12, share: 1, leaves: 10, tells: 'what was to be done' },
  source: { title: 'SOURCE', least: 14, ideal: 32, share: 3, leaves: null, tells: 'the account that it is about' },
  system: { title: 'SYSTEM', least: 10, ideal: 24, share: 2, leaves: 6, tells: 'where the account goes' },
};

export function titleOf(name: ColumnName): string {
  return eventColumns[name].title;
}

export function tellsOf(name: ColumnName): string {
  return eventColumns[name].tells;
}

/**
 * How the time is written: `10:42:09`; with the day where it is not today, `Sun 10:42`; or always, `Sun 10:42:09`; or with
 * dates, `22 Nov 10:42` and `22 Nov 10:42:09`.
 */
export const TIME_WIDTHS = {
  clock: 8,
  dayWhereNeeded: 9,
  dayAndClock: 12,
  dateWhereNeeded: 12,
  dateAndClock: 15,
} as const;
export type TimeStyle = keyof typeof TIME_WIDTHS;

/** From this width on there is room for the day and the seconds. */
const WIDE = 120;

/** How many days the times of a table are from: today alone, so few that weekdays tell them apart, or more. */
export type DaysShown = 'today' | 'weekdays' | 'dates';

/** The way to write times in a table of `width` cells. */
export function timeStyle(width: number, days: DaysShown): TimeStyle {
  if (days === 'today') return 'clock';
  if (days === 'dates') return width < WIDE ? 'dateWhereNeeded' : 'dateAndClock';
  return width < WIDE ? 'dayWhereNeeded' : 'dayAndClock';
}

/** What the plan of a table depends on. */
export interface TableShape {
  readonly width: number;
  /** Columns after the first that are scrolled off to the left. */
  readonly offset: number;
  readonly time: TimeStyle;
  /** Cells of the widest sign of an outcome. */
  readonly signWidth: number;
}

/** Plans the named columns, in their order. */
export function planEventColumns(names: readonly ColumnName[], table: TableShape): ColumnPlan<ColumnName> {
  const specs = names.map((name): ColumnSpec<ColumnName> => {
    const spec = { ...eventColumns[name], name };
    if (name === 'time') return { ...spec, least: TIME_WIDTHS[table.time], ideal: TIME_WIDTHS[table.time] };
    if (name !== 'outcome') return spec;
    const width = OUTCOME_WORD + table.signWidth + 1;
    // The sign has to do without its word where nothing else can go.
    return { ...spec, least: width, ideal: width, tight: SIGN };
  });
  return planColumns(specs, table.width, table.offset);
}
