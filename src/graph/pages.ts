/** One page of a log: asks for it and understands its rows. It must not decide what is read next. */
import { logNamed } from '../logs/logs.ts';
import type { LogEvent, LogName } from '../signup/event.ts';
import type { GraphClient } from './client.ts';
import type { GraphCall } from './exchange.ts';
import { member, nextLinkOf } from './json-member.ts';
import type { GraphOutcome } from './outcome.ts';

export interface Page {
  readonly kind: 'page';
  readonly events: readonly LogEvent[];
  /** Rows without an id or a time, as short reasons. */
  readonly unreadable: readonly string[];
  /** Where the next page is, exactly as Graph said; null = this was the last. A page may be empty and have one. */
  readonly nextUrl: string | null;
  /** The server's clock in milliseconds since the epoch, whole seconds. */
  readonly serverTimeMs: number | null;
}

export type PageOutcome = Page | Exclude<GraphOutcome, { readonly kind: 'ok' }>;

export async function readPage(client: GraphClient, call: GraphCall, log: LogName): Promise<PageOutcome> {
  const outcome = await client.get(call);
  if (outcome.kind !== 'ok') return outcome;
  const { json, requestId, serverTimeMs } = outcome;
  const rows = member(json, 'value');
  if (!Array.isArray(rows)) return { kind: 'malformed', reason: 'there is no list in the answer', requestId };
  const nextLink = nextLinkOf(json);
  if (!nextLink.ok) return { kind: 'malformed', reason: 'its link to the next page is no address', requestId };
  const events: LogEvent[] = [];
  const unreadable: string[] = [];
  const { parse } = logNamed(log);
  for (const row of rows) {
    const parsed = parse(row);
    if (parsed.ok) events.push(parsed.event);
    else unreadable.push(parsed.reason);
  }
  return { kind: 'page', events, unreadable, nextUrl: nextLink.url, serverTimeMs };
}
