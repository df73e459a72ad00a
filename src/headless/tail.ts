/**
 * `tail`: prints the last few matching events, and from then on those that become visible, each once, as they arrive, however late.
 * It starts when the first read of the last hour is complete; what cannot be told from events that were visible before is
 * printed rather than lost.
 */
import type { Clock } from '../clock.ts';
import { type Moment, msBetween } from '../facts/moment.ts';
import type { ReadingFact } from '../facts/reading.ts';
import type { LogEvent } from '../signup/event.ts';
import { endOf, type Printing, type PrintingEnd } from './printing.ts';
import { SeenEvents } from './seen-events.ts';

export interface TailOrder {
  /** Everything from this event time on is printed, and the last lines are not asked for; null: what becomes visible from now on. */
  readonly sinceMs: () => number | null;
  /** How many matching events are printed before it begins. */
  readonly lines: number;
  /** Reads what is older than the first read, newest first: for the last lines, if there are not enough of them. */
  readonly readOlder: (signal: AbortSignal) => AsyncIterable<ReadingFact>;
  /** Aborted when `--for` is over. */
  readonly deadline: AbortSignal;
  readonly clock: Pick<Clock, 'moment'>;
  /** Told when the first read took so long that events of it cannot be told apart; `tookMs`: how long. */
  readonly onUncertainStart: (tookMs: number) => void;
}

/** What the first read finds later than this may have become visible since it began. */
const CERTAIN_MS = 10_000;
/** Older pages that are looked through for the last lines. */
const MOST_OLDER_PAGES = 10;

/** What the first read has found so far: it comes newest first, and is printed oldest first. */
interface FirstRead {
  readonly startedAt: Moment;
  /** Visible before. */
  readonly before: LogEvent[];
  /** Visible before, or not. */
  readonly uncertain: LogEvent[];
}

/** Resolves when it is interrupted, over, or its reader has gone. Rejects when stdout cannot be written. */
export async function printTail(printing: Printing, order: TailOrder): Promise<PrintingEnd> {
  const { keeps, appNames, format, output, narrator, signal } = printing;
  const { clock } = order;
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, output.closed, stop.signal, order.deadline]);
  const seen = new SeenEvents();
  let first: FirstRead | null = { startedAt: clock.moment(), before: [], uncertain: [] };
  let end: PrintingEnd | null = null;

  await output.write(format.start());
  for await (const fact of printing.read(ended)) {
    if (ended.aborted) break;
    narrator.tell(fact);
    if (fact.type === 'page.received') {
      for (const event of fact.events) appNames.learn(event);
      const fresh = fact.events.filter((event) => seen.add(event) && keeps(event));
      if (first === null) await output.write(format.events(inOrderOfTime(fresh)));
      else {
        const isCertain = msBetween(first.startedAt, clock.moment()) <= CERTAIN_MS;
        (isCertain ? first.before : first.uncertain).push(...fresh);
      }
      seen.forgetBelow(fact.settledBelowMs);
    } else if (fact.type === 'range.completed' && first !== null) {
      const tookMs = msBetween(first.startedAt, clock.moment());
      if (order.sinceMs() === null && first.uncertain.length > 0) order.onUncertainStart(tookMs);
      await output.write(format.events(await firstLines(printing, order, first, ended)));
      first = null;
    } else if (fact.type === 'feed.failed' && fact.retryInMs === null) {
      end = { kind: 'failed', problem: fact.problem };
      break;
    }
  }
  stop.abort();
  if (first !== null && order.sinceMs() !== null) await output.write(format.events(wantedOf(first, order)));
  await output.write(format.end());
  await output.flush();
  narrator.finish();
  return end ?? endOf(printing);
}

/** What is printed of the first read, with older events where there are too few. */
async function firstLines(
  printing: Printing,
  order: TailOrder,
  first: FirstRead,
  signal: AbortSignal,
): Promise<readonly LogEvent[]> {
  const missing = order.sinceMs() === null ? order.lines - first.before.length : 0;
  if (missing <= 0) return wantedOf(first, order);
  const known = new Set([...first.before, ...first.uncertain].map(({ id }) => id));
  const older: LogEvent[] = [];
  let pages = 0;
  for await (const fact of order.readOlder(signal)) {
    if (signal.aborted) break;
    printing.narrator.tell(fact);
    if (fact.type === 'feed.failed' && fact.retryInMs === null) break;
    if (fact.type !== 'page.received') continue;
    for (const event of fact.events) printing.appNames.learn(event);
    older.push(...fact.events.filter((event) => !known.has(event.id) && printing.keeps(event)));
    if (older.length >= missing || ++pages >= MOST_OLDER_PAGES) break;
  }
  return wantedOf({ ...first, before: [...first.before, ...older] }, order);
}

function wantedOf({ before, uncertain }: FirstRead, { sinceMs: sinceOf, lines }: TailOrder): readonly LogEvent[] {
  const sinceMs = sinceOf();
  if (sinceMs !== null) return inOrderOfTime([...before, ...uncertain].filter(({ timeMs }) => timeMs >= sinceMs));
  const last = lines === 0 ? [] : inOrderOfTime(before).slice(-lines);
  return inOrderOfTime([...last, ...uncertain]);
}

function inOrderOfTime(events: readonly LogEvent[]): readonly LogEvent[] {
  return [...events].sort((a, b) => a.timeMs - b.timeMs);
}
