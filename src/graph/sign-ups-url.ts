/**
 * The address of the first page of a stretch of the sign-up log. Pure. Later pages have the address that Graph gives.
 * https://learn.microsoft.com/graph/api/auditlogroot-list-signups?view=graph-rest-beta
 */

export interface SignUpsQuery {
  /** OData conditions that must hold besides the time, or null. */
  readonly clause: string | null;
  /** Milliseconds since the epoch, both ends included. Widened to whole seconds, as in Microsoft's samples. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Rows per page, 1 to 1000. */
  readonly pageSize: number;
}

/** Path and query below the Graph host. There is always a time range: without one Graph tends to time out. */
export function signUpsUrl({ clause, fromMs, toMs, pageSize }: SignUpsQuery): string {
  const from = wholeSecond(Math.floor(fromMs / 1000));
  const to = wholeSecond(Math.ceil(toMs / 1000));
  // Only `ge` and `le` are documented, and dates must be bare: quoted ones are refused.
  const time = `createdDateTime ge ${from} and createdDateTime le ${to}`;
  const filter = clause === null ? time : `${time} and ${/ or /i.test(clause) ? `(${clause})` : clause}`;
  return `/beta/auditLogs/signUps?$filter=${encodeURIComponent(filter)}&$top=${pageSize}`;
}

/** The condition for all events of one correlation ID. */
export function correlationClause(correlationId: string): string {
  return `correlationId eq '${correlationId.replaceAll("'", "''")}'`;
}

function wholeSecond(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
