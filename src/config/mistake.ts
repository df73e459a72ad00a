/** From what is wrong in a settings file to a complaint with its line. Pure. */
import type { core } from 'zod/mini';
import type { Complaint, LinePlace } from '../options/complaint.ts';
import { optionTable } from '../options/table.ts';
import { type Finding, offered, optionsInFile, presetFields, sectionNames } from './schema.ts';
import { type Span, stringUnits, type TomlPath, type TomlPlaces } from './toml-places.ts';

export interface FileText {
  /** As it was named, for the message. */
  readonly file: string;
  readonly text: string;
}

/** The first of the issues, in the order of the file. */
export function mistakeIn(issues: readonly core.$ZodIssue[], source: FileText, places: TomlPlaces): Complaint {
  const all = issues.flatMap(mistakesOf).map((mistake) => ({
    ...mistake,
    span: spanOf(mistake, source.text, places),
    // What is missing is told last: it may be there under a misspelt name.
    rank: places.at(mistake.path) === null ? 1 : 0,
  }));
  const [first] = all.sort((a, b) => a.rank - b.rank || (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const { span, message, advice } = first ?? { span: null, message: 'this cannot be taken', advice: '' };
  return complaintAt(source, span, message, advice);
}

/** A complaint about a stretch of the file; a stretch of several lines is pointed at in its first one. */
export function complaintAt({ file, text }: FileText, span: Span | null, message: string, advice: string): Complaint {
  if (span === null) return { message: `${file}: ${message}`, advice, place: null };
  const { number, place } = lineOf(text, span);
  return { message: `${file}, line ${number}: ${message}`, advice, place };
}

/** The line that a stretch begins in: its number, counted from 1, and the place in it. */
export function lineOf(text: string, { start, end }: Span): { readonly number: number; readonly place: LinePlace } {
  const before = text.slice(0, start).split('\n');
  const from = before.at(-1)?.length ?? 0;
  const line = text.slice(start - from).split(/\r?\n/, 1)[0] ?? '';
  return { number: before.length, place: { line, from, length: Math.min(end - start, line.length - from) } };
}

interface Mistake extends Finding {
  readonly path: TomlPath;
  readonly message: string;
}

const plain: Finding = { advice: '', aboutKey: false, within: null };

function mistakesOf(issue: core.$ZodIssue): readonly Mistake[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  const finding = issue.code === 'custom' ? findingIn(issue.params) : plain;
  return [{ path, message: issue.message, ...finding }];
}

function findingIn(params: Readonly<Record<string, unknown>> | undefined): Finding {
  const { advice, aboutKey, within } = params ?? {};
  const isSpan = typeof within === 'object' && within !== null && 'start' in within && 'end' in within;
  return {
    advice: typeof advice === 'string' ? advice : '',
    aboutKey: aboutKey === true,
    within: isSpan ? { start: Number(within.start), end: Number(within.end) } : null,
  };
}

function unknownKey(path: TomlPath, key: string): Mistake {
  const [section] = path;
  const options = optionsInFile.map(({ name }) => name);
  const known = section === undefined ? [...options, ...sectionNames] : section === 'presets' ? presetFields : options;
  const place = section === undefined ? '' : section === 'presets' ? ' in a preset' : ' in a profile';
  const mistake = { ...plain, path: [...path, key], aboutKey: true };
  const option = optionTable.find(({ name }) => name === key);
  if (option?.inFile === null) {
    const message = `${key} is for the command line and the environment, not for a settings file`;
    return { ...mistake, message };
  }
  const belongsAbove = section !== undefined && (option !== undefined || sectionNames.includes(key));
  const advice = belongsAbove ? 'It is about the whole file: write it above the first [section]' : offered(key, known);
  return { ...mistake, message: `there is no key "${key}"${place}`, advice };
}

function spanOf({ path, aboutKey, within }: Mistake, text: string, places: TomlPlaces): Span | null {
  const place = places.at(path);
  // What is missing has no place; what it is missing from has one.
  if (place === null) return path.length === 0 ? null : spanOf({ ...noMistake, path: path.slice(0, -1) }, text, places);
  const { key, value } = place;
  if (aboutKey || value === null) return key;
  if (within === null) return value;
  const written = text.slice(value.start, value.end);
  const units = stringUnits(written);
  const closing = written.length - (/("{3}|'{3}|"|')$/.exec(written)?.[0]?.length ?? 0);
  const start = units[within.start]?.at ?? closing;
  const end = units[within.end]?.at ?? closing;
  return { start: value.start + start, end: value.start + Math.max(end, start + 1) };
}

const noMistake: Mistake = { ...plain, path: [], message: '' };
