/** A time range as people write it in one line: `4h`, `yesterday 14:00`, `monday 09:00 to today 07:30`. Pure. */
import type { Filter, TimePoint } from './filter.ts';
import { nearestWord } from './nearest-word.ts';
import { parseTimePoint, type TimeContext } from './time-point.ts';

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
  const since = parseTimePoint(begin, { ...context, edge: 'start' });
  if (since === null) return wrong(noTime(begin));
  if (since.atMs >= context.nowMs) return { ok: false, message: `${begin} is not in the past.` };
  if (end === undefined || end.toLowerCase() === 'now') return { ok: true, since, until: null };
  const until = parseTimePoint(end, { ...context, edge: 'end' });
  if (until === null) return wrong(end === '' ? 'Say where the range ends' : noTime(end));
  if (until.atMs <= since.atMs)
    return { ok: false, message: `${end} is not after ${begin}: the range would be empty.` };
  return { ok: true, since, until };
}

function wrong(message: string): TimeRange {
  return { ok: false, message: `${message}, ${EXAMPLES}.` };
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
  const since = filter.since && (parseTimePoint(filter.since.text, { ...context, edge: 'start' }) ?? filter.since);
  const until = filter.until && (parseTimePoint(filter.until.text, { ...context, edge: 'end' }) ?? filter.until);
  const isSame = since?.atMs === filter.since?.atMs && until?.atMs === filter.until?.atMs;
  return isSame ? filter : { ...filter, since, until };
}
