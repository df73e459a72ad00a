/** What the commands without a screen share: stderr, the debug log, signals, the connection, and their end. */
import { type Connection, connect } from '../connect.ts';
import { createLogClock, type LogClock } from '../graph/log-clock.ts';
import type { OutputEnds } from '../headless/output.ts';
import { exitCodeOf, problemText, sayText } from '../headless/problem-text.ts';
import type { CommandName } from '../options/table.ts';
import type { ConnectionOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { endDebugLog, startDebugLog } from './debugging.ts';
import { type Interruption, listenForInterruption } from './interruption.ts';
import { type RequestPace, requestPace } from './request-pace.ts';
import { blockedWayOut } from './way-out.ts';

export interface Command {
  readonly program: Program;
  readonly connection: Connection;
  readonly interruption: Interruption;
  /** Takes text for stderr. */
  readonly write: (text: string) => void;
  /** Somebody can read stderr and answer. */
  readonly hasPerson: boolean;
  /** Somebody can read stderr. */
  readonly hasReader: boolean;
  readonly pace: RequestPace;
  /** What time it is in the log. */
  readonly logClock: LogClock;
  /** For `outputOn`: what ends the waiting for a reader of stdout. */
  readonly ends: OutputEnds;
}

/** Most automatic requests in 10 s: commands run unattended, and leave half of what Graph allows to people. */
const automaticShare = 2;

/** What a stderr that nobody reads may hold back; what is said beyond that is not said. */
const MOST_UNREAD_BYTES = 64 * 1024;

/** Runs `work` with all of it, and gives its exit code; an interruption goes before that. */
export async function runCommand(
  options: ConnectionOptions & { readonly command: CommandName },
  program: Program,
  work: (command: Command) => Promise<number>,
): Promise<number> {
  const { io, edges } = program;
  const write = (text: string) => {
    if (io.stderr.writableLength < MOST_UNREAD_BYTES) io.stderr.write(text);
  };
  const debugLog = startDebugLog(options, program);
  if (debugLog === null) return 2;
  const blocked = sendsRequests(options) ? blockedWayOut(options.target, io.env) : null;
  if (blocked !== null) {
    write(problemText(blocked));
    debugLog.close();
    return exitCodeOf(blocked);
  }
  const interruption = listenForInterruption(edges.host);
  const pace = requestPace(edges.clock);
  const logClock = createLogClock(edges.clock);
  const ends = { clock: edges.clock, interrupted: interruption.signal };
  const hasReader = io.stderr.isTTY === true;
  const hasPerson = io.stdin.isTTY === true && hasReader;
  try {
    const { target } = options;
    // Whoever wrote a number after --demo may have meant to search for it.
    if (hasReader && target.kind === 'demo' && target.seedIsWord) write(sayText(`demo tenant, seed ${target.seed}`));
    const connection = await connect({
      ...{ target, program, debugLog, logClock, automaticShare },
      observe: pace.observe,
      onNotice: (text) => write(sayText(text)),
    });
    const code = await work({ program, connection, interruption, write, hasPerson, hasReader, pace, logClock, ends });
    return interruption.signal.aborted ? interruption.exitCode() : code;
  } finally {
    interruption.release();
    endDebugLog(debugLog, io);
  }
}

/** What is saved here can be shown and removed without a network. */
function sendsRequests({ command }: { readonly command: CommandName }): boolean {
  return command !== 'logout' && command !== 'whoami';
}
