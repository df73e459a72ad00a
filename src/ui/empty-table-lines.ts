/** An empty table says why it is empty and what to do about it. */
import { printTerm } from '../filter/print-query.ts';
import { logNamed } from '../logs/logs.ts';
import { shownText } from '../signup/visible-text.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import { type Line, piece, told, wrapText } from './line.ts';
import { shownDayClock } from './shown-time.ts';
import { clockText } from './time-text.ts';

export function emptyTableLines(state: State, width: number, height: number): readonly Line[] {
  const texts = reasonOf(state);
  const lines = texts.flatMap((text) =>
    wrapText(text, Math.max(10, width - 8)).map((line): Line => [piece('    '), told(line)]),
  );
  return [[], ...lines, ...Array.from({ length: height }, (): Line => [])].slice(0, height);
}

/** What was pasted can be long, and the advice behind it is worth more. */
const LONGEST_CONDITIONS = 200;

function reasonOf(state: State): readonly string[] {
  const { feed, log, filter } = state;
  const { load } = feed;
  const conditions = shownText(filter.terms.map(printTerm).join(' '), LONGEST_CONDITIONS);
  const since = filter.since ? shownDayClock(state, filter.since.atMs) : 'the start of the range';
  const upTo = feed.upToMs === null ? '' : ` (read up to ${clockText(feed.upToMs, shownZone(state))})`;
  const isRead = load.kind === 'live' || feed.backfill.complete;
  if (log.size === 0 && load.kind === 'failed') {
    return [load.problem.title, load.problem.meaning, load.problem.todo].filter((text) => text !== '');
  }
  if (log.size === 0 && load.kind === 'throttled') {
    return ['Graph asked to wait before the first page. It goes on by itself.'];
  }
  if (conditions !== '' && (isRead || log.size > 0)) {
    const hidden = log.size > 0 ? ` It hides all ${log.size.toLocaleString('en')} loaded events.` : '';
    const so = feed.backfill.complete
      ? `Nothing matches ${conditions} since ${since}${upTo}.`
      : `Nothing matches ${conditions} yet; older events are being read, back to ${since}.`;
    return [
      `${so}${hidden}`,
      'f changes the filter; X in it clears every field. Values are compared whole, ignoring letter case.',
    ];
  }
  if (isRead) {
    return [
      `No ${logNamed(state.shown).entries} since ${since}${upTo}.`,
      'A new event can take minutes to appear in the log. f, then time, reaches further back.',
    ];
  }
  return [`Reading the newest ${logNamed(state.shown).entries} ...`];
}
