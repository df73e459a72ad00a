/** What `attempts` and `stats` share: reads whole attempts of a range, and says on stderr what came of it. */
import type { Span } from '../facts/reading.ts';
import type { Filter } from '../filter/filter.ts';
import { splitFilter, wholeAttempts } from '../filter/graph-filter.ts';
import { reanchored } from '../filter/time-range.ts';
import { wholeRange } from '../graph/demand.ts';
import { type AttemptsRead, attemptsRead } from '../headless/attempts-read.ts';
import { narrator } from '../headless/narrator.ts';
import { outputOn } from '../headless/output.ts';
import { eventCount, exitCodeOf, momentText, sayText } from '../headless/problem-text.ts';
import { nothingMatched } from '../headless/query-advice.ts';
import { readAttempts, stretchFor } from '../headless/read-attempts.ts';
import type { AttemptsOptions, StatsOptions } from '../options.ts';
import { AppNames } from '../signup/app-names.ts';
import { type Command, runCommand } from './command.ts';
import { withFlows } from './flows.ts';
import { defaultRangeMs, refusalToStart, showing, withProgress } from './reading.ts';

/** A wait that a person notices is told. */
const PROGRESS_AFTER_MS = 150;

/**
 * Reads, lets `text` make what is printed, and gives the exit code. `lengths`: how many ranges of that length are read, the
 * asked one and those before it.
 */
export function runOnAttempts(
  options: AttemptsOptions | StatsOptions,
  lengths: number,
  program: Parameters<typeof runCommand>[1],
  text: (read: AttemptsRead) => string,
): Promise<number> {
  return runCommand(options, program, async (command) => {
    const refusal = await refusalToStart(options, 'signUps', command);
    if (refusal !== null) return refusal;
    const { logClock } = command;
    const withApps = await withFlows(options, command);
    if (!withApps.ok) return withApps.exitCode;
    return withProgress(options, command, PROGRESS_AFTER_MS, async (progress) => {
      const output = outputOn(program.io.stdout, command.ends);
      const readAt = async (nowMs: number) => {
        const filter = reanchored(withApps.filter, { nowMs, timeZone: options.timeZone });
        const asked = rangeOf(filter, nowMs);
        const wanted = withEarlier(asked, lengths);
        const stretch = stretchFor(wanted, nowMs);
        const reading = readingOf(options, filter, stretch, command, output.closed);
        const all = { ...reading, output };
        const shown = progress === null ? all : showing(all, progress, options, command);
        const read = await readAttempts(shown, { range: wanted, stretch, limit: options.limit });
        return { nowMs, filter, asked, wanted, reading, read };
      };
      let taken = await readAt(logClock.nowMs());
      // This computer's clock was off, and so was the range.
      while (taken.read.isClockCorrected) taken = await readAt(logClock.nowMs());
      progress?.stop();
      const { nowMs, filter, asked, wanted, reading, read } = taken;
      const { end } = read;
      const told = attemptsRead({ ...read, filter, appNames: reading.appNames, asked, nowMs });
      await output.write(text(told));
      await output.flush();
      tellWhatIsMissing(told, wanted, { ...options, filter }, command);
      return end.kind === 'failed' ? exitCodeOf(end.problem) : 0;
    });
  });
}

function readingOf(
  { pageSize, limit, timeZone }: AttemptsOptions | StatsOptions,
  filter: Filter,
  stretch: Span,
  { connection, interruption, write, logClock }: Command,
  closed: AbortSignal,
) {
  const request = {
    log: 'signUps' as const,
    clause: splitFilter(wholeAttempts(filter), new Set()).clause,
    sinceMs: stretch.fromMs,
    untilMs: filter.until === null ? null : stretch.toMs,
    pageSize: Math.min(pageSize, limit ?? pageSize),
    pollIntervalMs: null,
    covered: [] satisfies readonly Span[],
  };
  return {
    read: (signal: AbortSignal) => connection.readFeed(request, wholeRange, signal),
    appNames: new AppNames(),
    narrator: narrator({ write, timeZone, nowMs: logClock.nowMs }),
    signal: AbortSignal.any([interruption.signal, closed]),
  };
}

function rangeOf({ since, until }: Filter, nowMs: number): Span {
  // What lies in the future has not happened yet.
  const toMs = Math.min(until?.atMs ?? nowMs, nowMs);
  return { fromMs: Math.min(since?.atMs ?? toMs - defaultRangeMs, toMs), toMs };
}

/** The range and those of the same length before it. */
function withEarlier(asked: Span, lengths: number): Span {
  return { ...asked, fromMs: asked.toMs - lengths * (asked.toMs - asked.fromMs) };
}

function tellWhatIsMissing(
  { attemptsIn, keeps, asked, range, readFromMs, isLimited, events, end }: AttemptsRead,
  wanted: Span,
  { filter, timeZone }: AttemptsOptions | StatsOptions,
  { write, hasReader }: Command,
): void {
  const back = range.fromMs < range.toMs ? ` back to ${momentText(range.fromMs, timeZone)}` : '';
  if (end.kind !== 'done') {
    write(sayText(`this is not all: it rests on ${eventCount(events)}${back}`));
  } else if (isLimited && range.fromMs > asked.fromMs) {
    write(sayText(`this rests on ${eventCount(events)}${back}; --limit 0 reads all`));
  } else if (isLimited && readFromMs > wanted.fromMs) {
    write(sayText('the range before was not read to its start, so nothing is compared; --limit 0 reads all'));
  } else if (hasReader && !attemptsIn(range).some(keeps)) {
    for (const sentence of nothingMatched(filterWith(filter, asked), asked, timeZone)) write(sayText(sentence));
  }
}

function filterWith(filter: Filter, { fromMs }: Span): Filter {
  return { ...filter, since: filter.since ?? { text: '24h', atMs: fromMs } };
}
