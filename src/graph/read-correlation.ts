/** Reads all events of one correlation ID in one log, once: what the detail pane shows when not all of an attempt is loaded. */
import type { ReadingFact, Span } from '../facts/reading.ts';
import type { LogName } from '../signup/event.ts';
import { wholeRange } from './demand.ts';
import { type FeedDeps, readFeed } from './feed.ts';
import { correlationClause } from './log-url.ts';

/** An attempt has a handful of events; more than this come on further pages. */
const PAGE_SIZE = 100;

/**
 * Yields the pages as `page.received` and ends with `range.completed`, or with a `feed.failed` that is not tried again.
 * A person waits for it, so it goes before polling. Graph may send other rows, too: whoever shows them checks the ID.
 */
export function readCorrelation(
  request: { readonly log: LogName; readonly correlationId: string; readonly span: Span },
  deps: FeedDeps,
): AsyncGenerator<ReadingFact, void, undefined> {
  const { log, correlationId, span } = request;
  const clause = correlationClause(correlationId);
  const once = { pollIntervalMs: null, pageSize: PAGE_SIZE, covered: [] };
  return readFeed({ ...once, log, clause, sinceMs: span.fromMs, untilMs: span.toMs }, wholeRange, deps);
}
