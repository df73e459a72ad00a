/** Whether attempts of social and of local accounts end in an account as often as each other. Pure. */
import type { AccountType } from '../signup/providers.ts';
import type { Sides } from './changes.ts';
import { normalBelow } from './exact-test.ts';
import { areEnough, clustered, compareProportions, type Difference, type Proportion } from './proportion.ts';
import type { Sample } from './sample.ts';
import type { Tested } from './verdicts.ts';

export interface AccountsTest extends Tested {
  readonly figure: { readonly local: Proportion; readonly social: Proportion } & Difference;
  readonly isTooFew: boolean;
}

/** Attempts of social against local accounts, with bounds that know that attempts of one person are alike. */
export function accountsTest(
  sample: Sample,
  { isNow, withinMs, shownToMs }: Pick<Sides, 'isNow' | 'withinMs' | 'shownToMs'>,
): AccountsTest {
  const byPerson: Record<AccountType, Map<number, { hits: number; of: number }>> = {
    local: new Map(),
    social: new Map(),
  };
  for (const attempt of sample.attempts) {
    if (!isNow(attempt) || attempt.startMs + withinMs > shownToMs) continue;
    const people = byPerson[attempt.shape.account];
    const counted = people.get(attempt.person) ?? { hits: 0, of: 0 };
    people.set(attempt.person, counted);
    counted.of++;
    if (attempt.createdMs <= attempt.startMs + withinMs) counted.hits++;
  }
  const [local, social] = [sumOf(byPerson.local.values()), sumOf(byPerson.social.values())];
  const [a, b] = [clustered(byPerson.social.values()), clustered(byPerson.local.values())];
  const isTooFew = !areEnough(a, b);
  const p = isTooFew ? 1 : scoreTest(a, b);
  return { figure: { local, social, ...compareProportions(a, b) }, isTooFew, p, least: isTooFew ? 1 : 0 };
}

function sumOf(parts: Iterable<Proportion>): Proportion {
  let [hits, of] = [0, 0];
  for (const part of parts) {
    hits += part.hits;
    of += part.of;
  }
  return { hits, of };
}

/** The probability that chance alone sets two equal shares so far apart, by the score test. */
function scoreTest(a: Proportion, b: Proportion): number {
  const share = (a.hits + b.hits) / (a.of + b.of);
  const variance = share * (1 - share) * (1 / a.of + 1 / b.of);
  return variance === 0 ? 1 : 2 * normalBelow(-Math.abs(a.hits / a.of - b.hits / b.of) / Math.sqrt(variance));
}
