/** The blocks of `stats` that were tested: the last half hour, and the range against the one before. Pure. */
import type { ChangeFigure, FailureFigure, Page } from '../figures/page.ts';
import type { RecentStage } from '../figures/recent.ts';
import {
  changeText,
  failureCountText,
  failureMarkText,
  failureNameText,
  minutes,
  noFailureText,
  noRatesText,
  notableFailures,
  peopleText,
  percentText,
  proportionText,
  roundPercent,
  upOrDown,
  type Wording,
} from '../figures/words.ts';
import type { Comparison } from './statistics.ts';
import { emphasized, foldedLines, grid, labelOf, rangeText, type StatsLook, whole } from './stats-grid.ts';

const INDENT = ' '.repeat(12);

/** How soon people got past each stage in the last half hour; the last column is the longest of the waits, before. */
export function recentLines(stages: readonly RecentStage[], look: StatsLook): readonly string[] {
  const waits = stages[0]?.passed.map(({ withinMs }) => withinMs) ?? [];
  const longest = waits.at(-1);
  if (longest === undefined) return [];
  const titles = ['LAST 30 MIN', 'PEOPLE', ...waits.map((ms) => `PAST IN ${minutes(ms).toUpperCase()}`), 'BEFORE'];
  const rows = stages.map(({ stage, reached, passed }) => {
    const before = passed.at(-1)?.before;
    return [
      { text: labelOf(stage) },
      { text: whole(reached), right: true },
      ...passed.map(({ now }) => ({ text: roundPercent(now), right: true })),
      { text: before ? `${roundPercent(before)} in ${minutes(longest)}` : '', right: true },
    ];
  });
  return grid(titles, rows, look);
}

/** What has changed, and which failures are new or have grown. */
export function comparisonLines(compare: Comparison, page: Page, wording: Wording, look: StatsLook): readonly string[] {
  const { before, range } = compare;
  const over = before.attempts - before.inProgress;
  const conversion = `conversion ${percentText(before.conversion, look.ascii ? '-' : '–')} of ${whole(over)}`;
  return [
    emphasized(`Before      ${rangeText(range, look.timeZone)}`, look),
    `${INDENT}${whole(before.attempts)} attempts by ${peopleText(before.people)}   ${conversion}`,
    ...rateLines(page, wording, look),
    ...failureLines(page, wording, look),
  ];
}

function rateLines(page: Page, wording: Wording, look: StatsLook): readonly string[] {
  const { conversion, stages, withinMs, comparedToMs } = page;
  const told = (text: string) => foldedLines(text, INDENT, look);
  const reason = noRatesText(page);
  if (conversion === null || reason !== null) return told(reason ?? '');
  const within = minutes(withinMs);
  return [
    ...told(
      `Of people who began by ${wording.time(comparedToMs)}, with an account within ${within}: ${sharesText(conversion)}`,
    ),
    ...stages
      .filter(({ verdict }) => verdict === 'significant')
      .flatMap((stage) => told(`Not past ${labelOf(stage.stage)} within ${within}: ${sharesText(stage)}`)),
  ];
}

/** `71.2 % of 1,050, before 69.8 % of 1,104; up 1.4 points, not significant (95 %: -0.7 to 3.5)`. */
function sharesText(change: ChangeFigure): string {
  return `${proportionText(change.now)}, before ${proportionText(change.before)}; ${changeText(change, upOrDown)}`;
}

function failureLines({ failures, people }: Page, wording: Wording, look: StatsLook): readonly string[] {
  const notable = notableFailures(failures);
  const isAny = failures.some(({ verdict }) => verdict === 'significant');
  return [
    `${emphasized('Failures', look)}${isAny ? '' : `    ${noFailureText(failures)}`}`,
    // Without people the filter chooses attempts by what became of them.
    ...(people === null ? foldedLines('(tested against all attempts, whatever became of them)', INDENT, look) : []),
    ...notable.flatMap((failure) => [
      ...foldedLines(`${failureMarkText(failure)}: ${failureNameText(failure, wording)}`, INDENT, look),
      ...foldedLines(failedText(failure, wording), `${INDENT}  `, look),
    ]),
  ];
}

function failedText(failure: FailureFigure, wording: Wording): string {
  const { people, peopleBefore } = failure;
  const shares = `${whole(people.hits)} of ${peopleText(people.of)} who reached it, before ${whole(peopleBefore.hits)} of ${whole(peopleBefore.of)}`;
  return `${failureCountText(failure, wording)}; ${shares}`;
}
