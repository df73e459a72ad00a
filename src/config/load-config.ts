/**
 * Finds the settings file and has it read. What reads it is loaded only when there is one, so that a start without
 * settings pays for nothing but a look.
 */
import { join } from 'node:path';
import { troubleReading } from '../files/found-file.ts';
import { sentencesOf } from '../files/in-words.ts';
import { readLinkedFile } from '../files/linked-file.ts';
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
  const found = await readLinkedFile(file);
  if (found.kind === 'absent') return { kind: 'missing', file };
  if (found.kind === 'read') {
    const { readConfigBytes } = await import('./read-config.ts');
    return readConfigBytes(found.bytes, { file, nowMs });
  }
  const { reason, todo } = troubleReading(found, file);
  const message = `the settings file cannot be read: ${reason}`;
  return { kind: 'refused', complaint: { message, advice: sentencesOf({ reason: todo, todo: '' }), place: null } };
}
