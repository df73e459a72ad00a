/** What the commands without a screen share: stderr, the debug log, signals, the connection, and their end. */
import { type Connection, connect } from '../connect.ts';
import { sayText } from '../headless/problem-text.ts';
import type { ConnectionOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { startDebugLog } from './debugging.ts';
import { type Interruption, listenForInterruption } from './interruption.ts';
import { type RequestPace, requestPace } from './request-pace.ts';

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
}

/** Runs `work` with all of it, and gives its exit code; an interruption goes before that. */
export async function runCommand(
  options: ConnectionOptions,
  program: Program,
  work: (command: Command) => Promise<number>,
): Promise<number> {
  const { io, edges } = program;
  const write = (text: string) => void io.stderr.write(text);
  const debugLog = startDebugLog(options, program);
  if (debugLog === null) return 2;
  const interruption = listenForInterruption(edges.host);
  const pace = requestPace();
  const hasReader = io.stderr.isTTY === true;
  const hasPerson = io.stdin.isTTY === true && hasReader;
  try {
    const { target } = options;
    // Whoever wrote a number after --demo may have meant to search for it.
    if (hasReader && target.kind === 'demo' && target.seedIsWord) write(sayText(`demo tenant, seed ${target.seed}`));
    const connection = await connect({ target, program, debugLog, observe: pace.observe });
    const code = await work({ program, connection, interruption, write, hasPerson, hasReader, pace });
    return interruption.signal.aborted ? interruption.exitCode() : code;
  } finally {
    interruption.release();
    debugLog.close();
  }
}
