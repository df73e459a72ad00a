/** Points in time as people write them. The present and the zone come in as arguments; it must not read a clock. */
import type { TimePoint } from './filter.ts';
import { instantsMeant, type Occurrence, resolved, type Unresolved } from './local-time.ts';
import { dayAfter, skipOver, startOfDay, utcOf, type WallTime, wallTimeAt } from './zone-time.ts';

export interface TimeContext {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** IANA name of a zone that exists, e.g. `Europe/Vienna`; times without an offset are in it. */
  readonly timeZone: string;
  /** Which end of a day counts when a whole day is written; the start unless told. */
  readonly edge?: 'start' | 'end';
}

export type TimePointRead =
  | { readonly ok: true; readonly point: TimePoint }
  /** It is none of `timePointForms`, or there is no such day or hour in the calendar. */
  | { readonly ok: false; readonly reason: 'notATime' }
  | Unresolved;

/** What can be written, for help and errors. */
export const timePointForms =
  '15m, 24h, 7d, 2026-11-23, "2026-11-23 07:00", 2026-11-23T07:00Z, today, "yesterday 14:00", "monday 09:00", now';

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);
const LONGEST_MS = 36_525 * 86_400_000;

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:t|\s+)(\d\d?):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?\s*(?:(z|([+-])(\d\d):?(\d\d))|\s(first|second))?)?$/;
const DAY = /^([a-z]+)(?:\s+(\d\d?):(\d\d)(?::(\d\d))?(?:\s+(first|second))?)?$/;
const WEEKDAYS: readonly string[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Takes `15m`, `24h`, `7d`, `90s`, `1w` or several together (`1h30m`); milliseconds, or null. At most 100 years. */
export function parseDuration(text: string): number | null {
  const written = text.trim().toLowerCase();
  if (!/^(?:\d{1,9}[smhdw])+$/.test(written)) return null;
  let ms = 0;
  for (const [, count, unit] of written.matchAll(/(\d+)([smhdw])/g))
    ms += Number(count) * (UNIT_MS.get(unit ?? '') ?? 0);
  return ms <= LONGEST_MS ? ms : null;
}

/**
 * Takes any of `timePointForms`. A local time that the clocks repeat takes `first` or `second` behind it to say which is meant;
 * behind any other local time the words change nothing. Without them, it is refused, as is one that the clocks skip.
 */
export function parseTimePoint(text: string, context: TimeContext): TimePointRead {
  const written = text.trim().toLowerCase();
  if (written.length > 60) return notATime;
  const at = momentOf(written, context) ?? dateOf(written, context) ?? dayOf(written, context);
  if (at === null) return notATime;
  return at.ok ? { ok: true, point: { text, atMs: at.atMs } } : at;
}

const notATime = { ok: false, reason: 'notATime' } as const;

type Instant = { readonly ok: true; readonly atMs: number } | Unresolved;

function momentOf(written: string, { nowMs }: TimeContext): Instant | null {
  if (written === 'now') return { ok: true, atMs: nowMs };
  const durationMs = parseDuration(written);
  return durationMs === null ? null : { ok: true, atMs: nowMs - durationMs };
}

function dateOf(written: string, context: TimeContext): Instant | null {
  const match = DATE.exec(written);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const wall = { year: part(1), month: part(2), day: part(3), hour: part(4), minute: part(5), second: part(6) };
  if (!exists(wall)) return null;
  if (match[4] === undefined) return { ok: true, atMs: wholeDay(wall, context) };
  if (match[7] === undefined) {
    const { timeZone } = context;
    return resolved(instantsMeant(wall, occurrenceOf(match[11]), timeZone), { written, wall, timeZone });
  }
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10));
  return { ok: true, atMs: utcOf(wall) - offsetMinutes * 60_000 };
}

function dayOf(written: string, context: TimeContext): Instant | null {
  const match = DAY.exec(written);
  if (match === null) return null;
  const { nowMs, timeZone } = context;
  const today = wallTimeAt(nowMs, timeZone);
  const daysAgo = daysSince(match[1] ?? '', today);
  if (daysAgo === null) return null;
  const midnight = dayAfter(today, -daysAgo);
  if (match[2] === undefined) return { ok: true, atMs: wholeDay(midnight, context) };
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  const wall = { ...midnight, hour, minute, second };
  if (!exists(wall)) return null;
  const meant = (each: WallTime) => instantsMeant(each, occurrenceOf(match[5]), timeZone);
  const isWeekday = match[1] !== 'today' && match[1] !== 'yesterday';
  if (!isWeekday) return resolved(meant(wall), { written, wall, timeZone });
  // A weekday is the last one: on a Monday morning, "monday 18:00" was a week ago.
  const instants = meant(wall);
  const past = instants.filter((atMs) => atMs <= nowMs);
  const isPast = past.length > 0 || (instants.length === 0 && skipOver(wall, timeZone) <= nowMs);
  if (isPast) return resolved(past, { written, wall, timeZone });
  const weekBefore = { ...dayAfter(wall, -7), hour, minute, second };
  return resolved(meant(weekBefore), { written, wall: weekBefore, timeZone });
}

function occurrenceOf(word: string | undefined): Occurrence | null {
  return word === 'first' || word === 'second' ? word : null;
}

function daysSince(word: string, today: WallTime): number | null {
  if (word === 'today') return 0;
  if (word === 'yesterday') return 1;
  const weekday = WEEKDAYS.findIndex((name) => name === word || (word.length === 3 && name.startsWith(word)));
  return weekday < 0 ? null : (new Date(utcOf(today)).getUTCDay() - weekday + 7) % 7;
}

/** A range ends before its end: the end of a day is the first moment of the next one. */
function wholeDay(day: WallTime, { timeZone, edge }: TimeContext): number {
  return startOfDay(edge === 'end' ? dayAfter(day, 1) : day, timeZone);
}

function exists({ year, month, day, hour, minute, second }: WallTime): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isRealDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return year >= 1970 && isRealDay && hour < 24 && minute < 60 && second < 60;
}
