/** One yardstick for a whole page: what is significant together. */
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/demo/random.ts';
import { significantOf } from '../../src/figures/verdicts.ts';

const tests = (...given: readonly (readonly [p: number, least?: number])[]) =>
  given.map(([p, least = 0]) => ({ p, least }));

function found(given: ReturnType<typeof tests>): readonly number[] {
  return [...significantOf(given, 0.05)].map(({ p }) => p);
}

describe('what is significant together', () => {
  it('is a single test at the rate itself', () => {
    expect(found(tests([0.05]))).toEqual([0.05]);
    expect(found(tests([0.051]))).toEqual([]);
  });

  it('is held to the rate divided by the number of tests that are left', () => {
    // Holm: 0.05 / 4, / 3, / 2, / 1.
    expect(found(tests([0.012], [0.016], [0.02], [0.05]))).toEqual([0.012, 0.016, 0.02, 0.05]);
    expect(found(tests([0.012], [0.018], [0.02], [0.05]))).toEqual([0.012]);
    expect(found(tests([0.013], [0.0001], [0.5], [0.5]))).toEqual([0.0001, 0.013]);
  });

  it('is not weakened by tests that could not have come out significant', () => {
    const hopeless = Array.from({ length: 500 }, () => [0.3, 0.2] as const);
    expect(found(tests([0.04], ...hopeless))).toEqual([0.04]);
  });

  it('never holds a test that could not come out significant among so many', () => {
    expect(found(tests([0.02, 0.02], [0.02, 0.02]))).toEqual([0.02, 0.02]);
    expect(found(tests([0.02, 0.02], [0.02, 0.02], [0.02, 0.02]))).toEqual([]);
  });

  it('is wrong at most one time in twenty, whatever is tested', () => {
    // All of it is chance: p is uniform, and the least that it can be is anything below.
    let wrong = 0;
    const runs = 4_000;
    const random = new SeededRandom('verdicts', 1);
    for (let run = 0; run < runs; run++) {
      const given = Array.from({ length: 6 }, (_, n) => {
        const steps = 10 + 40 * n;
        return { p: Math.ceil(random.unit() * steps + 1e-9) / steps, least: 1 / steps };
      });
      if (significantOf(given, 0.05).size > 0) wrong++;
    }
    expect(wrong / runs).toBeLessThanOrEqual(0.055);
  });
});
