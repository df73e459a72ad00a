/** Graph's timestamps. It must not read the clock or a time zone: a time without an offset is UTC, as in all of Graph. */

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:Z|([+-])(\d\d):?(\d\d))?$/i;

/**
 * Takes `2024-10-15T01:58:09.287604Z` and gives milliseconds since the epoch, microseconds as the fraction; null for
 * everything that is no such time (another type, month 13, 31 February, year 1, by which .NET says "no time").
 */
export function parseGraphTime(value: unknown): number | null {
  const match = typeof value === 'string' ? TIMESTAMP.exec(value) : null;
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const midnightMs = Date.UTC(year, month - 1, day);
  const midnight = new Date(midnightMs);
  const isRealDay = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  if (year < 1970 || !isRealDay || hour > 23 || minute > 59 || second > 60) return null;
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (part(9) * 60 + part(10));
  // Whole milliseconds first, in integers, so that the fraction alone carries the rounding.
  const fraction = (match[7] ?? '').padEnd(3, '0');
  const wholeMs =
    midnightMs + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1000 + Number(fraction.slice(0, 3));
  return fraction.length > 3 ? wholeMs + Number(`0.${fraction.slice(3)}`) : wholeMs;
}
