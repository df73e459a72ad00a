/** `table` of events: one line per event, for people. Pure. */
import type { AppNames } from '../signup/app-names.ts';
import { causeOf } from '../signup/cause.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { AttributeName, LogEvent, LogName } from '../signup/event.ts';
import { type EventOutcome, outcomeOfEvent } from '../signup/outcome.ts';
import { stageLabel } from '../signup/stages.ts';
import type { Format } from './format.ts';
import { type Column, type TableLook, tableOf } from './table-layout.ts';

/** How an outcome is marked: the sign, and the SGR parameters of its colour. */
export const signs: Readonly<
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
export function columnsFormat(look: TableLook, own: readonly Column<LogEvent>[]): Format {
  const table = tableOf(
    [...sharedColumns(look), ...own],
    look,
    ({ timeMs }) => timeMs,
    (event) => signs[outcomeOfEvent(event)].sgr,
  );
  return { start: () => '', events: (batch) => table.lines(batch), end: () => '' };
}

function sharedColumns({ ascii, timeZone }: TableLook): readonly Column<LogEvent>[] {
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
function ownColumns(log: LogName, appNames: AppNames): readonly Column<LogEvent>[] {
  const app: Column<LogEvent> = {
    title: 'APP',
    least: 10,
    leaves: 3,
    text: (event) => appNames.nameFor(event) ?? event.appId,
  };
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

const code: Column<LogEvent> = {
  title: 'CODE',
  least: 16,
  // The number and a sign that there is more say more than any stage.
  narrowest: 8,
  leaves: 1,
  text: (event) => {
    const cause = causeOf(event);
    if (cause === 0) return '';
    const { meaning } = explainCode(cause);
    return cause === noErrorCode ? meaning : `${cause} ${meaning}`;
  },
};

const correlationId: Column<LogEvent> = {
  title: 'CORRELATION ID',
  least: 36,
  leaves: 5,
  text: (event) => event.correlationId,
};

const reason: Column<LogEvent> = {
  title: 'REASON',
  least: 14,
  leaves: 1,
  text: ({ failureReason }) => failureReason ?? '',
};

function who(title: string, leaves = 0): Column<LogEvent> {
  return { title, least: 14, leaves, text: ({ identifier, userId }) => identifier || userId || '' };
}

/** Where it came from, or what it was done to. */
function met(title: string, leaves: number): Column<LogEvent> {
  return { title, least: 14, leaves, text: ({ counterpart }) => counterpart ?? '' };
}

function word(title: string, name: AttributeName, leaves: number): Column<LogEvent> {
  return { title, least: title.length, leaves, text: ({ attributes }) => attributes[name] ?? '' };
}
