/** When something began: the likeliest moment from which on it happens more often. Pure. */

/** Unless a cut explains what was seen this many times better than none, there is no moment at which it began. */
const CLEARLY = Math.log(1000);

/** Fewer than these are no run. */
const SHORTEST_RUN = 3;

/**
 * Takes, in order, of whom something is true, and gives the index of the one with whom the run begins: of all ways to cut the list in
 * two with a steady share on each side, the higher one later, the likeliest. 0 when no cut is much likelier than none.
 */
export function runStart(marks: readonly boolean[]): number {
  const total = marks.filter(Boolean).length;
  let best = { at: 0, likelihood: logLikelihood(total, marks.length) + CLEARLY };
  let earlier = 0;
  for (const [at, mark] of marks.entries()) {
    const later = total - earlier;
    const [before, after] = [at, marks.length - at];
    if (mark && later >= SHORTEST_RUN && earlier * after < later * before) {
      const likelihood = logLikelihood(earlier, before) + logLikelihood(later, after);
      if (likelihood > best.likelihood) best = { at, likelihood };
    }
    if (mark) earlier++;
  }
  return best.at;
}

/** Of `hits` in `of` independent tries, at their likeliest share. */
function logLikelihood(hits: number, of: number): number {
  const part = (count: number) => (count === 0 ? 0 : count * Math.log(count / of));
  return part(hits) + part(of - hits);
}
