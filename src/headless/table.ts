/**
 * `table`: one line per event, for people. On a terminal the columns are fitted to its width; anywhere else they are
 * only aligned, and nothing is cut. Pure.
 */
import stringWidth from 'string-width';
import type { AppNames } from '../signup/app-names.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { AttributeName, LogEvent, LogName } from '../signup/event.ts';
import { type EventOutcome, outcomeOfEvent } from '../signup/outcome.ts';
import { stageLabel } from '../signup/stages.ts';
import { visibleText } from '../signup/visible-text.ts';
import type { Format } from './format.ts';

export interface TableLook {
  /** Columns of the terminal; null when stdout is none. */
  readonly widthColumns: number | null;
  readonly color: boolean;
  readonly ascii: boolean;
  /** IANA name. */
  readonly timeZone: string;
}

export interface Column {
  readonly title: string;
  /** What it is cut to at most while others can be left out instead. */
  readonly least: number;
  /** What it is cut to at most before it is left out itself; `least` when not given. */
  readonly narrowest?: number;
  /** The column with the highest number is the first to be left out; 0 stays. */
  readonly leaves: number;
  text(event: LogEvent): string;
}

const gap = 2;
const signs: Readonly<
  Record<EventOutcome, { readonly unicode: string; readonly ascii: string; readonly sgr: string }>
> = {
  succeeded: { unicode: '✓', ascii: 'ok', sgr: '32' },
  interrupted: { unicode: '◌', ascii: '..', sgr: '2' },
  failed: { unicode: '✗', ascii: 'XX', sgr: '31' },
  unknown: { unicode: '?', ascii: '??', sgr: '33' },
};

/** `appNames` fills in names that Graph leaves out; the caller lets it learn. */
export function tableFormat(look: TableLook, appNames: AppNames, log: LogName = 'signUps'): Format {
  return columnsFormat(look, ownColumns(log, appNames));
}

/** A table with these columns behind the time and the outcome of each event. */
export function columnsFormat(look: TableLook, own: readonly Column[]): Format {
  const columns = [...sharedColumns(look), ...own];
  const titles = columns.map(({ title }) => title);
  const blank = blankOf(look);
  const offsetAt = offsetsIn(look.timeZone);
  let ideal: readonly number[] = titles.map((title) => title.length);
  /** What the times of the last heading are in. */
  let offsetTold = '';
  return {
    start: () => '',
    events: (batch) => {
      if (batch.length === 0) return '';
      const rows = batch.map((event) => columns.map(({ text }) => visibleText(text(event)) || blank));
      // Widths only grow: what has been printed stays aligned with what follows as long as it can.
      ideal = ideal.map((width, at) => Math.max(width, ...rows.map((row) => stringWidth(row[at] ?? ''))));
      const widths = look.widthColumns === null ? ideal : fitWidths(columns, ideal, look.widthColumns);
      return batch
        .map((event, at) => {
          const offset = offsetAt(event.timeMs);
          // Where the clocks were changed, a new heading says so.
          const heading =
            offset === offsetTold ? '' : `${lineOf([`TIME (${offset})`, ...titles.slice(1)], widths, look)}\n`;
          offsetTold = offset;
          return `${heading}${colored(lineOf(rows[at] ?? [], widths, look), event, look)}\n`;
        })
        .join('');
    },
    end: () => '',
  };
}

function blankOf({ ascii }: TableLook): string {
  return ascii ? '-' : '–';
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

function sharedColumns({ ascii, timeZone }: TableLook): readonly Column[] {
  // Swedish writes times as ISO 8601 does.
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return [
    { title: 'TIME', least: 19, leaves: 0, text: ({ timeMs }) => time.format(timeMs) },
    {
      title: 'OUTCOME',
      least: 13,
      leaves: 0,
      text: (event) => {
        const outcome = outcomeOfEvent(event);
        return `${signs[outcome][ascii ? 'ascii' : 'unicode']} ${outcome}`;
      },
    },
  ];
}

/** What events of the log have besides their time and outcome. */
function ownColumns(log: LogName, appNames: AppNames): readonly Column[] {
  const app: Column = { title: 'APP', least: 10, leaves: 3, text: (event) => appNames.nameFor(event) ?? event.appId };
  switch (log) {
    case 'signUps':
      return [
        { title: 'STAGE', least: 10, leaves: 2, text: ({ stage }) => stageLabel(stage) },
        { title: 'PROVIDER', least: 8, leaves: 4, text: ({ provider }) => provider },
        app,
        who('WHO'),
        code,
        correlationId,
      ];
    case 'signIns':
      return [
        who('WHO'),
        app,
        met('ADDRESS', 2),
        word('FROM', 'country', 4),
        word('CLIENT', 'client', 4),
        code,
        correlationId,
      ];
    case 'audits':
      return [word('ACTIVITY', 'activity', 0), met('TARGET', 0), who('BY', 2), reason, correlationId];
    case 'provisioning':
      return [word('ACTION', 'action', 2), who('SOURCE'), met('TARGET', 3), word('SYSTEM', 'system', 4), reason];
  }
}

const code: Column = {
  title: 'CODE',
  least: 16,
  // The number and a sign that there is more say more than any stage.
  narrowest: 8,
  leaves: 1,
  text: ({ errorCode }) => {
    if (errorCode === 0) return '';
    const { meaning } = explainCode(errorCode);
    return errorCode === noErrorCode ? meaning : `${errorCode} ${meaning}`;
  },
};

const correlationId: Column = { title: 'CORRELATION ID', least: 36, leaves: 5, text: (event) => event.correlationId };

const reason: Column = { title: 'REASON', least: 14, leaves: 1, text: ({ failureReason }) => failureReason ?? '' };

function who(title: string, leaves = 0): Column {
  return { title, least: 14, leaves, text: ({ identifier, userId }) => identifier || userId || '' };
}

/** Where it came from, or what it was done to. */
function met(title: string, leaves: number): Column {
  return { title, least: 14, leaves, text: ({ counterpart }) => counterpart ?? '' };
}

function word(title: string, name: AttributeName, leaves: number): Column {
  return { title, least: title.length, leaves, text: ({ attributes }) => attributes[name] ?? '' };
}

/** Widths that fit into `room` columns; 0 for a column that is left out. What is spare goes round in turns. */
function fitWidths(columns: readonly Column[], ideal: readonly number[], room: number): readonly number[] {
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

function lineOf(cells: readonly string[], widths: readonly number[], look: TableLook): string {
  return cells
    .map((cell, at) => ({ cell, width: widths[at] ?? 0 }))
    .filter(({ width }) => width > 0)
    .map(({ cell, width }) => {
      const text = cut(cell, width, look.ascii ? '~' : '…');
      return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
    })
    .join(' '.repeat(gap))
    .trimEnd();
}

/** Cut to a width in terminal columns, between what a reader takes for letters. */
function cut(text: string, width: number, ellipsis: string): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return kept + ellipsis;
}

function colored(line: string, event: LogEvent | undefined, { color }: TableLook): string {
  if (!color || event === undefined) return line;
  return `\u001b[${signs[outcomeOfEvent(event)].sgr}m${line}\u001b[0m`;
}
