/** Saves a preset into the settings file, which other processes and the person may be changing as well. */
import { isUtf8 } from 'node:buffer';
import { type Edit, troubleIn } from '../files/edit-file.ts';
import { editLinkedFile } from '../files/linked-file.ts';
import type { Preset } from '../store/preset-list.ts';
import type { ConfigContext } from './read-config.ts';
import { type SavedPreset, savePreset } from './save-preset.ts';

export type PresetFileOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** How long to wait for other processes. */
const WAIT_MS = 10_000;

/**
 * Takes the file's path, which need not exist, and the present. A link stays a link, and the file keeps its mode; a new one
 * is for its owner alone. Every failure is an outcome with a message for the person, without a full stop.
 */
export async function savePresetFile(file: string, preset: Preset, nowMs: number): Promise<PresetFileOutcome> {
  let refusal: string | null = null;
  const ask = (bytes: Buffer | null): Edit => {
    const saved = withPreset(bytes, preset, { file, nowMs });
    refusal = saved.ok ? null : saved.message;
    return saved.ok ? { kind: 'write', bytes: Buffer.from(saved.text) } : { kind: 'keep' };
  };
  const trouble = troubleIn(await editLinkedFile(file, ask, { waitMs: WAIT_MS, durable: true }), file);
  if (trouble !== null) {
    return { ok: false, message: `the preset could not be saved: ${trouble.reason}; ${trouble.todo}` };
  }
  return refusal === null ? { ok: true } : { ok: false, message: refusal };
}

function withPreset(bytes: Buffer | null, preset: Preset, context: ConfigContext): SavedPreset {
  if (bytes === null) return savePreset('', preset, context);
  if (!isUtf8(bytes)) return { ok: false, message: `${context.file} is not text in UTF-8` };
  // Keeps a byte order mark, as all that is not ours.
  return savePreset(bytes.toString('utf8'), preset, context);
}
