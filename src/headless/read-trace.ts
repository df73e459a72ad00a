/**
 * `trace`: gathers what all logs have of one correlation ID. What is tied to the account that was made can only be asked for
 * once the account is known; everything else is asked for at once. One log that fails takes nothing from the others.
 */
import type { Problem } from '../facts/problem.ts';
import type { ReadingFact } from '../facts/reading.ts';
import type { RelatedFact, RelatedQuery, RelatedSource } from '../facts/related.ts';
import type { LogEvent } from '../signup/event.ts';

export type TraceSource = 'signUps' | RelatedSource;

export interface TraceReading {
  /** Reads the sign-ups of the correlation ID, once. */
  readSignUps(): AsyncIterable<ReadingFact>;
  readRelated(query: Pick<RelatedQuery, 'correlationId' | 'userId'>): AsyncIterable<RelatedFact>;
  /** Told of what happens while the sign-ups are read; the failure that ends it is told by the trace. */
  readonly tell: (fact: ReadingFact) => void;
  /** Called when the account is known, and what became of it is asked for. */
  readonly onAccount: () => void;
  readonly signal: AbortSignal;
}

export interface Trace {
  /** In order of time, each once. */
  readonly entries: readonly LogEvent[];
  readonly problems: readonly { readonly source: TraceSource; readonly problem: Problem }[];
  /** How many questions were answered. */
  readonly answered: number;
  /** Rows that could not be understood, as short reasons. */
  readonly unreadable: readonly string[];
  /** Sources that have more than was read. */
  readonly cutShort: readonly RelatedSource[];
}

type Findings = { -readonly [Key in keyof Trace]: Trace[Key] };

/** Never rejects for what a log does. What an interruption left is given as it is. */
export async function readTrace(correlationId: string, reading: TraceReading): Promise<Trace> {
  const found: Findings = { entries: [], problems: [], answered: 0, unreadable: [], cutShort: [] };
  await Promise.all([
    gatherSignUps(correlationId, reading, found),
    gatherRelated(reading.readRelated({ correlationId, userId: null }), found),
  ]);
  const userId = accountOf(found.entries);
  if (userId !== null && !reading.signal.aborted) {
    reading.onAccount();
    await gatherRelated(reading.readRelated({ correlationId: null, userId }), found);
  }
  return { ...found, entries: inOrder(found.entries) };
}

async function gatherSignUps(correlationId: string, reading: TraceReading, found: Findings): Promise<void> {
  for await (const fact of reading.readSignUps()) {
    if (fact.type === 'feed.failed' && fact.retryInMs === null) {
      found.problems = [...found.problems, { source: 'signUps', problem: fact.problem }];
      return;
    }
    reading.tell(fact);
    // Graph may send other rows.
    if (fact.type === 'page.received') {
      const own = fact.events.filter((event) => event.correlationId.toLowerCase() === correlationId);
      found.entries = [...found.entries, ...own];
    }
    if (fact.type === 'range.completed') found.answered += 1;
  }
}

async function gatherRelated(facts: AsyncIterable<RelatedFact>, found: Findings): Promise<void> {
  for await (const fact of facts) {
    if (fact.type === 'related.failed') found.problems = [...found.problems, fact];
    if (fact.type !== 'related.read') continue;
    found.answered += 1;
    found.entries = [...found.entries, ...fact.entries];
    found.unreadable = [...found.unreadable, ...fact.unreadable];
    if (!fact.isComplete) found.cutShort = [...found.cutShort, fact.source];
  }
}

/** What the sign-up says first; where its log cannot be read, the others know whom they are about. */
function accountOf(entries: readonly LogEvent[]): string | null {
  const order = ['signUps', 'signIns', 'audits'];
  const named = entries.filter(({ userId }) => userId !== null);
  const [first] = named.sort((a, b) => order.indexOf(a.log) - order.indexOf(b.log));
  return first?.userId ?? null;
}

function inOrder(entries: readonly LogEvent[]): readonly LogEvent[] {
  const byId = new Map(entries.map((entry) => [`${entry.log} ${entry.id}`, entry]));
  return [...byId.values()].sort((a, b) => a.timeMs - b.timeMs);
}
