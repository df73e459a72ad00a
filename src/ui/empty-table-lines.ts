/** An empty table says why it is empty and what to do about it. */
import type { State } from '../store/state.ts';
import { type Line, piece, told, wrapText } from './line.ts';
import { clockText, dayClockText } from './time-text.ts';

export function emptyTableLines(state: State, width: number, height: number): readonly Line[] {
  const texts = reasonOf(state);
  const lines = texts.flatMap((text) =>
    wrapText(text, Math.max(10, width - 8)).map((line): Line => [piece('    '), told(line)]),
  );
  return [[], ...lines, ...Array.from({ length: height }, (): Line => [])].slice(0, height);
}

function reasonOf(state: State): readonly string[] {
  const { feed, log, filter, settings } = state;
  const { load } = feed;
  const since = filter.since ? dayClockText(filter.since.atMs, settings.timeZone) : 'the start of the range';
  if (log.size > 0) {
    const conditions = filter.terms.length + (filter.since || filter.until ? 1 : 0);
    const hides = conditions === 1 ? 'the one condition hides' : `${conditions} conditions hide`;
    const more = feed.backfill.complete ? 'Graph has no others since' : 'More are being read, back to';
    return [
      `0 of ${log.size.toLocaleString('en')} loaded events: ${hides} all. ${more} ${since}.`,
      'f changes the filter; X in it clears every field.',
    ];
  }
  if (load.kind === 'failed')
    return [load.problem.title, load.problem.meaning, load.problem.todo].filter((text) => text !== '');
  if (load.kind === 'throttled') return ['Graph asked to wait before the first page. It goes on by itself.'];
  if (load.kind === 'live' || feed.backfill.complete) {
    const upTo = feed.upToMs === null ? '' : ` (read up to ${clockText(feed.upToMs, settings.timeZone)})`;
    return [
      `No sign-up events since ${since}${upTo}.`,
      'A new event can take minutes to appear in the log. f, then time, reaches further back.',
    ];
  }
  return ['Reading the newest sign-up events …'];
}
