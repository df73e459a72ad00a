import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../src/graph/retry.ts';

describe('backoff', () => {
  test('starts at five seconds and doubles up to two minutes', () => {
    const waits = [1, 2, 3, 4, 5, 6, 60].map((failures) => backoffMs(failures, () => 0));
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
  });

  test('chance adds up to half as much, and never goes beyond two minutes', () => {
    expect(backoffMs(1, () => 0.999)).toBeLessThanOrEqual(7_500);
    expect(backoffMs(2, () => 0.5)).toBe(12_500);
    expect(backoffMs(9, () => 0.999)).toBe(120_000);
  });
});
