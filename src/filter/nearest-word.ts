/** Offers the word that somebody probably meant. It must not offer one that is merely the least different. */

const LONGEST_WORD = 40;

/**
 * Takes a word and what could have been written; gives the nearest, ignoring case: one that begins with the word, else
 * the one with the fewest slips (a wrong, missing, extra or swapped letter), if these are few for its length. Else null.
 */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const written = word.toLowerCase();
  if (written === '' || written.length > LONGEST_WORD) return null;
  const longer = candidates.find((candidate) => candidate.toLowerCase().startsWith(written));
  if (longer !== undefined) return longer;
  let nearest: string | null = null;
  let fewest = Math.ceil(written.length / 3) + 1;
  for (const candidate of candidates) {
    const slips = slipsBetween(written, candidate.toLowerCase());
    if (slips < fewest) [nearest, fewest] = [candidate, slips];
  }
  return nearest;
}

/** Edit distance with swaps of neighbours; letter case counts. */
export function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
