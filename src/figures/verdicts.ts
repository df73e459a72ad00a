/**
 * One yardstick for everything that a page says: all of its statements together are wrong at most 1 time in 20. Pure.
 */

/** `tooFew`: no outcome could have been told from chance, or there is too little to show a share of. */
export type Verdict = 'significant' | 'notSignificant' | 'tooFew';

/** Something that chance alone explains with probability `p`; `least` is the smallest that `p` could have been. */
export interface Tested {
  readonly p: number;
  readonly least: number;
}

/**
 * How often a page on which nothing has changed may say that something has, as far as its tests know: less than the 1 in 20 that is
 * promised, because whoever tries again without an identifier is taken for somebody else. `npm run simulate` shows what comes of it.
 */
export const ERROR_RATE = 0.035;

/** What chance explains this well is not significant by any yardstick. */
export const LARGEST_P = 0.05;

/**
 * Takes everything that was tested, printed or not, and gives those that are significant together at `rate`: Holm's procedure
 * (https://www.jstor.org/stable/4615733) among the tests that could have come out significant at all (Tarone 1990,
 * https://doi.org/10.2307/2531456). Whether a test can is decided by how many there are on each side, not by what became of them,
 * so leaving out the others costs nothing.
 */
export function significantOf<Test extends Tested>(tests: readonly Test[], rate: number): ReadonlySet<Test> {
  const able = ableOf(tests, rate);
  const found = new Set<Test>();
  const byP = [...able].sort((a, b) => a.p - b.p);
  for (const [rank, test] of byP.entries()) {
    if (test.p > rate / (byP.length - rank)) break;
    found.add(test);
  }
  return found;
}

/** The tests that can reach the rate divided by their own number, for the smallest such number. */
function ableOf<Test extends Tested>(tests: readonly Test[], rate: number): readonly Test[] {
  for (let count = 1; count <= tests.length; count++) {
    const able = tests.filter(({ least }) => least <= rate / count);
    if (able.length <= count) return able;
  }
  return tests;
}
