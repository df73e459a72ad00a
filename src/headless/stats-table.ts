/** `stats` as a table for people: in 80 columns, each figure with what it rests on. Pure. */
import { type Funnel, type FunnelStage, type StageMark, stageMarks, stageMarkText } from '../signup/funnel.ts';
import { stageLabel } from '../signup/stages.ts';
import { cellText, cellWidth, cut } from './cell-text.ts';
import { clockText, momentText } from './problem-text.ts';
import { conversionOf, type RateChange, type Statistics } from './statistics.ts';
import type { TableLook } from './table-layout.ts';

const WIDEST = 80;
const BAR_COLUMNS = 14;

export interface StatsLook extends TableLook {
  /** Nothing that is only drawn, where it is read out. */
  readonly bars: boolean;
}

interface Cell {
  readonly text: string;
  readonly right?: boolean;
}

/** All of it, each line with a line feed. */
export function statsTable(statistics: Statistics, look: StatsLook): string {
  const blocks = [
    summary(statistics, look),
    stageLines(statistics, look),
    errorLines(statistics, look),
    statistics.by ? breakdownLines(statistics.by, look) : [],
    statistics.compare ? comparisonLines(statistics.compare, look) : [],
  ];
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function summary(statistics: Statistics, look: TableLook): readonly string[] {
  const { range, attempts, created, failed, noFurtherEvent, inProgress, byAccount, socialMinusLocal } = statistics;
  const counts = `created ${whole(created)}   failed ${whole(failed)}   no further event ${whole(noFurtherEvent)}   in progress ${whole(inProgress)}`;
  const partial = range.complete ? '' : '   PARTIAL';
  const accounts = `local ${rateOf(byAccount.local, look)}   social ${rateOf(byAccount.social, look)}`;
  return [
    `${rangeText(range, look.timeZone)}${emphasized(partial, look)}`,
    emphasized(`Attempts    ${whole(attempts)}`, look),
    `            ${counts}`,
    `${emphasized(`Conversion  ${percent(statistics.conversion, look)}`, look)}   ${accounts}`,
    `            ${accountsText(socialMinusLocal)}`,
  ];
}

function stageLines({ stages }: Statistics, look: StatsLook): readonly string[] {
  const reached = stages.filter((stage) => stage.reached > 0);
  if (reached.length === 0) return [];
  const most = Math.max(...reached.map((stage) => stage.reached));
  const marks = stageMarks({ stages });
  const rows = reached.map((stage) => [
    { text: labelOf(stage.stage) },
    { text: whole(stage.reached), right: true },
    { text: whole(stage.lost), right: true },
    { text: percent(stage.dropOff, look), right: true },
    { text: barOf(stage, most, look) + markOf(stage, marks.get(stage.stage), look) },
  ]);
  return grid(['STAGE', 'REACHED', 'LOST', 'DROP-OFF', ''], rows, look);
}

function markOf({ reached }: FunnelStage, mark: StageMark | undefined, { ascii, bars }: StatsLook): string {
  return mark ? `${bars ? `  ${ascii ? '<' : '◂'} ` : ''}${stageMarkText(mark, reached)}` : '';
}

/** As long as the stage was reached, with what was lost there at its end. */
function barOf({ reached, lost }: FunnelStage, most: number, { ascii, bars }: StatsLook): string {
  if (!bars) return '';
  const length = Math.max(1, Math.round((reached / most) * BAR_COLUMNS));
  const lostLength = lost === 0 ? 0 : Math.max(1, Math.round((lost / reached) * length));
  const [kept, gone] = ascii ? ['#', '.'] : ['█', '░'];
  return kept.repeat(length - lostLength) + gone.repeat(lostLength) + ' '.repeat(BAR_COLUMNS - length);
}

function errorLines({ byError }: Statistics, look: TableLook): readonly string[] {
  const rows = byError.map(({ code, meaning, attempts }) => [
    { text: code === null ? '' : String(code), right: true },
    { text: whole(attempts), right: true },
    { text: meaning },
  ]);
  return rows.length === 0 ? [] : grid(['CODE', 'FAILED ATTEMPTS', 'MEANING'], rows, look);
}

function breakdownLines({ field, values }: NonNullable<Statistics['by']>, look: TableLook): readonly string[] {
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

function comparisonLines(compare: NonNullable<Statistics['compare']>, look: TableLook): readonly string[] {
  const { before, conversion, dropOff, range, surges } = compare;
  const stages = dropOff
    .filter(({ certainty }) => certainty === 'sure')
    .map((change) => `            drop-off at ${labelOf(change.stage)} ${movedText(change)}`);
  const found = surges.map((surge) => {
    const app = cellText(surge.appDisplayName ?? surge.appId);
    const since = momentText(Date.parse(surge.since), look.timeZone).slice(0, 16);
    const count = `${whole(surge.attempts)} failed, ${whole(surge.before)} before; since ${since}`;
    const mark = surge.kind === 'new' ? 'new' : 'growing';
    return `            ${mark}: ${surge.code ?? ''} ${surge.meaning}, ${app}, ${labelOf(surge.stage)}\n              ${count}`;
  });
  return [
    emphasized(`Before      ${rangeText(range, look.timeZone)}`, look),
    `            ${whole(before.attempts)} attempts   conversion ${rateOf(before, look)}`,
    `            conversion ${movedText(conversion)}`,
    ...stages,
    emphasized('Failures', look) +
      (found.length === 0 ? '    none is new or has grown by more than chance explains' : ''),
    ...found,
  ];
}

/** `social is 10.8 points above local, sure (95 %: 4.3 to 16.7)`. */
function accountsText(change: RateChange): string {
  const told = sizeText(change, (size, isDown) => `social is ${size} points ${isDown ? 'below' : 'above'} local`);
  return told ?? 'social against local: too few to tell';
}

/** `up 1.4 points, not sure (95 %: -0.7 to 3.5)`. */
function movedText(change: RateChange): string {
  const told = sizeText(change, (size, isDown) => `${isDown ? 'down' : 'up'} ${size} points`);
  return told ?? 'against before: too few to tell';
}

/** The size of a difference, and bounds that count in its direction. */
function sizeText(change: RateChange, told: (size: string, isDown: boolean) => string): string | null {
  const { difference, low, high, certainty } = change;
  if (difference === null || low === null || high === null || certainty === 'tooFew') return null;
  const isDown = difference < 0;
  const [from, to] = isDown ? [-high, -low] : [low, high];
  const sure = certainty === 'sure' ? 'sure' : 'not sure';
  return `${told(points(Math.abs(difference)), isDown)}, ${sure} (95 %: ${points(from)} to ${points(to)})`;
}

/** `71.2 % of 1,187`. */
function rateOf(funnel: Funnel, look: TableLook): string {
  const { of } = conversionOf(funnel);
  return of === 0 ? `${percent(null, look)} of 0` : `${percent(funnel.conversion, look)} of ${whole(of)}`;
}

function rangeText({ from, to }: { readonly from: string; readonly to: string }, timeZone: string): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const [start, end] = [momentText(fromMs, timeZone), momentText(toMs, timeZone)];
  const isOneDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start} to ${isOneDay ? clockText(toMs, timeZone) : end} (${timeZone})`;
}

function nameOf(field: string, value: string | null): string {
  if (value === null) return '(none)';
  return field === 'stage' ? labelOf(value) : cellText(value);
}

function labelOf(stage: string): string {
  return cellText(stageLabel(stage)) || '(no stage)';
}

function whole(count: number): string {
  return count.toLocaleString('en');
}

function percent(rate: number | null, { ascii }: TableLook): string {
  return rate === null ? (ascii ? '-' : '–') : `${(rate * 100).toFixed(1)} %`;
}

function points(rate: number): string {
  return (rate * 100).toFixed(1).replace('-0.0', '0.0');
}

function emphasized(text: string, { color }: TableLook): string {
  return color && text !== '' ? `\u001b[1m${text}\u001b[0m` : text;
}

/** Cells in aligned columns; the first column gives way where the terminal is too narrow. */
function grid(titles: readonly string[], rows: readonly (readonly Cell[])[], look: TableLook): readonly string[] {
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => cellWidth(row[at]?.text ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  const room = look.widthColumns ?? Number.POSITIVE_INFINITY;
  const first = Math.max(8, (widths[0] ?? 0) - Math.max(0, total - Math.max(room, Math.min(WIDEST, room))));
  const fitted = widths.map((width, at) => (at === 0 ? Math.min(width, first) : width));
  const line = (cells: readonly Cell[]) =>
    cells
      .map(({ text, right = false }, at) => {
        const width = fitted[at] ?? 0;
        const shown = cut(text, width, look.ascii ? '~' : '…');
        const rest = ' '.repeat(Math.max(0, width - cellWidth(shown)));
        return right ? rest + shown : shown + rest;
      })
      .join('  ')
      .trimEnd();
  const heads = titles.map((text, at) => ({ text, right: rows[0]?.[at]?.right ?? false }));
  return [emphasized(line(heads), look), ...rows.map(line)];
}
