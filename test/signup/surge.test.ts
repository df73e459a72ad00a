/** Failures that are new or have grown: what is told, what is not, and since when. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, type ClusterCount, type Exposure, surges } from '../../src/signup/surge.ts';

const range = { fromMs: 0, toMs: 3_600_000 };
const minute = 60_000;

/** Failures at these minutes of the range. */
function failing(before: number, minutes: readonly number[]): ClusterCount {
  const cluster = { code: 50181, appId: 'app', stage: 'credentialValidation' };
  return { cluster, before, timesMs: minutes.map((at) => at * minute) };
}

const every = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);

const alike = { now: 100, before: 100 };

describe('a cluster of failures', () => {
  it.each<[now: number, before: number, exposure: Exposure, kind: 'new' | 'growing' | null, why: string]>([
    [10, 0, alike, 'new', 'ten heads in a row come once in 1024 times'],
    [9, 0, alike, null, 'nine may be chance'],
    [16, 2, alike, 'growing', '16 of 18 on one side'],
    [14, 5, alike, null, '14 of 19 may be chance'],
    [500, 500, alike, null, 'as many as before'],
    [600, 450, alike, 'growing', 'a small growth of large numbers'],
    [20, 40, alike, null, 'fewer than before'],
    [40, 10, { now: 400, before: 100 }, null, 'as much more as there were attempts'],
    [40, 10, { now: 120, before: 100 }, 'growing', 'more than there were attempts'],
    [4, 0, { now: 10, before: 9_990 }, null, 'four are too few for anything'],
    [5, 0, { now: 10, before: 9_990 }, 'new', 'five, of hardly any attempts'],
    [50, 0, { now: 100, before: 0 }, null, 'nothing to compare with'],
  ])('with %i now and %i before, of %j attempts, is %s: %s', (now, before, exposure, kind) => {
    const found = surges([failing(before, every(1, now, 1))], exposure, range);
    expect(found.map((surge) => surge.kind)).toEqual(kind === null ? [] : [kind]);
  });

  it.each<[minutes: readonly number[], since: number, why: string]>([
    [every(20, 29, 1), 20, 'the first of the run'],
    [[2, ...every(40, 52, 1)], 40, 'not the stray one of before'],
    [[5, 15, 25, 35, ...every(40, 59, 0.5)], 40, 'where they come faster than usual'],
    [[5, 15, ...every(20, 25, 0.125), 35, 45, 55], 20, 'where it began, though it is over'],
    [every(0, 60, 5), 0, 'all along'],
  ])('%# has surged since minute %s: %s', (minutes, since) => {
    const [surge] = surges([failing(0, minutes)], alike, range);
    expect(surge?.sinceMs).toBe(since * minute);
  });

  it.each<[minutes: readonly number[], why: string]>([
    [every(61, 90, 1), 'after its end'],
    [every(-20, -1, 1), 'before its beginning'],
    [every(-10, 70, 1), 'on both sides'],
  ])('%# has surged since a time in the range, with failures %s', (minutes) => {
    const [surge] = surges([failing(0, minutes)], alike, range);
    expect(surge?.sinceMs).toBeGreaterThanOrEqual(range.fromMs);
    expect(surge?.sinceMs).toBeLessThanOrEqual(range.toMs);
  });

  it('comes before those with fewer', () => {
    const found = surges([failing(0, every(1, 12, 1)), failing(3, every(1, 40, 1))], alike, range);
    expect(found.map(({ attempts, before }) => [attempts, before])).toEqual([
      [40, 3],
      [12, 0],
    ]);
  });

  it('has surged since the time of one of its failures, in whatever order they are given', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 10, maxLength: 80 });
    fc.assert(
      fc.property(minutes, (given) => {
        const [surge] = surges([failing(0, given)], alike, range);
        const [turned] = surges([failing(0, [...given].reverse())], alike, range);
        expect(given.map((at) => at * minute)).toContain(surge?.sinceMs);
        expect(turned).toEqual(surge);
      }),
    );
  });

  it('that is told stays told with a failure more, and with one fewer before', () => {
    const counts = fc.tuple(fc.integer({ min: 5, max: 300 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 1000 }), ([now, before], attempts) => {
        const told = (more: number, fewer: number) =>
          surges([failing(before - fewer, every(1, now + more, 1))], { now: attempts, before: 500 }, range).length;
        expect(told(1, 0)).toBeGreaterThanOrEqual(told(0, 0));
        expect(told(0, 1)).toBeGreaterThanOrEqual(told(0, 0));
      }),
    );
  });
});

describe('the chance of at least so many', () => {
  it.each([
    [0, 10, 0.5, 1],
    [10, 10, 0.5, 1 / 1024],
    [1, 10, 0.5, 1023 / 1024],
    [5, 10, 0.5, 638 / 1024],
    [3, 3, 0.2, 0.008],
    [60, 100, 0.5, 0.028443966820490395],
    [5100, 10_000, 0.5, 0.0233],
  ])('%i of %i at %d is %d', (hits, tries, share, chance) => {
    expect(atLeast(hits, tries, share)).toBeCloseTo(chance, chance === 0.0233 ? 4 : 10);
  });

  it('is what adding up every case gives', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), share, (tries, hits, p) => {
        let rows = [1];
        for (let n = 0; n < tries; n++) {
          rows = [...rows, 0].map((chance, k) => chance * (1 - p) + (rows[k - 1] ?? 0) * p);
        }
        const sum = rows.slice(hits).reduce((total, chance) => total + chance, 0);
        expect(atLeast(hits, tries, p)).toBeCloseTo(sum, 9);
      }),
    );
  });
});
