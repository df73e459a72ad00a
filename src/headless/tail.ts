/**
 * `tail`: prints matching events that become visible after it started, each once, as they arrive, however late. It
 * remembers only the IDs of the events that will be read again.
 */
import type { LogEvent } from '../signup/event.ts';
import { endOf, type Printing, type PrintingEnd } from './printing.ts';
import { SeenEvents } from './seen-events.ts';

export interface TailOrder {
  /** Reading begins at this event time. */
  readonly readsFromMs: number;
  /** What the first reading finds was visible before, and is left out, unless its time is this or later. */
  readonly printsFromMs: number;
  /** How long after its time an event may turn up. */
  readonly latestArrivalMs: number;
  /** Aborted when `--for` is over. */
  readonly deadline: AbortSignal;
}

/** Resolves when it is interrupted, over, or its reader has gone. Rejects when stdout cannot be written. */
export async function printTail(printing: Printing, order: TailOrder): Promise<PrintingEnd> {
  const { keeps, appNames, format, output, narrator, signal } = printing;
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, output.closed, stop.signal, order.deadline]);
  const seen = new SeenEvents(order.readsFromMs, order.latestArrivalMs);
  /** What the first reading has found so far: it comes newest first, and is printed oldest first. Null once it is. */
  let past: LogEvent[] | null = [];
  let end: PrintingEnd | null = null;

  await output.write(format.start());
  for await (const fact of printing.read(ended)) {
    if (ended.aborted) break;
    narrator.tell(fact);
    if (fact.type === 'page.received') {
      for (const event of fact.events) appNames.learn(event);
      const fresh = fact.events.filter((event) => seen.add(event) && keeps(event));
      if (past === null) await output.write(format.events(inOrderOfTime(fresh)));
      else past.push(...fresh.filter(({ timeMs }) => timeMs >= order.printsFromMs));
      if (fact.covered !== null) seen.stretchRead(fact.covered);
    } else if (fact.type === 'range.completed' && past !== null) {
      await output.write(format.events(inOrderOfTime(past)));
      past = null;
    } else if (fact.type === 'feed.failed' && fact.retryAtMs === null) {
      end = { kind: 'failed', problem: fact.problem };
      break;
    }
  }
  stop.abort();
  if (past !== null) await output.write(format.events(inOrderOfTime(past)));
  await output.write(format.end());
  await output.flush();
  return end ?? endOf(printing);
}

function inOrderOfTime(events: readonly LogEvent[]): readonly LogEvent[] {
  return [...events].sort((a, b) => a.timeMs - b.timeMs);
}
