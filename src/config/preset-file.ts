/** Saves a preset into the settings file: replaced as a whole or not at all, for its owner alone when it is new. */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Preset } from '../store/preset-list.ts';
import { savePreset } from './save-preset.ts';

export type PresetFileOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

/**
 * Takes the file's path, which need not exist, and the present. Nothing is awaited between reading and replacing, so
 * that what others write is not lost. Every failure is an outcome with a message for the person.
 */
export function savePresetFile(file: string, preset: Preset, nowMs: number): PresetFileOutcome {
  try {
    // A link stays a link; what it leads to is replaced.
    const target = realPathOf(file);
    const text = target === null ? '' : decoded(readFileSync(target));
    if (text === null) return { ok: false, message: `${file} is not text in UTF-8` };
    const saved = savePreset(text, preset, { file, nowMs });
    if (!saved.ok) return saved;
    replace(target ?? file, saved.text, target === null ? 0o600 : statSync(target).mode & 0o777);
    return { ok: true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, message: `the preset could not be saved: ${reason}` };
  }
}

function realPathOf(file: string): string | null {
  try {
    return realpathSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function replace(path: string, text: string, mode: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${randomUUID()}`;
  try {
    writeFileSync(beside, text, { mode, flag: 'wx', flush: true });
    // What the umask took away.
    chmodSync(beside, mode);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}
