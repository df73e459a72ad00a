/** Two shares compared: published figures, and what must hold for any. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areEnough, clustered, compareProportions, wilsonInterval } from '../../src/figures/proportion.ts';

// Newcombe 1998, Statistics in Medicine 17, table II (method 10) and, for single shares, its companion's table I.
const published: readonly [hits: number, of: number, otherHits: number, otherOf: number, low: number, high: number][] =
  [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 20, 0.6791, 1.0],
    [0, 10, 0, 20, -0.1611, 0.2775],
  ];

const proportion = fc
  .tuple(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([of, share]) => ({ hits: Math.round(of * share), of }));

describe('a difference of shares', () => {
  it.each(published)(
    '%i of %i against %i of %i lies where Newcombe says',
    (hits, of, otherHits, otherOf, low, high) => {
      const { interval } = compareProportions({ hits, of }, { hits: otherHits, of: otherOf });
      expect(interval?.low).toBeCloseTo(low, 3);
      expect(interval?.high).toBeCloseTo(high, 3);
    },
  );

  it.each([
    [20, 20, 0, 20, true],
    [19, 19, 0, 500, false],
    [0, 0, 5, 500, false],
  ])('%i of %i against %i of %i has enough on both sides: %s', (hits, of, otherHits, otherOf, enough) => {
    expect(areEnough({ hits, of }, { hits: otherHits, of: otherOf })).toBe(enough);
  });

  it('is none where one side has nothing', () => {
    const nothing = { hits: 0, of: 0 };
    expect(compareProportions(nothing, { hits: 1, of: 2 })).toEqual({
      difference: null,
      interval: null,
    });
    expect(compareProportions({ hits: 1, of: 2 }, nothing).difference).toBeNull();
  });

  it('lies within its interval, and that between -1 and 1', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const { difference, interval } = compareProportions(a, b);
        expect(interval?.low).toBeLessThanOrEqual((difference ?? 0) + 1e-12);
        expect(interval?.high).toBeGreaterThanOrEqual((difference ?? 0) - 1e-12);
        expect(interval?.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(interval?.high).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('turned round is the same with the other sign', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const [there, back] = [compareProportions(a, b), compareProportions(b, a)];
        expect(there.interval?.low).toBeCloseTo(-(back.interval?.high ?? 0), 12);
        expect(there.interval?.high).toBeCloseTo(-(back.interval?.low ?? 0), 12);
      }),
    );
  });

  it('of a share and itself may be none', () => {
    fc.assert(
      fc.property(proportion, (a) => {
        const { interval } = compareProportions(a, a);
        expect(interval?.low).toBeLessThanOrEqual(0);
        expect(interval?.high).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('a share of tries by people', () => {
  const people = (count: number, tries: number, hits: number) =>
    Array.from({ length: count }, () => ({ hits, of: tries }));

  it('counts as many tries as there are people who always end alike', () => {
    const { hits, of } = clustered([...people(30, 5, 5), ...people(70, 5, 0)]);
    expect(hits / of).toBeCloseTo(0.3, 12);
    expect(of).toBeGreaterThan(95);
    expect(of).toBeLessThan(100);
  });

  it('counts every try where each person has one', () => {
    expect(clustered([...people(30, 1, 1), ...people(70, 1, 0)]).of).toBeCloseTo(99, 0);
  });

  it.each([
    ['all hit', 3, 3],
    ['none hits', 3, 0],
  ])('counts people where %s', (_, tries, hits) => {
    expect(clustered(people(40, tries, hits))).toEqual({ hits: hits === 0 ? 0 : 40, of: 40 });
  });

  it('never counts more tries than there were', () => {
    const person = fc.integer({ min: 1, max: 9 }).chain((of) => fc.record({ of: fc.constant(of), hits: fc.nat(of) }));
    fc.assert(
      fc.property(fc.array(person, { maxLength: 60 }), (given) => {
        const { hits, of } = clustered(given);
        expect(of).toBeLessThanOrEqual(given.reduce((sum, each) => sum + each.of, 0) + 1e-9);
        expect(hits).toBeLessThanOrEqual(of + 1e-9);
      }),
    );
  });
});

describe('the interval of one share', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lies where Wilson says', (hits, of, low, high) => {
    expect(wilsonInterval({ hits, of }).low).toBeCloseTo(low, 4);
    expect(wilsonInterval({ hits, of }).high).toBeCloseTo(high, 4);
  });
});
