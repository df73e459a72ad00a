/**
 * The address of the first page of a stretch of a log. Pure. Later pages have the address that Graph gives.
 * https://learn.microsoft.com/graph/api/auditlogroot-list-signups?view=graph-rest-beta; of the other logs see `logs/logs.ts`.
 */
import { type LogDefinition, logNamed } from '../logs/logs.ts';
import { odataText } from '../logs/odata-text.ts';
import type { LogName } from '../signup/event.ts';

export interface LogQuery {
  readonly log: LogName;
  /** OData conditions that must hold besides the time, or null. */
  readonly clause: string | null;
  /** Milliseconds since the epoch, both ends included. Widened to whole seconds, as in Microsoft's samples. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Rows per page, 1 to 1000. */
  readonly pageSize: number;
}

/** Path and query below the Graph host. There is always a time range: without one Graph tends to time out. */
export function logUrl({ log, clause, fromMs, toMs, pageSize }: LogQuery): string {
  const definition = logNamed(log);
  const time = timeClause(definition, Math.floor(fromMs / 1000), Math.ceil(toMs / 1000));
  const filter = clause === null ? time : `${time} and ${/ or /i.test(clause) ? `(${clause})` : clause}`;
  return `${definition.path}?$filter=${encodeURIComponent(filter)}&$top=${pageSize}`;
}

/** The condition for all events of one correlation ID. */
export function correlationClause(correlationId: string): string {
  return `correlationId eq ${odataText(correlationId)}`;
}

/** Of each log only one pair of operators is documented, and dates must be bare: quoted ones are refused. */
function timeClause({ timeField, range }: LogDefinition, fromSecond: number, toSecond: number): string {
  return range === 'inclusive'
    ? `${timeField} ge ${wholeSecond(fromSecond)} and ${timeField} le ${wholeSecond(toSecond)}`
    : `${timeField} gt ${wholeSecond(fromSecond - 1)} and ${timeField} lt ${wholeSecond(toSecond + 1)}`;
}

function wholeSecond(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
