/** From visits of a stage to the people who made them: somebody who comes five times is one person, and tells as much as one. Pure. */
import { FOLLOW_UP_MS } from '../signup/attempt.ts';
import type { SampledAttempt, Visit } from './sample.ts';

/** One person at one stage. */
export interface Passage {
  /** With which the person came there first. */
  readonly attempt: SampledAttempt;
  readonly reachedMs: number;
  /** When the person was first seen beyond it, with whichever attempt; infinity when they were not. */
  readonly passedMs: number;
  /** The codes of failures that the person met there. */
  readonly failures: readonly number[];
}

/** Each person with their first visit among those that count, of `peopleCount` people who are counted from 0. */
export function passagesOf(
  visits: readonly Visit[],
  peopleCount: number,
  counts: (visit: Visit) => boolean = () => true,
): readonly Passage[] {
  const passages: Passage[] = [];
  // The place of each person in the list, from 1 on.
  const places = new Uint32Array(peopleCount);
  for (const visit of visits) {
    if (!counts(visit)) continue;
    const { person } = visit.attempt;
    const place = places[person] ?? 0;
    const known = passages[place - 1];
    if (known) passages[place - 1] = joined(known, visit);
    else places[person] = passages.push(visit);
  }
  return passages;
}

/**
 * Each try of each person: visits that follow within two hours go on with the same one. Takes the visits in any order, of `peopleCount`
 * people who are counted from 0.
 */
export function episodesOf(visits: readonly Visit[], peopleCount: number): readonly Passage[] {
  const inOrder = [...visits].sort((a, b) => a.reachedMs - b.reachedMs);
  const episodes: Passage[] = [];
  // The place of each person's last one in the list, from 1 on, and when they came to the stage last.
  const places = new Uint32Array(peopleCount);
  const lastMs = new Float64Array(peopleCount);
  for (const visit of inOrder) {
    const { person } = visit.attempt;
    const known = episodes[(places[person] ?? 0) - 1];
    const goesOn = known !== undefined && visit.reachedMs - (lastMs[person] ?? 0) < FOLLOW_UP_MS;
    lastMs[person] = visit.reachedMs;
    if (goesOn) episodes[(places[person] ?? 0) - 1] = joined(known, visit);
    else places[person] = episodes.push(visit);
  }
  return episodes;
}

function joined(known: Passage, visit: Visit): Passage {
  const { attempt, reachedMs } = known.reachedMs <= visit.reachedMs ? known : visit;
  const failures = visit.failures.length === 0 ? known.failures : [...new Set([...known.failures, ...visit.failures])];
  return { attempt, reachedMs, passedMs: Math.min(known.passedMs, visit.passedMs), failures };
}
