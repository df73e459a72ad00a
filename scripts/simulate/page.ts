/** The results in words and tables. */
import type { Cell } from './cells.ts';
import type { CellOutcome } from './outcome.ts';

export interface Result {
  readonly cell: Cell;
  readonly outcome: CellOutcome;
}

/** One line for whoever waits. */
export function cellText(cell: Cell, outcome: CellOutcome): string {
  const where = `${cell.group} ${cell.rate}/h ${cell.rangeText} ${cell.trouble ?? cell.habit}`;
  if (cell.group === 'outages') {
    return `${where}: ${toldText(outcome)}, third person shown after ${quantile(outcome.minutesToShow, 0.5)} min, ${outcome.runs} runs`;
  }
  return `${where}: ${percent(outcome.told, outcome.runs)} of ${outcome.runs} say something ${JSON.stringify(outcome.byStatement)}`;
}

/** The page docs/statistics.md. */
export function statisticsPage(results: readonly Result[], date: Date): string {
  const of = (group: Cell['group']) => results.filter(({ cell }) => cell.group === group);
  return [
    introduction(date),
    unchangedSection(of('unchanged')),
    boundsSection(of('unchanged')),
    outagesSection(of('outages')),
    declinesSection(of('declines')),
  ].join('\n\n');
}

function introduction(date: Date): string {
  return `# How often the figures are right

\`npm run simulate\` makes up tenants of which it is known what is true, lets the program's own code make the page of figures, and counts what
the page says. Last run: ${date.toISOString().slice(0, 10)}. What the figures mean is in [definitions.md](definitions.md).

A made-up tenant has three applications (one of which loses more people), local, Google and Facebook sign-ups, wrong codes, refused details,
people who leave, and rows that turn up late: most within two minutes, 6 in 100 within a quarter of an hour, 1 in 100 later. Microsoft
publishes no figures about delays; with other delays the results are others. A range is compared with the one before it, as \`stats --compare\`
and the screen of figures do.`;
}

/** One table, by the size of the tenant and the range; each cell has the worst of the habits of people. */
function unchangedSection(results: readonly Result[]): string {
  const rates = [...new Set(results.map(({ cell }) => cell.rate))];
  const ranges = [...new Set(results.map(({ cell }) => cell.rangeText))];
  const habits = [...new Set(results.map(({ cell }) => cell.habit))];
  const worst = results.reduce((most, { outcome }) => Math.max(most, outcome.told / outcome.runs), 0);
  const over = results.filter(({ outcome }) => outcome.told / outcome.runs > 0.05);
  const runs = results.map(({ outcome }) => outcome.runs);
  const header = ['range', ...rates.map((rate) => `${rate.toLocaleString('en')} attempts/h`)];
  const rows = ranges.map((range) => [
    range,
    ...rates.map((rate) => {
      const cells = results.filter(({ cell }) => cell.rate === rate && cell.rangeText === range);
      if (cells.length === 0) return '';
      const shares = cells.map(({ outcome }) => outcome.told / outcome.runs);
      return `${percent(Math.max(...shares), 1)} (${cells[0]?.outcome.runs} runs)`;
    }),
  ]);
  return `## Pages that say something although nothing has changed

The goal is at most 5 % of pages. Each cell is the worst of ${habits.length} habits (${habits.join(', ')}), with the number of pages of each.
The worst of all ${results.length} cells is ${percent(worst, 1)}; ${overText(over)}. With ${Math.min(...runs)} to ${Math.max(...runs)} pages in a cell, chance
moves a share of 5 % by up to ${percent(1.96 * Math.sqrt((0.05 * 0.95) / Math.min(...runs)), 1)}. Cells that would need more than 1.2
million attempts for 20 pages are left out.

${table(header, rows)}

All sizes and ranges together:

${habitTable(results)}`;
}

/** Where a cell has few pages, chance says more than the share: here are many. */
function habitTable(results: readonly Result[]): string {
  const habits = [...new Set(results.map(({ cell }) => cell.habit))];
  const share = (habit: string, isLive: boolean): string => {
    const own = results.filter(({ cell }) => cell.habit === habit && cell.rangeText.endsWith('to now') === isLive);
    const [told, runs] = [sumOf(own, ({ told }) => told), sumOf(own, ({ runs }) => runs)];
    return `${percent(told, runs)} of ${runs.toLocaleString('en')}`;
  };
  return table(
    ['habit', 'ranges to now', 'ranges that have ended'],
    habits.map((habit) => [habit, share(habit, true), share(habit, false)]),
  );
}

function sumOf(results: readonly Result[], count: (outcome: CellOutcome) => number): number {
  return results.reduce((sum, { outcome }) => sum + count(outcome), 0);
}

function overText(over: readonly Result[]): string {
  if (over.length === 0) return 'none is above 5 %';
  const names = over.map(
    ({ cell, outcome }) => `${cell.rate}/h, ${cell.rangeText}, ${cell.habit}: ${outcome.told} of ${outcome.runs}`,
  );
  return `${over.length} above 5 %: ${names.join('; ')}`;
}

function boundsSection(results: readonly Result[]): string {
  const habits = [...new Set(results.map(({ cell }) => cell.habit))];
  const rows = habits.map((habit) => {
    const own = results.filter(({ cell }) => cell.habit === habit).map(({ outcome }) => outcome);
    const sum = (count: (outcome: CellOutcome) => number) => own.reduce((total, outcome) => total + count(outcome), 0);
    const conversion = percent(
      sum((each) => each.conversionCovered),
      sum((each) => each.conversionBounds),
    );
    const accounts = percent(
      sum((each) => each.accountsCovered),
      sum((each) => each.accountsBounds),
    );
    return [habit, habit === 'another mix' ? 'not comparable' : conversion, accounts];
  });
  return `## Bounds that hold the truth

Bounds at 95 % should hold the true difference in 95 of 100 pages, also where people try several times. With another mix of applications the
conversion of all together does change, so there is no true difference of 0 to hold.

${table(['habit', 'conversion against the range before', 'social against local'], rows)}`;
}

function outagesSection(results: readonly Result[]): string {
  const rows = results.map(({ cell, outcome }) => [
    cell.trouble ?? '',
    cell.rate.toLocaleString('en'),
    cell.rangeText.replace(' to now', ''),
    quantile(outcome.minutesToShow, 0.5),
    quantile(outcome.minutesToTell, 0.5),
    quantile(outcome.minutesToTell, 0.9),
    percent(outcome.minutesToTell.filter((minutes) => Number.isFinite(minutes)).length, outcome.runs),
    String(outcome.runs),
  ]);
  return `## Total outages

Minutes from the moment at which mail, the extension of an application with a fifth of the attempts, or one of two social providers (a
quarter of the attempts) is out for everybody, until the first line of the page is about it. The page is looked at every minute for an hour.
Beside it: when Graph shows the third person whom the outage met. People wait for a few minutes before it can be said that they are stuck, so
small tenants are told later.

${table(['out', 'attempts/h', 'range', 'third person shown', 'told (median)', 'told (9 of 10)', 'told within 60 min', 'runs'], rows)}`;
}

function declinesSection(results: readonly Result[]): string {
  const rows = results.map(({ cell, outcome }) => [
    cell.rate.toLocaleString('en'),
    cell.rangeText.replace(' to now', ''),
    percent(outcome.told, outcome.runs),
    String(outcome.runs),
  ]);
  return `## A slow decline

The share of people who get past the e-mail code falls evenly over the range, to half of what it was. Pages that say that something has
changed:

${table(['attempts/h', 'range', 'pages that say so', 'runs'], rows)}
`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function toldText({ minutesToTell }: CellOutcome): string {
  return `told after ${quantile(minutesToTell, 0.5)} min (9 of 10: ${quantile(minutesToTell, 0.9)})`;
}

function percent(hits: number, of: number): string {
  return of === 0 ? '–' : `${((hits / of) * 100).toFixed(1)} %`;
}

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return Number.isFinite(value) ? value.toFixed(0) : 'not within 60';
}
