/**
 * Which log is shown: the list of the logs, and going from one to another. Each keeps its rows, filter, cursor and history while
 * another is shown; only the shown one is read.
 */
import { logNames } from '../logs/logs.ts';
import type { LogName } from '../signup/event.ts';
import { applyFilter, continueMatching, withNewFeed } from './apply-filter.ts';
import { EventMatches } from './log/matches.ts';
import { freshLogView, type LogView, type State } from './state.ts';
import { firstView } from './table-view.ts';

export function logsOpen(state: State): State {
  return { ...state, overlay: { kind: 'logs', index: logNames.indexOf(state.shown) } };
}

export function logsClose(state: State): State {
  return { ...state, overlay: null };
}

export function logsMove(by: number): (state: State) => State {
  return (state) => {
    if (state.overlay?.kind !== 'logs') return state;
    const index = Math.max(0, Math.min(logNames.length - 1, state.overlay.index + by));
    return { ...state, overlay: { kind: 'logs', index } };
  };
}

export function logsTake(state: State): State {
  const name = state.overlay?.kind === 'logs' ? logNames[state.overlay.index] : undefined;
  return name ? showLog(name)(state) : state;
}

/** Shows a log as it was left; one that was not shown yet begins with the time range of the one before, and no conditions. */
export function showLog(name: LogName): (state: State) => State {
  return (state) => {
    if (name === state.shown) return logsClose(state);
    const view = state.otherLogs[name] ?? emptyView(state, name);
    const otherLogs = { ...state.otherLogs, [state.shown]: viewOf(state) };
    // Whether anything is polled, and how long Graph wants to be left alone, is a matter of all logs.
    const { load, paused, heldUntil, epoch } = state.feed;
    const feed = { ...view.feed, load, paused, heldUntil, epoch };
    const put = withNewFeed({ ...state, ...view, feed, shown: name, otherLogs, overlay: null, insight: null });
    // User flows may have become known meanwhile; that is no step in the history of the filter.
    return continueMatching({ ...applyFilter(put, put.filter), filterHistory: put.filterHistory });
  };
}

function emptyView(state: State, name: LogName): LogView {
  const log = state.log.emptied();
  const filter = { terms: [], since: state.filter.since, until: state.filter.until };
  const view = firstView(null, name);
  return freshLogView({ filter, view, log, matches: new EventMatches(log, filter) });
}

function viewOf(state: State): LogView {
  const { feed, log, matches, unit, filter, shelvedTerms, filterHistory, view, table, marks } = state;
  const { related, search, lastSearch } = state;
  return {
    ...{ feed, log, matches, unit, filter, shelvedTerms, filterHistory, view, table, marks },
    ...{ related, search, lastSearch },
  };
}
