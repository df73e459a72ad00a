/** What the commands without a screen share: stderr, the debug log, signals, the connection, and their end. */
import { type Connection, connect } from '../connect.ts';
import type { ConnectionOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { startDebugLog } from './debugging.ts';
import { type Interruption, listenForInterruption } from './interruption.ts';

export interface Command {
  readonly program: Program;
  readonly connection: Connection;
  readonly interruption: Interruption;
  /** Takes text for stderr. */
  readonly write: (text: string) => void;
  /** Somebody can read stderr and answer. */
  readonly hasPerson: boolean;
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
  try {
    const connection = await connect({ target: options.target, program, debugLog, observe: () => {} });
    const hasPerson = io.stdin.isTTY === true && io.stderr.isTTY === true;
    const code = await work({ program, connection, interruption, write, hasPerson });
    return interruption.signal.aborted ? interruption.exitCode() : code;
  } finally {
    interruption.release();
    debugLog.close();
  }
}
