/**
 * Finds the settings file and has it read. What reads it is loaded only when there is one, so that a start without
 * settings pays for nothing but a look.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigOutcome } from './config.ts';

export interface ConfigFolder {
  /** The platform's folder for settings of this program. */
  readonly configFolder: () => Promise<string>;
  /** The present, against which times in the file are read. */
  readonly nowMs: number;
}

/** Reads the file `named`, or `config.toml` of the folder. Every failure is an outcome. */
export async function loadConfig(named: string | null, { configFolder, nowMs }: ConfigFolder): Promise<ConfigOutcome> {
  const file = named ?? join(await configFolder(), 'config.toml');
  const content = contentOf(file);
  if (Buffer.isBuffer(content)) {
    const { readConfigBytes } = await import('./read-config.ts');
    return readConfigBytes(content, { file, nowMs });
  }
  const code = content instanceof Error && 'code' in content ? content.code : null;
  if (code === 'ENOENT') return { kind: 'missing', file };
  const message = `the settings file ${file} cannot be read: ${reasonOf(content, code)}`;
  return { kind: 'refused', complaint: { message, advice: '', place: null } };
}

/** Nothing else goes on while the program starts: this way is quicker than by the thread pool. */
function contentOf(file: string): unknown {
  try {
    return readFileSync(file);
  } catch (error) {
    return error;
  }
}

/** What is in the way; the system's own words for what is rare. */
function reasonOf(error: unknown, code: unknown): string {
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOTDIR') return 'what should be its folder is none';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  return error instanceof Error ? error.message : String(error);
}
