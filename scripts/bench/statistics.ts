/** Measures the statistics by themselves: from events in the order of Graph's answers to the figures that are printed. */

import { observedOf } from '../../src/figures/observe.ts';
import { pageOf } from '../../src/figures/page.ts';
import { Sample } from '../../src/figures/sample.ts';
import { slimmer } from '../../src/headless/read-attempts.ts';
import { isoRange, statistics } from '../../src/headless/statistics.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { attemptsOf } from '../../src/signup/attempts-of.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { atMost, type Figure, median, ms } from './figures.ts';
import { samplePages } from './sample-pages.ts';

const EVENTS = 1_000_000;
const PAGE_ROWS = 1000;
const RUNS = 5;

export async function statisticsFigures(): Promise<readonly Figure[]> {
  const events = sampleEvents();
  const nowMs = events[0]?.timeMs ?? 0;
  const range = { ...isoRange({ fromMs: 0, toMs: nowMs }), complete: true, events: EVENTS, attemptsLeftOut: 0 };
  const question = { appNames: new AppNames(), nowMs };
  const tookMs = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const attempts = attemptsOf(events);
    const sample = new Sample();
    for (const attempt of attempts) sample.add(observedOf(attempt));
    const page = pageOf(sample, { range: { fromMs: 0, toMs: nowMs }, before: null, nowMs, isChosenByOutcome: false });
    statistics(attempts, range, page, question);
    return performance.now() - start;
  });
  return [atMost(`statistics of ${EVENTS.toLocaleString('en')} events, from nothing`, median(tookMs), 1000, ms)];
}

/** As the printing commands keep them. */
function sampleEvents(): readonly LogEvent[] {
  const events: LogEvent[] = [];
  const slim = slimmer();
  for (const text of samplePages(EVENTS, PAGE_ROWS, 1)) {
    for (const row of JSON.parse(text).value) {
      const parsed = parseEvent(row);
      if (parsed.ok) events.push(slim(parsed.event));
    }
  }
  return events;
}
