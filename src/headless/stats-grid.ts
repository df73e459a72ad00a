/** What the blocks of `stats` are put together from: aligned columns, folded sentences, and how ranges and counts are written. Pure. */
import { stageLabel } from '../signup/stages.ts';
import { cellText, cellWidth, cut } from './cell-text.ts';
import { clockText, momentText } from './problem-text.ts';
import type { TableLook } from './table-layout.ts';

const WIDEST = 80;

export interface StatsLook extends TableLook {
  /** Nothing that is only drawn, where it is read out. */
  readonly bars: boolean;
}

export interface Cell {
  readonly text: string;
  readonly right?: boolean;
}

/** Cells in aligned columns; the first column gives way where the terminal is too narrow. */
export function grid(
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  look: TableLook,
): readonly string[] {
  const widths = titles.map((title, at) =>
    rows.reduce((widest, row) => Math.max(widest, cellWidth(row[at]?.text ?? '')), title.length),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, -2);
  const first = Math.max(8, (widths[0] ?? 0) - Math.max(0, total - roomIn(look)));
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

/** A sentence in as many lines as it needs, behind a label; what follows is indented as much. */
export function foldedLines(text: string, label: string, look: TableLook): readonly string[] {
  const room = Math.max(20, Math.min(WIDEST, roomIn(look)) - label.length);
  const lines: string[] = [];
  let line = '';
  // A number stays with its sign.
  for (const word of text.split(/ (?!%)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && cellWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each, index) => `${index === 0 ? label : ' '.repeat(label.length)}${each}`);
}

/** Tables are as wide as they need to be where nobody looks at them on a terminal, and up to 80 columns on a narrow one. */
function roomIn({ widthColumns }: TableLook): number {
  const room = widthColumns ?? Number.POSITIVE_INFINITY;
  return room;
}

/** Both ends in the time zone; the date of the end only where it is another. */
export function rangeText({ from, to }: { readonly from: string; readonly to: string }, timeZone: string): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const [start, end] = [momentText(fromMs, timeZone), momentText(toMs, timeZone)];
  const isOneDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start} to ${isOneDay ? clockText(toMs, timeZone) : end} (${timeZone})`;
}

export function labelOf(stage: string): string {
  return cellText(stageLabel(stage)) || '(no stage)';
}

export function whole(count: number): string {
  return count.toLocaleString('en');
}

export function emphasized(text: string, { color }: TableLook): string {
  return color && text !== '' ? `\u001b[1m${text}\u001b[0m` : text;
}
