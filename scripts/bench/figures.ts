/** The figures of the bench and the table that they are printed in. Measures nothing. */

export interface Figure {
  readonly name: string;
  readonly measured: string;
  /** What it should be; null where there is only something to compare with. */
  readonly target: string | null;
  readonly missed: boolean;
}

/** A figure that should not be above `most`. */
export function atMost(name: string, value: number, most: number, show: (value: number) => string): Figure {
  return { name, measured: show(value), target: `≤ ${show(most)}`, missed: value > most };
}

/** A figure without a target. */
export function shown(name: string, measured: string): Figure {
  return { name, measured, target: null, missed: false };
}

export const bytes = (value: number): string => `${Math.round(value).toLocaleString('en')} B`;
export const ms = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`;
export const times = (value: number): string => `${value.toFixed(2)} ×`;
export const count = (value: number): string => value.toLocaleString('en');
export const megabytes = (value: number): string => `${Math.round(value / 1024 / 1024).toLocaleString('en')} MB`;

/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const largest = (values: readonly number[]): number => quantile(values, 1);

const HEADINGS: Figure = { name: 'figure', measured: 'measured', target: 'target', missed: false };

/** The table as Markdown that also reads well as text: one line per figure. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures].map(({ name, measured, target, missed }) => [
    name,
    measured,
    `${target ?? ''}${missed ? ' (missed)' : ''}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  const lines = rows.map((row) => `| ${row.map((text, at) => padded(text, widths[at] ?? 0)).join(' | ')} |`);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - [...text].length));
