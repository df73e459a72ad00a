/** Which attempts belong to a range, and by what they are judged: attempts at every edge, and ranges side by side. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptOutcome, followUpEndMs } from '../../src/signup/attempt.ts';
import { attemptsIn, isCutAt, readingFor } from '../../src/signup/attempt-range.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { sampleEvent } from './arbitrary-row.ts';

const MINUTE_MS = 60_000;
const fromMs = Date.UTC(2026, 10, 23, 10);
const range = { fromMs, toMs: fromMs + 60 * MINUTE_MS };
const laterMs = fromMs + 24 * 60 * MINUTE_MS;

type Step = readonly [minute: number, stage: string, code: number];

let ids = 0;

/** The events of one attempt; minutes count from the start of the range. */
function attempt(...steps: readonly Step[]): readonly LogEvent[] {
  const correlationId = `attempt-${ids++}`;
  return steps.map(([minute, stage, errorCode]) => ({
    ...sampleEvent(),
    id: `event-${ids++}`,
    correlationId,
    timeMs: fromMs + minute * MINUTE_MS,
    stage,
    errorCode,
  }));
}

const given = (minute: number): Step => [minute, 'credentialCollection', 0];
const asked = (minute: number): Step => [minute, 'credentialValidation', 1002013];
const wrong = (minute: number): Step => [minute, 'credentialValidation', 50181];
const created = (minute: number): Step => [minute, 'userCreation', 0];

function outcomesIn(events: readonly LogEvent[], wanted = range): readonly string[] {
  return attemptsIn(events, wanted).map((each) => attemptOutcome(each, laterMs));
}

describe('an attempt belongs to the range in which it begins', () => {
  it.each<[steps: readonly Step[], outcomes: readonly string[], why: string]>([
    [[given(-1), created(1)], [], 'it began before'],
    [[given(0), created(1)], ['created'], 'it begins with the range'],
    [[given(59.99), created(61)], ['created'], 'it ends after the range'],
    [[given(60), created(61)], [], 'the next range begins with it'],
    [[given(-40), asked(5), created(6)], [], 'a pause of 45 minutes lies across the start'],
    [[given(-110), created(5)], [], 'a pause of nearly two hours lies across the start'],
    [[given(58), wrong(59), created(91)], ['created'], 'the account came 31 minutes after the end'],
    [[given(59), asked(80), asked(105), created(130)], ['created'], 'it went on for more than an hour'],
    [[given(10), wrong(11), created(131)], ['failed'], 'the account came more than two hours after the start'],
    [[given(10), wrong(11), created(130)], ['created'], 'the account came two hours after the start'],
    [[given(10), asked(11)], ['noFurtherEvent'], 'nothing came any more'],
    [[[10, '', 0]], ['noFurtherEvent'], 'its stage is missing'],
  ])('%#: %s is %s, %s', (steps, outcomes) => {
    expect(outcomesIn(attempt(...steps))).toEqual(outcomes);
  });

  it('counts events without a correlation ID one by one', () => {
    const events = attempt(given(1), asked(2)).map((event) => ({ ...event, correlationId: '' }));
    expect(outcomesIn(events)).toEqual(['noFurtherEvent', 'noFurtherEvent']);
  });

  it('is the same however much more was read', () => {
    const straggler = attempt(given(-200), asked(3));
    const near = straggler.filter(({ timeMs }) => timeMs >= readingFor(range).fromMs);
    expect(outcomesIn(straggler)).toEqual(outcomesIn(near));
  });

  it('ranges side by side share none, lose none, and judge them alike', () => {
    const minutes = fc.array(fc.integer({ min: -60, max: 240 }), { minLength: 1, maxLength: 5 });
    const arbitraryAttempt = minutes
      .map((given) => [...given].sort((a, b) => a - b))
      .filter((at) => (at.at(-1) ?? 0) - (at[0] ?? 0) <= 110);
    fc.assert(
      fc.property(fc.array(arbitraryAttempt, { maxLength: 12 }), fc.integer({ min: 1, max: 179 }), (all, cut) => {
        const events = all.flatMap((at) =>
          attempt(...at.map((minute, n): Step => (n === at.length - 1 ? created(minute) : given(minute)))),
        );
        const [start, middle, end] = [fromMs, fromMs + cut * MINUTE_MS, fromMs + 180 * MINUTE_MS];
        const idsOf = (wanted: { fromMs: number; toMs: number }) =>
          attemptsIn(events, wanted).map((each) => `${each.correlationId} ${attemptOutcome(each, laterMs)}`);
        const both = [...idsOf({ fromMs: start, toMs: middle }), ...idsOf({ fromMs: middle, toMs: end })].sort();
        expect(both).toEqual([...idsOf({ fromMs: start, toMs: end })].sort());
      }),
    );
  });
});

describe('an attempt whose beginning is missing', () => {
  it.each<[steps: readonly Step[], knownFrom: number, isCut: boolean, why: string]>([
    [[asked(1), created(2)], 0, true, 'it begins midway, and the log is known from the start of the range on only'],
    [[given(1), created(2)], 0, false, 'it begins as a sign-up does'],
    [[asked(1), created(2)], -120, false, 'its beginning would have been read'],
    [[asked(130)], 0, false, 'it is too far from where the log begins'],
  ])('%#: %s known from minute %i is cut: %s', (steps, knownFrom, isCut) => {
    const [only] = attemptsIn(attempt(...steps), { fromMs, toMs: laterMs });
    expect(only && isCutAt(only, fromMs + knownFrom * MINUTE_MS)).toBe(isCut);
  });
});

describe('the follow-up', () => {
  it.each([
    [0, 0, 30],
    [0, 80, 110],
    [0, 100, 120],
    [0, 120, 120],
  ])('of an attempt from minute %i to %i ends at %i', (start, last, end) => {
    expect(followUpEndMs(start * MINUTE_MS, last * MINUTE_MS)).toBe(end * MINUTE_MS);
  });
});
