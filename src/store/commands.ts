/** What a key can do, by name: each command is a function from state to state. Keys are bound to names in `keys.ts`. */
import { callsClose, callsCopy, callsMove, callsOpen } from './calls.ts';
import {
  columnsClose,
  columnsMove,
  columnsOpen,
  columnsShift,
  columnsSort,
  columnsToggle,
  followNewest,
  sortByNext,
  sortOpen,
} from './commands-columns.ts';
import {
  copyClose,
  copyMove,
  copyOpen,
  copyPrint,
  copyRedact,
  copyTake,
  textClose,
  textScroll,
} from './commands-copy.ts';
import { filterHistory, goLive, onlyHits, rangeOf, toggleFilter } from './commands-filter.ts';
import {
  insightClose,
  insightDimension,
  insightFigure,
  insightLine,
  insightLoad,
  insightMark,
  insightOpen,
  insightTake,
} from './commands-insight.ts';
import { jumpAlike, jumpToFailure, jumpToMark, toggleMark } from './commands-jump.ts';
import { backOut, interrupt, quitAsk, quitNow } from './commands-leave.ts';
import { logsClose, logsMove, logsOpen, logsTake, showLog } from './commands-log.ts';
import { paneClose, paneFocus, paneLeave, paneOpen, paneScroll, paneWrap, paneZoom } from './commands-pane.ts';
import { pickClose, pickMove, pickOpen, pickTake } from './commands-pick.ts';
import { queryAccept, queryCancel, queryChoose, queryComplete, queryOpen } from './commands-query.ts';
import { searchAccept, searchCancel, searchNext, searchOpen, searchRecall } from './commands-search.ts';
import { signInAgain, signInCancel, signInCopy, signInNewCode, signInWith } from './commands-sign-in.ts';
import {
  rangeAccept,
  rangeCancel,
  stepperClearAll,
  stepperClearField,
  stepperClose,
  stepperExclude,
  stepperMove,
  stepperNarrow,
  stepperNarrowed,
  stepperOpen,
  stepperStep,
  stepperToggle,
} from './commands-stepper.ts';
import { toggleUnit } from './commands-unit.ts';
import { resetView } from './commands-view.ts';
import { toggleAllSignIns } from './companions.ts';
import { layout, tableRows } from './layout.ts';
import { copied, noticed } from './notice.ts';
import { personAsk, personClose, personOpen, personScroll } from './person.ts';
import { presetName, presetSave, presetsClose, presetsMove, presetsOpen, presetsTake } from './presets.ts';
import { INITIAL_BACKFILL_PAGES, type State } from './state.ts';
import { cursorRow, follow, moveTo, rowCount, scrollBy, settleCursor } from './table-cursor.ts';
import { shownColumns } from './table-view.ts';
import { isNewestFirst } from './unit.ts';
import { askForFlows } from './user-flows.ts';

const row = (by: number) => (state: State) => moveTo(state, cursorRow(state) + by, false);
const page = (screens: number) => (state: State) => scrollBy(state, Math.trunc(screens * tableRows(state)));
const columns =
  (by: number) =>
  (state: State): State => ({
    ...state,
    table: { ...state.table, columnOffset: Math.max(0, Math.min(lastOffset(state), state.table.columnOffset + by)) },
  });
/** The first column stays; one of the others is left to be seen beside it. */
const lastOffset = ({ unit, view }: State) =>
  unit === 'attempts' ? MOST_ATTEMPT_COLUMNS : Math.max(0, shownColumns(view).length - 2);
const MOST_ATTEMPT_COLUMNS = 8;
const help =
  (by: number) =>
  (state: State): State => {
    if (state.overlay?.kind !== 'help') return state;
    const most = Math.max(0, state.settings.measure.helpLines(state) - bodyRows(state));
    return { ...state, overlay: { kind: 'help', scroll: Math.max(0, Math.min(most, state.overlay.scroll + by)) } };
  };
/** Rows of text on a screen-filling page: without its title and the line of keys. */
const bodyRows = (state: State) => Math.max(1, state.size.rows - 2);

const commands = {
  'row.down': row(1),
  'row.up': row(-1),
  'page.down': page(1),
  'page.up': page(-1),
  'page.halfDown': page(0.5),
  'page.halfUp': page(-0.5),
  'page.older': graphPageOlder,
  'page.newer': (state: State) => moveTo(state, cursorRow(state) - state.settings.pageSize, false),
  'edge.newest': follow,
  'edge.oldest': (state: State) => moveTo(state, rowCount(state) - 1, false),
  follow: followNewest,
  'columns.right': columns(1),
  'columns.left': columns(-1),

  'columnList.open': columnsOpen,
  'columnList.sorted': sortOpen,
  'columnList.down': columnsMove(1),
  'columnList.up': columnsMove(-1),
  'columnList.later': columnsShift(1),
  'columnList.earlier': columnsShift(-1),
  'columnList.toggle': columnsToggle,
  'columnList.sort': columnsSort,
  'columnList.close': columnsClose,
  'sort.next': sortByNext(1),
  'sort.previous': sortByNext(-1),

  'pane.open': paneOpen,
  'pane.focus': paneFocus,
  'pane.leave': paneLeave,
  'pane.close': paneClose,
  'pane.zoom': paneZoom,
  'pane.wrap': paneWrap,
  'pane.down': paneScroll(() => 1),
  'pane.up': paneScroll(() => -1),
  'pane.pageDown': paneScroll((state) => (layout(state).pane?.height ?? 2) - 1),
  'pane.pageUp': paneScroll((state) => 1 - (layout(state).pane?.height ?? 2)),
  'pane.top': paneScroll(() => Number.NEGATIVE_INFINITY),
  'pane.bottom': paneScroll(() => Number.POSITIVE_INFINITY),

  'stepper.open': stepperOpen,
  'stepper.close': stepperClose,
  'stepper.nextField': stepperStep(1),
  'stepper.previousField': stepperStep(-1),
  'stepper.down': stepperMove(1),
  'stepper.up': stepperMove(-1),
  'stepper.toggle': stepperToggle,
  'stepper.exclude': stepperExclude,
  'stepper.narrow': stepperNarrow,
  'stepper.narrowed': stepperNarrowed(true),
  'stepper.unnarrowed': stepperNarrowed(false),
  'stepper.clearField': stepperClearField,
  'stepper.clearAll': stepperClearAll,
  'range.accept': rangeAccept,
  'range.cancel': rangeCancel,

  'search.open': searchOpen,
  'search.accept': searchAccept,
  'search.cancel': searchCancel,
  'search.recall': searchRecall,
  'search.next': searchNext('older'),
  'search.previous': searchNext('newer'),

  'query.open': queryOpen,
  'query.accept': queryAccept,
  'query.cancel': queryCancel,
  'query.complete': queryComplete,
  'query.nextChoice': queryChoose(1),
  'query.previousChoice': queryChoose(-1),

  'pick.include': pickOpen(false),
  'pick.exclude': pickOpen(true),
  'pick.down': pickMove(1),
  'pick.up': pickMove(-1),
  'pick.take': pickTake,
  'pick.close': pickClose,

  'filter.toggle': toggleFilter,
  'filter.previous': filterHistory(-1),
  'filter.next': filterHistory(1),
  'filter.onlyHits': onlyHits,
  'range.live': goLive,
  'range.15m': rangeOf('15m'),
  'range.1h': rangeOf('1h'),
  'range.4h': rangeOf('4h'),
  'range.24h': rangeOf('24h'),
  'range.3d': rangeOf('3d'),
  'range.7d': rangeOf('7d'),

  'calls.open': callsOpen,
  'calls.close': callsClose,
  'calls.down': callsMove(1),
  'calls.up': callsMove(-1),
  'calls.copyUrl': callsCopy('url'),
  'calls.copyCurl': callsCopy('curl'),
  'calls.copyAz': callsCopy('az rest'),
  'calls.copyPowerShell': callsCopy('PowerShell'),

  'presets.open': presetsOpen,
  'presets.close': presetsClose,
  'presets.down': presetsMove(1),
  'presets.up': presetsMove(-1),
  'presets.take': presetsTake,
  'presets.name': presetName,
  'presets.save': presetSave,

  'unit.toggle': toggleUnit,
  'view.reset': resetView,

  'logs.open': logsOpen,
  'logs.close': logsClose,
  'logs.down': logsMove(1),
  'logs.up': logsMove(-1),
  'logs.take': logsTake,
  'log.signUps': showLog('signUps'),
  'log.signIns': showLog('signIns'),
  'log.audits': showLog('audits'),
  'log.provisioning': showLog('provisioning'),

  'companions.allSignIns': toggleAllSignIns,
  'person.open': personOpen,
  'person.close': personClose,
  'person.down': personScroll(() => 1),
  'person.up': personScroll(() => -1),
  'person.pageDown': personScroll(bodyRows),
  'person.pageUp': personScroll((state) => -bodyRows(state)),
  'person.ask': personAsk,
  'flows.ask': askForFlows,

  'clock.next': nextClock,

  'poll.pause': pausePolling,
  'poll.now': (state: State): State => ({ ...state, feed: { ...state.feed, refreshes: state.feed.refreshes + 1 } }),

  'insight.open': insightOpen,
  'insight.close': insightClose,
  'insight.down': insightLine(1),
  'insight.up': insightLine(-1),
  'insight.first': insightLine(Number.NEGATIVE_INFINITY),
  'insight.last': insightLine(Number.POSITIVE_INFINITY),
  'insight.right': insightFigure(1),
  'insight.left': insightFigure(-1),
  'insight.take': insightTake,
  'insight.mark': insightMark,
  'insight.dimension': insightDimension,
  'insight.load': insightLoad,

  'copy.correlationId': copyCorrelationId,
  'copy.open': copyOpen,
  'copy.close': copyClose,
  'copy.down': copyMove(1),
  'copy.up': copyMove(-1),
  'copy.take': copyTake,
  'copy.redact': copyRedact,
  'copy.print': copyPrint,
  'text.close': textClose,
  'text.down': textScroll(() => 1),
  'text.up': textScroll(() => -1),
  'text.pageDown': textScroll(bodyRows),
  'text.pageUp': textScroll((state) => -bodyRows(state)),

  'jump.older': jumpAlike('older'),
  'jump.newer': jumpAlike('newer'),
  'jump.olderFailure': jumpToFailure('older'),
  'jump.newerFailure': jumpToFailure('newer'),
  'mark.toggle': toggleMark,
  'mark.older': jumpToMark('older'),
  'mark.newer': jumpToMark('newer'),

  'signIn.newCode': signInNewCode,
  'signIn.deviceCode': signInWith('device-code'),
  'signIn.browser': signInWith('browser'),
  'signIn.copy': signInCopy,
  'signIn.cancel': signInCancel,
  'signIn.again': signInAgain,

  'help.open': (state: State): State => ({ ...state, overlay: { kind: 'help', scroll: 0 } }),
  'help.close': (state: State): State => ({ ...state, overlay: null }),
  'help.down': help(1),
  'help.up': help(-1),
  'help.pageDown': (state: State) => help(bodyRows(state))(state),
  'help.pageUp': (state: State) => help(-bodyRows(state))(state),

  back: backOut,
  interrupt,
  'quit.ask': quitAsk,
  'quit.now': quitNow,
  repaint: (state: State): State => ({
    ...state,
    requests: { ...state.requests, repaints: state.requests.repaints + 1 },
  }),
  suspend: (state: State): State => ({
    ...state,
    requests: { ...state.requests, suspends: state.requests.suspends + 1 },
  }),
} satisfies { readonly [name: string]: (state: State) => State };

export type CommandName = keyof typeof commands;

export function runCommand(state: State, name: CommandName): State {
  return commands[name](state);
}

/** One page of Graph towards the past; at the end of what is loaded one more is asked for. */
function graphPageOlder(state: State): State {
  const { pageSize } = state.settings;
  const moved = isNewestFirst(state) ? moveTo(state, cursorRow(state) + pageSize, false) : state;
  const { backfill } = moved.feed;
  if (backfill.complete) {
    const atEnd = !isNewestFirst(state) || cursorRow(moved) === rowCount(moved) - 1;
    return atEnd ? noticed(moved, 'This is the start of the time range. f, then time, reaches further back.') : moved;
  }
  if (isNewestFirst(state) && cursorRow(moved) + 1 < rowCount(moved)) return moved;
  const pagesWanted = Math.max(backfill.pagesWanted, backfill.pagesRead + 1);
  return { ...moved, feed: { ...moved.feed, backfill: { ...backfill, pagesWanted } } };
}

/** From the chosen zone to UTC, to how long ago, and back. */
function nextClock(state: State): State {
  const next = { zone: 'utc', utc: 'ago', ago: 'zone' } as const;
  return { ...state, clock: next[state.clock] };
}

function pausePolling(state: State): State {
  const paused = !state.feed.paused;
  const { backfill } = state.feed;
  // Older pages that nobody has asked for by a key wait, too.
  const pagesWanted = paused ? backfill.pagesRead : Math.max(backfill.pagesRead, INITIAL_BACKFILL_PAGES);
  const next = { ...state, feed: { ...state.feed, paused, backfill: { ...backfill, pagesWanted } } };
  if (paused) return noticed(next, 'Paused: nothing is polled. Space goes on, r asks once.');
  return settleCursor(noticed(next, 'Polling again.'));
}

function copyCorrelationId(state: State): State {
  const position = state.table.cursorId === null ? -1 : state.log.positionOf(state.table.cursorId);
  if (position < 0) return state;
  const correlationId = state.log.correlationId(position);
  return correlationId === ''
    ? noticed(state, 'This event has no correlation ID.')
    : copied(state, correlationId, 'correlation ID');
}
