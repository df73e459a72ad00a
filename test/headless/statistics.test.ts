/** The figures that `stats` prints, of hand-made attempts. */
import { describe, expect, test } from 'vitest';
import { observedOf } from '../../src/figures/observe.ts';
import { pageOf } from '../../src/figures/page.ts';
import { Sample } from '../../src/figures/sample.ts';
import { breakdown, comparison, isoRange, statistics } from '../../src/headless/statistics.ts';
import { type StatsPage, statsTable } from '../../src/headless/stats-table.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { type Attempt, attemptsOf } from '../../src/signup/attempts-of.ts';
import { eventOf, NOON_MS } from '../support/events.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = { fromMs: NOON_MS, toMs: NOON_MS + 2 * hour };
const before = { fromMs: NOON_MS - 2 * hour, toMs: NOON_MS };
/** Everybody has had the time to get an account. */
const nowMs = now.toMs + 2 * hour;
const appNames = new AppNames();
appNames.learn(eventOf({ n: 1 }));
const question = { appNames, nowMs };

/** Attempts of one event each, a minute apart from `fromMs` on. */
function attempts(count: number, fromMs: number, stage: string, code: number, provider = 'Email OTP') {
  return attemptsOf(
    Array.from({ length: count }, (_, n) =>
      eventOf({
        n: n + 1 + code * 1000,
        timeMs: fromMs + n * minute,
        stage,
        code,
        provider,
        who: `${code} ${fromMs} ${n}`,
      }),
    ),
  );
}

const created = (count: number, fromMs: number, provider?: string) =>
  attempts(count, fromMs, 'userCreation', 0, provider);
const wrong = (count: number, fromMs: number) => attempts(count, fromMs, 'credentialValidation', 50181);

function figures(of: readonly Attempt[], past: readonly Attempt[] | null = null): StatsPage {
  const sample = new Sample(before);
  for (const attempt of [...of, ...(past ?? [])]) sample.add(observedOf(attempt));
  const page = pageOf(sample, { range: now, before: past && before, nowMs, isChosenByOutcome: false });
  const range = { ...isoRange(now), complete: true, events: of.length, attemptsLeftOut: 0 };
  const told = statistics(of, range, page, question);
  const compare = past && comparison(past, before, page, question);
  return { statistics: compare ? { ...told, compare, notCompared: null } : told, page, appNames };
}

test('the range against the one before tells shares of people, and how many attempts failed with each code', () => {
  const { compare } = figures(
    [...wrong(50, now.fromMs), ...created(50, now.fromMs)],
    [...wrong(10, before.fromMs), ...created(90, before.fromMs)],
  ).statistics;
  expect(compare).toMatchObject({
    withinMinutes: 30,
    conversion: { difference: expect.closeTo(-0.4), now: { hits: 50, of: 100 }, verdict: 'significant' },
    before: { attempts: 100, people: 100, byError: [{ code: 50181, attempts: 10 }] },
    failures: [{ code: 50181, kind: 'known', attempts: 50, before: 10, people: { hits: 50, of: 50 } }],
  });
  expect(compare?.stuck.find(({ stage }) => stage === 'credentialValidation')?.difference).toBe(0);
});

test('social against local is told as social minus local', () => {
  const { socialMinusLocal } = figures([
    ...created(30, now.fromMs, 'Google'),
    ...created(10, now.fromMs + minute),
    ...wrong(30, now.fromMs),
  ]).statistics;
  expect(socialMinusLocal).toMatchObject({ difference: expect.closeTo(0.75), verdict: 'significant' });
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
    expect(text).toContain('Conversion  – of 0 finished\n            local – of 0   social – of 0');
    expect(text).not.toContain('STAGE');
    expect(statsTable(figures([]), { ...look, ascii: true })).toMatch(/^[ -~\n]+$/);
  });

  test('says that nothing is new only when nothing is', () => {
    const past = created(60, before.fromMs);
    const text = (of: readonly Attempt[]) => statsTable(figures(of, past), look);
    expect(text(created(60, now.fromMs))).toContain('Failures    none is new, and none has grown significantly');
    const few = text([...created(60, now.fromMs), ...wrong(3, now.fromMs)]);
    expect(few).not.toContain('none is new');
    expect(few).toMatch(
      /new, too few to tell: 50181 wrong e-mail code, Contoso Shop,\s+validate\n +3 since 10:42, none before/,
    );
  });

  test('says when it is of a part', () => {
    const part = figures(wrong(2, now.fromMs));
    const range = { ...part.statistics.range, complete: false };
    expect(statsTable({ ...part, statistics: { ...part.statistics, range } }, look)).toMatch(/^.*\(UTC\) {3}PARTIAL\n/);
  });

  test('makes visible what strangers typed', () => {
    const one = figures(wrong(1, now.fromMs));
    const by = { field: 'user', values: [{ ...one.statistics, value: '\u001b[2Jana' }] } as const;
    expect(statsTable({ ...one, statistics: { ...one.statistics, by } }, look)).not.toContain('\u001b');
  });
});
