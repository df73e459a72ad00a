/**
 * Rows of text in columns. On a terminal the columns are fitted to its width; anywhere else they are only aligned, and
 * nothing is cut but values that no table has room for. It knows nothing of what stands in them. Pure.
 */
import { cellText, cellWidth, cut, MOST_IN_CELL } from './cell-text.ts';

export interface TableLook {
  /** Columns of the terminal; null when stdout is none. */
  readonly widthColumns: number | null;
  readonly color: boolean;
  readonly ascii: boolean;
  /** IANA name. */
  readonly timeZone: string;
}

export interface Column<Row> {
  readonly title: string;
  /** What it is cut to at most while others can be left out instead. */
  readonly least: number;
  /** What it is cut to at most before it is left out itself; `least` when not given. */
  readonly narrowest?: number;
  /** The column with the highest number is the first to be left out; 0 stays. */
  readonly leaves: number;
  text(row: Row): string;
  /** The text where it has to be shorter than it is; cut at the end when not given. */
  shorter?(row: Row, width: number): string;
}

const gap = 2;

export interface Table<Row> {
  /** Lines for the rows, each with a line feed; a heading comes before the first, and wherever the zone's clocks change. */
  lines(rows: readonly Row[]): string;
}

/**
 * `timeOf`: the moment that the first column tells; its heading says how far the zone is from UTC then. `colorOf`: the SGR
 * parameters of the row.
 */
export function tableOf<Row>(
  columns: readonly Column<Row>[],
  look: TableLook,
  timeOf: (row: Row) => number,
  colorOf: (row: Row) => string,
): Table<Row> {
  const titles = columns.map(({ title }) => title);
  const blank = look.ascii ? '-' : '–';
  const offsetAt = offsetsIn(look.timeZone);
  const room = look.widthColumns ?? Number.POSITIVE_INFINITY;
  let ideal: readonly number[] = titles.map((title) => title.length);
  /** What the times of the last heading are in. */
  let offsetTold = '';
  return {
    lines: (rows) => {
      if (rows.length === 0) return '';
      const cells = rows.map((row) => columns.map((column) => wholeCell(column, row) || blank));
      // Widths only grow: what has been printed stays aligned with what follows as long as it can.
      ideal = ideal.map((width, at) => Math.max(width, ...cells.map((own) => cellWidth(own[at] ?? '', room))));
      const widths = look.widthColumns === null ? ideal : fitWidths(columns, ideal, look.widthColumns);
      const lineOf = (own: readonly string[], row: Row | null) => {
        const fitted = own.map((cell, at) => {
          const width = widths[at] ?? 0;
          if (cellWidth(cell, width) <= width) return cell;
          const shorter = row === null ? undefined : columns[at]?.shorter?.(row, width);
          return cut(shorter === undefined ? cell : cellText(shorter), width, look.ascii ? '~' : '…');
        });
        return rowLine(fitted, widths);
      };
      return rows
        .map((row, at) => {
          const offset = offsetAt(timeOf(row));
          // Where the clocks were changed, a new heading says so.
          const heading =
            offset === offsetTold ? '' : `${lineOf([`${titles[0]} (${offset})`, ...titles.slice(1)], null)}\n`;
          offsetTold = offset;
          const line = lineOf(cells[at] ?? [], row);
          return `${heading}${look.color ? `\u001b[${colorOf(row)}m${line}\u001b[0m` : line}\n`;
        })
        .join('');
    },
  };
}

/** What is too long for any table is shortened as its column does it, else at the end. */
function wholeCell<Row>({ text, shorter }: Column<Row>, row: Row): string {
  const whole = text(row);
  return cellText(whole.length > MOST_IN_CELL && shorter ? shorter(row, MOST_IN_CELL) : whole);
}

/** How far the zone is from UTC at a time: `UTC`, `UTC+1`, `UTC+5:30`. */
function offsetsIn(timeZone: string): (timeMs: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' });
  const known = new Map<number, string>();
  return (timeMs) => {
    // Clocks change on a quarter of an hour at the finest.
    const quarter = Math.floor(timeMs / 900_000);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const part = format.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName');
    const offset = (part?.value ?? '').replace('GMT', 'UTC').replace(/\+0$/, '');
    known.set(quarter, offset);
    return offset;
  };
}

/** Widths that fit into `room` columns; 0 for a column that is left out. What is spare goes round in turns. */
function fitWidths(columns: readonly Column<never>[], ideal: readonly number[], room: number): readonly number[] {
  let widths = columns.map(({ least }, at) => Math.min(least, ideal[at] ?? 0));
  const needed = () => widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + gap), -gap);
  for (const { leaves } of columns.filter((column) => column.leaves > 0).sort((a, b) => b.leaves - a.leaves)) {
    const excess = needed() - room;
    if (excess <= 0) break;
    widths = widths.map((width, at) => {
      const { leaves: own, least, narrowest = least } = columns[at] ?? { leaves: 0, least: 0 };
      if (own !== leaves) return width;
      return width - excess >= narrowest ? width - excess : 0;
    });
  }
  for (let spare = room - needed(); spare > 0; ) {
    const before = spare;
    widths = widths.map((width, at) => {
      const grows = width > 0 && width < (ideal[at] ?? 0) && spare > 0;
      if (grows) spare -= 1;
      return grows ? width + 1 : width;
    });
    if (spare === before) break;
  }
  return widths;
}

function rowLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => ({ cell, width: widths[at] ?? 0 }))
    .filter(({ width }) => width > 0)
    .map(({ cell, width }) => cell + ' '.repeat(Math.max(0, width - cellWidth(cell))))
    .join(' '.repeat(gap))
    .trimEnd();
}
