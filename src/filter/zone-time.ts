/** Wall clocks of time zones, by what the platform knows about zones. It must not know what time it is now. */

/** What a calendar and a clock on the wall show. Month from 1, second may have a fraction. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;

/** Making a formatter is slow and formatters never change, so each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows in an IANA zone at `ms` since the epoch, to the second. Throws a RangeError for no such zone. */
export function wallTimeAt(ms: number, timeZone: string): WallTime {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const parts = new Map(formatter.formatToParts(ms).map((part) => [part.type, Number(part.value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/**
 * When the wall shows that time in the zone, in milliseconds since the epoch, in order: once as a rule, twice where the clocks
 * go back over it, never where they go forward over it.
 */
export function instantsOf(wall: WallTime, timeZone: string): readonly number[] {
  const asUtcMs = utcOf(wall);
  return offsetsAround(asUtcMs, timeZone)
    .filter((offsetMs) => offsetAt(asUtcMs - offsetMs, timeZone) === offsetMs)
    .map((offsetMs) => asUtcMs - offsetMs)
    .sort((a, b) => a - b);
}

/** For a time that the wall never shows in the zone: the instant at which the clocks go forward over it. */
export function skipOver(wall: WallTime, timeZone: string): number {
  const asUtcMs = utcOf(wall);
  const offsets = offsetsAround(asUtcMs, timeZone);
  let before = Math.floor((asUtcMs - Math.max(...offsets)) / 1000);
  let after = Math.ceil((asUtcMs - Math.min(...offsets)) / 1000);
  const offsetBeforeMs = offsetAt(before * 1000, timeZone);
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2);
    if (offsetAt(between * 1000, timeZone) === offsetBeforeMs) before = between;
    else after = between;
  }
  return after * 1000;
}

/** The first instant of the calendar day in the zone: midnight, or when the clocks go forward over midnight, that moment. */
export function startOfDay(day: WallTime, timeZone: string): number {
  const midnight = dayAfter(day, 0);
  return instantsOf(midnight, timeZone)[0] ?? skipOver(midnight, timeZone);
}

/** The same calendar day, `days` later (or earlier), at midnight. */
export function dayAfter(wall: WallTime, days: number): WallTime {
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return { year, month, day, hour: 0, minute: 0, second: 0 };
}

/** The wall time read as if it were UTC. */
export function utcOf(wall: WallTime): number {
  const minutes = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  return minutes + Math.round(wall.second * 1_000_000) / 1000;
}

/** The offsets on both sides of whatever change of the clocks is near; no zone is more than a day away from UTC. */
function offsetsAround(asUtcMs: number, timeZone: string): readonly number[] {
  return [...new Set([offsetAt(asUtcMs - DAY_MS, timeZone), offsetAt(asUtcMs + DAY_MS, timeZone)])];
}

/** How far the zone is ahead of UTC at `ms` since the epoch, in milliseconds. */
export function offsetAt(ms: number, timeZone: string): number {
  const wholeSecondMs = Math.floor(ms / 1000) * 1000;
  return utcOf(wallTimeAt(wholeSecondMs, timeZone)) - wholeSecondMs;
}
