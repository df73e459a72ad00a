/**
 * The text of a settings file → `Config`, or a complaint that names the file, the line and what is wrong there. Pure;
 * it loads the TOML parser and the schema, so it is imported only when there is a file.
 */
import { parse, TomlError } from 'smol-toml';
import type { Written } from '../options/arguments.ts';
import type { Section } from '../options/settings.ts';
import type { OptionName } from '../options/table.ts';
import { isColumnName } from '../store/table-view.ts';
import type { Config, ConfigOutcome } from './config.ts';
import { complaintAt, type FileText, lineOf, mistakeIn } from './mistake.ts';
import { readKeyOverrides } from './read-key-overrides.ts';
import { configSchema, optionsInFile, optionText } from './schema.ts';
import { type TomlPath, type TomlPlaces, tomlPlaces } from './toml-places.ts';

export interface ConfigContext {
  /** As it was named, for messages. */
  readonly file: string;
  /** The present, against which times in the file are read. */
  readonly nowMs: number;
}

/** Takes the bytes of the file, which have to be UTF-8. */
export function readConfigBytes(bytes: Uint8Array, context: ConfigContext): ConfigOutcome {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const message = `the settings file ${context.file} is not text in UTF-8`;
    return { kind: 'refused', complaint: { message, advice: '', place: null } };
  }
  return readConfig(text, context);
}

/** Takes the text of the file, with its byte order mark if it has one. */
export function readConfig(text: string, { file, nowMs }: ConfigContext): ConfigOutcome {
  const source = { file, text };
  const parsed = parsedToml(source);
  if (parsed.kind === 'refused') return parsed;
  const places = tomlPlaces(text);
  // Which zone times are in makes no difference to whether they are times.
  const checked = configSchema({ nowMs, timeZone: 'UTC' }).safeParse(parsed.table);
  if (!checked.success) return { kind: 'refused', complaint: mistakeIn(checked.error.issues, source, places) };

  const { profiles = {}, columns, presets = [], keys = {}, ...options } = checked.data;
  const overrides = readKeyOverrides(keys);
  const config: Config = {
    file,
    general: sectionOf(options, [], source, places),
    profiles: new Map(
      Object.entries(profiles).map(([name, values]) => [name, sectionOf(values, ['profiles', name], source, places)]),
    ),
    columns: columns?.filter(isColumnName) ?? null,
    presets: presets.map(({ name, query, key }) => ({ name: name.trim(), query, key: key ?? null })),
    keys: overrides.ok ? overrides.overrides : [],
  };
  return { kind: 'read', config };
}

function parsedToml(source: FileText) {
  try {
    // A space instead of the byte order mark leaves every place where it is.
    return { kind: 'parsed', table: parse(source.text.replace(/^\ufeff/, ' ')) } as const;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column, message } = error;
    const { what, advice } = inPlainWords(message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '') ?? '');
    const lineStart = source.text.split('\n', line - 1).join('\n').length + (line === 1 ? 0 : 1);
    const start = lineStart + column - 1;
    const complaint = complaintAt(source, { start, end: start + 1 }, what, advice);
    return { kind: 'refused', complaint } as const;
  }
}

/** The mistakes that people make most often; for the rest, the parser's own words. */
function inPlainWords(reason: string): { readonly what: string; readonly advice: string } {
  if (/redefine/.test(reason)) return { what: 'this is set a second time here', advice: '' };
  const advice = /invalid value/.test(reason) ? 'Text stands in quotes; numbers, true and false stand without' : '';
  return { what: `this is not TOML: ${reason}`, advice };
}

type OptionValue = string | number | boolean | undefined;

function sectionOf(
  values: Readonly<Record<string, OptionValue>>,
  path: TomlPath,
  { file, text }: FileText,
  places: TomlPlaces,
): Section {
  const section = new Map<OptionName, Written>();
  for (const { name } of optionsInFile) {
    const value = values[name];
    if (value === undefined) continue;
    const span = places.at([...path, name])?.value ?? null;
    const line = span === null ? null : lineOf(text, span);
    const called = line === null ? `${file}: ${name}` : `${file}, line ${line.number}: ${name}`;
    const origin = path.length === 0 ? 'file' : 'profile';
    section.set(name, { text: optionText(value), origin, called, place: line?.place ?? null });
  }
  return section;
}
