import { describe, expect, it } from 'vitest';
import { emptyFilter } from '../../src/filter/filter.ts';
import { parseTimeRange, reanchored } from '../../src/filter/time-range.ts';

/** Monday 2026-11-23, 10:42 in Berlin. */
const context = { nowMs: Date.UTC(2026, 10, 23, 9, 42), timeZone: 'Europe/Berlin' };

function rangeOf(text: string): string {
  const parsed = parseTimeRange(text, context);
  if (!parsed.ok) return parsed.message;
  const told = (point: { readonly atMs: number } | null) =>
    point === null ? 'now' : new Date(point.atMs).toISOString().slice(0, 16);
  return `${told(parsed.since)} to ${told(parsed.until)}`;
}

describe('a range in one line', () => {
  it.each([
    ['4h', '2026-11-23T05:42 to now'],
    ['yesterday 14:00', '2026-11-22T13:00 to now'],
    ['since yesterday 14:00', '2026-11-22T13:00 to now'],
    ['2026-11-23 07:00 to 2026-11-23 09:00', '2026-11-23T06:00 to 2026-11-23T08:00'],
    ['since:2026-11-23T07:00Z until:2026-11-23T09:00Z', '2026-11-23T07:00 to 2026-11-23T09:00'],
    ['  Sunday 09:00  UNTIL  today 07:30 ', '2026-11-22T08:00 to 2026-11-23T06:30'],
    ['"yesterday 14:00" .. now', '2026-11-22T13:00 to now'],
    ['2026-10-25 02:30 first to 2026-10-25 02:30 second', '2026-10-25T00:30 to 2026-10-25T01:30'],
    ['3h to 1h', '2026-11-23T06:42 to 2026-11-23T08:42'],
    ['yesterday to yesterday', '2026-11-21T23:00 to 2026-11-22T23:00'],
  ])('%s', (text, range) => {
    expect(rangeOf(text)).toBe(range);
  });

  it.each([
    ['', /^Say where the range begins, e\.g\. 4h/],
    ['to today 09:00', /^Say where the range begins/],
    ['4h to', /^Say where the range ends/],
    ['yesterdy 14:00', /^"yesterdy 14:00" is no time, perhaps yesterday, e\.g\./],
    ['2026-02-30 to now', /^"2026-02-30" is no time, e\.g\./],
    ['4h to noon', /^"noon" is no time/],
    ['1h to 3h', /^3h is not after 1h: the range would be empty\.$/],
    ['2027-01-01', /^2027-01-01 is not in the past\.$/],
    ['2026-10-25 02:30', /^"2026-10-25 02:30" comes twice in Europe\/Berlin, .+ Write "2026-10-25 02:30 first", .+\.$/],
    ['2026-10-25 to 2026-10-25 02:30', /^"2026-10-25 02:30" comes twice/],
    ['2026-03-29 02:30', /^"2026-03-29 02:30" does not exist in .+ Write "2026-03-29 01:59" or "2026-03-29 03:00"\.$/],
    ['3h to 2h to 1h', /^A range has one beginning and one end/],
    ['x'.repeat(10_000), /^"x{39}…" is no time, e\.g\./],
  ])('is told apart from %j', (text, message) => {
    expect(rangeOf(text)).toMatch(message);
  });
});

describe('a filter for another "now"', () => {
  const { timeZone } = context;
  /** Sunday 2026-10-25, 02:45 in Berlin for the first time, and an hour later, for the second. */
  const [before, after] = [Date.UTC(2026, 9, 25, 0, 45), Date.UTC(2026, 9, 25, 1, 45)];

  it('keeps "first" and "second" what they are, and counts lengths back from the other now', () => {
    const point = (text: string, atMs: number) => ({ text, atMs });
    const filter = {
      ...emptyFilter,
      since: point('sunday 02:30 first', Date.UTC(2026, 9, 25, 0, 30)),
      until: point('2026-10-25 02:30 second', Date.UTC(2026, 9, 25, 1, 30)),
    };
    expect(reanchored(filter, { nowMs: after, timeZone })).toBe(filter);
    const lately = { ...emptyFilter, since: point('15m', before - 900_000) };
    expect(reanchored(lately, { nowMs: after, timeZone }).since).toEqual(point('15m', after - 900_000));
  });

  it('keeps a time that was clear when it was written', () => {
    const since = { text: 'sunday 02:30', atMs: Date.UTC(2026, 9, 25, 0, 30) };
    const filter = { ...emptyFilter, since };
    expect(reanchored(filter, { nowMs: before, timeZone })).toBe(filter);
    expect(reanchored(filter, { nowMs: after, timeZone })).toBe(filter);
  });
});
