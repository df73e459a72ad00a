/** Opens the debug log that was asked for, if any, and closes it. */
import { type DebugLog, noDebugLog, openDebugLog } from '../debug-log.ts';
import { troubleOf } from '../files/in-words.ts';
import { sayText } from '../headless/problem-text.ts';
import type { ConnectionOptions, DoctorOptions } from '../options.ts';
import type { Program } from '../program.ts';

/** Null, after a word on stderr, when the file cannot be written: exit code 2. */
export function startDebugLog(
  options: ConnectionOptions | DoctorOptions,
  { io, edges, version }: Program,
): DebugLog | null {
  const { debugLogFile, target } = options;
  if (debugLogFile === null) return noDebugLog;
  try {
    const debugLog = openDebugLog(debugLogFile, edges.clock);
    debugLog.note(`entra-signups ${version}, Node ${process.versions.node}, ${edges.platform}`);
    if (target.kind === 'demo') debugLog.note(`demo tenant, seed ${target.seed}: nothing here comes from Microsoft`);
    return debugLog;
  } catch (error) {
    io.stderr.write(sayText(`--debug-log: ${words(error, debugLogFile)}`));
    return null;
  }
}

/** Closes it, and says on stderr what could not be written. */
export function endDebugLog(debugLog: DebugLog, { stderr }: Program['io']): void {
  const lost = debugLog.close();
  if (lost !== null) stderr.write(sayText(`--debug-log: ${lost}`));
}

/** What is in the way, and what to do about it; the system's own words for what is rare. */
function words(error: unknown, file: string): string {
  const trouble = troubleOf(error, file);
  if (trouble !== null) return `${trouble.reason}; ${trouble.todo}`;
  return error instanceof Error ? error.message : String(error);
}
