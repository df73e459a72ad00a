/**
 * Whether one share can differ from another by chance alone: the conditional exact test of two shares (Fisher 1935), in strata
 * so that a changing mix is not taken for a change (Birch 1964; Mehta, Patel and Gray 1985,
 * https://doi.org/10.1080/01621459.1985.10478223). Pure.
 */
import type { Proportion } from './proportion.ts';

/** The two shares within one part of the log, such as one application. */
export interface Stratum {
  readonly now: Proportion;
  readonly before: Proportion;
}

export interface ExactTest {
  /** The probability of as few hits now as there are, or fewer. */
  readonly fewer: number;
  /** The same of as many, or more. */
  readonly more: number;
  /** The smallest that either could be, given how many there are on each side and how many hits in all. */
  readonly leastFewer: number;
  readonly leastMore: number;
}

/** Above this variance the number of hits is taken for normal, which it then is to more digits than anyone reads. */
const MOST_VARIANCE = 900;

/** Chances that are smaller than the largest by this factor are left out. */
const NEGLIGIBLE = 1e-20;

/**
 * Tests how many of the hits fall to `now`. `oddsRatio` is the ratio of the odds now to those before that is still taken for no
 * difference: 1 tests for any difference, less than 1 lets `now` be that much lower. Strata with an empty side tell nothing.
 */
export function exactTest(strata: readonly Stratum[], oddsRatio = 1): ExactTest {
  const telling = strata.filter(({ now, before }) => now.of > 0 && before.of > 0);
  const parts = telling.map((stratum) => distributionOf(stratum, oddsRatio));
  const hits = telling.reduce((sum, { now }) => sum + now.hits, 0);
  if (parts.length === 0) return { fewer: 1, more: 1, leastFewer: 1, leastMore: 1 };
  const least = (side: (part: Distribution) => number) => Math.exp(parts.reduce((sum, part) => sum + side(part), 0));
  const moments = parts.map(momentsOf);
  const variance = moments.reduce((sum, each) => sum + each.variance, 0);
  const mean = moments.reduce((sum, each) => sum + each.mean, 0);
  const tails = variance > MOST_VARIANCE ? normalTails(mean, variance, hits) : exactTails(parts.reduce(sumOf), hits);
  const [leastFewer, leastMore] = [least(({ logLeast }) => logLeast), least(({ logMost }) => logMost)];
  return {
    fewer: Math.max(tails.fewer, leastFewer),
    more: Math.max(tails.more, leastMore),
    leastFewer,
    leastMore,
  };
}

/** For a question without a direction, of which the answer has that of `difference`: twice the tail on that side. */
export function inDirection(
  { fewer, more, leastFewer, leastMore }: ExactTest,
  difference: number,
): { readonly p: number; readonly least: number } {
  const tail = difference > 0 ? more : fewer;
  return { p: Math.min(1, 2 * tail), least: Math.min(1, 2 * Math.min(leastFewer, leastMore)) };
}

/** The chances of `first`, `first + 1` and so on hits, where they are not negligible. */
interface Distribution {
  readonly first: number;
  readonly chances: readonly number[];
  /** The logarithms of the chances of the fewest and of the most hits that there could be. */
  readonly logLeast: number;
  readonly logMost: number;
}

function distributionOf({ now, before }: Stratum, oddsRatio: number): Distribution {
  const hits = now.hits + before.hits;
  const [least, most] = [Math.max(0, hits - before.of), Math.min(now.of, hits)];
  const logWeight = (k: number) =>
    logChoose(now.of, k) + logChoose(before.of, hits - k) + (k - least) * Math.log(oddsRatio);
  /** The chance of one hit more, relative to that of `k`. */
  const step = (k: number) => (oddsRatio * (now.of - k) * (hits - k)) / ((k + 1) * (before.of - hits + k + 1));
  const mode = modeOf(least, most, step);
  const weights = [1];
  for (let k = mode, weight = 1; k < most; k++) {
    weight *= step(k);
    if (weight < NEGLIGIBLE) break;
    weights.push(weight);
  }
  let first = mode;
  for (let weight = 1; first > least; first--) {
    weight /= step(first - 1);
    if (weight < NEGLIGIBLE) break;
    weights.unshift(weight);
  }
  const total = weights.reduce((sum, each) => sum + each, 0);
  const logTotal = logWeight(mode) + Math.log(total);
  return {
    first,
    chances: weights.map((each) => each / total),
    logLeast: logWeight(least) - logTotal,
    logMost: logWeight(most) - logTotal,
  };
}

/** The likeliest number of hits: up to there one more is likelier each time. */
function modeOf(least: number, most: number, step: (k: number) => number): number {
  let [low, high] = [least, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (step(middle) >= 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

function momentsOf({ first, chances }: Distribution): { readonly mean: number; readonly variance: number } {
  const mean = chances.reduce((sum, chance, index) => sum + chance * index, 0);
  const variance = chances.reduce((sum, chance, index) => sum + chance * (index - mean) ** 2, 0);
  return { mean: first + mean, variance };
}

function sumOf(a: Distribution, b: Distribution): Distribution {
  const chances = new Array<number>(a.chances.length + b.chances.length - 1).fill(0);
  for (const [i, x] of a.chances.entries()) {
    for (const [j, y] of b.chances.entries()) chances[i + j] = (chances[i + j] ?? 0) + x * y;
  }
  return { ...a, first: a.first + b.first, chances };
}

function exactTails({ first, chances }: Distribution, hits: number): Pick<ExactTest, 'fewer' | 'more'> {
  const at = hits - first;
  const sum = (values: readonly number[]) =>
    Math.min(
      1,
      values.reduce((total, each) => total + each, 0),
    );
  return { fewer: sum(chances.slice(0, Math.max(0, at + 1))), more: sum(chances.slice(Math.max(0, at))) };
}

/** With a correction for the hits being whole numbers. */
function normalTails(mean: number, variance: number, hits: number): Pick<ExactTest, 'fewer' | 'more'> {
  const deviation = Math.sqrt(variance);
  return {
    fewer: normalBelow((hits + 0.5 - mean) / deviation),
    more: normalBelow((mean - (hits - 0.5)) / deviation),
  };
}

/**
 * The share of a standard normal distribution below `z`, by the rational approximation of Hart (1968) as West gives it
 * (https://doi.org/10.1002/wilm.42820050621), good to 15 digits.
 */
export function normalBelow(z: number): number {
  if (z > 0) return 1 - normalBelow(-z);
  if (z < -37) return 0;
  const density = Math.exp((-z * z) / 2);
  const y = -z;
  if (y >= 7.071_067_811_865_47) {
    const tail = y + 1 / (y + 2 / (y + 3 / (y + 4 / (y + 0.65))));
    return density / tail / 2.506_628_274_631;
  }
  const above = polynomial(
    y,
    [
      3.526_249_659_989_11e-2, 0.700_383_064_443_688, 6.373_962_203_531_65, 33.912_866_078_383, 112.079_291_497_871,
      221.213_596_169_931, 220.206_867_912_376,
    ],
  );
  const below = polynomial(
    y,
    [
      8.838_834_764_831_84e-2, 1.755_667_163_182_64, 16.064_177_579_207, 86.780_732_202_946_1, 296.564_248_779_674,
      637.333_633_378_831, 793.826_512_519_948, 440.413_735_824_752,
    ],
  );
  return (density * above) / below;
}

/** Coefficients from the highest power down. */
function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const smallFactorials: readonly number[] = Array.from({ length: 16 }, (_, n) => {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
});

/** Stirling's series from 16 on, where its error is below 1e-9. */
function logFactorial(n: number): number {
  return (
    smallFactorials[n] ?? (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3)
  );
}
