/** Opens the debug log that was asked for, if any. */
import { dirname, join } from 'node:path';
import { type DebugLog, noDebugLog, openDebugLog } from '../debug-log.ts';
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
    io.stderr.write(sayText(`--debug-log: ${reasonOf(error, debugLogFile)}`));
    return null;
  }
}

/** What is in the way, and what to do about it; the system's own words for what is rare. */
function reasonOf(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const folder = dirname(file);
  if (code === 'ENOENT') return `the folder ${folder} does not exist; make it first, or name a file in another folder`;
  if (code === 'ENOTDIR') return `${folder} is no folder; name a file in another one`;
  if (code === 'EISDIR') return `${file} is a folder; name a file in it, e.g. ${join(file, 'debug.log')}`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be written by you; name a file in another folder`;
  return error instanceof Error ? error.message : String(error);
}
