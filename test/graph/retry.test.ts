import { describe, expect, test } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/graph/retry.ts';

const NOW_MS = Date.parse('2026-11-23T07:00:00Z');

describe('Retry-After', () => {
  test.each([
    ['41', 41_000],
    [' 315 ', 315_000],
    ['2.5', 2_500],
    ['0', 1_000],
    ['86400', 30 * 60_000],
    ['Mon, 23 Nov 2026 07:00:20 GMT', 20_000],
    ['Mon, 23 Nov 2026 06:00:00 GMT', 1_000],
    ['-5', null],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%o is %o ms', (header, expected) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(expected);
  });
});

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
