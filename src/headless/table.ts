/**
 * `table`: one line per event, for people. On a terminal the columns are fitted to its width; anywhere else they are
 * only aligned, and nothing is cut. Pure.
 */
import stringWidth from 'string-width';
import type { AppNames } from '../signup/app-names.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { SignUpEvent } from '../signup/event.ts';
import { type EventOutcome, outcomeOf } from '../signup/outcome.ts';
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

interface Column {
  readonly title: string;
  /** What it is cut to at most when room is scarce. */
  readonly least: number;
  /** The column with the highest number is the first to be left out; 0 stays. */
  readonly leaves: number;
  text(event: SignUpEvent): string;
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
export function tableFormat(look: TableLook, appNames: AppNames): Format {
  const columns = columnsOf(look, appNames);
  const titles = columns.map(({ title }) => title);
  let ideal: readonly number[] = titles.map((title) => title.length);
  let wroteTitles = false;
  return {
    start: () => '',
    events: (batch) => {
      if (batch.length === 0) return '';
      const rows = batch.map((event) => columns.map(({ text }) => visibleText(text(event))));
      // Widths only grow: what has been printed stays aligned with what follows as long as it can.
      ideal = ideal.map((width, at) => Math.max(width, ...rows.map((row) => stringWidth(row[at] ?? ''))));
      const widths = look.widthColumns === null ? ideal : fitWidths(columns, ideal, look.widthColumns);
      const heading = wroteTitles ? '' : `${lineOf(titles, widths, look)}\n`;
      wroteTitles = true;
      const lines = rows.map((row, at) => colored(lineOf(row, widths, look), batch[at], look));
      return `${heading}${lines.join('\n')}\n`;
    },
    end: () => '',
  };
}

function columnsOf({ ascii, timeZone }: TableLook, appNames: AppNames): readonly Column[] {
  // Swedish writes times as ISO 8601 does.
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return [
    { title: 'TIME', least: 19, leaves: 0, text: ({ timeMs }) => time.format(timeMs) },
    {
      title: 'OUTCOME',
      least: 13,
      leaves: 0,
      text: ({ errorCode }) => {
        const outcome = outcomeOf(errorCode);
        return `${signs[outcome][ascii ? 'ascii' : 'unicode']} ${outcome}`;
      },
    },
    { title: 'STAGE', least: 10, leaves: 1, text: ({ stage }) => stageLabel(stage) },
    { title: 'PROVIDER', least: 8, leaves: 4, text: ({ provider }) => provider },
    { title: 'APP', least: 10, leaves: 3, text: (event) => appNames.nameFor(event) ?? event.appId },
    { title: 'WHO', least: 14, leaves: 0, text: ({ identifier, userId }) => identifier ?? userId ?? '' },
    {
      title: 'CODE',
      least: 16,
      leaves: 2,
      text: ({ errorCode }) =>
        [errorCode === noErrorCode ? '' : String(errorCode), errorCode === 0 ? '' : explainCode(errorCode).meaning]
          .filter((part) => part !== '')
          .join(' '),
    },
    { title: 'CORRELATION ID', least: 36, leaves: 5, text: ({ correlationId }) => correlationId },
  ];
}

/** Widths that fit into `room` columns; 0 for a column that is left out. What is spare goes round in turns. */
function fitWidths(columns: readonly Column[], ideal: readonly number[], room: number): readonly number[] {
  let widths = columns.map(({ least }, at) => Math.min(least, ideal[at] ?? 0));
  const needed = () => widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + gap), -gap);
  for (const { leaves } of columns.filter((column) => column.leaves > 0).sort((a, b) => b.leaves - a.leaves)) {
    if (needed() <= room) break;
    widths = widths.map((width, at) => (columns[at]?.leaves === leaves ? 0 : width));
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

function colored(line: string, event: SignUpEvent | undefined, { color }: TableLook): string {
  if (!color || event === undefined) return line;
  return `\u001b[${signs[outcomeOf(event.errorCode)].sgr}m${line}\u001b[0m`;
}
