/** The exact test of two shares: published figures, and what must hold for any. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactTest, inDirection, normalBelow } from '../../src/figures/exact-test.ts';

const stratum = (now: readonly [number, number], before: readonly [number, number]) => ({
  now: { hits: now[0], of: now[1] },
  before: { hits: before[0], of: before[1] },
});

const arbitraryStratum = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 }))
  .chain(([now, before]) => fc.tuple(fc.nat(now), fc.constant(now), fc.nat(before), fc.constant(before)))
  .map(([a, n, b, m]) => stratum([a, n], [b, m]));

describe('the exact test', () => {
  it.each([
    // Fisher, The Design of Experiments (1935): the lady tasting tea.
    ['the lady tasting tea', stratum([3, 4], [1, 4]), 'more', 17 / 70],
    ['all cups told apart', stratum([4, 4], [0, 4]), 'more', 1 / 70],
    // Fisher 1962, convictions of like-sex twins, as in the manual of R's fisher.test.
    ['convictions of twins', stratum([2, 17], [10, 13]), 'fewer', 0.0004652],
  ] as const)('of %s', (_, given, side, p) => {
    expect(exactTest([given])[side]).toBeCloseTo(p, 7);
  });

  it('allows for odds that may be lower', () => {
    // R: fisher.test(matrix(c(2, 10, 15, 3), 2), or = 0.1, alternative = "less")
    const strict = exactTest([stratum([2, 17], [10, 13])], 1).fewer;
    const lenient = exactTest([stratum([2, 17], [10, 13])], 0.1).fewer;
    expect(lenient).toBeGreaterThan(strict * 100);
    // By hand for the smallest table: the chance of no hit of two, at odds of one half, is 1 / (1 + 2 / 2 ...).
    expect(exactTest([stratum([0, 1], [1, 1])], 0.5).fewer).toBeCloseTo(1 / 1.5, 12);
  });

  it('finds no change where only the mix has changed', () => {
    // One application always fails, one never; now nearly all are of the first.
    const strata = [stratum([90, 90], [10, 10]), stratum([0, 10], [0, 90])];
    expect(inDirection(exactTest(strata), 1).p).toBe(1);
    expect(inDirection(exactTest([stratum([90, 100], [10, 100])]), 1).p).toBeLessThan(1e-20);
    expect(inDirection(exactTest([stratum([90, 100], [10, 100])]), -1).p).toBe(1);
  });

  it('of two strata is what going through all cases gives', () => {
    fc.assert(
      fc.property(arbitraryStratum, arbitraryStratum, (a, b) => {
        const chances = (given: typeof a) => {
          const hits = given.now.hits + given.before.hits;
          const ways = Array.from(
            { length: given.now.of + 1 },
            (_, k) => choose(given.now.of, k) * choose(given.before.of, hits - k),
          );
          const all = ways.reduce((sum, each) => sum + each, 0);
          return ways.map((each) => each / all);
        };
        let fewer = 0;
        for (const [i, x] of chances(a).entries()) {
          for (const [j, y] of chances(b).entries()) if (i + j <= a.now.hits + b.now.hits) fewer += x * y;
        }
        expect(exactTest([a, b]).fewer).toBeCloseTo(fewer, 9);
      }),
    );
  });

  it('never finds less than what it says is the least', () => {
    fc.assert(
      fc.property(fc.array(arbitraryStratum, { minLength: 1, maxLength: 4 }), (strata) => {
        const { fewer, more, leastFewer, leastMore } = exactTest(strata);
        expect(fewer).toBeGreaterThanOrEqual(leastFewer - 1e-12);
        expect(more).toBeGreaterThanOrEqual(leastMore - 1e-12);
        expect(fewer + more).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
    );
  });

  it('of very many is close to the normal distribution, without gaps where it changes over', () => {
    const strata = [stratum([900, 2000], [800, 2000]), stratum([500, 1500], [480, 1600])];
    const many = exactTest([...strata, stratum([30, 90], [35, 100])]);
    const few = exactTest(strata);
    expect(Math.log10(many.more)).toBeCloseTo(Math.log10(few.more), 0);
  });

  it('says nothing where one side is empty', () => {
    expect(exactTest([stratum([5, 5], [0, 0])])).toMatchObject({ fewer: 1, more: 1, leastFewer: 1, leastMore: 1 });
  });
});

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [-1.959963984540054, 0.025],
    [1.959963984540054, 0.975],
    [-3.090232306167814, 0.001],
    [-8, 6.220960574271786e-16],
  ])('below %d holds %d', (z, share) => {
    expect(normalBelow(z) / share).toBeCloseTo(1, 6);
  });
});

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return ways;
}
