/** What the screen of figures costs a frame: all figures, lines and bars of a range that is compared with the one before. */
import { barCount, freshInsight, histogram, insightFigures } from '../../src/store/insight.ts';
import { insightRows } from '../../src/store/insight-rows.ts';
import type { EventLog } from '../../src/store/log/event-log.ts';
import { EventMatches } from '../../src/store/log/matches.ts';
import type { State } from '../../src/store/state.ts';
import { freshState } from '../../test/support/states.ts';
import { median } from './figures.ts';

/** The newer half of the log is the range, the older half the one before. */
export function insightCosts(log: EventLog, nowMs: number, runs: number): { readonly frameMs: number } {
  const oldestMs = log.timeMs(log.order.at(0));
  const sinceMs = Math.ceil((oldestMs + nowMs) / 2) + 1;
  const state = stateOf(log, nowMs, sinceMs);
  const insight = freshInsight(state);
  insight.now.matches.continueBuild(() => true);
  insight.before.matches.continueBuild(() => true);
  const frames = Array.from({ length: runs }, () => {
    const start = performance.now();
    const figures = insightFigures(state, insight);
    insightRows(figures, insight);
    histogram(state, insight, barCount(state));
    if (figures.before === null) throw new Error('there is nothing to compare with');
    return performance.now() - start;
  });
  return { frameMs: median(frames) };
}

function stateOf(log: EventLog, nowMs: number, sinceMs: number): State {
  const filter = { terms: [], since: { text: '', atMs: sinceMs }, until: null };
  const state = {
    ...freshState({ filter, rows: 40 }),
    nowMs,
    log,
    matches: new EventMatches(log, filter),
    unit: 'attempts' as const,
  };
  const covered = new Map([['', [{ fromMs: log.timeMs(log.order.at(0)), toMs: nowMs }]]]);
  return { ...state, feed: { ...state.feed, covered, upToMs: nowMs } };
}
