/**
 * What is going wrong right now: people of one kind who reach a stage and do not get past it, while nearly all did before. It is made
 * for the last half hour, which every comparison of whole ranges has to leave out. Pure.
 */
import type { AccountType } from '../signup/providers.ts';
import { exactTest } from './exact-test.ts';
import { FEWEST_BEFORE, latelyOf, MOSTLY_SHOWN_MS, PASSED_WITHIN_MS, RECENT_MS, WINDOWS } from './horizons.ts';
import type { Passage } from './passages.ts';
import { shareOf, strataOf } from './people.ts';
import type { Proportion } from './proportion.ts';
import { runStart } from './run-start.ts';
import type { Sample } from './sample.ts';
import type { Tested } from './verdicts.ts';

/** Whom it is about. */
export type Group =
  | { readonly kind: 'account'; readonly account: AccountType }
  | { readonly kind: 'provider'; readonly provider: string }
  | { readonly kind: 'app'; readonly appId: string };

/** What breaks most often: mail; or the extensions of one application or one identity provider; or else anything. */
export type Cause = 'mail' | 'service' | 'other';

export interface Stuck extends Tested {
  readonly group: Group;
  readonly stage: string;
  /** When the first of them began. */
  readonly sinceMs: number;
  readonly withinMs: number;
  /** People who got past it within that time: of those who began since then, and before. */
  readonly passed: Proportion;
  readonly passedBefore: Proportion;
  /** People who began since then, came to it and are not beyond it. */
  readonly waiting: number;
  readonly cause: Cause;
}

/** The stretch that is looked at, and the one that it is held against. */
export interface Moment {
  /** What time it is in the log. */
  readonly nowMs: number;
  readonly baseline: { readonly fromMs: number; readonly toMs: number };
}

/** Custom extensions, which an application has of its own, work at these. Elsewhere applications have the same way. */
const stagesOfApps: ReadonlySet<string> = new Set(['credentialValidation', 'attributeCollectionAndValidation']);

/**
 * Of people who are long past a stage, this share may look as if they were not, because the row that shows it is late. Microsoft gives
 * no figure for sign-ups; for sign-ins a retired page had 1 in 20 rows later than two minutes.
 */
const LATE_SHARE = 0.1;

/** The first wait by which most of those who will get past a stage have done so. */
const MOST = 0.8;

/** What is out when these people get stuck there. */
function causeOf(group: Group, stage: string): Cause {
  switch (group.kind) {
    case 'account':
      return group.account === 'local' && stage === 'credentialValidation' ? 'mail' : 'other';
    case 'app':
      return stage === 'attributeCollectionAndValidation' ? 'service' : 'other';
    case 'provider':
      return stage === 'credentialFederation' ? 'service' : 'other';
  }
}

/** Everything that was tested, one for each kind of people, stage and window. */
export function stuckTests(sample: Sample, { nowMs, baseline }: Moment): readonly Stuck[] {
  const shownToMs = nowMs - MOSTLY_SHOWN_MS;
  return sample.stages.flatMap((stage) => {
    const groups = groupsOf(stage, sample.episodesOf(stage), { shownToMs, baseline });
    return groups.flatMap((group) => testsOf(stage, group, shownToMs));
  });
}

interface Gathered {
  readonly group: Group;
  readonly before: Passage[];
  /** Everybody since then. */
  readonly after: Passage[];
}

interface Stretches {
  readonly shownToMs: number;
  readonly baseline: Moment['baseline'];
}

/** Who comes again after a failure is not as likely to get past: that goes on with the try before. */
function groupsOf(
  stage: string,
  passages: readonly Passage[],
  { shownToMs, baseline }: Stretches,
): readonly Gathered[] {
  const byKey = new Map<string, Gathered>();
  for (const passage of passages) {
    const { reachedMs } = passage;
    const isBefore = reachedMs >= baseline.fromMs && reachedMs < baseline.toMs;
    if (!isBefore && (reachedMs < baseline.toMs || reachedMs > shownToMs)) continue;
    for (const key of keysOf(stage, passage)) {
      const gathered = byKey.get(key) ?? { group: groupOf(key, passage), before: [], after: [] };
      byKey.set(key, gathered);
      (isBefore ? gathered.before : gathered.after).push(passage);
    }
  }
  return [...byKey.values()].filter(({ before, after }) => before.length >= FEWEST_BEFORE && after.length > 0);
}

type GroupKey = `${Group['kind']} ${string}`;

/** The groups that a person at the stage is counted in. */
function keysOf(stage: string, { attempt }: Passage): readonly GroupKey[] {
  const { account, provider } = attempt.shape;
  const keys: GroupKey[] = [`account ${account}`];
  if (stagesOfApps.has(stage)) keys.push(`app ${attempt.app}`);
  // Elsewhere the providers of one kind have the same way.
  if (stage === 'credentialFederation') keys.push(`provider ${provider}`);
  return keys;
}

function groupOf(key: GroupKey, { attempt }: Passage): Group {
  const { account, provider } = attempt.shape;
  if (key.startsWith('account ')) return { kind: 'account', account };
  return key.startsWith('app ') ? { kind: 'app', appId: attempt.app } : { kind: 'provider', provider };
}

function testsOf(stage: string, { group, before, after }: Gathered, shownToMs: number): readonly Stuck[] {
  const withinMs = waitFor(before);
  const isPast = ({ reachedMs, passedMs }: Passage) => passedMs <= reachedMs + withinMs;
  const passedBefore = shareOf(before, isPast);
  const waited = after
    .filter(({ reachedMs }) => reachedMs + withinMs <= shownToMs)
    .sort((a, b) => a.reachedMs - b.reachedMs);
  // What has stopped nobody in the last half hour is over.
  if (!waited.some((passage) => passage.reachedMs >= shownToMs - RECENT_MS && !isPast(passage))) return [];
  const lately = latelyOf(waited, shownToMs);
  const cause = causeOf(group, stage);
  const told = { group, stage, withinMs, passedBefore, cause, ...runOf(after, waited, withinMs) };
  return WINDOWS.flatMap((size, index) => {
    const inWindow = lately.slice(-size);
    // What is no more than the window before it would be tested twice.
    if (inWindow.length <= (WINDOWS[index - 1] ?? 0)) return [];
    const { fewer, leastFewer } = exactTest(strataOf(inWindow, before, isPast), allowedOdds(passedBefore));
    return [{ ...told, p: fewer, least: leastFewer }];
  });
}

/** Decided by those before alone, so that the choice says nothing about the newest. */
function waitFor(before: readonly Passage[]): number {
  const passed = before.filter(({ passedMs }) => Number.isFinite(passedMs));
  const within = (ms: number) => passed.filter(({ reachedMs, passedMs }) => passedMs <= reachedMs + ms).length;
  const longest = Math.max(...PASSED_WITHIN_MS);
  return PASSED_WITHIN_MS.find((ms) => within(ms) >= MOST * within(longest)) ?? longest;
}

/** By how much the odds may have fallen because of rows that are not shown yet. */
function allowedOdds({ hits, of }: Proportion): number {
  const share = (hits + 1) / (of + 2);
  const odds = (chance: number) => chance / (1 - chance);
  return odds(share * (1 - LATE_SHARE)) / odds(share);
}

/** From the first of the run of those who never got past on: how many got past in time, and how many have not at all. */
function runOf(after: readonly Passage[], waited: readonly Passage[], withinMs: number) {
  const isWaiting = ({ passedMs }: Passage) => !Number.isFinite(passedMs);
  const marks = waited.map(isWaiting);
  const from = runStart(marks);
  const first = waited.find((_, index) => index >= from && marks[index]) ?? waited[0];
  const sinceMs = first?.attempt.startMs ?? 0;
  const since = waited.filter(({ attempt }) => attempt.startMs >= sinceMs);
  return {
    sinceMs,
    passed: shareOf(since, ({ reachedMs, passedMs }) => passedMs <= reachedMs + withinMs),
    waiting: after.filter((passage) => passage.attempt.startMs >= sinceMs && isWaiting(passage)).length,
  };
}
