/** Opens the debug log that was asked for, if any. */
import { type DebugLog, noDebugLog, openDebugLog } from '../debug-log.ts';
import { sayText } from '../headless/problem-text.ts';
import type { ConnectionOptions } from '../options.ts';
import type { Program } from '../program.ts';

/** Null, after a word on stderr, when the file cannot be written: exit code 2. */
export function startDebugLog({ debugLogFile }: ConnectionOptions, { io, edges, version }: Program): DebugLog | null {
  if (debugLogFile === null) return noDebugLog;
  try {
    const debugLog = openDebugLog(debugLogFile, edges.clock);
    debugLog.note(`entra-signups ${version}, Node ${process.versions.node}, ${edges.platform}`);
    return debugLog;
  } catch (error) {
    io.stderr.write(sayText(`--debug-log: ${error instanceof Error ? error.message : String(error)}`));
    return null;
  }
}
