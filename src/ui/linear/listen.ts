/**
 * What a change of the state is worth saying: (what was said, the state now) → lines. Pure. The log grows in place, so what
 * is needed of its former self is remembered as numbers.
 */

import { type Moment, msBetween } from '../../facts/moment.ts';
import { printTerm } from '../../filter/print-query.ts';
import { logNamed } from '../../logs/logs.ts';
import { shownText, visibleText } from '../../signup/visible-text.ts';
import { hitPlace } from '../../store/commands-search.ts';
import { bindingOf, typingPlaces } from '../../store/keys.ts';
import { placeOf } from '../../store/press-key.ts';
import { shownZone } from '../../store/shown-zone.ts';
import type { State } from '../../store/state.ts';
import { positionOfRow, rowCount } from '../../store/table-cursor.ts';
import { isNewestFirst, rowHasFailed } from '../../store/unit.ts';
import { shownDayClock } from '../shown-time.ts';
import { againText, clockText } from '../time-text.ts';
import { detailWords } from './detail-words.ts';
import { insightWords } from './insight-words.ts';
import { overlayWords, personWords, sortWords } from './overlay-words.ts';
import { countText, rowsText, rowWords } from './row-words.ts';
import { problemWords, signInWords } from './sign-in-words.ts';

export interface Memory {
  readonly state: State;
  /** What is in the way of reading, as it was said; null when it was well. */
  readonly trouble: string | null;
  /** The result of the filter has been said, once it was read. */
  readonly hasToldCount: boolean;
  /** How many rows there were when that was said last; -1 before. */
  readonly rowsTold: number;
  /** The newest row when news were told last; null before there were any. */
  readonly newestId: string | null;
  readonly newsAt: Moment;
}

export interface Heard {
  readonly memory: Memory;
  readonly lines: readonly string[];
}

/** News are told no more often than this. */
export const NEWS_EVERY_MS = 10_000;
/** Rows that are looked at for failures among news. */
const MOST_NEWS = 5_000;

/** The beginning: which tenant, which filter, what to do. */
export function introduction(state: State): Heard {
  const { settings } = state;
  const lines = [
    'entra-signups, linear output for screen readers. ? lists keys, q twice quits.',
    visibleText(`Tenant ${settings.tenant}${settings.demo ? ', a demo' : ''}. ${filterWords(state)}`),
    ...signInWords(state),
  ];
  return {
    memory: { state, trouble: null, hasToldCount: false, rowsTold: -1, newestId: null, newsAt: state.moment },
    lines,
  };
}

/** `key`: the one that brought the state about; null when none did. */
export function listen(memory: Memory, state: State, key: string | null): Heard {
  const before = memory.state;
  const changed = isAnotherTable(before, state);
  const told = {
    ...memory,
    state,
    hasToldCount: memory.hasToldCount && !changed,
    rowsTold: changed ? -1 : memory.rowsTold,
  };
  const trouble = troubleOf(state, memory.trouble);
  const counted = countWords(told);
  const soFar = changed && counted.length === 0 ? shownSoFar(state) : [];
  const lines = [
    ...(saysSignIn(before, state) ? signInWords(state) : []),
    ...focusWords(before, state, key),
    ...(changed ? [visibleText(filterWords(state)), ...soFar] : []),
    ...trouble.lines,
    ...counted,
    ...noticeWords(before, state),
    ...relatedWords(before, state),
  ];
  const next = {
    ...told,
    trouble: trouble.now,
    hasToldCount: told.hasToldCount || counted.length > 0,
    rowsTold: counted.length > 0 || soFar.length > 0 ? rowCount(state) : told.rowsTold,
  };
  const withNews = newsOf(next, changed);
  return { memory: withNews.memory, lines: [...lines, ...withNews.lines] };
}

/** Other rows, or in another order. */
function isAnotherTable(before: State, state: State): boolean {
  const isSame = state.filterChanges === before.filterChanges && state.unit === before.unit;
  return !isSame || state.shown !== before.shown || state.view.sort !== before.view.sort;
}

function saysSignIn({ signIn: was }: State, { signIn }: State): boolean {
  if (was === signIn) return false;
  if (was.kind !== 'waiting' || signIn.kind !== 'waiting') return was.kind !== signIn.kind || signIn.kind === 'failed';
  return was.code !== signIn.code || was.browser !== signIn.browser || was.attempt !== signIn.attempt;
}

/** What has the focus: the overlay, the detail, or the row. */
function focusWords(before: State, state: State, key: string | null): readonly string[] {
  const binding = key === null ? null : bindingOf(before.settings.keys, placeOf(before), key);
  const command = binding?.command ?? '';
  // What was looked up comes later than the key that asked for it.
  if (state.overlay?.kind === 'person' && state.person !== before.person) return personWords(state);
  if (state.overlay !== null) return overlayWords(before.overlay, state, command !== '');
  const place = placeOf(state);
  if (place === 'insight') return insightWords(before, state);
  if (key === null || place === 'signIn' || state.quitting) return [];
  const isClosed = before.overlay !== null || before.insight !== null;
  const hasMoved = state.table.cursorId !== before.table.cursorId;
  const found = hitPlace(state);
  const hit =
    found && (command.startsWith('search.') || state.search !== before.search)
      ? [`Found ${found.at} of ${found.of}.`]
      : [];
  if (place === 'pane') {
    if (!before.pane.open) return detailWords(state);
    if (hasMoved) return [...hit, rowWords(state), ...detailWords(state)];
    const moves = /^pane\.(down|up|page|top|bottom)/.test(command);
    return moves || isClosed ? [detailWords(state)[state.pane.scroll] ?? 'The end.'] : [];
  }
  const moves = /^(row|page|edge|mark)\.|^follow$/.test(command);
  // Another table says first what it is, and then where one is.
  if (isAnotherTable(before, state)) return [];
  return moves || hasMoved || isClosed || before.pane.open ? [...hit, rowWords(state)] : [];
}

function filterWords(state: State): string {
  const { filter } = state;
  const terms = shownText(filter.terms.map(printTerm).join(' '));
  const since = filter.since === null ? '' : `, since ${shownDayClock(state, filter.since.atMs)}`;
  const until = filter.until === null ? '' : `, until ${shownDayClock(state, filter.until.atMs)}`;
  const unit =
    state.unit === 'attempts' ? 'Attempts' : state.shown === 'signUps' ? 'Events' : logNamed(state.shown).title;
  const order = isNewestFirst(state) ? '' : `, ${sortWords(state.view.sort)}`;
  return `${unit}${order}, ${terms === '' ? 'no filter' : `filter ${terms}`}${since}${until}.`;
}

/** Of what is loaded; Graph may have more. */
function shownSoFar(state: State): readonly string[] {
  if (!state.matches.isComplete) return [];
  const count = `${rowsText(state, rowCount(state))} of those that are loaded.`;
  return state.overlay === null && rowCount(state) > 0 ? [count, rowWords(state)] : [count];
}

/** How many rows there are, once all that was asked for first has been read. */
function countWords({ state, hasToldCount, rowsTold }: Memory): readonly string[] {
  const { feed, matches, log } = state;
  if (hasToldCount || feed.load.kind !== 'live' || !matches.isComplete || isTyping(state)) return [];
  const count = rowCount(state);
  const hidden = state.unit === 'events' ? log.size - count : 0;
  const soFar = feed.backfill.complete ? '' : ' so far';
  const upTo = feed.upToMs === null ? '' : ` Read up to ${clockText(feed.upToMs, shownZone(state))}.`;
  const said = `${rowsText(state, count)}${soFar}${hidden > 0 ? `, ${countText(hidden)} hidden by the filter` : ''}.${upTo}`;
  if (count === 0) return [said, 'A new event can take minutes to appear in the log.'];
  return count === rowsTold || state.overlay !== null ? [said] : [said, rowWords(state)];
}

/** Trouble is said when it comes, when it is another, and when it is over; not at each try. */
function troubleOf(state: State, was: string | null): { now: string | null; lines: readonly string[] } {
  const { feed, moment, signIn } = state;
  const again = (at: Moment) => againText(msBetween(moment, at), state.nowMs, shownZone(state));
  const { load } = feed;
  // That has its own words.
  if (signIn.kind === 'signedOut') return { now: null, lines: [] };
  if (load.kind === 'loading' || load.kind === 'idle') return { now: was, lines: [] };
  if (load.kind === 'live' || load.kind === 'behind')
    return { now: null, lines: was === null ? [] : ['Reading again.'] };
  if (load.kind === 'throttled') {
    const wait = `Graph asks to wait; it goes on by itself ${again(load.until)}.`;
    return { now: 'throttled', lines: was === 'throttled' ? [] : [wait] };
  }
  const { title } = load.problem;
  const next = load.retryAt === null ? 'r tries again.' : `It is tried again ${again(load.retryAt)}.`;
  return { now: title, lines: was === title ? [] : [...problemWords(load.problem), next] };
}

function noticeWords(before: State, state: State): readonly string[] {
  const { copies } = state.requests;
  if (copies.count !== before.requests.copies.count)
    return ['To be copied:', ...copies.text.split('\n').map(visibleText)];
  const { notice } = state;
  return notice === null || notice === before.notice ? [] : [visibleText(notice.text)];
}

/** The rest of an attempt whose detail is open has come. */
function relatedWords(before: State, state: State): readonly string[] {
  const { table, log, pane } = state;
  const position = table.cursorId === null ? -1 : log.positionOf(table.cursorId);
  if (!pane.open || position < 0) return [];
  const correlationId = log.correlationId(position);
  const [was, is] = [before.related.get(correlationId)?.load, state.related.get(correlationId)?.load];
  if (was === is || is !== 'done') return [];
  const count = log.ofCorrelation(correlationId).length;
  return [`Graph has ${countText(count)} event${count === 1 ? '' : 's'} of this correlation ID; all are loaded.`];
}

/** `12 new, 3 failed`: the rows above what was the newest when this was said last. */
function newsOf(memory: Memory, isAnother: boolean): Heard {
  const { state, newestId: before } = memory;
  // In another order the newest is not at the top.
  const newest = isNewestFirst(state) ? positionOfRow(state, 0) : -1;
  const newestId = newest < 0 ? null : state.log.id(newest);
  if (!memory.hasToldCount || before === null || newestId === null || isAnother) {
    const isFirst = memory.hasToldCount || isAnother;
    return { memory: isFirst ? { ...memory, newestId } : memory, lines: [] };
  }
  const isDue = !isTyping(state) && msBetween(memory.newsAt, state.moment) >= NEWS_EVERY_MS;
  if (newestId === before || !isDue) return { memory, lines: [] };
  const { rows, failed } = rowsAbove(state, before);
  const lines = rows === 0 ? [] : [`${countText(rows)} new${failed > 0 ? `, ${countText(failed)} failed` : ''}.`];
  return { memory: { ...memory, newestId, newsAt: state.moment }, lines };
}

/** What is not urgent waits until the line that is being typed has come to its end. */
function isTyping(state: State): boolean {
  return typingPlaces.has(placeOf(state));
}

function rowsAbove(state: State, id: string): { readonly rows: number; readonly failed: number } {
  const { log, matches } = state;
  const rank = matches.rankOf(log.positionOf(id));
  const rows = rank < 0 ? 0 : matches.size - 1 - rank;
  const positions = Array.from({ length: Math.min(rows, MOST_NEWS) }, (_, row) => positionOfRow(state, row));
  const failed = positions.filter((position) => rowHasFailed(state, position));
  return { rows, failed: failed.length };
}
