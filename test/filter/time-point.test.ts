import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseTimePoint } from '../../src/filter/time-point.ts';
import { dayAfter, instantOf, wallTimeAt } from '../../src/filter/zone-time.ts';

/** A Tuesday, 13:30 in Vienna. */
const nowMs = Date.UTC(2026, 10, 24, 12, 30);
const timeZone = 'Europe/Vienna';

describe('a duration', () => {
  it.each([
    ['15m', 900_000],
    ['90s', 90_000],
    ['24h', 86_400_000],
    ['7D', 604_800_000],
    [' 1w ', 604_800_000],
    ['1h30m', 5_400_000],
    ['0s', 0],
    ['36525d', 36_525 * 86_400_000],
    ['36526d', null],
    ['999999999w', null],
    ['h', null],
    ['15', null],
    ['-1h', null],
    ['1.5h', null],
    ['1y', null],
    ['', null],
  ])('%j is %j ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('a point in time', () => {
  it.each([
    ['now', nowMs],
    ['15m', nowMs - 900_000],
    ['2026-11-23T07:00Z', Date.UTC(2026, 10, 23, 7)],
    ['2026-11-23t07:00:01.25+05:30', Date.UTC(2026, 10, 23, 1, 30, 1, 250)],
    ['2026-11-23T07:00-0100', Date.UTC(2026, 10, 23, 8)],
    ['2026-11-23T07:00', Date.UTC(2026, 10, 23, 6)],
    ['2026-11-23 07:00', Date.UTC(2026, 10, 23, 6)],
    ['2026-07-01 7:00', Date.UTC(2026, 6, 1, 5)],
    ['2026-11-23 07:00 Z', Date.UTC(2026, 10, 23, 7)],
    ['2026-11-23', Date.UTC(2026, 10, 22, 23)],
    ['today', Date.UTC(2026, 10, 23, 23)],
    ['Today 08:15', Date.UTC(2026, 10, 24, 7, 15)],
    ['yesterday 14:00', Date.UTC(2026, 10, 23, 13)],
    ['yesterday', Date.UTC(2026, 10, 22, 23)],
    ['tuesday', Date.UTC(2026, 10, 23, 23)],
    ['tuesday 13:00', Date.UTC(2026, 10, 24, 12)],
    ['tuesday 14:00', Date.UTC(2026, 10, 17, 13)],
    ['mon 09:30:15', Date.UTC(2026, 10, 23, 8, 30, 15)],
    ['wednesday', Date.UTC(2026, 10, 17, 23)],
    ['2026-02-30', null],
    ['2026-11-23 24:00', null],
    ['2026-11-23 07:60', null],
    ['today 25:00', null],
    ['someday', null],
    ['mo', null],
    ['11/23/2026', null],
    ['', null],
  ])('%j is %j', (text, atMs) => {
    expect(parseTimePoint(text, { nowMs, timeZone })).toEqual(atMs === null ? null : { text, atMs });
  });

  it('takes the last microsecond of a day when the end of the day is wanted', () => {
    const end = { nowMs, timeZone, edge: 'end' } as const;
    expect(parseTimePoint('yesterday', end)?.atMs).toBe(Date.UTC(2026, 10, 23, 23) - 0.001);
    expect(parseTimePoint('yesterday 14:00', end)?.atMs).toBe(Date.UTC(2026, 10, 23, 13));
  });

  it('moves a time that never comes behind the gap, and takes the first of one that comes twice', () => {
    expect(parseTimePoint('2026-03-29 02:30', { nowMs, timeZone })?.atMs).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(parseTimePoint('2026-10-25 02:30', { nowMs, timeZone })?.atMs).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it('knows days of 23 and 25 hours', () => {
    const dayLength = (day: string) => {
      const at = (edge: 'start' | 'end') => parseTimePoint(day, { nowMs, timeZone, edge })?.atMs ?? Number.NaN;
      return Math.round((at('end') - at('start')) / 3_600_000);
    };
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(dayLength)).toEqual([24, 23, 25]);
  });

  it('agrees with Temporal in every zone and at every hour', () => {
    const zones = [
      'UTC',
      timeZone,
      'America/New_York',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Kiritimati',
      'America/Sao_Paulo',
      'Africa/Casablanca',
    ];
    const second = fc.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 });
    // Half of the times are near a change of the clocks, where it matters.
    const nearChange = fc
      .tuple(
        fc.constantFrom(
          Date.UTC(2026, 2, 29, 1),
          Date.UTC(2026, 9, 25, 1),
          Date.UTC(2026, 2, 8, 7),
          Date.UTC(2026, 3, 4, 15),
        ),
        fc.integer({ min: -50_000, max: 50_000 }),
      )
      .map(([ms, s]) => ms / 1000 + s);
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.oneof(second, nearChange), (zone, s) => {
        const {
          year,
          month,
          day,
          hour,
          minute,
          second: sec,
        } = Temporal.Instant.fromEpochMilliseconds(s * 1000).toZonedDateTimeISO('UTC');
        const wall = { year, month, day, hour, minute, second: sec };
        const expected = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone);
        expect(instantOf(wall, zone)).toBe(expected.epochMilliseconds);
        const shown = Temporal.Instant.fromEpochMilliseconds(s * 1000).toZonedDateTimeISO(zone);
        expect(wallTimeAt(s * 1000, zone)).toMatchObject({ day: shown.day, hour: shown.hour, minute: shown.minute });
      }),
      { numRuns: 1000 },
    );
  });

  it('counts calendar days over the ends of months and years', () => {
    const day = { year: 2026, month: 1, day: 1, hour: 5, minute: 6, second: 7 };
    expect(dayAfter(day, -1)).toEqual({ year: 2025, month: 12, day: 31, hour: 0, minute: 0, second: 0 });
  });
});
