/** The long soak: three seeds, and hours of event time for the memory. */
import { expect } from 'vitest';
import { HOUR_MS, type SoakResult, soak } from './soak.ts';

export interface SoakCheck {
  readonly title: string;
  readonly check: () => Promise<void>;
}

function expectAllOnce(result: SoakResult): void {
  expect(result).toMatchObject({ lost: [], doubled: [], early: [] });
  expect(result.mostIn10S).toBeLessThanOrEqual(4);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** By quarters of an hour: the second hour against the two after it, while events still come. */
function expectFlat(values: readonly number[]): void {
  expect(median(values.slice(9, 17))).toBeLessThan(Math.max(...values.slice(5, 9)) * 1.25);
  expect(Math.max(...values.slice(9, 17))).toBeLessThan(Math.max(...values.slice(5, 9)) * 1.6);
}

export const soakChecks: readonly SoakCheck[] = [
  ...['one', 'two', 'three'].map((seed) => ({
    title: `10 minutes, seed "${seed}"`,
    check: async () => expectAllOnce(await soak(seed, HOUR_MS / 6)),
  })),
  {
    title: '4 hours: memory is flat after the first two',
    check: async () => {
      const result = await soak('hours', 4 * HOUR_MS);
      expectAllOnce(result);
      expectFlat(result.remembered);
      expectFlat(result.heapBytes);
    },
  },
];
