/** From attempts to people: somebody who tries five times is one person, and tells as much as one. Pure. */

import type { Stratum } from './exact-test.ts';
import type { Proportion } from './proportion.ts';
import type { SampledAttempt } from './sample.ts';

/** One person and what came of all their attempts. */
export interface Try {
  /** The first of them. */
  readonly attempt: SampledAttempt;
  /** When the person had an account; infinity when they did not get one. */
  readonly createdMs: number;
}

/** Each person with their first attempt among those that count, of `peopleCount` people who are counted from 0. */
export function triesOf(
  attempts: readonly SampledAttempt[],
  peopleCount: number,
  counts: (attempt: SampledAttempt) => boolean,
): readonly Try[] {
  const tries: Try[] = [];
  // The place of each person in the list, from 1 on.
  const places = new Uint32Array(peopleCount);
  for (const attempt of attempts) {
    if (!counts(attempt)) continue;
    const { person, createdMs } = attempt;
    const place = places[person] ?? 0;
    const known = tries[place - 1];
    if (known) {
      const first = known.attempt.startMs <= attempt.startMs ? known.attempt : attempt;
      tries[place - 1] = { attempt: first, createdMs: Math.min(known.createdMs, createdMs) };
    } else places[person] = tries.push({ attempt, createdMs });
  }
  return tries;
}

/** How many different people made the attempts. */
export function peopleAmong(attempts: Iterable<SampledAttempt>): number {
  const people = new Set<number>();
  for (const { person } of attempts) people.add(person);
  return people.size;
}

/** One person of one side of a comparison. */
interface Sided {
  readonly attempt: SampledAttempt;
}

/**
 * Of how many people it is true on both sides, by application and provider: where these have another share of the people than before,
 * nothing else has changed.
 */
export function strataOf<Person extends Sided>(
  now: readonly Person[],
  before: readonly Person[],
  isHit: (person: Person) => boolean,
): readonly Stratum[] {
  const strata: { now: { hits: number; of: number }; before: { hits: number; of: number } }[] = [];
  const count = (side: 'now' | 'before', people: readonly Person[]): void => {
    for (const person of people) {
      const { stratum: at } = person.attempt;
      let stratum = strata[at];
      if (!stratum) {
        stratum = { now: { hits: 0, of: 0 }, before: { hits: 0, of: 0 } };
        strata[at] = stratum;
      }
      stratum[side].of++;
      if (isHit(person)) stratum[side].hits++;
    }
  };
  count('now', now);
  count('before', before);
  return strata.filter(Boolean);
}

/** Of how many of the people it is true. */
export function shareOf<Person>(people: readonly Person[], isHit: (person: Person) => boolean): Proportion {
  let hits = 0;
  for (const person of people) if (isHit(person)) hits++;
  return { hits, of: people.length };
}
