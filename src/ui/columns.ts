/**
 * Which columns the table has, and how wide each is, for a given width: pure arithmetic. What an admin needs first stays
 * longest; the widths do not depend on what the rows hold, so that nothing jumps.
 */

/** The columns of events. */
export type ColumnName = 'time' | 'outcome' | 'stage' | 'provider' | 'app' | 'who' | 'code' | 'meaning' | 'correlation';

/** Those of attempts as well. */
type AnyColumnName = ColumnName | 'result' | 'path' | 'took' | 'tries';

export interface Column {
  readonly name: AnyColumnName;
  readonly title: string;
  /** Display cells, without the gap that follows. */
  readonly width: number;
}

export interface ColumnPlan {
  readonly columns: readonly Column[];
  readonly gap: number;
}

export interface ColumnSpec {
  readonly name: AnyColumnName;
  readonly title: string;
  readonly least: number;
  readonly ideal: number;
  /** Share of what is left over. */
  readonly share: number;
  /** What it does with on the narrowest screens. */
  readonly tight?: number;
}

/** Cells of the longest word, `interrupted`; its sign and a space come before it. */
const OUTCOME_WORD = 11;
/** Cells of a sign without its word. */
export const SIGN = 2;
/** The same of attempts: `no further event`. */
const ATTEMPT_WORD = 16;

/** The columns that a table can have, in their order. */
export interface ColumnSet {
  readonly specs: readonly ColumnSpec[];
  /** What goes first when there is no room: the pane tells all of it. */
  readonly leaveOrder: readonly AnyColumnName[];
}

const specs: readonly ColumnSpec[] = [
  { name: 'time', title: 'TIME', least: 8, ideal: 8, share: 0 },
  { name: 'outcome', title: 'OUTCOME', least: OUTCOME_WORD + 2, ideal: OUTCOME_WORD + 2, share: 0, tight: SIGN },
  { name: 'stage', title: 'STAGE', least: 10, ideal: 10, share: 0 },
  { name: 'provider', title: 'PROVIDER', least: 9, ideal: 14, share: 3 },
  { name: 'app', title: 'APP', least: 10, ideal: 18, share: 3 },
  { name: 'who', title: 'WHO', least: 16, ideal: 40, share: 4 },
  { name: 'code', title: 'CODE', least: 7, ideal: 7, share: 0 },
  { name: 'meaning', title: 'MEANING', least: 14, ideal: 30, share: 4 },
  { name: 'correlation', title: 'CORR. ID', least: 9, ideal: 9, share: 0 },
];

export const eventColumns: ColumnSet = {
  specs,
  leaveOrder: ['correlation', 'provider', 'app', 'meaning', 'stage', 'code'],
};

/** Cells at the left for the mark of the cursor. */
export const MARK_WIDTH = 2;

/** How the time is written: `10:42:09`; with the day where it is not today, `Sun 10:42`; or always, `Sun 10:42:09`. */
export const TIME_WIDTHS = { clock: 8, dayWhereNeeded: 9, dayAndClock: 12 } as const;
export type TimeStyle = keyof typeof TIME_WIDTHS;

/** From this width on there is room for the day and the seconds. */
const WIDE = 120;

/** The way to write times in a table of `width` cells; `oneDay`: all of the range is today. */
export function timeStyle(width: number, oneDay: boolean): TimeStyle {
  if (oneDay) return 'clock';
  return width < WIDE ? 'dayWhereNeeded' : 'dayAndClock';
}

/**
 * Plans the columns for a table of `width` cells. `offset` columns after the time are scrolled off to the left; `signWidth`: cells
 * of the widest sign of an outcome; `names`: the columns in the order that the person wants, null for all of the set.
 */
export function planColumns(
  width: number,
  offset: number,
  time: TimeStyle,
  signWidth = 1,
  names: readonly string[] | null = null,
  { specs, leaveOrder }: ColumnSet = eventColumns,
): ColumnPlan {
  const gap = width >= 132 ? 2 : 1;
  const chosen = names === null ? specs : names.flatMap((name) => specs.filter((spec) => spec.name === name));
  const shown = chosen

    .filter((_, index) => index === 0 || index > offset)
    .map((spec) => (spec.name === 'time' ? withWidth(spec, TIME_WIDTHS[time]) : spec))
    .map((spec) => (spec.name === 'result' ? withWidth(spec, ATTEMPT_WORD + signWidth + 1) : spec))
    .map((spec) => (spec.name === 'outcome' ? withWidth(spec, OUTCOME_WORD + signWidth + 1) : spec));
  const room = width - MARK_WIDTH;
  const kept = dropUntilFits(shown, leaveOrder, room, gap);
  const spare = room - neededBy(kept, gap);
  return { columns: widen(kept, spare), gap };
}

function withWidth(spec: ColumnSpec, width: number): ColumnSpec {
  return { ...spec, least: width, ideal: width };
}

function neededBy(kept: readonly ColumnSpec[], gap: number): number {
  return kept.reduce((sum, spec) => sum + spec.least, gap * Math.max(0, kept.length - 1));
}

function dropUntilFits(
  shown: readonly ColumnSpec[],
  leaveOrder: readonly AnyColumnName[],
  room: number,
  gap: number,
): readonly ColumnSpec[] {
  let kept = shown;
  for (const name of leaveOrder) {
    if (neededBy(kept, gap) <= room) break;
    kept = kept.filter((spec) => spec.name !== name);
  }
  return neededBy(kept, gap) > room ? kept.map((spec) => ({ ...spec, least: spec.tight ?? spec.least })) : kept;
}

function widen(kept: readonly ColumnSpec[], spare: number): readonly Column[] {
  let left = Math.max(0, spare);
  const widths = new Map(kept.map((spec) => [spec.name, spec.least]));
  // Two rounds: what one column cannot use, the others may.
  for (let round = 0; round < 2; round++) {
    const open = kept.filter((spec) => spec.share > 0 && (widths.get(spec.name) ?? 0) < spec.ideal);
    const shares = open.reduce((sum, spec) => sum + spec.share, 0);
    const before = left;
    for (const spec of open) {
      const has = widths.get(spec.name) ?? 0;
      const more = Math.min(spec.ideal - has, Math.floor((before * spec.share) / shares), left);
      widths.set(spec.name, has + more);
      left -= more;
    }
  }
  return kept.map(({ name, title }) => ({ name, title, width: widths.get(name) ?? 0 }));
}
