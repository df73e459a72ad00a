/** Which format is printed, and how a table looks, by what was asked and what stdout is. */
import type { TableLook } from '../headless/table-layout.ts';
import type { OutputFormat } from '../options/table.ts';
import type { ReadingOptions } from '../options.ts';
import type { Program } from '../program.ts';

export function outputFormatOf({ output }: { readonly output: OutputFormat | null }, { io }: Program): OutputFormat {
  return output ?? (io.stdout.isTTY === true ? 'table' : 'ndjson');
}

export function tableLookOf({ color, ascii, timeZone }: ReadingOptions, { io }: Program): TableLook {
  const isTerminal = io.stdout.isTTY === true;
  return { widthColumns: isTerminal ? (io.stdout.columns ?? 80) : null, color: color && isTerminal, ascii, timeZone };
}
