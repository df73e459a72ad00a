/** A time range as people write it in one line: `4h`, `yesterday 14:00`, `monday 09:00 to today 07:30`. Pure. */
import type { Filter, TimePoint } from './filter.ts';
import { nearestWord } from './nearest-word.ts';
import { parseTimePoint, type TimeContext, type TimePointRead } from './time-point.ts';

export type TimeRange =
  | { readonly ok: true; readonly since: TimePoint; readonly until: TimePoint | null }
  /** `message`: what is wrong and what could be written instead, in a sentence or two. */
  | { readonly ok: false; readonly message: string };

const EXAMPLES = 'e.g. 4h, yesterday 14:00, or 2026-11-23 07:00 to 2026-11-23 09:00';
const dayWords = 'today yesterday monday tuesday wednesday thursday friday saturday sunday now'.split(' ');

/** Takes a beginning and, behind `to` or `until`, an end; without one, or with `now`, the range stays open. */
export function parseTimeRange(text: string, context: Omit<TimeContext, 'edge'>): TimeRange {
  const [begin = '', end, ...more] = text
    .trim()
    .replace(/^(?:since|from)[\s:]+/i, '')
    .split(/(?:^|\s+)(?:to|until)(?:[\s:]+|$)|\s*\.\.\s*/i)
    .map((part) => part.replace(/^["']|["']$/g, '').trim());
  if (more.length > 0) return wrong('A range has one beginning and one end');
  if (begin === '') return wrong('Say where the range begins');
  const begins = parseTimePoint(begin, { ...context, edge: 'start' });
  if (!begins.ok) return refused(begin, begins);
  const since = begins.point;
  if (since.atMs >= context.nowMs) return { ok: false, message: `${begin} is not in the past.` };
  if (end === undefined || end.toLowerCase() === 'now') return { ok: true, since, until: null };
  if (end === '') return wrong('Say where the range ends');
  const ends = parseTimePoint(end, { ...context, edge: 'end' });
  if (!ends.ok) return refused(end, ends);
  const until = ends.point;
  if (until.atMs <= since.atMs)
    return { ok: false, message: `${end} is not after ${begin}: the range would be empty.` };
  return { ok: true, since, until };
}

function wrong(message: string): TimeRange {
  return { ok: false, message: `${message}, ${EXAMPLES}.` };
}

function refused(text: string, read: Exclude<TimePointRead, { readonly ok: true }>): TimeRange {
  return read.reason === 'notATime' ? wrong(noTime(text)) : { ok: false, message: `${read.message}. ${read.advice}.` };
}

function noTime(text: string): string {
  const [word = ''] = text.split(' ');
  const meant = /^[a-z]+$/i.test(word) ? nearestWord(word, dayWords) : null;
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return `"${shown}" is no time${meant === null || meant === word.toLowerCase() ? '' : `, perhaps ${meant}`}`;
}

/**
 * The filter with its times worked out again from how they were written, for another "now"; the same filter when that changes
 * nothing. Times that are written out in full stay what they are.
 */
export function reanchored(filter: Filter, context: Omit<TimeContext, 'edge'>): Filter {
  const since = filter.since && anchored(filter.since, { ...context, edge: 'start' });
  const until = filter.until && anchored(filter.until, { ...context, edge: 'end' });
  const isSame = since?.atMs === filter.since?.atMs && until?.atMs === filter.until?.atMs;
  return isSame ? filter : { ...filter, since, until };
}

/** What was clear when it was written stays what it was. */
function anchored(point: TimePoint, context: TimeContext): TimePoint {
  const read = parseTimePoint(point.text, context);
  return read.ok ? read.point : point;
}
