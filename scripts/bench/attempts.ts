/** What attempts cost: the first table of them, one event more, and the figures of the screen, with many events loaded. */
import { rawPacker } from '../../src/raw-packer.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { funnelOf } from '../../src/signup/funnel.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { AttemptMatches } from '../../src/store/log/attempt-matches.ts';
import { AttemptTally } from '../../src/store/log/attempt-tally.ts';
import { EventLog } from '../../src/store/log/event-log.ts';
import { atMost, type Figure, largest, median, ms, quantile, shown } from './figures.ts';
import { samplePages } from './sample-pages.ts';

const PAGE_ROWS = 1000;
const LIVE_EVENTS = 500;
/** A key waits no longer than for one of these. */
const SLICE_BUDGET_MS = 8;
const everything = { terms: [], since: null, until: null };

export async function attemptFigures(): Promise<readonly Figure[]> {
  return [...measured(100_000, 150), ...measured(1_000_000, 1_000)];
}

function measured(events: number, target: number): readonly Figure[] {
  const log = new EventLog({ maxEvents: events + LIVE_EVENTS, packer: rawPacker });
  for (const text of samplePages(events, PAGE_ROWS, 1)) log.add(parsed(text));
  const nowMs = log.timeMs(log.order.at(log.size - 1)) + 1000;
  const name = `${events.toLocaleString('en')} events`;
  const tally = new AttemptTally();
  const matches = new AttemptMatches(log, everything, nowMs, { tally });
  const slices: number[] = [];
  for (let isDone = false; !isDone; ) {
    const start = performance.now();
    isDone = matches.continueBuild(() => performance.now() - start < SLICE_BUDGET_MS);
    slices.push(performance.now() - start);
  }
  const live: number[] = [];
  const news = [...samplePages(LIVE_EVENTS, LIVE_EVENTS, 99)].flatMap(parsed);
  for (const [index, event] of news.entries()) {
    log.add([{ ...event, timeMs: nowMs + index }]);
    const start = performance.now();
    matches.update(nowMs + index);
    live.push(performance.now() - start);
  }
  const figuresMs = timeOf(() => funnelOf(tally.shapes, matches.inProgress(nowMs)));
  return [
    atMost(
      `attempts of ${name}: all rows and counts`,
      slices.reduce((total, slice) => total + slice, 0),
      target,
      ms,
    ),
    atMost(`attempts of ${name}: first rows`, slices[0] ?? 0, 30, ms),
    atMost(`attempts of ${name}: longest stretch`, largest(slices), 30, ms),
    atMost(`attempts of ${name}: one event more, p99`, quantile(live, 0.99), 5, ms),
    atMost(`attempts of ${name}: funnel`, figuresMs, 30, ms),
    shown(`attempts of ${name}`, `${matches.size.toLocaleString('en')}, ${tally.shapes.size} shapes`),
  ];
}

function parsed(text: string): LogEvent[] {
  const { value }: { value: unknown[] } = JSON.parse(text);
  return value.map(parseEvent).flatMap((row) => (row.ok ? [row.event] : []));
}

function timeOf(work: () => unknown): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}
