import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedPositions } from '../../../src/store/log/sorted-positions.ts';

function inOrder(numbers: Iterable<number>): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function contents(sorted: SortedPositions): number[] {
  return Array.from({ length: sorted.size }, (_, rank) => sorted.at(rank));
}

describe('positions in order', () => {
  it('stay in order whatever is added where, and whatever is taken from the front', () => {
    const block = fc
      .tuple(fc.nat(100_000), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 700 }))
      .map(([from, step, length]) => Array.from({ length }, (_, index) => from + index * step));
    const steps = fc.array(fc.tuple(block, fc.oneof(fc.constant(0), fc.nat(600))), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (list) => {
        const sorted = new SortedPositions((a, b) => a - b);
        let expected: number[] = [];
        for (const [numbers, dropped] of list) {
          const fresh = inOrder(numbers).filter((number) => !expected.includes(number));
          sorted.insert(fresh);
          const count = Math.min(dropped, sorted.size);
          if (dropped > 0) sorted.dropFirst(count);
          expected = inOrder([...expected, ...fresh]).slice(count);
          expect(contents(sorted)).toEqual(expected);
        }
        for (const number of [...expected.slice(0, 50), 3, 50_001]) {
          expect(sorted.rankOf(number)).toBe(expected.indexOf(number));
          expect(sorted.rankFrom(number)).toBe(expected.filter((held) => held < number).length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('have nothing beyond their ends', () => {
    const sorted = new SortedPositions((a, b) => a - b);
    expect([sorted.size, sorted.at(0), sorted.rankOf(5), sorted.rankFrom(5)]).toEqual([0, -1, -1, 0]);
    sorted.insert([5]);
    expect([sorted.at(-1), sorted.at(0), sorted.at(1)]).toEqual([-1, 5, -1]);
  });
});
