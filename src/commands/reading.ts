/** What the commands share that read the log and print: whether it makes sense to start, and the line of progress. */
import { fstatSync } from 'node:fs';
import { type Cloud, endpointsOf } from '../endpoints.ts';
import type { ReadingFact } from '../facts/reading.ts';
import { narrator } from '../headless/narrator.ts';
import type { Printing } from '../headless/printing.ts';
import { sayText } from '../headless/problem-text.ts';
import { type Progress, startProgress } from '../headless/progress.ts';
import { operatorAdvice } from '../headless/query-advice.ts';
import { logNamed } from '../logs/logs.ts';
import type { ReadingOptions } from '../options.ts';
import type { OutputStream } from '../program.ts';
import type { LogName } from '../signup/event.ts';
import { terminalTypeOf } from '../terminal/terminal-type.ts';
import type { Command } from './command.ts';
import { signedIn } from './sign-in.ts';

export const defaultRangeMs = 24 * 60 * 60_000;

/** An exit code when it makes no sense to start, after a word on stderr. */
export async function refusalToStart(options: ReadingOptions, log: LogName, command: Command): Promise<number | null> {
  const { target } = options;
  const { called } = logNamed(log);
  if (target.kind === 'tenant' && !isDocumented(log, target.cloud)) {
    command.write(sayText(`Microsoft documents no ${called} for the cloud ${target.cloud}; asking all the same`));
  }
  const refusal = await signedIn(options, command);
  const advice = refusal === null ? operatorAdvice(options.filter) : null;
  if (advice !== null) command.write(sayText(advice));
  return refusal;
}

function isDocumented(log: LogName, cloud: Cloud): boolean {
  return endpointsOf[cloud].hasSignUpLog || (cloud !== 'china' && logNamed(log).clouds === 'global and US government');
}

/**
 * Does the work with a line of progress below it, which comes `afterMs` from now; with null where stderr is no terminal
 * that can rewrite one.
 */
export async function withProgress(
  { timeZone, screenReader }: Pick<ReadingOptions, 'timeZone' | 'screenReader'>,
  { program, hasReader, pace, write }: Command,
  afterMs: number,
  work: (progress: Progress | null) => Promise<number>,
): Promise<number> {
  const { io, edges } = program;
  if (!hasReader || screenReader || !terminalTypeOf(io.env).canDraw) return work(null);
  const progress = startProgress({
    write,
    clock: edges.clock,
    timeZone,
    widthColumns: io.stderr.columns ?? 80,
    stdout: kindOf(io.stdout),
    nextRequest: pace.nextRequest,
    firstAfterMs: afterMs,
  });
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
}

/** What reads and writes, with the line of progress fed by it and out of its way. */
export function showing<Reading extends Pick<Printing, 'read' | 'output' | 'narrator'>>(
  reading: Reading,
  progress: Progress,
  { timeZone }: Pick<ReadingOptions, 'timeZone'>,
  { logClock }: Pick<Command, 'logClock'>,
): Reading {
  return {
    ...reading,
    read: async function* (signal: AbortSignal) {
      for await (const fact of reading.read(signal)) {
        progress.tell(fact);
        yield fact;
      }
    },
    output: progress.besides(reading.output),
    narrator: narrator({ write: progress.write, timeZone, nowMs: logClock.nowMs }),
  };
}

/**
 * Reads, and starts again when Graph shows that this computer's clock was off: ranges that count from "now" are worked out anew by
 * `start`, which is called for every start.
 */
export async function* readingByLogTime(
  start: (signal: AbortSignal) => AsyncIterable<ReadingFact>,
  signal: AbortSignal,
): AsyncGenerator<ReadingFact, void, undefined> {
  for (let isCorrected = true; isCorrected && !signal.aborted; ) {
    isCorrected = false;
    const stop = new AbortController();
    for await (const fact of start(AbortSignal.any([signal, stop.signal]))) {
      yield fact;
      isCorrected = fact.type === 'clock.corrected';
      if (isCorrected) break;
    }
    stop.abort();
  }
}

function kindOf(stdout: OutputStream): 'terminal' | 'file' | 'pipe' {
  if (stdout.isTTY === true) return 'terminal';
  const isFile = typeof stdout.fd === 'number' && fstatSync(stdout.fd).isFile();
  return isFile ? 'file' : 'pipe';
}
