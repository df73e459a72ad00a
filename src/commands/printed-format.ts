/** Which format is printed, and how a table looks, by what was asked and what stdout is. */
import type { TableLook } from '../headless/table-layout.ts';
import type { OutputFormat } from '../options/table.ts';
import type { ReadingOptions } from '../options.ts';
import type { Program } from '../program.ts';

const USUAL_COLUMNS = 80;

export function outputFormatOf({ output }: { readonly output: OutputFormat | null }, { io }: Program): OutputFormat {
  return output ?? (io.stdout.isTTY === true ? 'table' : 'ndjson');
}

/** How a table is printed on stdout: fitted to a terminal, or to `COLUMNS` where there is none; else as wide as it is. */
export function tableLookOf(
  { color, ascii, timeZone }: Pick<ReadingOptions, 'color' | 'ascii' | 'timeZone'>,
  { io }: Program,
): TableLook {
  const isTerminal = io.stdout.isTTY === true;
  const widthColumns = isTerminal ? (io.stdout.columns ?? USUAL_COLUMNS) : columnsOf(io.env.COLUMNS);
  return { widthColumns, color: color && isTerminal, ascii, timeZone };
}

/** Null when it is no width. */
function columnsOf(text = ''): number | null {
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}
