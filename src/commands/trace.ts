/** `trace`: puts the reading of all logs, by one correlation ID and the account behind it, and its printer together. */
import { narrator } from '../headless/narrator.ts';
import { outputOn } from '../headless/output.ts';
import { sayText } from '../headless/problem-text.ts';
import { readTrace } from '../headless/read-trace.ts';
import { traceExitCode, traceFormat, traceWords } from '../headless/trace.ts';
import type { TraceOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { AppNames } from '../signup/app-names.ts';
import { runCommand } from './command.ts';
import { tableLookOf } from './printed-format.ts';
import { signedIn } from './sign-in.ts';

/** What every edition of Entra keeps: whoever traces an ID from a ticket does not know when it was. */
const DEFAULT_RANGE_MS = 7 * 24 * 60 * 60_000;
/** A range without an end reaches this far beyond now. */
const OPEN_END_MS = 24 * 60 * 60_000;

export function runTrace(options: TraceOptions, program: Program): Promise<number> {
  return runCommand(options, program, async (command) => {
    const { connection, interruption, write, hasReader, logClock } = command;
    const refusal = await signedIn(options, command);
    if (refusal !== null) return refusal;
    const { correlationId, since, until, timeZone } = options;
    const toMs = until?.atMs ?? logClock.nowMs();
    const shown = { fromMs: since?.atMs ?? toMs - DEFAULT_RANGE_MS, toMs };
    // Before the first answer, this computer's clock may be behind the log's.
    const span = { ...shown, toMs: until?.atMs ?? toMs + OPEN_END_MS };
    const { signal } = interruption;
    const told = narrator({ write, timeZone, nowMs: logClock.nowMs });
    const trace = await readTrace(correlationId, {
      readSignUps: () => connection.readCorrelation({ log: 'signUps', correlationId, span }, signal),
      readRelated: (query) => connection.readRelated({ ...query, span, signIns: 'interactive', without: [] }, signal),
      tell: (fact) => {
        // That the usual range reaches a moment too far is nobody's concern.
        if (fact.type !== 'range.clamped' || since !== null) told.tell(fact);
      },
      onAccount: () => {
        if (hasReader) write(sayText("asking for the account's later entries, which can take 10 s"));
      },
      signal,
    });
    if (signal.aborted) return 0;
    const { stdout } = program.io;
    const output = outputOn(stdout, command.ends);
    const appNames = new AppNames();
    for (const entry of trace.entries) appNames.learn(entry);
    const isTerminal = stdout.isTTY === true;
    const look = tableLookOf(options, program);
    const format = traceFormat(options.output ?? (isTerminal ? 'table' : 'ndjson'), correlationId, look, appNames);
    await output.write(format.start() + format.events(trace.entries) + format.end());
    await output.flush();
    const telling = { timeZone, nowMs: logClock.nowMs() };
    for (const sentence of traceWords(trace, correlationId, shown, telling)) write(sayText(sentence));
    return traceExitCode(trace);
  });
}
