/** `list` and `tail`: puts the feed, the filter and the printer together. */
import type { Span } from '../facts/reading.ts';
import type { Filter } from '../filter/filter.ts';
import { splitFilter } from '../filter/graph-filter.ts';
import { compileFilter } from '../filter/predicate.ts';
import { reanchored } from '../filter/time-range.ts';
import { wholeRange } from '../graph/demand.ts';
import { LATEST_ARRIVAL_MS } from '../graph/read-state.ts';
import { csvFormat } from '../headless/csv.ts';
import type { Format } from '../headless/format.ts';
import { jsonFormat, ndjsonFormat } from '../headless/json.ts';
import { printList } from '../headless/list.ts';
import { narrator } from '../headless/narrator.ts';
import { outputOn } from '../headless/output.ts';
import type { Printing, PrintingEnd } from '../headless/printing.ts';
import { exitCodeOf, uncertainStartText, watchingText } from '../headless/problem-text.ts';
import { nothingMatched } from '../headless/query-advice.ts';
import { tableFormat } from '../headless/table.ts';
import { printTail } from '../headless/tail.ts';
import type { ListOptions, TailOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { AppNames } from '../signup/app-names.ts';
import type { LogEvent } from '../signup/event.ts';
import { type Command, runCommand } from './command.ts';
import { withFlows } from './flows.ts';
import { outputFormatOf, tableLookOf } from './printed-format.ts';
import { defaultRangeMs, readingByLogTime, refusalToStart, showing, withProgress } from './reading.ts';

export function runList(options: ListOptions, program: Program): Promise<number> {
  return runCommand(options, program, async (command) => {
    const refusal = await refusalToStart(options, options.log, command);
    if (refusal !== null) return refusal;
    const withApps = await withFlows(options, command);
    if (!withApps.ok) return withApps.exitCode;
    const reading = readingOf(options, withApps.filter, command, ({ since, until }, nowMs) => {
      const toMs = until?.atMs ?? null;
      return { fromMs: since?.atMs ?? (toMs ?? nowMs) - defaultRangeMs, toMs };
    });
    const whenNothing = (): readonly string[] => {
      const { filter, range } = reading.current();
      const shown = { ...filter, since: filter.since ?? { text: '24h', atMs: range.fromMs } };
      return command.hasReader
        ? nothingMatched(shown, { ...range, toMs: range.toMs ?? command.logClock.nowMs() }, options.timeZone)
        : [];
    };
    const order = { limit: options.limit, whenNothing };
    return withProgress(options, command, 1000, async (progress) => {
      const { printing } = reading;
      const shown = progress === null ? printing : showing(printing, progress, options, command);
      return exitCodeAfter(await printList(shown, order));
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
    const { logClock, connection } = command;
    const over = new AbortController();
    const done = new AbortController();
    if (options.forMs !== null) void clock.wait(options.forMs, done.signal).then(() => over.abort());
    const reading = readingOf(
      options,
      withApps.filter,
      command,
      ({ since, until }, nowMs) => ({
        fromMs: since?.atMs ?? nowMs - LATEST_ARRIVAL_MS,
        toMs: until?.atMs ?? null,
      }),
      over.signal,
    );
    if (command.hasReader) command.write(watchingText(options.filter.since?.atMs ?? logClock.nowMs(), options));
    const end = await printTail(reading.printing, {
      sinceMs: () => reading.current().filter.since?.atMs ?? null,
      lines: options.lines ?? (program.io.stdout.isTTY === true ? LINES_ON_TERMINAL : 0),
      readOlder: (signal) => {
        const { request, range } = reading.current();
        const older = {
          ...request,
          sinceMs: range.fromMs - defaultRangeMs,
          untilMs: range.fromMs,
          pollIntervalMs: null,
        };
        return connection.readFeed(older, wholeRange, signal);
      },
      deadline: over.signal,
      clock,
      onUncertainStart: (tookMs) => command.write(uncertainStartText(tookMs, logClock.nowMs(), options.timeZone)),
    });
    done.abort();
    return exitCodeAfter(end);
  });
}

/** As `tail` and `kubectl logs` do. */
const LINES_ON_TERMINAL = 10;

interface Range {
  readonly fromMs: number;
  /** Null: now, and on. */
  readonly toMs: number | null;
}

interface Plan {
  readonly filter: Filter;
  readonly range: Range;
  readonly request: Parameters<Command['connection']['readFeed']>[0];
  readonly keeps: (event: LogEvent) => boolean;
}

/** What is read and printed, worked out for what time it is in the log; `current` is the plan of the last start. */
function readingOf(
  options: ListOptions | TailOptions,
  written: Filter,
  { program, connection, interruption, write, logClock, ends }: Command,
  rangeOf: (filter: Filter, nowMs: number) => Range,
  over?: AbortSignal,
): { readonly printing: Printing; readonly current: () => Plan } {
  const { log, pageSize, timeZone } = options;
  const appNames = new AppNames();
  const pollIntervalMs = options.command === 'tail' ? options.intervalMs : null;
  const wantsFewest = options.command === 'list' && written.terms.length === 0 ? options.limit : null;
  const planAt = (nowMs: number): Plan => {
    const filter = reanchored(written, { nowMs, timeZone });
    const range = rangeOf(filter, nowMs);
    const request = {
      log,
      clause: splitFilter(filter, new Set(), log).clause,
      sinceMs: range.fromMs,
      untilMs: range.toMs,
      pageSize: Math.min(pageSize, wantsFewest ?? pageSize),
      pollIntervalMs,
      covered: [] satisfies readonly Span[],
    };
    // A list that was given no start has one all the same.
    const bounded = filter.since === null && options.command === 'list' ? since(range.fromMs, filter) : filter;
    return { filter, range, request, keeps: compileFilter(bounded, appNames) };
  };
  let plan = planAt(logClock.nowMs());
  const start = (signal: AbortSignal) => {
    plan = planAt(logClock.nowMs());
    return connection.readFeed(plan.request, wholeRange, signal);
  };
  const printing = {
    read: (signal: AbortSignal) => readingByLogTime(start, signal),
    keeps: (event: LogEvent) => plan.keeps(event),
    appNames,
    format: formatOf(options, program, appNames),
    output: outputOn(program.io.stdout, { ...ends, ...(over ? { over } : {}) }),
    narrator: narrator({ write, timeZone, nowMs: logClock.nowMs }),
    signal: interruption.signal,
  };
  return { printing, current: () => plan };
}

function since(atMs: number, filter: Filter): Filter {
  return { ...filter, since: { text: '24h', atMs } };
}

function formatOf(options: ListOptions | TailOptions, program: Program, appNames: AppNames): Format {
  switch (outputFormatOf(options, program)) {
    case 'ndjson':
      return ndjsonFormat();
    case 'json':
      return jsonFormat();
    case 'csv':
      return csvFormat(options.log);
    case 'table':
      return tableFormat(tableLookOf(options, program), appNames, options.log);
  }
}

function exitCodeAfter(end: PrintingEnd): number {
  return end.kind === 'failed' ? exitCodeOf(end.problem) : 0;
}
