/** The log that the demo tenant makes up: a function of seed and time, whole for any stretch, and with things in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DemoEvent, US_PER_MS } from '../../src/demo/attempt.ts';
import { Calendar } from '../../src/demo/calendar.ts';
import {
  attemptsOfBucket,
  BUCKET_MS,
  bucketOf,
  type GeneratorSettings,
  REACH_BUCKETS,
} from '../../src/demo/generator.ts';
import { Timeline } from '../../src/demo/timeline.ts';
import { type TrueIncident, truthOf } from '../../src/demo/truth.ts';

const endMs = Date.parse('2026-03-11T10:42:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function settingsOf(seed: string, more: Partial<GeneratorSettings> = {}): GeneratorSettings {
  return { seed, eventsPerDay: 2_000, live: null, ...more };
}

function eventsBetween(timeline: Timeline, fromMs: number, toMs: number): DemoEvent[] {
  return [...timeline.newestFirst(fromMs * US_PER_MS, toMs * US_PER_MS)];
}

describe('the same seed', () => {
  test('makes the same events', () => {
    const make = () => eventsBetween(new Timeline(settingsOf('seed')), endMs - DAY_MS, endMs + HOUR_MS);
    expect(make().map(plain)).toEqual(make().map(plain));
  });

  test('and another makes others', () => {
    const idsOf = (seed: string) =>
      new Set(eventsBetween(new Timeline(settingsOf(seed)), endMs - HOUR_MS, endMs).map(({ id }) => id));
    const others = idsOf('two');
    expect([...idsOf('one')].filter((id) => others.has(id))).toEqual([]);
  });
});

describe('any stretch of time', () => {
  const stretch = fc
    .array(fc.integer({ min: -8 * DAY_MS, max: DAY_MS }), { minLength: 2, maxLength: 6 })
    .map((offsets) => offsets.sort((a, b) => a - b));

  test('holds exactly what its parts hold, whatever was made before', () => {
    const kept = new Timeline(settingsOf('parts', { eventsPerDay: 400, live: { fromMs: endMs, eventsPerMinute: 2 } }));
    fc.assert(
      fc.property(stretch, (offsets) => {
        const times = offsets.map((offset) => (endMs + offset) * US_PER_MS);
        const parts = times
          .slice(1)
          .map((toUs, i) => [...kept.newestFirst((times[i] ?? 0) + (i === 0 ? 0 : 1), toUs)])
          .reverse();
        const fresh = new Timeline(kept.settings);
        const whole = [...fresh.newestFirst(times[0] ?? 0, times.at(-1) ?? 0)];
        expect(parts.flat().map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });

  test('is in order, newest first', () => {
    const times = eventsBetween(new Timeline(settingsOf('order')), endMs - DAY_MS, endMs).map((e) => e.timeUs);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test('has no event out of reach of the bucket that made it', () => {
    const last = bucketOf(endMs * US_PER_MS);
    const settings = settingsOf('reach');
    const latest = Array.from({ length: 8 * 144 }, (_, i) => last - i).flatMap((bucket) =>
      attemptsOfBucket(settings, new Calendar('reach'), bucket).flatMap(({ events }) =>
        events.map(({ timeUs }) => bucketOf(timeUs) - bucket),
      ),
    );
    expect(Math.min(...latest)).toBe(0);
    expect(Math.max(...latest)).toBeLessThanOrEqual(REACH_BUCKETS);
  });

  test('has no attempt that lasts longer than two hours, and none with a pause of more than half an hour', () => {
    const { attempts } = truthOf(new Timeline(settingsOf('pauses')));
    for (const { stages } of attempts({ fromMs: endMs - 14 * DAY_MS, toMs: endMs })) {
      const times = stages.map(({ timeMs }) => timeMs);
      const pauses = times.slice(1).map((timeMs, i) => timeMs - (times[i] ?? 0));
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(2 * HOUR_MS);
      expect(Math.max(0, ...pauses)).toBeLessThan(HOUR_MS / 2);
    }
  });
});

describe('seven days', () => {
  test.each(['1', '2', 'demo'])('of seed %s are three to four pages of 1,000 events each', (seed) => {
    const timeline = new Timeline(settingsOf(seed));
    const days = Array.from({ length: 7 }, (_, day) => endMs - (day + 1) * DAY_MS);
    const counts = days.map((fromMs) => eventsBetween(timeline, fromMs, fromMs + DAY_MS - 1).length);
    expect(Math.min(...counts)).toBeGreaterThan(3_000);
    expect(Math.max(...counts)).toBeLessThan(4_200);
  });

  test.each(['1', '2', 'demo'])('of seed %s convert plausibly while no large incident is on', (seed) => {
    const truth = truthOf(new Timeline(settingsOf(seed)));
    const hours = Array.from({ length: 7 * 24 }, (_, hour) => endMs - (hour + 1) * HOUR_MS);
    const quiet = hours.filter((fromMs) =>
      truth.incidentsBetween(fromMs - HOUR_MS / 2, fromMs + HOUR_MS).every(({ size }) => size === 'small'),
    );
    const attempts = quiet.flatMap((fromMs) => truth.attempts({ fromMs, toMs: fromMs + HOUR_MS }));
    const conversion = attempts.filter(({ outcome }) => outcome === 'created').length / attempts.length;
    expect(quiet.length).toBeGreaterThan(40);
    expect(conversion).toBeGreaterThan(0.6);
    expect(conversion).toBeLessThan(0.75);
  });

  test('are busier with ordinary people by day than by night, and never empty', () => {
    const timeline = new Timeline(settingsOf('rhythm'));
    const midnight = Date.parse('2026-03-06T00:00:00Z');
    const hours = Array.from({ length: 24 }, (_, hour) =>
      [0, 1, 2, 3, 4, 5]
        .map((day) => midnight + day * DAY_MS + hour * HOUR_MS)
        .map((from) => eventsBetween(timeline, from, from + HOUR_MS - 1).filter(isOrdinary).length),
    );
    expect(Math.min(...hours.flat())).toBeGreaterThan(0);
    const sumAt = (hour: number) => (hours[hour] ?? []).reduce((sum, count) => sum + count, 0);
    expect(sumAt(15)).toBeGreaterThan(2 * sumAt(3));
  });

  test('can be busier from one moment on', () => {
    const noon = Date.parse('2026-03-11T12:03:00Z');
    const busy = settingsOf('live', { live: { fromMs: noon, eventsPerMinute: 15 } });
    const perMinute = (fromMs: number) => eventsBetween(new Timeline(busy), fromMs, fromMs + HOUR_MS).length / 60;
    expect(perMinute(noon - HOUR_MS - 1)).toBeLessThan(8);
    expect(perMinute(noon + HOUR_MS)).toBeGreaterThan(10);
    expect(perMinute(noon + HOUR_MS)).toBeLessThan(30);
  });

  test('end when nobody is to come any more: what is under way ends as it would have', () => {
    const timeline = new Timeline(settingsOf('quiet', { live: { fromMs: endMs, eventsPerMinute: 0 } }));
    expect(truthOf(timeline).attempts({ fromMs: endMs, toMs: endMs + DAY_MS })).toEqual([]);
    expect(eventsBetween(timeline, endMs + 2 * HOUR_MS, endMs + DAY_MS)).toEqual([]);
    const span = { fromMs: endMs - DAY_MS, toMs: endMs };
    expect(truthOf(timeline).attempts(span)).toEqual(truthOf(new Timeline(settingsOf('quiet'))).attempts(span));
  });

  test('are the same when they are read again, however much has been forgotten in between', () => {
    const timeline = new Timeline(settingsOf('busy', { eventsPerDay: 15_000 }));
    const read = () => eventsBetween(timeline, endMs - 7 * DAY_MS, endMs).map(({ id }) => id);
    const first = read();
    expect(first.length).toBeGreaterThan(90_000);
    expect(read()).toEqual(first);
  });
});

describe('there is to be found', () => {
  const timeline = new Timeline(settingsOf('stories'));
  const truth = truthOf(timeline);
  const cycle = truth.lastCycle(endMs);
  const attempts = truth.attempts(cycle);
  const incident = (kind: TrueIncident['kind']) => truth.lastIncident(kind, cycle.toMs);
  const of = (story: string) => attempts.filter((attempt) => attempt.story === story);
  const codes = (story: string) => of(story).map(({ stages }) => stages.map(({ errorCode }) => errorCode));

  test('a deleted extension: Entra says only that one failed, its listener says why', () => {
    const { fromMs, toMs, appName } = incident('extensionDeleted');
    const stopped = of('extensionDeleted');
    expect(stopped.length).toBeGreaterThan(4);
    for (const { stages, appName: name, outcome } of stopped) {
      expect({ name, outcome }).toEqual({ name: appName, outcome: 'failed' });
      expect(stages.at(-1)).toMatchObject({ errorCode: 1100001, cause: 1003011 });
      expect(stages[0]?.timeMs).toBeGreaterThanOrEqual(fromMs);
      expect(stages[0]?.timeMs).toBeLessThan(toMs);
    }
  });

  test('an outage of the mail: prompts without an end, and late codes that have expired', () => {
    const { fromMs, toMs } = incident('otpOutage');
    const prompted = attempts.filter(({ stages }) =>
      stages.some(({ errorCode, timeMs }) => errorCode === 1002013 && timeMs >= fromMs && timeMs < toMs),
    );
    expect(prompted.length).toBeGreaterThan(20);
    expect(prompted.filter(({ outcome }) => outcome === 'created')).toEqual([]);
    expect(codes('otpOutage').filter((path) => path.at(-1) === 1002013).length).toBeGreaterThan(10);
    const late = of('otpOutage').flatMap(({ stages }) => stages.filter(({ errorCode }) => errorCode === 50182));
    expect(late.length).toBeGreaterThan(1);
    expect(late.every(({ timeMs }) => timeMs >= toMs)).toBe(true);
  });

  test('an extension that fails from one moment on, first with a bad status and then with silence', () => {
    const { fromMs, toMs, appName } = incident('extensionFailure');
    const failed = of('extensionFailure');
    expect(failed.length).toBeGreaterThan(15);
    expect(new Set(failed.map((attempt) => attempt.appName))).toEqual(new Set([appName]));
    expect(new Set(codes('extensionFailure').map((path) => path.at(-1)))).toEqual(new Set([1003002, 1003005]));
    const events = eventsBetween(timeline, cycle.fromMs, cycle.toMs);
    const broken = events.filter(({ attempt }) => attempt.story === 'extensionFailure').filter(isBroken);
    expect(broken.every(({ timeUs }) => timeUs >= fromMs * US_PER_MS && timeUs < (toMs + 60_000) * US_PER_MS)).toBe(
      true,
    );
    const silent = events.filter(({ errorCode }) => errorCode === 1003005);
    expect(silent.every(({ attempt }) => attempt.story === 'extensionFailure')).toBe(true);
    expect(broken.every(({ callouts, errorCode }) => callouts.some((c) => c.errorCode === errorCode))).toBe(true);
  });

  test('a burst of sign-ups of one mail domain', () => {
    const { fromMs, toMs, domain } = incident('domainBurst');
    expect(of('domainBurst').length).toBeGreaterThan(30);
    for (const { identifier, stages } of of('domainBurst')) {
      expect(identifier.endsWith(`@${domain ?? ''}`)).toBe(true);
      expect(stages[0]?.timeMs).toBeGreaterThanOrEqual(fromMs);
      expect(stages[0]?.timeMs).toBeLessThan(toMs);
    }
  });

  test('a person who tries three times and gets in', () => {
    const outcomes = [...new Set(of('threeTries').map(({ identifier }) => identifier))].map((person) =>
      of('threeTries').filter(({ identifier }) => identifier === person),
    );
    expect(outcomes.map((tries) => tries.map(({ outcome }) => outcome))).toEqual([
      ['failed', 'noFurtherEvent', 'created'],
      ['failed', 'noFurtherEvent', 'created'],
      ['failed', 'noFurtherEvent', 'created'],
    ]);
  });

  test('an account that exists already', () => {
    expect(of('duplicateAccount').map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'failed']);
    expect(codes('duplicateAccount').at(-1)?.at(-1)).toBe(399279);
  });

  test.each([
    ['wrong codes and success after them', (path: number[]) => path.includes(50181) && path.at(-1) === 0],
    ['wrong codes without success', (path: number[]) => path.at(-1) === 50181],
    ['attributes that were not accepted', (path: number[]) => path.includes(1002027)],
    ['a code that nobody knows', (path: number[]) => path.includes(1002099)],
    ['people who never typed in their code', (path: number[]) => path.at(-1) === 1002013],
  ])('%s', (_, shows) => {
    expect(attempts.some(({ stages }) => shows(stages.map(({ errorCode }) => errorCode)))).toBe(true);
  });

  test('a stage that nobody knows', () => {
    expect(of('unknownStage').flatMap(({ stages }) => stages.map(({ stage }) => stage))).toContain(
      'identityVerification',
    );
  });

  test('text that attacks the terminal', () => {
    const text = of('hostileText')
      .map(({ identifier }) => identifier)
      .join('');
    for (const character of ['\u001b', '\u202e', '\n', '\u009b', '=']) expect(text).toContain(character);
  });

  test('all three applications, local and social accounts, and five ways to sign up', () => {
    const names = (of: (attempt: (typeof attempts)[number]) => string) => [...new Set(attempts.map(of))].sort();
    expect(names(({ appName }) => appName)).toEqual(['Contoso Shop', 'Fabrikam Loyalty', 'Woodgrove Bank']);
    expect(names(({ account }) => account)).toEqual(['local', 'social']);
    expect(names(({ provider }) => provider)).toEqual(['Apple', 'Email OTP', 'Email Password', 'Facebook', 'Google']);
  });
});

describe('the truth about an attempt', () => {
  const attempts = truthOf(new Timeline(settingsOf('truth'))).attempts({
    fromMs: endMs - 3 * DAY_MS,
    toMs: endMs,
  });

  test('says "created" where an account was made, and only there', () => {
    const made = attempts.filter(({ stages }) =>
      stages.some(({ stage, errorCode }) => stage === 'userCreation' && errorCode === 0),
    );
    expect(made.length).toBeGreaterThan(1_000);
    expect(made).toEqual(attempts.filter(({ outcome }) => outcome === 'created'));
  });

  test('says "failed" where the last stage failed, else that nothing more is known', () => {
    const expectedEnds = [0, 1002013];
    for (const { outcome, stages } of attempts.filter((attempt) => attempt.outcome !== 'created')) {
      expect(outcome).toBe(expectedEnds.includes(stages.at(-1)?.errorCode ?? 0) ? 'noFurtherEvent' : 'failed');
    }
  });
});

test('the attempts of a day are those of its hours', () => {
  const { attempts } = truthOf(new Timeline(settingsOf('hours')));
  const hours = Array.from({ length: 24 }, (_, hour) => endMs - DAY_MS + hour * HOUR_MS);
  const inParts = hours.flatMap((fromMs) =>
    truthOf(new Timeline(settingsOf('hours'))).attempts({ fromMs, toMs: fromMs + HOUR_MS }),
  );
  expect(inParts).toEqual(attempts({ fromMs: endMs - DAY_MS, toMs: endMs }));
});

test('rows show late: most within two minutes, few almost an hour after their time, none at once', () => {
  const delays = eventsBetween(new Timeline(settingsOf('late')), endMs - 5 * DAY_MS, endMs).map(
    ({ timeUs, visibleAtMs }) => (visibleAtMs - timeUs / US_PER_MS) / 1_000,
  );
  const share = (from: number, to: number) => delays.filter((s) => s >= from && s <= to).length / delays.length;
  expect(share(20, 121)).toBeGreaterThan(0.88);
  expect(share(300, 901)).toBeGreaterThan(0.03);
  expect(share(901, 3_301)).toBeGreaterThan(0.005);
  expect(share(20, 3_301)).toBe(1);
});

test('identifiers are at domains that belong to nobody', () => {
  const allowed = /@((relay\.|mail\.)?example\.(org|com|net)|contoso\.com|fabrikam\.com)$/;
  const truth = truthOf(new Timeline(settingsOf('domains'))).attempts({ fromMs: endMs - DAY_MS, toMs: endMs });
  const others = truth.filter(({ identifier, story }) => story !== 'hostileText' && !allowed.test(identifier));
  expect(others.map(({ identifier }) => identifier)).toEqual([]);
});

test('buckets are counted from the epoch', () => {
  expect(bucketOf(0)).toBe(0);
  expect(bucketOf(-1)).toBe(-1);
  expect(bucketOf(BUCKET_MS * US_PER_MS)).toBe(1);
});

function isOrdinary({ attempt }: DemoEvent): boolean {
  return attempt.story === 'ordinary';
}

function isBroken({ errorCode }: DemoEvent): boolean {
  return errorCode === 1003002 || errorCode === 1003005;
}

function plain({ attempt, ...event }: DemoEvent): object {
  return { ...event, correlationId: attempt.correlationId, identifier: attempt.identifier, outcome: attempt.outcome };
}
