/** What is wrong right now: people who are stuck, and failures that people meet, as far as they are significant. Pure. */
import { type Failing, failingKey, failingTests } from './failing.ts';
import type { Sample } from './sample.ts';
import { type Cause, type Moment, type Stuck, stuckTests } from './stuck.ts';
import { ERROR_RATE, significantOf, type Tested } from './verdicts.ts';

export type Alarm =
  | { readonly kind: 'stuck'; readonly stuck: Stuck }
  | { readonly kind: 'failing'; readonly failing: Failing };

/** Most of what a page may be wrong is for what is said about right now, which has to be said early. */
export const RATE_OF_NOW = 0.6 * ERROR_RATE;

/** Of that, for each cause, so that what breaks most often is said with the first people whom it stops; and for failures. */
const ratesOfCauses: Readonly<Record<Cause, number>> = {
  mail: 0.3 * RATE_OF_NOW,
  service: 0.25 * RATE_OF_NOW,
  other: 0.15 * RATE_OF_NOW,
};
const causes: readonly Cause[] = ['mail', 'service', 'other'];
const RATE_OF_FAILING = 0.3 * RATE_OF_NOW;

/** The clearest first. */
export function alarmsOf(sample: Sample, moment: Moment): readonly Alarm[] {
  const stuck = stuckTests(sample, moment);
  const stuckFound = causes.flatMap((cause) => [
    ...significantOf(
      stuck.filter((each) => each.cause === cause),
      ratesOfCauses[cause],
    ),
  ]);
  const failingFound = [...significantOf(failingTests(sample, moment), RATE_OF_FAILING)];
  const alarms = [
    // Whoever is stuck at a stage is stuck as a local sign-up and as one of an application: the clearest of them says enough.
    ...clearest(
      stuckFound,
      ({ stage }) => stage,
      ({ cause }) => causes.indexOf(cause),
    ).map((each) => ({ kind: 'stuck' as const, stuck: each, p: each.p })),
    ...clearest(failingFound, failingKey).map((each) => ({ kind: 'failing' as const, failing: each, p: each.p })),
  ];
  return alarms.sort((a, b) => a.p - b.p);
}

/** Of those with the same key the one that comes first by `rankOf`, and among them the one that chance explains least. */
function clearest<Test extends Tested>(
  found: readonly Test[],
  keyOf: (test: Test) => string,
  rankOf: (test: Test) => number = () => 0,
): readonly Test[] {
  const byKey = new Map<string, Test>();
  for (const test of [...found].sort((a, b) => rankOf(a) - rankOf(b) || a.p - b.p))
    if (!byKey.has(keyOf(test))) byKey.set(keyOf(test), test);
  return [...byKey.values()];
}
