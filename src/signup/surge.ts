/**
 * Failures that are new or have grown: one range against the one before. A cluster is told only when chance is a poor
 * explanation, and when the number of attempts is none either. Pure.
 */
import type { FailureCluster } from './funnel.ts';

/** Times in any order, as an array has them; gone through only where the number of them tells something. */
export interface Times extends Iterable<number> {
  readonly length: number;
}

export interface ClusterCount {
  readonly cluster: FailureCluster;
  /** When the attempts of the cluster failed in the range, in any order: the time of the last event of each. */
  readonly timesMs: Times;
  /** How many attempts of the cluster failed in the range before. */
  readonly before: number;
}

/** How much there was to fail: the attempts in the range, and in the range before. */
export interface Exposure {
  readonly now: number;
  readonly before: number;
}

/** By time, in milliseconds since the epoch. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Surge {
  readonly cluster: FailureCluster;
  /** `new`: not a single failure in the range before. */
  readonly kind: 'new' | 'growing';
  readonly attempts: number;
  readonly before: number;
  /** The failure with which the run begins. */
  readonly sinceMs: number;
}

/** Fewer than these are told one by one, by the list. */
export const FEWEST_FAILURES = 5;

/** How often chance alone may make a cluster look like this. */
const CHANCE = 0.001;

/**
 * The clusters that have surged, most attempts first. Given how many failures there were in both ranges together, chance
 * would share them out as the attempts are shared out; a cluster has surged when so many in the later range have a
 * probability of less than one in a thousand (the conditional test of two Poisson rates). `range` is the later one. Where one range had no attempts, there is nothing to compare with, and nothing is told.
 */
export function surges(clusters: Iterable<ClusterCount>, exposure: Exposure, range: Range): readonly Surge[] {
  if (exposure.now <= 0 || exposure.before <= 0) return [];
  const share = exposure.now / (exposure.now + exposure.before);
  const found: Surge[] = [];
  for (const { cluster, timesMs, before } of clusters) {
    const attempts = timesMs.length;
    if (attempts < FEWEST_FAILURES || atLeast(attempts, attempts + before, share) >= CHANCE) continue;
    const kind = before === 0 ? 'new' : 'growing';
    found.push({ cluster, kind, attempts, before, sinceMs: beginOfRun(timesMs, range) });
  }
  return found.sort((a, b) => b.attempts - a.attempts || a.sinceMs - b.sinceMs);
}

/** The probability of at least `hits` of `tries` independent tries that each hit with `share`, 0 < share < 1. */
export function atLeast(hits: number, tries: number, share: number): number {
  if (hits <= 0) return 1;
  // Below the mean the other side is the shorter sum.
  if (hits <= tries * share) return Math.max(0, 1 - upTo(hits - 1, tries, share));
  let term = probabilityOf(hits, tries, share);
  let sum = 0;
  for (let k = hits; k <= tries && term > sum * 1e-12; k++) {
    sum += term;
    term *= ((tries - k) / (k + 1)) * (share / (1 - share));
  }
  return Math.min(1, sum);
}

function upTo(hits: number, tries: number, share: number): number {
  return atLeast(tries - hits, tries, 1 - share);
}

function probabilityOf(hits: number, tries: number, share: number): number {
  const misses = tries - hits;
  const logarithm = logFactorial(tries) - logFactorial(hits) - logFactorial(misses);
  return Math.exp(logarithm + hits * Math.log(share) + misses * Math.log1p(-share));
}

/** Stirling's series from 16 on, where its error is below 1e-9; the sum of logarithms before. */
function logFactorial(n: number): number {
  if (n < 16) {
    let sum = 0;
    for (let k = 2; k <= n; k++) sum += Math.log(k);
    return sum;
  }
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/**
 * The failure from which on they come faster: of all ways to cut the range in two at a failure, each part with a steady
 * rate of its own and the later one the higher, the likeliest. Fewer than the fewest failures are no run. The first
 * failure of all when no cut is much likelier than none.
 */
function beginOfRun(timesMs: Times, { fromMs, toMs }: Range): number {
  // An attempt of the range can have failed shortly after its end, and times are told by the minute.
  const times = Float64Array.from(timesMs, (timeMs) => Math.min(toMs, Math.max(fromMs, timeMs))).sort();
  const steady = logLikelihood(times.length, toMs - fromMs + 1000);
  // Some cut always fits a little better than none: it must be likelier by more than chance explains.
  let best = { sinceMs: times[0] ?? fromMs, likelihood: steady - Math.log(CHANCE) };
  for (const [earlier, sinceMs] of times.subarray(0, 1 - FEWEST_FAILURES).entries()) {
    // Of failures at one time the first makes the likeliest cut: more before it bring the two rates closer together.
    if (sinceMs === times[earlier - 1]) continue;
    // A second more keeps a part from having no length.
    const [lengthBefore, lengthAfter] = [sinceMs - fromMs + 1000, toMs - sinceMs + 1000];
    const after = times.length - earlier;
    if (earlier / lengthBefore >= after / lengthAfter) continue;
    const likelihood = logLikelihood(earlier, lengthBefore) + logLikelihood(after, lengthAfter);
    if (likelihood > best.likelihood) best = { sinceMs, likelihood };
  }
  return best.sinceMs;
}

function logLikelihood(count: number, length: number): number {
  return count === 0 ? 0 : count * Math.log(count / length);
}
