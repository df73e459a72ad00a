/** The screen of figures: opening, moving about on it, and from a figure to the attempts behind it. */
import type { TimePoint } from '../filter/filter.ts';
import { applyFilter, continueMatching, feedChanged } from './apply-filter.ts';
import { toggleUnit } from './commands-unit.ts';
import {
  barCount,
  chosenBars,
  type Dimension,
  dimensions,
  freshInsight,
  histogram,
  type Insight,
  insightFigures,
  NEWEST_BAR,
} from './insight.ts';
import { type InsightRow, insightRows, rowAt } from './insight-rows.ts';
import { loadAll } from './load-all.ts';
import { noticed } from './notice.ts';
import type { State } from './state.ts';
import { follow } from './table-cursor.ts';

export function insightOpen(state: State): State {
  if (state.shown !== 'signUps') return noticed(state, 'Figures are of sign-ups alone: V, then 1, shows those.');
  const opened = { ...state, insight: freshInsight(state) };
  return continueMatching(feedChanged(state, opened));
}

export function insightClose(state: State): State {
  return state.insight ? feedChanged(state, { ...state, insight: null }) : state;
}

export function insightLine(by: number): (state: State) => State {
  return withInsight((state, insight) => {
    const rows = rowsOf(state, insight);
    const next = rows[Math.max(0, Math.min(rows.length - 1, rowAt(rows, insight) + by))];
    return next ? placed(state, insight, { row: next.key, figure: 0 }) : state;
  });
}

/** To the next figure of the line; in the histogram, to the next bar. */
export function insightFigure(by: number): (state: State) => State {
  return withInsight((state, insight) => {
    const row = rowUnderCursor(state, insight);
    if (row?.kind === 'histogram') {
      const { length } = histogram(state, insight, barCount(state));
      const { at } = chosenBars(insight, length);
      return placed(state, insight, { bar: Math.max(0, Math.min(length - 1, at + by)) });
    }
    const last = (row?.figures.length ?? 1) - 1;
    return placed(state, insight, { figure: Math.max(0, Math.min(last, insight.figure + by)) });
  });
}

/** Begins a range of the histogram at the bar under the cursor, or gives it up. */
export const insightMark = withInsight((state, insight) => {
  if (rowUnderCursor(state, insight)?.kind !== 'histogram') return state;
  const { at } = chosenBars(insight, histogram(state, insight, barCount(state)).length);
  return placed(state, insight, { rangeFromBar: insight.rangeFromBar === null ? at : null });
});

/** Opens the attempts behind the figure under the cursor, or makes the range of the histogram that of the filter. */
export const insightTake = withInsight((state, insight) => {
  const row = rowUnderCursor(state, insight);
  if (row?.kind === 'histogram') return takeRange(state, insight);
  const figure = row?.figures[insight.figure];
  if (!figure) return state;
  const closed = insightClose(state);
  const attempts = closed.unit === 'attempts' ? closed : toggleUnit(closed);
  const { filter } = attempts;
  const since = figure.sinceMs === null ? filter.since : pointAt(figure.sinceMs);
  return follow(applyFilter(attempts, { ...filter, since, terms: [...filter.terms, ...figure.terms] }));
});

export const insightDimension = withInsight((state, insight) => {
  const at = dimensions.indexOf(insight.dimension);
  const next: Dimension = dimensions[(at + 1) % dimensions.length] ?? 'provider';
  return placed(state, insight, { dimension: next });
});

export const insightLoad = withInsight(loadAll);

function takeRange(state: State, insight: Insight): State {
  const bars = histogram(state, insight, barCount(state));
  const { from, to } = chosenBars(insight, bars.length);
  const [first, last] = [bars[from], bars[to]];
  if (!first || !last) return state;
  const chosen = placed(state, insight, { bar: NEWEST_BAR, rangeFromBar: null });
  return applyFilter(chosen, { ...state.filter, since: pointAt(first.fromMs), until: pointAt(last.toMs) });
}

function pointAt(atMs: number): TimePoint {
  return { text: new Date(atMs).toISOString(), atMs };
}

function rowsOf(state: State, insight: Insight): readonly InsightRow[] {
  return insightRows(insightFigures(state, insight), insight);
}

function rowUnderCursor(state: State, insight: Insight): InsightRow | undefined {
  const rows = rowsOf(state, insight);
  return rows[rowAt(rows, insight)];
}

function placed(state: State, insight: Insight, place: Partial<Insight>): State {
  return { ...state, insight: { ...insight, ...place } };
}

function withInsight(change: (state: State, insight: Insight) => State): (state: State) => State {
  return (state) => (state.insight ? change(state, state.insight) : state);
}
