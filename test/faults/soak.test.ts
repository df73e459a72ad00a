/** The short soak: a log that never rests, behind a Graph that often fails. The long one: `npm run test:faults`. */
import { expect, test } from 'vitest';
import { HOUR_MS, soak } from './soak.ts';

test('a tail loses and doubles nothing in ten minutes at 20 events per second', async () => {
  const result = await soak('short', HOUR_MS / 6);
  expect(result).toMatchObject({ lost: [], doubled: [], early: [] });
  expect(result.expected).toBe(12_001);
  expect(result.mostIn10S).toBeLessThanOrEqual(4);
  // Every kind of fault happened.
  expect([...result.faults.keys()].sort()).toEqual(
    ['429', '503', 'disorder', 'dropped', 'empty page', 'skip token', 'stall'].sort(),
  );
}, 120_000);
