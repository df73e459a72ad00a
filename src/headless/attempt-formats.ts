/** How `attempts` prints: one line, object or row for each attempt. Pure. */
import type { AttemptOutcome } from '../signup/attempt.ts';
import { stageLabel } from '../signup/stages.ts';
import type { AttemptRecord } from './attempt-record.ts';
import { cellWidth } from './cell-text.ts';
import { csvRow, jsonCell } from './csv.ts';
import { safeJson } from './json.ts';
import { tookText } from './problem-text.ts';
import { signs } from './table.ts';
import { type Column, type TableLook, tableOf } from './table-layout.ts';

/** Takes all that there are, and gives all of the text. */
export type AttemptFormat = (records: readonly AttemptRecord[]) => string;

/** One object per line. */
export const attemptNdjson: AttemptFormat = (records) => records.map((record) => `${safeJson(record)}\n`).join('');

/** One array, an object per line within it. */
export const attemptJson: AttemptFormat = (records) =>
  records.length === 0 ? '[]\n' : `[\n${records.map(safeJson).join(',\n')}\n]\n`;

const csvColumns: readonly (keyof AttemptRecord)[] = [
  'startedDateTime',
  'outcome',
  'durationMs',
  'tries',
  'provider',
  'account',
  'appDisplayName',
  'appId',
  'signUpIdentifier',
  'lastErrorCode',
  'meaning',
  'userId',
  'hadAccount',
  'events',
  'cutByRange',
  'lastDateTime',
  'correlationId',
  'path',
];

/** A header line, one column per property; the path is JSON. */
export const attemptCsv: AttemptFormat = (records) =>
  [
    csvRow(csvColumns),
    ...records.map((record) =>
      csvRow(
        csvColumns.map((name) => {
          const value = record[name];
          if (typeof value === 'object' && value !== null) return jsonCell(value);
          return typeof value === 'boolean' ? String(value) : value;
        }),
      ),
    ),
  ].join('');

interface OutcomeLook {
  readonly word: string;
  readonly unicode: string;
  readonly ascii: string;
  readonly sgr: string;
}

/** How the outcome of an attempt is told; what is over without an end has no sign of a failure. */
export const attemptLooks: Readonly<Record<AttemptOutcome, OutcomeLook>> = {
  created: { word: 'created', unicode: '✓', ascii: 'ok', sgr: '32' },
  failed: { word: 'failed', unicode: '✗', ascii: 'XX', sgr: '31' },
  inProgress: { word: 'in progress', unicode: '◐', ascii: '~~', sgr: '36' },
  noFurtherEvent: { word: 'no further event', unicode: '…', ascii: '--', sgr: '33' },
};

/** One line per attempt, for people. */
export function attemptTable(look: TableLook): AttemptFormat {
  const columns = columnsOf(look);
  return (records) =>
    tableOf<AttemptRecord>(
      columns,
      look,
      ({ startedDateTime }) => Date.parse(startedDateTime),
      ({ outcome }) => attemptLooks[outcome].sgr,
    ).lines(records);
}

function columnsOf({ ascii, timeZone }: TableLook): readonly Column<AttemptRecord>[] {
  // Swedish writes times as ISO 8601 does.
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return [
    { title: 'STARTED', least: 19, leaves: 0, text: ({ startedDateTime }) => time.format(Date.parse(startedDateTime)) },
    {
      title: 'OUTCOME',
      least: ascii ? 19 : 18,
      leaves: 0,
      text: ({ outcome }) => {
        const { word, ...sign } = attemptLooks[outcome];
        return `${sign[ascii ? 'ascii' : 'unicode']} ${word}`;
      },
    },
    {
      title: 'PATH',
      least: 22,
      leaves: 0,
      text: (record) => pathText(record, ascii, Number.POSITIVE_INFINITY),
      shorter: (record, width) => pathText(record, ascii, width),
    },
    { title: 'TOOK', least: 6, leaves: 4, text: ({ durationMs, events }) => (events > 1 ? tookText(durationMs) : '') },
    { title: 'TRIES', least: 5, leaves: 5, text: ({ tries }) => String(tries) },
    { title: 'PROVIDER', least: 8, leaves: 6, text: ({ provider }) => provider },
    { title: 'APP', least: 10, leaves: 3, text: ({ appDisplayName, appId }) => appDisplayName ?? appId },
    { title: 'WHO', least: 14, leaves: 1, text: ({ signUpIdentifier, userId }) => signUpIdentifier || userId || '' },
    {
      title: 'LAST CODE',
      least: 16,
      narrowest: 9,
      leaves: 2,
      text: ({ lastErrorCode, meaning }) =>
        lastErrorCode === 0 ? '' : lastErrorCode === null ? meaning : `${lastErrorCode} ${meaning}`,
    },
    { title: 'CORRELATION ID', least: 36, leaves: 7, text: ({ correlationId }) => correlationId },
  ];
}

/**
 * `collect ✓ validate ◌✗ create ✗`: each stage with what came of its events. Where there is no room for all, stages are
 * left out at the beginning: where an attempt stopped is worth more than where it began.
 */
function pathText({ path, cutByRange }: AttemptRecord, ascii: boolean, width: number): string {
  const missing = ascii ? '~' : '…';
  const parts = path.map(({ stage, outcomes }) => {
    const marks = outcomes.map((outcome) => signs[outcome][ascii ? 'ascii' : 'unicode']);
    return `${stageLabel(stage) || 'no stage'} ${marks.join(ascii ? ' ' : '')}`;
  });
  const whole = [...(cutByRange ? [missing] : []), ...parts].join(' ');
  if (cellWidth(whole, width) <= width) return whole;
  let room = width - cellWidth(missing);
  let first = parts.length;
  while (first > 0) {
    room -= 1 + cellWidth(parts[first - 1] ?? '', width);
    if (room < 0) break;
    first -= 1;
  }
  return [missing, ...parts.slice(Math.min(first, parts.length - 1))].join(' ');
}
