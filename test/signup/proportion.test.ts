/** Two shares compared: published figures, and what must hold for any. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Certainty, compareProportions, wilsonInterval } from '../../src/signup/proportion.ts';

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

  it.each<[number, number, number, number, Certainty, string]>([
    [536, 812, 309, 375, 'sure', 'far apart, many'],
    [66, 100, 70, 100, 'notSure', 'near, some'],
    [19, 19, 0, 500, 'tooFew', 'far apart, but one side too small'],
    [20, 20, 0, 20, 'sure', 'just enough'],
    [0, 0, 5, 500, 'tooFew', 'nothing on one side'],
  ])('%i of %i against %i of %i is %s: %s', (hits, of, otherHits, otherOf, certainty) => {
    expect(compareProportions({ hits, of }, { hits: otherHits, of: otherOf }).certainty).toBe(certainty);
  });

  it('is none where one side has nothing', () => {
    const nothing = { hits: 0, of: 0 };
    expect(compareProportions(nothing, { hits: 1, of: 2 })).toEqual({
      difference: null,
      interval: null,
      certainty: 'tooFew',
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
        expect(there.certainty).toBe(back.certainty);
        expect(there.interval?.low).toBeCloseTo(-(back.interval?.high ?? 0), 12);
        expect(there.interval?.high).toBeCloseTo(-(back.interval?.low ?? 0), 12);
      }),
    );
  });

  it('of a share and itself is never sure', () => {
    fc.assert(
      fc.property(proportion, (a) => {
        expect(compareProportions(a, a).certainty).not.toBe('sure');
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
