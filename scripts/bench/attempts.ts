/** What attempts cost: the first table of them, one event more, a second, and the figures of the screen, with many events loaded. */

import { funnelOf } from '../../src/figures/funnel.ts';
import { rawPacker } from '../../src/raw-packer.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { AttemptMatches } from '../../src/store/log/attempt-matches.ts';
import { AttemptTally } from '../../src/store/log/attempt-tally.ts';
import { EventLog } from '../../src/store/log/event-log.ts';
import { insightCosts } from './attempt-insight.ts';
import { atMost, type Figure, largest, median, ms, quantile, shown } from './figures.ts';
import { samplePages } from './sample-pages.ts';

const PAGE_ROWS = 1000;
const LIVE_EVENTS = 500;
/** A key waits no longer than for one of these. */
const SLICE_BUDGET_MS = 8;
const RUNS = 9;
const everything = { terms: [], since: null, until: null };
/** What only the clock ends must be looked at each second. */
const inProgress = {
  ...everything,
  terms: [
    {
      kind: 'field' as const,
      field: 'outcome' as const,
      values: [{ text: 'inProgress', match: 'exact' as const }],
      negated: false,
    },
  ],
};

export async function attemptFigures(): Promise<readonly Figure[]> {
  return [...measured(100_000, 150), ...measured(1_000_000, 1_000), ...flooded(200_000)];
}

function measured(events: number, target: number): readonly Figure[] {
  const log = filled(events, ({ correlationId }) => correlationId);
  const nowMs = newestMs(log) + 1000;
  const name = (what: string) => `attempts of ${events.toLocaleString('en')}${what}`;
  const { matches, tally, slices, cpuMs } = built(log, nowMs);
  const live = liveUpdates(log, matches, nowMs, null);
  const funnelMs = timeOf(() => funnelOf(tally.shapes, matches.inProgress(nowMs)));
  const seconds = ticks(log, nowMs + LIVE_EVENTS);
  const insight = insightCosts(log, nowMs + LIVE_EVENTS, RUNS);
  return [
    atMost(name(': all rows and counts'), sum(slices), target, ms),
    shown(name(': the same, CPU time'), ms(cpuMs)),
    atMost(name(': first rows'), slices[0] ?? 0, 30, ms),
    atMost(name(': longest stretch'), largest(slices), 30, ms),
    atMost(name(': one event more, p99'), quantile(live, 0.99), 5, ms),
    atMost(name(': funnel'), funnelMs, 5, ms),
    atMost(name(': a second, p99'), quantile(seconds, 0.99), 5, ms),
    atMost(name(': figures of a frame'), insight.frameMs, 5, ms),
    shown(name(''), `${matches.size.toLocaleString('en')}, ${[...tally.shapes].length.toLocaleString('en')} shapes`),
  ];
}

/** Every second event is of one attempt, as somebody leaves it who tries in a loop. */
function flooded(events: number): readonly Figure[] {
  const [first] = parsed([...samplePages(1, 1, 7)][0] ?? '');
  const correlationId = first?.correlationId ?? '';
  let count = 0;
  const log = filled(events, (event) => (++count % 2 === 0 ? correlationId : event.correlationId));
  const nowMs = newestMs(log) + 1000;
  const name = (what: string) => `one attempt of ${(events / 2).toLocaleString('en')} events: ${what}`;
  const { matches, slices } = built(log, nowMs);
  const live = liveUpdates(log, matches, nowMs, correlationId);
  return [
    atMost(name('all rows and counts'), sum(slices), 300, ms),
    atMost(name('longest stretch'), largest(slices), 30, ms),
    atMost(name('one event more of it, p99'), quantile(live, 0.99), 30, ms),
    atMost(name('a second, p99'), quantile(ticks(log, nowMs + LIVE_EVENTS), 0.99), 5, ms),
  ];
}

function filled(events: number, correlationOf: (event: LogEvent) => string): EventLog {
  const log = new EventLog({ maxEvents: events + LIVE_EVENTS, packer: rawPacker });
  for (const text of samplePages(events, PAGE_ROWS, 1)) {
    log.add(parsed(text).map((event) => ({ ...event, correlationId: correlationOf(event) })));
  }
  return log;
}

function built(log: EventLog, nowMs: number) {
  const tally = new AttemptTally();
  const matches = new AttemptMatches(log, everything, nowMs, { tally });
  const slices: number[] = [];
  const before = process.cpuUsage();
  for (let isDone = false; !isDone; ) {
    const start = performance.now();
    isDone = matches.continueBuild(() => performance.now() - start < SLICE_BUDGET_MS);
    slices.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return { tally, matches, slices, cpuMs: (user + system) / 1000 };
}

/** One new event after the other; all of one attempt when its correlation ID is given. */
function liveUpdates(log: EventLog, matches: AttemptMatches, nowMs: number, correlationId: string | null) {
  const news = [...samplePages(LIVE_EVENTS, LIVE_EVENTS, 99)].flatMap(parsed);
  return news.map((event, index) => {
    log.add([{ ...event, timeMs: nowMs + index, correlationId: correlationId ?? event.correlationId }]);
    const start = performance.now();
    matches.update(nowMs + index);
    return performance.now() - start;
  });
}

/** A second after the other without a new event: the rows of a filter that time changes, and who is still on the way. */
function ticks(log: EventLog, nowMs: number): readonly number[] {
  const matches = new AttemptMatches(log, inProgress, nowMs);
  matches.continueBuild(() => true);
  return Array.from({ length: 300 }, (_, second) => {
    const start = performance.now();
    matches.update(nowMs + second * 1000);
    for (const _ of matches.inProgress(nowMs + second * 1000));
    return performance.now() - start;
  });
}

function newestMs(log: EventLog): number {
  return log.timeMs(log.order.at(log.size - 1));
}

function parsed(text: string): LogEvent[] {
  const { value }: { value: unknown[] } = JSON.parse(text);
  return value.map(parseEvent).flatMap((row) => (row.ok ? [row.event] : []));
}

function timeOf(work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
