/** The two lines at the top: who reads which tenant, whether it is live and how fresh; what is filtered and what it hides. */
import { msBetween } from '../facts/moment.ts';
import { printTerm } from '../filter/print-query.ts';
import { logNamed } from '../logs/logs.ts';
import { clauseOf, splitOf } from '../store/select-feed-request.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cutLine, type Line, lineWidth, type Piece, piece, spread, told } from './line.ts';
import { shownDayClock, shownWhen } from './shown-time.ts';
import { againText, clockText, durationText, offsetText, secondsUntil } from './time-text.ts';

const BUDGET = 4;
const BUDGET_WINDOW_MS = 10_000;
/** Cells of the right half of the first line, as it mostly is. */
const WIDEST_STATE = 66;
/** Fewer cells of an account name say nothing. */
const LEAST_ACCOUNT = 12;

export function headerLines(state: State, glyphs: Glyphs): readonly Line[] {
  const { columns } = state.size;
  return [whoAndHow(state, glyphs), spread(filterLine(state, glyphs), countLine(state), columns, glyphs.ellipsis)];
}

/** Tenant and account on the left, the state of the feed on the right; the account gives way where there is no room. */
function whoAndHow(state: State, glyphs: Glyphs): Line {
  const { columns } = state.size;
  const { settings, account } = state;
  const tenant: Line = [
    ...logPieces(state),
    piece(' '),
    told(settings.tenant, 'strong'),
    ...(settings.demo ? [piece('  demo', 'warn')] : []),
  ];
  // By a width that does not change with the state: what comes and goes with it would flicker.
  const room = columns - WIDEST_STATE;
  const hasRoom = account !== null && room >= lineWidth(tenant) + LEAST_ACCOUNT;
  const who = hasRoom
    ? cutLine([...tenant, piece('  '), told(account.username, 'dim')], room, glyphs.ellipsis)
    : tenant;
  return spread(who, liveLine(state, glyphs), columns, glyphs.ellipsis);
}

/** From this width on the first line has room for the log's name. */
const ROOM_FOR_LOG = 80;
const ROOM_FOR_MAIN_LOG = 100;

/** Which log; where there is little room, the sign-ups, which the program is for, go without a word. */
function logPieces({ shown, size }: State): Line {
  const { title } = logNamed(shown);
  if (shown === 'signUps') return size.columns >= ROOM_FOR_MAIN_LOG ? [piece(` ${title} `, 'dim')] : [];
  return size.columns >= ROOM_FOR_LOG ? [piece(` ${title} `, 'accent')] : [];
}

/** On a narrow screen another log is named beside the filter: on the first line it would be cut off. */
function logBesideFilter({ shown, size }: State): Line {
  const isThere = shown !== 'signUps' && size.columns < ROOM_FOR_LOG;
  return isThere ? [piece(` ${logNamed(shown).title}`, 'accent')] : [];
}

function liveLine(state: State, glyphs: Glyphs): Line {
  const { feed, size } = state;
  const parts: Piece[][] = [[loadPiece(state, glyphs)]];
  if (feed.upToMs !== null) parts.push([piece(`data to ${freshText(state, feed.upToMs)}`)]);
  if (size.columns >= 100) parts.push([piece('budget ', 'dim'), budgetPiece(state, glyphs)]);
  const name = size.columns >= 140 ? shownZone(state) : offsetText(state.nowMs, shownZone(state));
  const zone = state.clock === 'ago' ? 'times: ago' : name;
  parts.push([piece(zone, 'dim')]);
  return [...parts.flatMap((part, index) => (index === 0 ? part : [piece('   '), ...part])), piece(' ')];
}

/** The state of the feed in a word or two, with its countdown. */
function loadPiece(state: State, glyphs: Glyphs): Piece {
  const { feed, nowMs, moment, signIn } = state;
  const { load } = feed;
  if (signIn.kind === 'signedOut') return piece(`${glyphs.stopped} signed out`, 'bad');
  // What would be tried again by itself is not, once its time is over.
  const waits = load.kind === 'throttled' ? load.until : load.kind === 'failed' ? load.retryAt : null;
  if (feed.paused && waits !== null && msBetween(moment, waits) <= 0) return piece(`${glyphs.stopped} PAUSED`, 'warn');
  const again = (inMs: number) => againText(inMs, nowMs, shownZone(state));
  const heldMs = feed.heldUntil === null ? 0 : msBetween(moment, feed.heldUntil);
  if (load.kind === 'throttled' || heldMs > 0) {
    const waitMs = Math.max(heldMs, load.kind === 'throttled' ? msBetween(moment, load.until) : 0);
    return piece(`${glyphs.waiting} throttled, goes on ${again(waitMs)}`, 'warn');
  }
  if (load.kind === 'failed') {
    const next = load.retryAt === null ? 'r tries again' : `again ${again(msBetween(moment, load.retryAt))}`;
    return piece(`${glyphs.stopped} failed, ${next}`, 'bad');
  }
  if (feed.paused) return piece(`${glyphs.stopped} PAUSED`, 'warn');
  if (load.kind === 'live') {
    if (load.nextPollAt === null) {
      return piece(`${glyphs.live} ${feed.backfill.complete ? 'range read' : 'past range'}`, 'good');
    }
    const left = secondsUntil(load.nextPollAt, moment);
    return piece(`${glyphs.live} live, next in ${String(left).padStart(2)} s`, 'good');
  }
  if (load.kind === 'behind') return piece(`${glyphs.waiting} catching up`, 'warn');
  return piece(`${glyphs.waiting} loading`, 'accent');
}

function freshText(state: State, upToMs: number): string {
  const behindMs = state.nowMs - upToMs;
  const time = clockText(upToMs, shownZone(state));
  return behindMs >= 120_000 || state.feed.load.kind === 'behind' ? `${time} (${durationText(behindMs)} behind)` : time;
}

function budgetPiece({ calls, moment }: State, glyphs: Glyphs): Piece {
  const used = Math.min(
    BUDGET,
    calls.slice(-2 * BUDGET).filter(({ at }) => msBetween(at, moment) < BUDGET_WINDOW_MS).length,
  );
  return piece(
    glyphs.budgetUsed.repeat(used) + glyphs.budgetFree.repeat(BUDGET - used),
    used === BUDGET ? 'warn' : 'dim',
  );
}

function filterLine(state: State, glyphs: Glyphs): Line {
  const { filter } = state;
  const log = logBesideFilter(state);
  if (filter.terms.length === 0) return [...log, piece(' no filter', 'dim')];
  const { decidedByGraph } = splitOf(state);
  return [
    ...log,
    piece(' '),
    ...filter.terms.flatMap((term) => [
      told(printTerm(term), 'accent'),
      piece(` ${decidedByGraph.has(term) ? glyphs.byGraph : glyphs.byUs}   `, 'dim'),
    ]),
  ];
}

function countLine(state: State): Line {
  const { log, matches, size, unit } = state;
  const hidden = log.size - matches.size;
  const asked = clauseOf(state) === '' ? '' : ', others not asked for';
  const counts =
    unit === 'attempts'
      ? `${matches.size.toLocaleString('en')} attempts in ${log.size.toLocaleString('en')} events`
      : `${matches.size.toLocaleString('en')} shown${hidden > 0 ? `, ${hidden.toLocaleString('en')} hidden` : asked}`;
  const dropped = log.droppedCount > 0 ? `, ${log.droppedCount.toLocaleString('en')} dropped` : '';
  const range = size.columns >= 70 ? `${rangeText(state)}   ` : '';
  return [piece(`${range}${counts}${dropped} `)];
}

function rangeText(state: State): string {
  const { filter, feed } = state;
  const sinceMs = Math.max(filter.since?.atMs ?? 0, feed.clampedFromMs ?? 0);
  const since = `since ${shownWhen(state, sinceMs)}`;
  return filter.until ? `${since} until ${shownDayClock(state, filter.until.atMs)}` : since;
}
