/** The funnel: hand-made attempts against hand-made figures, and random ones against a naive count. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clusterKey,
  clusterOf,
  failuresByCode,
  funnelOf,
  funnelsBy,
  type ShapeCount,
} from '../../src/figures/funnel.ts';
import { type AttemptShape, attemptShape, IN_PROGRESS_MS } from '../../src/signup/attempt.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { compareEvents } from '../../src/signup/event-order.ts';
import { stageNames } from '../../src/signup/stages.ts';
import { arbitraryRow, eventOf } from '../signup/arbitrary-row.ts';
import { steps } from '../signup/steps.ts';
import { naiveFunnel } from './naive-funnel.ts';

const created = attemptShape(steps('collect:0 validate:1002013 attributes:0 create:0'));
const social = attemptShape(steps('federate:0 attributes:0 create:0', 'Google', 'shop'));
const wrongCode = attemptShape(steps('collect:0 validate:1002013 validate:50181'));
const notCreated = attemptShape(steps('federate:0 attributes:0 create:399279', 'Google', 'shop'));
const left = attemptShape(steps('collect:0 validate:1002013'));
const strange = attemptShape(steps('federate:0 zoo:0 fraudCheck:77777', 'Google', 'shop'));

const day: readonly ShapeCount[] = [
  [created, 50],
  [social, 20],
  [wrongCode, 10],
  [notCreated, 4],
  [left, 16],
];

describe('a funnel', () => {
  it('counts attempts, outcomes, and who reached a stage and was lost there', () => {
    const funnel = funnelOf(day, [left, left, left, left, left]);
    expect(funnel).toMatchObject({ attempts: 100, created: 70, failed: 14, noFurtherEvent: 11, inProgress: 5 });
    expect(funnel.conversion).toBeCloseTo(70 / 95, 12);
    expect(funnel.stages.map(({ stage, reached, lost, dropOff }) => [stage, reached, lost, dropOff])).toEqual([
      ['credentialCollection', 76, 0, 0],
      ['credentialValidation', 76, 21, 21 / 76],
      ['credentialFederation', 24, 0, 0],
      ['consent', 0, 0, null],
      ['attributeCollectionAndValidation', 74, 0, 0],
      ['userCreation', 74, 4, 4 / 74],
      ['tenantConsent', 0, 0, null],
    ]);
    expect(funnel).toMatchObject({ worstStage: 'credentialValidation', mostLost: 'credentialValidation' });
  });

  it('of nothing has no rates and no worst stage', () => {
    const funnel = funnelOf([], []);
    expect(funnel).toMatchObject({ attempts: 0, conversion: null, worstStage: null });
    expect(funnel.stages.map(({ dropOff }) => dropOff)).toEqual(stageNames.map(() => null));
  });

  it('of attempts that are all in progress has no conversion, and nobody is lost', () => {
    const funnel = funnelOf([[left, 2]], [left, left]);
    expect(funnel).toMatchObject({ attempts: 2, conversion: null, inProgress: 2, noFurtherEvent: 0, worstStage: null });
  });

  it('has the unknown stages that were reached after the known ones, by name', () => {
    const { stages, worstStage, mostLost } = funnelOf([[strange, 1]], []);
    expect(stages.slice(stageNames.length)).toEqual([
      { stage: 'fraudCheck', reached: 1, lost: 1, dropOff: 1 },
      { stage: 'zoo', reached: 1, lost: 0, dropOff: 0 },
    ]);
    expect(worstStage).toBeNull();
    expect(mostLost).toBe('fraudCheck');
  });

  it.each<[counts: readonly ShapeCount[], worst: string | null, most: string | null, why: string]>([
    [[[created, 30]], null, null, 'nobody was lost'],
    [[[wrongCode, 19]], null, 'credentialValidation', 'nineteen attempts are too few for a rate'],
    [[[wrongCode, 20]], 'credentialValidation', 'credentialValidation', 'twenty are enough'],
    [
      [
        [wrongCode, 20],
        [notCreated, 20],
      ],
      'credentialValidation',
      'credentialValidation',
      'of two alike the earlier',
    ],
    [
      [
        [left, 50],
        [created, 100],
        [strange, 25],
      ],
      'fraudCheck',
      'credentialValidation',
      'the rate decides which is worst, the number which loses the most',
    ],
    [
      [
        [left, 50],
        [created, 100],
        [strange, 5],
      ],
      'credentialValidation',
      'credentialValidation',
      'a rate of few does not count',
    ],
  ])('%# has %s as its worst stage, and %s loses the most: %s', (counts, worst, most) => {
    expect(funnelOf(counts, [])).toMatchObject({ worstStage: worst, mostLost: most });
  });

  it('takes a shape that comes several times, and one that was counted back to none', () => {
    expect(funnelOf([...day, ...day], [])).toMatchObject({ attempts: 200, created: 140 });
    expect(funnelOf([[strange, 0]], [])).toEqual(funnelOf([], []));
  });
});

describe('a split', () => {
  it('has a funnel for each value, the largest first', () => {
    const byAccount = funnelsBy(({ account }) => account, day, [left]);
    expect(
      [...byAccount].map(([value, { attempts, created, inProgress }]) => [value, attempts, created, inProgress]),
    ).toEqual([
      ['local', 76, 50, 1],
      ['social', 24, 20, 0],
    ]);
    expect([...funnelsBy(({ appId }) => appId, day, []).keys()]).toEqual(['app', 'shop']);
  });

  it('by code counts each failed attempt once, by the code that it ended with', () => {
    const twice = attemptShape(steps('collect:0 validate:50181 validate:50182'));
    expect(failuresByCode([...day, [twice, 4], [strange, 0]])).toEqual([
      { code: 50181, attempts: 10 },
      { code: 50182, attempts: 4 },
      { code: 399279, attempts: 4 },
    ]);
  });

  it('by cluster puts together what has code, application and stage in common', () => {
    expect(clusterOf(created)).toBeNull();
    expect(clusterOf(left)).toBeNull();
    const shouted = attemptShape(steps('collect:0 validate:50181', 'Email OTP', 'APP'));
    expect(clusterOf(wrongCode)).toEqual({ code: 50181, appId: 'app', stage: 'credentialValidation' });
    expect(clusterOf(shouted)).toEqual(clusterOf(wrongCode));
    expect(clusterKey({ code: 50181, appId: 'app', stage: 'consent' })).toBe('50181 app consent');
  });
});

describe('counts by shape', () => {
  const nowMs = Date.UTC(2026, 0, 5, 23, 59, 59);
  const log = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 9 }), arbitraryRow()), { maxLength: 60 })
    .map((rows) => rows.map(([attempt, row]) => eventOf({ ...row, correlationId: `attempt ${attempt}` })));

  it('that follow one event after the other, in any order, give what a naive count of the whole gives', () => {
    fc.assert(
      fc.property(log, (events) => {
        const counts = new ShapeCounts();
        for (const event of events) counts.add(event);
        const inProgress = counts.open(nowMs);
        const funnel = funnelOf(counts.shapes(), inProgress);
        expect(funnel).toEqual(naiveFunnel(events, nowMs));
        for (const account of ['local', 'social'] as const) {
          const part = funnelsBy((shape) => shape.account, counts.shapes(), inProgress).get(account);
          const isOfPart = (provider: string) => /^Email (OTP|Password)$/.test(provider) === (account === 'local');
          expect(part ?? funnelOf([], [])).toEqual(naiveFunnel(events, nowMs, isOfPart));
        }
        const failed = failuresByCode(counts.shapes()).reduce((sum, { attempts }) => sum + attempts, 0);
        expect(failed).toBe(funnel.failed);
      }),
    );
  });

  it('lose nobody: every attempt has one outcome, and is lost at one stage or at none', () => {
    fc.assert(
      fc.property(log, (events) => {
        const counts = new ShapeCounts();
        for (const event of events) counts.add(event);
        const { attempts, created, failed, noFurtherEvent, inProgress, stages } = funnelOf(
          counts.shapes(),
          counts.open(nowMs),
        );
        expect(created + failed + noFurtherEvent + inProgress).toBe(attempts);
        expect(stages.reduce((sum, { lost }) => sum + lost, 0)).toBe(failed + noFurtherEvent);
        expect(stages.every(({ lost, reached }) => lost >= 0 && lost <= reached)).toBe(true);
      }),
    );
  });
});

/** As the screen does it: an event takes its attempt from one count to another. */
class ShapeCounts {
  readonly #counts = new Map<string, { readonly shape: AttemptShape; count: number }>();
  readonly #attempts = new Map<string, readonly LogEvent[]>();

  add(event: LogEvent): void {
    const before = this.#attempts.get(event.correlationId) ?? [];
    const after = [...before, event].sort(compareEvents);
    this.#attempts.set(event.correlationId, after);
    if (before.length > 0) this.#change(before, -1);
    this.#change(after, 1);
  }

  shapes(): readonly ShapeCount[] {
    return [...this.#counts.values()].map(({ shape, count }) => [shape, count]);
  }

  open(nowMs: number): readonly AttemptShape[] {
    return [...this.#attempts.values()]
      .filter((events) => nowMs - (events.at(-1)?.timeMs ?? 0) < IN_PROGRESS_MS)
      .map(attemptShape)
      .filter(({ end }) => end === 'open');
  }

  #change(events: readonly LogEvent[], by: number): void {
    const shape = attemptShape(events);
    const key = JSON.stringify(shape);
    const known = this.#counts.get(key) ?? { shape, count: 0 };
    known.count += by;
    this.#counts.set(key, known);
  }
}
