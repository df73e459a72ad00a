/** The statements of a page of figures in words, the same on every output. Pure. */
import { explainCode } from '../signup/codes.ts';
import { stageLabel } from '../signup/stages.ts';
import type { Alarm } from './alarms.ts';
import type { Failing } from './failing.ts';
import type { FailureCluster } from './funnel.ts';
import type { AccountsFigure, FailureFigure, Page } from './page.ts';
import type { Difference, Proportion } from './proportion.ts';
import type { Group, Stuck } from './stuck.ts';
import type { Verdict } from './verdicts.ts';

/** How the output writes what is not in the figures themselves. */
export interface Wording {
  /** A moment, in milliseconds since the epoch, as a time that is not taken for another day's. */
  readonly time: (timeMs: number) => string;
  readonly appName: (appId: string) => string;
  /** Text from the log, with nothing in it that a terminal would obey. */
  readonly shown: (text: string) => string;
}

const MINUTE_MS = 60_000;

/** Below this share people are stuck; above it fewer get past than did. */
const HARDLY_ANY = 1 / 3;

/** A sentence with the number in it that can be opened. */
export interface AlarmWords {
  readonly head: string;
  readonly figure: string;
  readonly tail: string;
}

/** What is wrong right now, in a sentence. */
export function alarmText(alarm: Alarm, wording: Wording): string {
  const { head, figure, tail } = alarmWords(alarm, wording);
  return `${head}${figure}${tail}`;
}

/** The same in parts. */
export function alarmWords(alarm: Alarm, wording: Wording): AlarmWords {
  return alarm.kind === 'stuck' ? stuckWords(alarm.stuck, wording) : failingWords(alarm.failing, wording);
}

/** `local sign-ups have been stuck at validate since 10:17: 3 % got past it within 5 min (88 % before), 184 people waiting`. */
function stuckWords(stuck: Stuck, wording: Wording): AlarmWords {
  const { group, stage, sinceMs, withinMs, passed, passedBefore, waiting } = stuck;
  const [whom, where, since] = [groupText(group, wording), stageText(stage, wording), wording.time(sinceMs)];
  const what =
    shareOf(passed) < HARDLY_ANY
      ? `${whom} have been stuck at ${where} since ${since}`
      : `fewer ${whom} have got past ${where} since ${since}`;
  const shares = `${roundPercent(passed)} got past it within ${minutes(withinMs)} (${roundPercent(passedBefore)} before)`;
  return { head: `${what}: ${shares}, `, figure: `${peopleText(waiting)} waiting`, tail: '' };
}

/** `1003005 extension timed out, Contoso Shop, attributes: 12 of 13 people since 10:17, before 0 of 240`. */
function failingWords(failing: Failing, wording: Wording): AlarmWords {
  const { people, peopleBefore, sinceMs } = failing;
  return {
    head: `${failureNameText(failing, wording)}: `,
    figure: `${whole(people.hits)} of ${peopleText(people.of)}`,
    tail: ` since ${wording.time(sinceMs)}, before ${whole(peopleBefore.hits)} of ${whole(peopleBefore.of)}`,
  };
}

function groupText(group: Group, { appName, shown }: Wording): string {
  switch (group.kind) {
    case 'account':
      return `${group.account} sign-ups`;
    case 'provider':
      return `${shown(group.provider) || 'other'} sign-ups`;
    case 'app':
      return `sign-ups to ${appName(group.appId)}`;
  }
}

/** `60 since 07:04 (80 in the range), none before`; with as many since as in all, the range is not told. */
export function failureCountText({ attempts, before, sinceMs, sinceThen }: FailureFigure, wording: Wording): string {
  const all = sinceThen === attempts ? '' : ` (${whole(attempts)} in the range)`;
  return `${whole(sinceThen)} since ${wording.time(sinceMs)}${all}, ${before === 0 ? 'none' : whole(before)} before`;
}

/** `1003005 The extension did not answer in time, Contoso Shop, attributes`. */
export function failureNameText({ cluster }: { readonly cluster: FailureCluster }, wording: Wording): string {
  const { code, appId, stage } = cluster;
  const name = code > 0 ? `${code} ${explainCode(code).meaning}` : explainCode(code).meaning;
  return [name, wording.appName(appId), stageText(stage, wording)].filter((part) => part !== '').join(', ');
}

/** The failures that are worth a line: those that are significant, and of the others the new ones with the most attempts. */
export function notableFailures(failures: readonly FailureFigure[]): readonly FailureFigure[] {
  const significant = failures.filter(({ verdict }) => verdict === 'significant');
  const others = failures.filter(({ verdict, kind }) => verdict !== 'significant' && kind === 'new');
  return [...significant, ...others.slice(0, MOST_NEW)];
}

const MOST_NEW = 3;

/** What there is to say about failures when none is significant. */
export function noFailureText(failures: readonly FailureFigure[]): string {
  return failures.some(({ kind }) => kind === 'new')
    ? 'none is significant; these are new'
    : 'none is new, and none has grown significantly';
}

/** `new` or `growing`, and `new, not significant` of those that chance explains. */
export function failureMarkText({ kind, verdict }: Pick<FailureFigure, 'kind' | 'verdict'>): string {
  if (verdict === 'significant') return kind === 'new' ? 'new' : 'growing';
  return kind === 'new' ? `new, ${verdictText(verdict)}` : verdictText(verdict);
}

/** `up 1.4 points, not significant (95 %: -0.7 to 3.5)`; `too few to tell`. */
export function changeText(
  change: Difference & { readonly verdict: Verdict; readonly isMix?: boolean },
  words: readonly [up: string, down: string],
): string {
  const { difference, interval, verdict } = change;
  if (difference === null || interval === null || verdict === 'tooFew') return verdictText('tooFew');
  const isDown = difference < 0;
  const [low, high] = isDown ? [-interval.high, -interval.low] : [interval.low, interval.high];
  const [up, down] = words;
  const size = `${points(Math.abs(difference))} points`;
  const told = isDown ? down : up;
  const isLarge = verdict === 'notSignificant' && (low > 0 || high < 0);
  // The bounds are of all together and by themselves.
  const why = change.isMix ? ' within apps and providers' : ' beside all else that was tested';
  const judged = `${verdictText(verdict)}${isLarge ? why : ''}`;
  return `${told.replace('…', size)}, ${judged} (95 %: ${points(low)} to ${points(high)})`;
}

/** For what has gone up or down against the range before. */
export const upOrDown = ['up …', 'down …'] as const;
const aboveOrBelow = ['social is … above local', 'social is … below local'] as const;

/** `with an account within 30 min: local 66.0 % of 812, social 82.4 % of 375; social is 16.4 points above local, significant (…)`. */
export function accountsText(accounts: AccountsFigure, withinMs: number): string {
  const { local, social } = accounts;
  const shares = `local ${proportionText(local)}, social ${proportionText(social)}`;
  return `with an account within ${minutes(withinMs)}: ${shares}; ${changeText(accounts, aboveOrBelow)}`;
}

/** Why there is no rate against the range before, in a sentence; null where there is one. */
export function noRatesText({ conversion }: Pick<Page, 'conversion'>): string | null {
  if (conversion === null) return 'Rates are not compared: the filter chooses attempts by what became of them.';
  return conversion.now.of === 0 ? 'Rates are not compared: nobody in the range began long enough ago.' : null;
}

export function verdictText(verdict: Verdict): string {
  return { significant: 'significant', notSignificant: 'not significant', tooFew: 'too few to tell' }[verdict];
}

/** `71.2 %`; the dash for a share of nothing. */
export function percentText(share: number | null, dash = '-'): string {
  return share === null ? dash : `${(share * 100).toFixed(1)} %`;
}

/** `19.0 % of 812`. */
export function proportionText({ hits, of }: Proportion, dash = '-'): string {
  return `${percentText(of === 0 ? null : hits / of, dash)} of ${whole(of)}`;
}

/** `3 %`, without a fraction, where only the size matters. */
export function roundPercent(proportion: Proportion): string {
  return proportion.of === 0 ? '-' : `${Math.round(shareOf(proportion) * 100)} %`;
}

/** `1 person`, `184 people`. */
export function peopleText(count: number): string {
  return count === 1 ? '1 person' : `${whole(count)} people`;
}

/** `5 min`. */
export function minutes(lengthMs: number): string {
  return `${Math.round(lengthMs / MINUTE_MS)} min`;
}

function stageText(stage: string, { shown }: Wording): string {
  return shown(stageLabel(stage)) || 'a stage without a name';
}

function shareOf({ hits, of }: Proportion): number {
  return of === 0 ? 0 : hits / of;
}

function whole(count: number): string {
  return count.toLocaleString('en');
}

function points(share: number): string {
  return (share * 100).toFixed(1).replace('-0.0', '0.0');
}
