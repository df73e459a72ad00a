/** `list`: prints the matching events of the range once, newest first, as the pages arrive. It never waits for news. */
import { endOf, type Printing, type PrintingEnd } from './printing.ts';
import { eventCount } from './problem-text.ts';

export interface ListOrder {
  /** Most events to print; null = all. */
  readonly limit: number | null;
  /** What is said when everything was read and nothing of it printed. */
  readonly whenNothing: () => readonly string[];
}

/** Resolves when all is written. Rejects when stdout cannot be written. */
export async function printList(printing: Printing, { limit, whenNothing }: ListOrder): Promise<PrintingEnd> {
  const { keeps, appNames, format, output, narrator, signal } = printing;
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, output.closed, stop.signal]);
  const seen = new Set<string>();
  let printed = 0;
  let end: PrintingEnd | null = null;

  await output.write(format.start());
  for await (const fact of printing.read(ended)) {
    if (ended.aborted) break;
    narrator.tell(fact);
    if (fact.type === 'page.received') {
      for (const event of fact.events) appNames.learn(event);
      const fresh = fact.events.filter((event) => !seen.has(event.id) && keeps(event));
      for (const { id } of fact.events) seen.add(id);
      const batch = limit === null ? fresh : fresh.slice(0, limit - printed);
      printed += batch.length;
      await output.write(format.events(batch));
    }
    if (fact.type === 'feed.failed' && fact.retryInMs === null) end = { kind: 'failed', problem: fact.problem };
    if (fact.type === 'range.completed' || printed === limit) end = { kind: 'done' };
    if (end !== null) break;
  }
  stop.abort();
  await output.write(format.end());
  await output.flush();
  narrator.finish();
  const result = end ?? endOf(printing);
  if (result.kind !== 'done') {
    const were = printed === 1 ? 'was' : 'were';
    narrator.say(`this is not all: ${eventCount(printed)} ${were} printed before it ended`);
  } else if (printed === limit) {
    narrator.say(`stopped after ${eventCount(limit)}; --limit 0 prints all in the range`);
  } else if (printed === 0 && !output.closed.aborted) {
    for (const sentence of whenNothing()) narrator.say(sentence);
  }
  return result;
}
