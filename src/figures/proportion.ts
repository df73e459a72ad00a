/**
 * Shares of small numbers, told honestly: how far two of them are apart, and between which bounds. Pure.
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

export interface Difference {
  /** The first share minus the second, from -1 to 1; null when one side has nothing. */
  readonly difference: number | null;
  /** Where the true difference lies with a confidence of 95 %; null when one side has nothing. */
  readonly interval: Interval | null;
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
  if (first.of === 0 || second.of === 0) return { difference: null, interval: null };
  const [a, b] = [first.hits / first.of, second.hits / second.of];
  const [A, B] = [wilsonInterval(first), wilsonInterval(second)];
  const difference = a - b;
  const low = difference - Math.hypot(a - A.low, B.high - b);
  const high = difference + Math.hypot(A.high - a, b - B.low);
  return { difference, interval: { low, high } };
}

/** Whether both sides have enough to compare a share of. */
export function areEnough(first: Proportion, second: Proportion): boolean {
  return Math.min(first.of, second.of) >= FEWEST_TO_COMPARE;
}

/**
 * The same share of as many independent tries as these are worth, given as the hits and tries of each person: tries of one person
 * tend to end alike. The number of tries is divided by the design effect, the variance clustered by person over that of
 * independent tries (Rao and Scott 1992, https://doi.org/10.2307/2532311), and is never made larger.
 */
export function clustered(people: Iterable<Proportion>): Proportion {
  const groups = [...people];
  const hits = groups.reduce((sum, each) => sum + each.hits, 0);
  const of = groups.reduce((sum, each) => sum + each.of, 0);
  if (groups.length < 2) return groups.length === 0 ? { hits: 0, of: 0 } : { hits: hits / of, of: 1 };
  const share = hits / of;
  const independent = of * share * (1 - share);
  const sum = (product: (each: Proportion) => number) => groups.reduce((total, each) => total + product(each), 0);
  // Whole numbers are added up, so that the order of the people makes no difference.
  const squares =
    sum((each) => each.hits ** 2) -
    2 * share * sum((each) => each.hits * each.of) +
    share ** 2 * sum((each) => each.of ** 2);
  const variance = (squares * groups.length) / (groups.length - 1);
  // Where all ended alike nothing can be estimated: each person counts once.
  const effect = independent === 0 ? of / groups.length : Math.max(1, variance / independent);
  return { hits: hits / effect, of: of / effect };
}
