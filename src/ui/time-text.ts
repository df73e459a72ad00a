/** Times and durations as the screen shows them. Pure; formatters are kept, because making one is slow. */
import { type Moment, msBetween } from '../facts/moment.ts';
import { type AmongTimes, weekdayTells } from '../facts/weekday.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Intl.DateTimeFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, Intl.DateTimeFormat>();

function kept(
  cache: Map<string, Intl.DateTimeFormat>,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  let format = cache.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
    cache.set(timeZone, format);
  }
  return format;
}

/** `10:42:09` in the zone. */
export function clockText(timeMs: number, timeZone: string): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return kept(clocks, timeZone, options).format(timeMs);
}

/** `Mon 23 Nov` in the zone. */
export function dayText(timeMs: number, timeZone: string): string {
  const options = { weekday: 'short', day: '2-digit', month: 'short' } as const;
  // British English is the one that writes "Sept".
  return kept(days, timeZone, options).format(timeMs).replace(',', '').replace('Sept', 'Sep');
}

/** `2026-11-23` in the zone. */
export function dateText(timeMs: number, timeZone: string): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = kept(dates, timeZone, options).formatToParts(timeMs);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** `Mon 10:42:09`, or `23 Nov 10:42:09` where the weekday could be that of another week. */
export function dayClockText(timeMs: number, timeZone: string, among: AmongTimes): string {
  return weekdayTells(timeMs, among) ? weekdayClockText(timeMs, timeZone) : dateClockText(timeMs, timeZone);
}

/** `Mon 10:42:09`. */
export function weekdayClockText(timeMs: number, timeZone: string): string {
  return `${dayText(timeMs, timeZone).slice(0, 3)} ${clockText(timeMs, timeZone)}`;
}

/** `23 Nov 10:42:09`. */
export function dateClockText(timeMs: number, timeZone: string): string {
  return `${dayText(timeMs, timeZone).slice(4)} ${clockText(timeMs, timeZone)}`;
}

/** `in 41 s`, and for longer waits `at 11:42:09`, with the day where that is not today. */
export function againText(inMs: number, nowMs: number, timeZone: string): string {
  const seconds = secondsOf(inMs);
  const atMs = nowMs + inMs;
  if (seconds < 10 * 60) return `in ${seconds} s`;
  const isToday = dateText(atMs, timeZone) === dateText(nowMs, timeZone);
  return `at ${isToday ? clockText(atMs, timeZone) : dayClockText(atMs, timeZone, { nowMs })}`;
}

/** How far the zone is from UTC at that time: `UTC`, `UTC+1`, `UTC+5:30`. */
export function offsetText(timeMs: number, timeZone: string): string {
  const parts = kept(offsets, timeZone, { timeZoneName: 'shortOffset' }).formatToParts(timeMs);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', 'UTC').replace(/\+0$/, '');
}

/** `10:42:09.362` in the zone. */
export function preciseClockText(timeMs: number, timeZone: string): string {
  const whole = Math.floor(timeMs);
  return `${clockText(whole, timeZone)}.${String(((whole % 1000) + 1000) % 1000).padStart(3, '0')}`;
}

/** A length of time in one or two units: `8 s`, `2 min 5 s`, `3 h 10 min`, `2 d 4 h`. */
export function durationText(lengthMs: number): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joined(hours, 'h', minutes % 60, 'min');
  return joined(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** A gap between two events: `+7s`, `+2m05s`, `+1h10m`, `+2d04h`. */
export function gapText(lengthMs: number): string {
  return `+${tookText(lengthMs)}`;
}

/** A length of time, short enough for a column: `7s`, `2m05s`, `1h10m`, `2d04h`. */
export function tookText(lengthMs: number): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m${two(seconds % 60)}s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h${two(minutes % 60)}m` : `${Math.floor(hours / 24)}d${two(hours % 24)}h`;
}

/** How long ago something was, in the coarse unit that fits a column: `now`, `3 min`, `2 h`, `4 d`. */
export function agoText(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** A countdown: `14:21`. */
export function countdownText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whole seconds until `atMs`, never less than 0. */
export function secondsUntil(at: Moment, now: Moment): number {
  return secondsOf(msBetween(now, at));
}

/** Whole seconds, rounded up; never less than none. */
export function secondsOf(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}

function joined(first: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${first} ${unit}` : `${first} ${unit} ${rest} ${restUnit}`;
}
