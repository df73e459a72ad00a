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
 * When the wall shows that time in the zone, in milliseconds since the epoch. A time that comes twice (clocks go back)
 * is its first; one that never comes (clocks go forward) is moved on by the length of the gap.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const asUtcMs = utcOf(wall);
  const offsetBeforeMs = offsetAt(asUtcMs - DAY_MS, timeZone);
  const offsetAfterMs = offsetAt(asUtcMs + DAY_MS, timeZone);
  const candidates = [asUtcMs - offsetBeforeMs, asUtcMs - offsetAfterMs];
  const real = candidates.filter((ms) => ms + offsetAt(ms, timeZone) === asUtcMs);
  return real.length > 0 ? Math.min(...real) : asUtcMs - offsetBeforeMs;
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

/** How far the zone is ahead of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  const wholeSecondMs = Math.floor(ms / 1000) * 1000;
  return utcOf(wallTimeAt(wholeSecondMs, timeZone)) - wholeSecondMs;
}
