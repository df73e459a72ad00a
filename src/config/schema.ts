/**
 * What may stand in a settings file, made of the option table: every name, and the shape of every value. What the value
 * of an option may say is decided by the readers of the command line, so that both take the same. It knows no places.
 */
import * as z from 'zod/mini';
import { nearestWord } from '../filter/nearest-word.ts';
import { type ParsedQuery, parseQuery } from '../filter/parse-query.ts';
import { logNames } from '../logs/logs.ts';
import { type Present, readBound } from '../options/query.ts';
import { optionReaders } from '../options/readers.ts';
import { type OptionName, type OptionSpec, optionTable } from '../options/table.ts';
import type { ReadValue } from '../options/values.ts';
import type { Preset } from '../store/preset-list.ts';
import { columnNames, isColumnName } from '../store/table-view.ts';
import { presetKeys } from './preset-keys.ts';
import { readKeyOverrides } from './read-key-overrides.ts';

/** What an issue of ours carries in `params`. */
export interface Finding {
  /** What to write instead, or empty. */
  readonly advice: string;
  /** It is about the name of what stands there, not about its value. */
  readonly aboutKey: boolean;
  /** The part of a text that is wrong, in UTF-16 units of the value; null: all of it. */
  readonly within: { readonly start: number; readonly end: number } | null;
}

/** The options that a settings file may set. */
export const optionsInFile: readonly OptionSpec[] = optionTable.filter(({ inFile }) => inFile !== null);
export const sectionNames: readonly string[] = ['columns', 'presets', 'profiles', 'keys'];
export const presetFields: readonly string[] = ['name', 'query', 'key'];

/** The value of an option as its text on a command line. */
export function optionText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** The schema of a whole file; what is wrong in it is said in full sentences, without the place. */
export function configSchema(present: Present) {
  const options = Object.fromEntries(optionsInFile.map((spec) => [spec.name, z.optional(optionValue(spec, present))]));
  const profile = z.strictObject(options, 'a profile is a section: write [profiles.name] above its lines');
  return z.strictObject({
    ...options,
    profiles: z.optional(z.record(z.string(), profile, 'profiles are sections: write [profiles.name] above the lines')),
    columns: z.optional(columnList),
    presets: z.optional(presetList(present)),
    keys: z.optional(keyTable),
  });
}

function optionValue(spec: OptionSpec, present: Present) {
  const read = readerOf(spec.name, present);
  return shapeOf(spec).check(({ value, issues }) => {
    const outcome = read(optionText(value));
    if (!outcome.ok) issues.push(issue(value, `${spec.name} ${outcome.message}`, { advice: outcome.advice }));
  });
}

function readerOf(name: OptionName, present: Present): ReadValue<unknown> {
  return name === 'since' || name === 'until' ? readBound(name, present) : optionReaders[name];
}

function shapeOf({ name, inFile, placeholder }: OptionSpec): z.ZodMiniType<string | number | boolean> {
  switch (inFile) {
    case 'number':
      return z.int(`${name} takes a whole number, without quotes`);
    case 'flag':
      return z.boolean(`${name} takes true or false, without quotes`);
    case 'flag or number':
      return z.union([z.boolean(), z.int()], `${name} takes true, false or a whole number, without quotes`);
    default:
      return z.string(`${name} takes text in quotes: ${name} = "${placeholder}"`);
  }
}

const columnList = z
  .array(z.string('a column is a name in quotes'), 'columns takes a list: columns = ["time", "outcome", "who"]')
  .check(({ value, issues }) => {
    if (value.length === 0) issues.push(issue(value, 'columns needs the name of at least one column'));
    for (const [index, name] of value.entries()) {
      const path = [index];
      if (!isColumnName(name)) {
        const advice = offered(name, columnNames) || `The columns are ${columnNames.join(', ')}`;
        issues.push(issue(value, `there is no column "${name}"`, { advice, path }));
      } else if (value.indexOf(name) < index) {
        issues.push(issue(value, `the column "${name}" is there twice`, { path }));
      }
    }
  });

function presetList(present: Present) {
  const name = z.string(neededIn('a preset needs a name', 'name')).check(({ value, issues }) => {
    if (!/\S/.test(value)) issues.push(issue(value, 'a preset needs a name'));
    else if (/\p{Cc}/u.test(value)) issues.push(issue(value, 'the name of a preset is one line of text'));
  });
  const query = z.string(neededIn('a preset needs a query', 'query')).check(({ value, issues }) => {
    // A value that is missing at the end is typed when the preset is taken.
    const isUsable = (parsed: ParsedQuery) => parsed.ok || (parsed.error.start === value.length && value.endsWith(':'));
    // A preset may be about any of the logs; the browser offers it where it fits.
    const [ofMainLog, ...others] = logNames.map((log) => parseQuery(value, { ...present, log }));
    if (ofMainLog === undefined || ofMainLog.ok || isUsable(ofMainLog) || others.some(isUsable)) return;
    const { message, suggestion, start, end } = ofMainLog.error;
    const advice = suggestion === null ? '' : `Did you mean ${suggestion}?`;
    issues.push(issue(value, `in the query: ${message.replace(/\.$/, '')}`, { advice, within: { start, end } }));
  });
  const key = z.string('key takes a digit or a letter in quotes').check(({ value, issues }) => {
    if (presetKeys.includes(value)) return;
    issues.push(issue(value, `the key of a preset is one of ${presetKeys.join(' ')}`));
  });
  const words = 'presets are sections: write [[presets]] above the name and the query of each';
  return z.array(z.strictObject({ name, query, key: z.optional(key) }, words), words).check(({ value, issues }) => {
    for (const [index, preset] of value.entries()) {
      const before = value.slice(0, index);
      const twin = before.find((other) => sameName(other.name, preset.name));
      if (twin !== undefined) {
        issues.push(issue(value, `there are two presets "${preset.name}"`, { path: [index, 'name'] }));
      }
      const rival = before.find((other) => preset.key !== undefined && other.key === preset.key);
      if (rival !== undefined) {
        const message = `the key ${preset.key} is that of the preset "${rival.name}"`;
        issues.push(issue(value, message, { path: [index, 'key'] }));
      }
    }
  });
}

/** Whether two names of presets are one to the eye: spaces around them and letter case do not count. */
export function sameName(one: Preset['name'], other: Preset['name']): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

const keyTable = z
  .record(z.string(), z.unknown(), 'keys is a section: write [keys] above its lines')
  .check(({ value, issues }) => {
    const read = readKeyOverrides(value);
    if (!read.ok) issues.push(issue(value, read.mistake.message, read.mistake));
  });

/** The nearest of `words` as a question, or nothing. */
export function offered(word: string, words: readonly string[]): string {
  const nearest = nearestWord(word, words);
  return nearest === null ? '' : `Did you mean ${nearest}?`;
}

function neededIn(missing: string, name: string) {
  const error = ({ input }: { readonly input?: unknown }) =>
    input === undefined ? missing : `${name} takes text in quotes`;
  return { error };
}

interface Detail extends Partial<Finding> {
  /** Below the value that is checked. */
  readonly path?: readonly (string | number)[];
}

function issue(
  input: unknown,
  message: string,
  { path = [], advice = '', aboutKey = false, within = null }: Detail = {},
) {
  const params: Finding = { advice, aboutKey, within };
  return { code: 'custom' as const, input, message, path: [...path], params: { ...params } };
}
