/** `list` and `tail`: puts the feed, the filter and the printer together. */
import type { Span } from '../facts/reading.ts';
import { splitFilter } from '../filter/graph-filter.ts';
import { compileFilter } from '../filter/predicate.ts';
import { wholeRange } from '../graph/demand.ts';
import { LATEST_ARRIVAL_MS } from '../graph/read-state.ts';
import { csvFormat } from '../headless/csv.ts';
import type { Format } from '../headless/format.ts';
import { jsonFormat, ndjsonFormat } from '../headless/json.ts';
import { printList } from '../headless/list.ts';
import { narrator } from '../headless/narrator.ts';
import { outputOn } from '../headless/output.ts';
import type { Printing, PrintingEnd } from '../headless/printing.ts';
import { exitCodeOf, watchingText } from '../headless/problem-text.ts';
import { nothingMatched } from '../headless/query-advice.ts';
import { tableFormat } from '../headless/table.ts';
import { printTail } from '../headless/tail.ts';
import type { ListOptions, TailOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { AppNames } from '../signup/app-names.ts';
import { type Command, runCommand } from './command.ts';
import { withFlows } from './flows.ts';
import { defaultRangeMs, refusalToStart, showing, withProgress } from './reading.ts';

export function runList(options: ListOptions, program: Program): Promise<number> {
  return runCommand(options, program, async (command) => {
    const nowMs = program.edges.clock.now();
    const { since, until } = options.filter;
    const toMs = until?.atMs ?? nowMs;
    const range = { fromMs: since?.atMs ?? toMs - defaultRangeMs, toMs };
    const filter = { ...options.filter, since: since ?? { text: '24h', atMs: range.fromMs } };
    const refusal = await refusalToStart(options, options.log, command);
    if (refusal !== null) return refusal;
    const withApps = await withFlows({ ...options, filter }, command);
    if (!withApps.ok) return withApps.exitCode;
    const whenNothing = command.hasReader ? nothingMatched(filter, range, options.timeZone) : [];
    const order = { limit: options.limit, whenNothing };
    return withProgress(options, command, 1000, async (progress) => {
      const printing = printingOf({ ...options, filter: withApps.filter }, command, range, null);
      return exitCodeAfter(await printList(progress === null ? printing : showing(printing, progress, options), order));
    });
  });
}

export function runTail(options: TailOptions, program: Program): Promise<number> {
  return runCommand(options, program, async (command) => {
    const refusal = await refusalToStart(options, options.log, command);
    if (refusal !== null) return refusal;
    const withApps = await withFlows(options, command);
    if (!withApps.ok) return withApps.exitCode;
    const { clock } = program.edges;
    const nowMs = clock.now();
    const { since, until } = options.filter;
    const readsFromMs = since?.atMs ?? nowMs - LATEST_ARRIVAL_MS;
    const over = new AbortController();
    const done = new AbortController();
    if (options.forMs !== null) void clock.wait(options.forMs, done.signal).then(() => over.abort());
    const range = { fromMs: readsFromMs, toMs: until?.atMs ?? null };
    const printsFromMs = since?.atMs ?? nowMs;
    if (command.hasReader) command.write(watchingText(printsFromMs, options));
    const end = await printTail(
      printingOf({ ...options, filter: withApps.filter }, command, range, options.intervalMs),
      {
        readsFromMs,
        printsFromMs,
        latestArrivalMs: LATEST_ARRIVAL_MS,
        deadline: over.signal,
      },
    );
    done.abort();
    return exitCodeAfter(end);
  });
}

function printingOf(
  options: ListOptions | TailOptions,
  { program, connection, interruption, write }: Command,
  range: { readonly fromMs: number; readonly toMs: number | null },
  pollIntervalMs: number | null,
): Printing {
  const { filter, log, pageSize, timeZone } = options;
  const appNames = new AppNames();
  const wantsFewest = options.command === 'list' && filter.terms.length === 0 ? options.limit : null;
  const request = {
    log,
    clause: splitFilter(filter, new Set(), log).clause,
    sinceMs: range.fromMs,
    untilMs: range.toMs,
    pageSize: Math.min(pageSize, wantsFewest ?? pageSize),
    pollIntervalMs,
    covered: [] satisfies readonly Span[],
  };
  return {
    read: (signal) => connection.readFeed(request, wholeRange, signal),
    keeps: compileFilter(filter, appNames),
    appNames,
    format: formatOf(options, program, appNames),
    output: outputOn(program.io.stdout),
    narrator: narrator(write, timeZone),
    signal: interruption.signal,
  };
}

function formatOf(options: ListOptions | TailOptions, { io }: Program, appNames: AppNames): Format {
  const isTerminal = io.stdout.isTTY === true;
  switch (options.output ?? (isTerminal ? 'table' : 'ndjson')) {
    case 'ndjson':
      return ndjsonFormat();
    case 'json':
      return jsonFormat();
    case 'csv':
      return csvFormat(options.log);
    case 'table': {
      const { color, ascii, timeZone, log } = options;
      const widthColumns = isTerminal ? (io.stdout.columns ?? 80) : null;
      return tableFormat({ widthColumns, color: color && isTerminal, ascii, timeZone }, appNames, log);
    }
  }
}

function exitCodeAfter(end: PrintingEnd): number {
  return end.kind === 'failed' ? exitCodeOf(end.problem) : 0;
}
