/** What the screen of figures costs a frame: all figures, lines and bars of a range that is compared with the one before. */

import { barCount, freshInsight, histogram, insightFigures } from '../../src/store/insight.ts';
import { insightRows } from '../../src/store/insight-rows.ts';
import { keyTable } from '../../src/store/keys.ts';
import type { EventLog } from '../../src/store/log/event-log.ts';
import { EventMatches } from '../../src/store/log/matches.ts';
import type { Settings, State } from '../../src/store/state.ts';
import { initialState } from '../../src/store/state.ts';
import { firstView } from '../../src/store/table-view.ts';
import { median } from './figures.ts';

const settings: Settings = {
  tenant: 'Contoso Customers',
  demo: false,
  method: 'device-code',
  canOpenBrowser: false,
  pageSize: 1000,
  pollIntervalMs: 15_000,
  maxEvents: 1_000_000,
  timeZone: 'UTC',
  ascii: false,
  presets: [],
  keys: keyTable,
  columns: null,
  firstRange: '24h',
  measure: { paneLines: () => 40, helpLines: () => 80, textLines: () => 80, personLines: () => 80 },
};

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
  const state = initialState({
    settings,
    nowMs,
    size: { columns: 120, rows: 40 },
    filter,
    view: firstView(null),
    clock: 'zone',
    unit: 'attempts',
    log,
    matches: new EventMatches(log, filter),
  });
  const covered = { '': [{ fromMs: log.timeMs(log.order.at(0)), toMs: nowMs }] };
  return { ...state, feed: { ...state.feed, covered, upToMs: nowMs } };
}
