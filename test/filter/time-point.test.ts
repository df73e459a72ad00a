import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseTimePoint, type TimeContext } from '../../src/filter/time-point.ts';
import { dayAfter, instantsOf, startOfDay, wallTimeAt } from '../../src/filter/zone-time.ts';

/** A Tuesday, 13:30 in Vienna. */
const nowMs = Date.UTC(2026, 10, 24, 12, 30);
const timeZone = 'Europe/Vienna';

function atMs(text: string, context: Partial<TimeContext> = {}): number {
  const read = parseTimePoint(text, { nowMs, timeZone, ...context });
  if (!read.ok) throw new Error(`${text}: ${read.reason}`);
  return read.point.atMs;
}

/** What a person is told of a time that is not clear. */
function refusal(text: string, context: Partial<TimeContext> = {}): string {
  const read = parseTimePoint(text, { nowMs, timeZone, ...context });
  if (read.ok || read.reason === 'notATime') throw new Error(`${text} was not refused with a reason`);
  return `${read.message}. ${read.advice}.`;
}

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
    ['tuesday first', null],
    ['2026-11-23 first', null],
    ['2026-11-23 07:00Z first', null],
    ['someday', null],
    ['mo', null],
    ['11/23/2026', null],
    ['', null],
  ])('%j is %j', (text, atMs) => {
    const read = atMs === null ? { ok: false, reason: 'notATime' } : { ok: true, point: { text, atMs } };
    expect(parseTimePoint(text, { nowMs, timeZone })).toEqual(read);
  });

  it('takes the first moment after a day when the end of the day is wanted', () => {
    expect(atMs('yesterday', { edge: 'end' })).toBe(Date.UTC(2026, 10, 23, 23));
    expect(atMs('yesterday 14:00', { edge: 'end' })).toBe(Date.UTC(2026, 10, 23, 13));
  });

  it('knows days of 23 and 25 hours', () => {
    const dayLength = (day: string) => (atMs(day, { edge: 'end' }) - atMs(day)) / 3_600_000;
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(dayLength)).toEqual([24, 23, 25]);
  });

  it.each([
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z', 23],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z', 23],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
    ['America/Santiago', '2026-04-04', '2026-04-04T03:00:00.000Z', 25],
  ])('begins a day in %s whose midnight is missing or comes twice at its first moment', (zone, day, start, hours) => {
    const context = { timeZone: zone };
    expect(new Date(atMs(day, context)).toISOString()).toBe(start);
    expect((atMs(day, { ...context, edge: 'end' }) - atMs(day, context)) / 3_600_000).toBe(hours);
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
      'America/Santiago',
      'Asia/Beirut',
      'America/Havana',
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
          Date.UTC(2026, 8, 6, 4),
          Date.UTC(2026, 2, 28, 22),
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
        const expected = (['earlier', 'later'] as const)
          .map((disambiguation) => Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation }))
          .filter((time) => time.toPlainDateTime().equals(wall))
          .map((time) => time.epochMilliseconds);
        expect(instantsOf(wall, zone)).toEqual([...new Set(expected)]);
        const midnight = Temporal.PlainDate.from(wall).toZonedDateTime({ timeZone: zone }).startOfDay();
        expect(startOfDay(wall, zone)).toBe(midnight.epochMilliseconds);
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

/** The Sunday on which clocks in Europe went back an hour, at 03:10 by the second of the two clocks. */
const afterChange = { nowMs: Date.UTC(2026, 9, 25, 2, 10), timeZone: 'Europe/Berlin' };

describe('a local time that comes twice', () => {
  it.each([
    ['2026-10-25 02:30', '2026-10-25T02:30'],
    ['2026-10-25T02:30', '2026-10-25T02:30'],
    ['today 02:30', '2026-10-25T02:30'],
    ['sunday 02:30', '2026-10-25T02:30'],
    ['Sun 02:30:09', '2026-10-25T02:30:09'],
    ['2026-10-25 02:59:59.5', '2026-10-25T02:59:59.5'],
  ])('%s is asked about', (text, withDate) => {
    const written = text.toLowerCase();
    const clock = withDate.slice(11);
    expect(refusal(text, afterChange)).toBe(
      `"${written}" comes twice in Europe/Berlin, at ${clock}+02:00 and, after the clocks go back, at ${clock}+01:00. ` +
        `Write "${written} first", "${written} second", or the offset: ${withDate}+02:00 or ${withDate}+01:00.`,
    );
  });

  it.each(['2026-10-25 02:30', '2026-10-25T02:30', 'today 02:30', 'sunday 02:30', 'SUN 2:30:00'])(
    '%s is one of the two with "first" or "second" behind it',
    (text) => {
      expect(atMs(`${text} first`, afterChange)).toBe(Date.UTC(2026, 9, 25, 0, 30));
      expect(atMs(`${text}  Second`, afterChange)).toBe(Date.UTC(2026, 9, 25, 1, 30));
    },
  );

  it('takes everything that it says can be written', () => {
    const [, first = '', second = '', before = '', after = ''] =
      /Write "(.+)", "(.+)", or the offset: (\S+) or (\S+)\.$/.exec(
        refusal('yesterday 01:30', {
          nowMs: Date.UTC(2026, 10, 2, 12),
          timeZone: 'America/New_York',
        }),
      ) ?? [];
    const times = [first, second, before, after].map((text) =>
      atMs(text, { nowMs: Date.UTC(2026, 10, 2, 12), timeZone: 'America/New_York' }),
    );
    const [firstMs, secondMs] = [Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)];
    expect(times).toEqual([firstMs, secondMs, firstMs, secondMs]);
  });

  it('is not asked about behind a weekday while only one of the two has been', () => {
    const between = { ...afterChange, nowMs: Date.UTC(2026, 9, 25, 0, 45) };
    expect(atMs('sunday 02:30', between)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(atMs('sunday 02:50', between)).toBe(Date.UTC(2026, 9, 18, 0, 50));
  });

  it('changes nothing to say which of one', () => {
    expect(atMs('2026-10-24 02:30 second')).toBe(atMs('2026-10-24 02:30'));
    expect(atMs('yesterday 14:00 first')).toBe(atMs('yesterday 14:00'));
  });
});

describe('a local time that does not exist', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29 02:30', '02:00 to 03:00', '2026-03-29 01:59', '2026-03-29 03:00'],
    ['Europe/Berlin', '2026-03-29 02:00:01', '02:00 to 03:00', '2026-03-29 01:59:59', '2026-03-29 03:00'],
    ['America/Santiago', '2026-09-06 00:30', '00:00 to 01:00', '2026-09-05 23:59', '2026-09-06 01:00'],
    ['Australia/Lord_Howe', '2026-10-04 02:15', '02:00 to 02:30', '2026-10-04 01:59', '2026-10-04 02:30'],
  ])('in %s %s is refused with those next to it', (zone, text, jump, before, after) => {
    const message = refusal(text, { timeZone: zone });
    expect(message).toBe(
      `"${text}" does not exist in ${zone}: the clocks go forward from ${jump}. Write "${before}" or "${after}".`,
    );
    expect(() => [atMs(before, { timeZone: zone }), atMs(after, { timeZone: zone })]).not.toThrow();
  });

  it('is refused however it is written', () => {
    const monday = { nowMs: Date.UTC(2026, 2, 30, 8), timeZone: 'Europe/Berlin' };
    for (const text of ['yesterday 02:30', 'sunday 02:30', 'sun 02:30 second', '2026-03-29T02:30 first'])
      expect(refusal(text, monday)).toMatch(/^".+" does not exist in Europe\/Berlin: .+ Write "2026-03-29 01:59"/);
  });

  it('is that of the week before, behind a weekday, while the clocks have not gone forward yet', () => {
    const nightBefore = { nowMs: Date.UTC(2026, 2, 29, 0, 10), timeZone: 'Europe/Berlin' };
    expect(atMs('sunday 02:30', nightBefore)).toBe(Date.UTC(2026, 2, 22, 1, 30));
  });
});
