/** The figures that `stats` prints, of hand-made attempts. */
import { describe, expect, test } from 'vitest';
import { breakdown, comparison, isoRange, statistics } from '../../src/headless/statistics.ts';
import { statsTable } from '../../src/headless/stats-table.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { type Attempt, attemptsOf } from '../../src/signup/attempts-of.ts';
import { eventOf, NOON_MS } from '../support/events.ts';

const minute = 60_000;
const nowMs = NOON_MS + 120 * minute;
const now = { fromMs: NOON_MS, toMs: nowMs };
const before = { fromMs: NOON_MS - 120 * minute, toMs: NOON_MS };
const appNames = new AppNames();
appNames.learn(eventOf({ n: 1 }));
const question = { appNames, nowMs };

/** Attempts of one event each, a minute apart from `fromMs` on. */
function attempts(count: number, fromMs: number, stage: string, code: number, provider = 'Email OTP') {
  return attemptsOf(
    Array.from({ length: count }, (_, n) =>
      eventOf({ n: n + 1 + code * 1000, timeMs: fromMs + n * minute, stage, code, provider }),
    ),
  );
}

const created = (count: number, fromMs: number, provider?: string) =>
  attempts(count, fromMs, 'userCreation', 0, provider);
const wrong = (count: number, fromMs: number) => attempts(count, fromMs, 'credentialValidation', 50181);

function figures(of: readonly Attempt[]) {
  return statistics(of, { ...isoRange(now), complete: true, events: of.length, attemptsLeftOut: 0 }, question);
}

describe('the range against the one before', () => {
  test.each([
    ['as often as before', 20, 20, []],
    ['twice as often', 60, 20, [['growing', 60, 20]]],
    ['and never before', 20, 0, [['new', 20, 0]]],
    ['less often', 5, 20, []],
  ])('a failure %s: %i against %i', (_, later, earlier, expected) => {
    const { surges } = comparison(
      [...wrong(later, now.fromMs), ...created(60, now.fromMs)],
      [...wrong(earlier, before.fromMs), ...created(100, before.fromMs)],
      { now, before },
      question,
    );
    expect(surges.map((surge) => [surge.kind, surge.attempts, surge.before])).toEqual(expected);
  });

  test('tells rates now minus rates before', () => {
    const { conversion, dropOff } = comparison(
      [...wrong(50, now.fromMs), ...created(50, now.fromMs)],
      [...wrong(10, before.fromMs), ...created(90, before.fromMs)],
      { now, before },
      question,
    );
    expect(conversion).toMatchObject({ difference: expect.closeTo(-0.4), certainty: 'sure' });
    expect(dropOff.find(({ stage }) => stage === 'credentialValidation')?.difference).toBe(0);
    expect(dropOff.find(({ stage }) => stage === 'consent')).toMatchObject({ difference: null, certainty: 'tooFew' });
  });
});

test('social against local is told as social minus local', () => {
  const { socialMinusLocal } = figures([
    ...created(30, now.fromMs, 'Google'),
    ...created(10, now.fromMs + minute),
    ...wrong(30, now.fromMs),
  ]);
  expect(socialMinusLocal).toMatchObject({ difference: expect.closeTo(0.75), certainty: 'sure' });
});

describe('a breakdown', () => {
  test('has the attempts without a value as null, and no code that means "done"', () => {
    const { values } = breakdown([...created(3, now.fromMs), ...wrong(2, now.fromMs)], 'error', question);
    expect(values.map(({ value, attempts: count }) => [value, count])).toEqual([
      [null, 3],
      ['50181', 2],
    ]);
  });

  test('of outcomes has each attempt once', () => {
    const { values } = breakdown([...created(3, now.fromMs), ...wrong(2, now.fromMs)], 'outcome', question);
    expect(values.map(({ value, attempts: count }) => [value, count])).toEqual([
      ['created', 3],
      ['failed', 2],
    ]);
  });
});

describe('the table', () => {
  const look = { widthColumns: 80, color: false, ascii: false, timeZone: 'UTC', bars: true };

  test('of nothing has no rates, and says so', () => {
    const text = statsTable(figures([]), look);
    expect(text).toContain('Conversion  –   local – of 0   social – of 0');
    expect(text).toContain('social against local: too few to tell');
    expect(text).not.toContain('STAGE');
    expect(statsTable(figures([]), { ...look, ascii: true })).toMatch(/^[ -~\n]+$/);
  });

  test('says when it is of a part', () => {
    const part = figures(wrong(2, now.fromMs));
    expect(statsTable({ ...part, range: { ...part.range, complete: false } }, look)).toMatch(/^.*\(UTC\) {3}PARTIAL\n/);
  });

  test('makes visible what strangers typed', () => {
    const by = { field: 'user', values: [{ ...figures(wrong(1, now.fromMs)), value: '\u001b[2Jana' }] } as const;
    expect(statsTable({ ...figures([]), by }, look)).not.toContain('\u001b');
  });
});
