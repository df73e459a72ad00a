/** `stats` as a table for people: in 80 columns, each figure with what it rests on. Pure. */
import { type Funnel, type FunnelStage, type StageMark, stageMark, stageMarkText } from '../figures/funnel.ts';
import type { Page } from '../figures/page.ts';
import type { Proportion } from '../figures/proportion.ts';
import { accountsText, alarmText, peopleText, percentText, type Wording } from '../figures/words.ts';
import type { AppNames } from '../signup/app-names.ts';
import { cellText, cut } from './cell-text.ts';
import { momentText } from './problem-text.ts';
import type { Statistics } from './statistics.ts';
import { comparisonLines, recentLines } from './stats-comparison.ts';
import { emphasized, foldedLines, grid, labelOf, rangeText, type StatsLook, whole } from './stats-grid.ts';

const BAR_COLUMNS = 14;

export interface StatsPage {
  readonly statistics: Statistics;
  /** What was tested, from which `statistics` has the same as plain data. */
  readonly page: Page;
  readonly appNames: AppNames;
}

/** All of it, each line with a line feed. */
export function statsTable({ statistics, page, appNames }: StatsPage, look: StatsLook): string {
  const wording = wordingOf(statistics, appNames, look);
  const blocks = [
    page.alarms.flatMap((alarm) => {
      const told = foldedLines(`${look.ascii ? 'X' : '✗'} ${alarmText(alarm, wording)}`, 'NOW         ', look);
      return told.map((line, index) => (index === 0 ? emphasized(line, look) : line));
    }),
    summary(statistics, page, wording, look),
    page.recent ? recentLines(page.recent, look) : [],
    stageLines(statistics, look),
    errorLines(statistics, look),
    statistics.by ? breakdownLines(statistics.by, look) : [],
    statistics.compare ? comparisonLines(statistics.compare, page, wording, look) : [],
    statistics.notCompared ? foldedLines(statistics.notCompared, 'Before      ', look) : [],
  ];
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function wordingOf({ range }: Statistics, appNames: AppNames, { timeZone }: StatsLook): Wording {
  const today = momentText(Date.parse(range.to), timeZone).slice(0, 10);
  return {
    time: (timeMs) => {
      const text = momentText(timeMs, timeZone).slice(0, 16);
      return text.startsWith(today) ? text.slice(11) : text;
    },
    appName: (appId) => cellText(appNames.nameOf(appId) ?? appId),
    shown: cellText,
  };
}

function summary(statistics: Statistics, page: Page, wording: Wording, look: StatsLook): readonly string[] {
  const { range, attempts, created, failed, noFurtherEvent, inProgress, byAccount, people } = statistics;
  const counts = `created ${whole(created)}   failed ${whole(failed)}   no further event ${whole(noFurtherEvent)}   in progress ${whole(inProgress)}`;
  const partial = range.complete ? '' : '   PARTIAL';
  const accounts = `local ${rateOf(byAccount.local, look)}   social ${rateOf(byAccount.social, look)}`;
  return [
    `${rangeText(range, look.timeZone)}${emphasized(partial, look)}`,
    `${emphasized(`Attempts    ${whole(attempts)}`, look)} by ${peopleText(people)}${leftOutText(range.attemptsLeftOut)}`,
    `            ${counts}`,
    ...inProgressLines({ hits: inProgress, of: attempts }, page.inProgressUsually, look),
    `${emphasized(`Conversion  ${percent(statistics.conversion, look)}`, look)} of ${whole(attempts - inProgress)} finished`,
    `            ${accounts}`,
    ...accountsLines(page, wording, look),
  ];
}

function leftOutText(count: number): string {
  return count === 0 ? '' : `   ${whole(count)} more left out: their beginning was not read`;
}

/** `in progress 66.7 %; 0.9 % when the range before ended`. */
function inProgressLines(now: Proportion, usually: Proportion | null, look: StatsLook): readonly string[] {
  if (now.hits === 0 || usually === null || usually.of === 0) return [];
  const before = percent(usually.hits / usually.of, look);
  return [`            in progress ${percent(now.hits / now.of, look)}; ${before} when the range before ended`];
}
function stageLines(statistics: Statistics, look: StatsLook): readonly string[] {
  const reached = statistics.stages.filter((stage) => stage.reached > 0);
  if (reached.length === 0) return [];
  const most = Math.max(...reached.map((stage) => stage.reached));
  const rows = reached.map((stage) => [
    { text: labelOf(stage.stage) },
    { text: whole(stage.reached), right: true },
    { text: whole(stage.lost), right: true },
    { text: percent(stage.dropOff, look), right: true },
    { text: barOf(stage, most, look) + markOf(stageMark(statistics, stage.stage), look) },
  ]);
  return grid(['STAGE', 'REACHED', 'LOST', 'DROP-OFF', ''], rows, look);
}

function markOf(mark: StageMark | null, { ascii, bars }: StatsLook): string {
  return mark ? `${bars ? `  ${ascii ? '<' : '◂'} ` : ''}${stageMarkText(mark)}` : '';
}

/** As long as the stage was reached, with what was lost there at its end. */
function barOf({ reached, lost }: FunnelStage, most: number, { ascii, bars }: StatsLook): string {
  if (!bars) return '';
  const length = Math.max(1, Math.round((reached / most) * BAR_COLUMNS));
  const lostLength = lost === 0 ? 0 : Math.max(1, Math.round((lost / reached) * length));
  const [kept, gone] = ascii ? ['#', '.'] : ['█', '░'];
  return kept.repeat(length - lostLength) + gone.repeat(lostLength) + ' '.repeat(BAR_COLUMNS - length);
}

function errorLines({ byError }: Statistics, look: StatsLook): readonly string[] {
  const rows = byError.map(({ code, meaning, attempts }) => [
    { text: code === null ? '' : String(code), right: true },
    { text: whole(attempts), right: true },
    { text: meaning },
  ]);
  return rows.length === 0 ? [] : grid(['CODE', 'FAILED ATTEMPTS', 'MEANING'], rows, look);
}

function breakdownLines({ field, values }: NonNullable<Statistics['by']>, look: StatsLook): readonly string[] {
  const rows = values.map((figures) => [
    { text: nameOf(field, figures.value) },
    { text: whole(figures.attempts), right: true },
    { text: whole(figures.created), right: true },
    { text: whole(figures.failed), right: true },
    { text: whole(figures.noFurtherEvent), right: true },
    { text: percent(figures.conversion, look), right: true },
    {
      text:
        figures.worstStage === null
          ? ''
          : cut(labelOf(figures.worstStage), 'WORST STAGE'.length, look.ascii ? '~' : '…'),
    },
  ]);
  const titles = [field.toUpperCase(), 'ATTEMPTS', 'CREATED', 'FAILED', 'NO FURTHER', 'CONVERSION', 'WORST STAGE'];
  return grid(titles, rows, look);
}

/** Of attempts that have had the same time: the shares, and how far they are apart. */
function accountsLines(
  { accounts, withinMs, comparedToMs }: Page,
  wording: Wording,
  look: StatsLook,
): readonly string[] {
  if (accounts === null || accounts.local.of + accounts.social.of === 0) return [];
  return foldedLines(
    `Of attempts begun by ${wording.time(comparedToMs)}, ${accountsText(accounts, withinMs)}`,
    '            ',
    look,
  );
}

/** `71.2 % of 1,187`: of those that are over. */
function rateOf(funnel: Funnel, look: StatsLook): string {
  return `${percent(funnel.conversion, look)} of ${whole(funnel.attempts - funnel.inProgress)}`;
}

function nameOf(field: string, value: string | null): string {
  if (value === null) return '(none)';
  return field === 'stage' ? labelOf(value) : cellText(value);
}

function percent(rate: number | null, { ascii }: StatsLook): string {
  return percentText(rate, ascii ? '-' : '–');
}
