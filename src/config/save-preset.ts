/**
 * Adds a preset to the text of a settings file. Pure. It only appends: everything that stands in the file, comments
 * included, stays as it is, byte for byte. What comes out can be read again, or nothing comes out.
 */
import { stringify } from 'smol-toml';
import type { Preset } from '../store/preset-list.ts';
import { type ConfigContext, readConfig } from './read-config.ts';
import { sameName } from './schema.ts';

export type SavedPreset =
  | { readonly ok: true; readonly text: string }
  /** `message`: one line for the person, without the full stop. */
  | { readonly ok: false; readonly message: string };

/** Takes the text of the file, empty when there is none yet, and gives it with the preset at its end. */
export function savePreset(text: string, preset: Preset, context: ConfigContext): SavedPreset {
  const before = readConfig(text, context);
  if (before.kind !== 'read') return refused(before.kind === 'refused' ? before.complaint.message : 'it is missing');
  const name = preset.name.trim();
  const twin = before.config.presets.find((other) => sameName(other.name, name));
  if (twin !== undefined) return refused(`there is a preset "${twin.name}" already`);

  const longer = `${text}${separator(text)}${sectionOf({ ...preset, name }, lineEnd(text))}`;
  const after = readConfig(longer, context);
  if (after.kind === 'read') return { ok: true, text: longer };
  const reason = after.kind === 'refused' ? after.complaint.message : 'it is missing';
  // TOML forbids to add to a list that is written in brackets.
  const isList = /^[ \t]*(presets|"presets"|'presets')[ \t]*=/m.test(text);
  return refused(isList ? `${context.file}: presets = [...] cannot be added to; write each as [[presets]]` : reason);
}

function refused(message: string): SavedPreset {
  return { ok: false, message };
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** What makes the section begin on a line of its own, below an empty one. */
function separator(text: string): string {
  const end = lineEnd(text);
  if (/^\ufeff?$/.test(text)) return '';
  return text.endsWith('\n') ? end : `${end}${end}`;
}

function sectionOf({ name, query, key }: Preset, end: string): string {
  const lines = ['[[presets]]', `name = ${quoted(name)}`, `query = ${quoted(query)}`];
  if (key !== null) lines.push(`key = ${quoted(key)}`);
  return lines.map((line) => `${line}${end}`).join('');
}

/** Queries are full of double quotes: single ones leave them as they were typed. */
function quoted(text: string): string {
  if (/["\\]/.test(text) && !/['\p{Cc}\p{Cs}]/u.test(text)) return `'${text}'`;
  return stringify({ text }).trimEnd().slice('text = '.length);
}
