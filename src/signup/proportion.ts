/**
 * Shares of small numbers, told honestly: how far two of them are apart, between which bounds, and whether that can be
 * chance. Pure.
 */

/** `hits` of `of`: 0 ≤ hits ≤ of. */
export interface Proportion {
  readonly hits: number;
  readonly of: number;
}

/** Both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * `sure`: the interval of the difference leaves 0 out, which chance alone brings about in 1 of 20 comparisons.
 * `notSure`: it does not. `tooFew`: one side is so small that nothing should be read into it.
 */
export type Certainty = 'sure' | 'notSure' | 'tooFew';

export interface Difference {
  /** The first share minus the second, from -1 to 1; null when one side has nothing. */
  readonly difference: number | null;
  /** Where the true difference lies with a confidence of 95 %; null when one side has nothing. */
  readonly interval: Interval | null;
  readonly certainty: Certainty;
}

/** Of each side. With fewer, one attempt more or less moves the share by more than 5 points. */
export const FEWEST_TO_COMPARE = 20;

/** The normal deviate of 95 %, both sides. */
const Z = 1.959964;

/** Wilson's score interval, which stays between 0 and 1 and is right for small numbers too. `of` must not be 0. */
export function wilsonInterval({ hits, of }: Proportion): Interval {
  const share = hits / of;
  const z2 = (Z * Z) / of;
  const middle = (share + z2 / 2) / (1 + z2);
  const reach = (Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of))) / (1 + z2);
  // The ends of the scale are met exactly, whatever the rounding.
  return { low: hits === 0 ? 0 : middle - reach, high: hits === of ? 1 : middle + reach };
}

/**
 * Compares two shares by Newcombe's hybrid score interval (method 10 of his comparison of eleven,
 * https://pubmed.ncbi.nlm.nih.gov/9595617/), which needs no large numbers to be right.
 */
export function compareProportions(first: Proportion, second: Proportion): Difference {
  if (first.of === 0 || second.of === 0) return { difference: null, interval: null, certainty: 'tooFew' };
  const [a, b] = [first.hits / first.of, second.hits / second.of];
  const [A, B] = [wilsonInterval(first), wilsonInterval(second)];
  const difference = a - b;
  const low = difference - Math.hypot(a - A.low, B.high - b);
  const high = difference + Math.hypot(A.high - a, b - B.low);
  const isTooFew = Math.min(first.of, second.of) < FEWEST_TO_COMPARE;
  const leavesZeroOut = low > 0 || high < 0;
  return {
    difference,
    interval: { low, high },
    certainty: isTooFew ? 'tooFew' : leavesZeroOut ? 'sure' : 'notSure',
  };
}
