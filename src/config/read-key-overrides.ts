/**
 * The `[keys]` of a settings file → overrides of the key table. A key of the section is a command (`row.down`), or a
 * place and a command (`pane.row.down`); dots may be TOML's or part of a quoted name. Pure.
 */
import { nearestWord } from '../filter/nearest-word.ts';
import type { CommandName } from '../store/commands.ts';
import { applyKeyOverrides, type KeyOverride, keyConflict } from '../store/key-overrides.ts';
import { type KeyPlace, keyTable, typingPlaces } from '../store/keys.ts';
import { readKey } from './read-key.ts';
import type { TomlPath } from './toml-places.ts';

/** What is wrong, at a path below `[keys]`. */
export interface KeyMistake {
  readonly path: TomlPath;
  readonly message: string;
  readonly advice: string;
  /** It is about the key of the path, not about its value. */
  readonly aboutKey: boolean;
}

interface Located {
  readonly path: TomlPath;
  readonly override: KeyOverride;
}

export type ReadKeyOverrides =
  | { readonly ok: true; readonly overrides: readonly KeyOverride[] }
  | { readonly ok: false; readonly mistake: KeyMistake };

const commandNames: readonly CommandName[] = [...new Set(keyTable.map(({ command }) => command))];
const places: readonly KeyPlace[] = [...new Set(keyTable.map(({ place }) => place))];

/** Takes the parsed table, of whatever values; gives the overrides, or the first mistake. */
export function readKeyOverrides(table: Readonly<Record<string, unknown>>): ReadKeyOverrides {
  const located: Located[] = [];
  for (const { path, value } of leavesOf(table, [])) {
    const read = readOverride(path, value);
    if ('message' in read) return { ok: false, mistake: read };
    located.push(read);
  }
  const overrides = located.map(({ override }) => override);
  const mistake = mistakeOfAll(located, overrides);
  return mistake === null ? { ok: true, overrides } : { ok: false, mistake };
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function leavesOf(table: object, above: readonly string[]): readonly Leaf[] {
  return Object.entries(table).flatMap(([name, value]: [string, unknown]) => {
    const path = [...above, name];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leavesOf(value, path)
      : [{ path, value }];
  });
}

function readOverride(path: readonly string[], value: unknown): Located | KeyMistake {
  const name = path.join('.');
  const bound = boundBy(name);
  if (bound === null) return unknownCommand(path, name);
  const written: unknown = value === false ? [] : typeof value === 'string' ? [value] : value;
  if (!Array.isArray(written)) {
    const advice = `e.g. ${name} = "f5", ${name} = ["f5", "ctrl+t"], or false for none`;
    return { path, message: `${name} takes a key, a list of keys, or false`, advice, aboutKey: false };
  }
  const keys: string[] = [];
  for (const [index, one] of written.entries()) {
    const at = typeof value === 'string' ? path : [...path, index];
    const read = typeof one === 'string' ? readKey(one) : notText;
    if (!read.ok) return { path: at, message: read.message, advice: read.advice, aboutKey: false };
    const typing = typingPlaceOf(bound);
    if (typing !== null && /^.$/u.test(read.key)) {
      const message = `${read.key} is text in the place "${typing}": a command there needs another key`;
      return { path: at, message, advice: 'e.g. "ctrl+t" or "f5"', aboutKey: false };
    }
    if (!keys.includes(read.key)) keys.push(read.key);
  }
  return { path, override: { ...bound, keys } };
}

const notText = { ok: false, message: 'a key is text in quotes', advice: 'e.g. "j" or "ctrl+f"' } as const;

function boundBy(name: string): Pick<KeyOverride, 'command' | 'place'> | null {
  const command = commandNames.find((candidate) => candidate === name);
  if (command !== undefined) return { command, place: null };
  const place = places.find((candidate) => name.startsWith(`${candidate}.`));
  const inPlace = commandNames.find((candidate) => `${place}.${candidate}` === name);
  return place === undefined || inPlace === undefined ? null : { command: inPlace, place };
}

function typingPlaceOf({ command, place }: Pick<KeyOverride, 'command' | 'place'>): KeyPlace | null {
  const bound = place === null ? keyTable.filter((binding) => binding.command === command) : [{ place }];
  return bound.find((binding) => typingPlaces.has(binding.place))?.place ?? null;
}

function unknownCommand(path: readonly string[], name: string): KeyMistake {
  const place = places.find((candidate) => name.startsWith(`${candidate}.`));
  const rest = place === undefined ? '' : name.slice(place.length + 1);
  const nearestRest = nearestWord(rest, commandNames);
  const inPlace = nearestRest === null ? null : `${place}.${nearestRest}`;
  const whole = nearestWord(name, commandNames);
  const nearest = rest.includes('.') ? (inPlace ?? whole) : (whole ?? inPlace);
  const advice = nearest === null ? 'docs/configuration.md lists the commands' : `Did you mean ${nearest}?`;
  return { path, message: `there is no command ${name}`, advice, aboutKey: true };
}

/** What is wrong with the overrides taken together. */
function mistakeOfAll(located: readonly Located[], overrides: readonly KeyOverride[]): KeyMistake | null {
  const table = applyKeyOverrides(keyTable, overrides);
  const conflict = keyConflict(table) ?? hiddenByTable(overrides, table);
  if (conflict !== null) {
    const { key, place, commands } = conflict;
    const [first, second] = commands;
    const ofSecond = located.find((one) => isAbout(one, second, key));
    const mover = ofSecond ?? located.find((one) => isAbout(one, first, key));
    const other = mover === ofSecond ? first : second;
    const advice = `Give ${other} another key, or none: ${place}.${other} = false`;
    const message = `${key} is the key of ${other} in the place "${place}"`;
    return { path: mover?.path ?? [], message, advice, aboutKey: false };
  }
  if (table.some(({ command, place }) => command === 'interrupt' && place === 'everywhere')) return null;
  const path = located.find(({ override }) => override.command === 'interrupt')?.path ?? [];
  const advice = 'Give it another one, e.g. interrupt = "f10"';
  return { path, message: 'interrupt needs a key: it is the way out of everything', advice, aboutKey: false };
}

/** A key given to a command everywhere would do nothing on the main screen while the table has it for its own. */
function hiddenByTable(overrides: readonly KeyOverride[], table: ReturnType<typeof applyKeyOverrides>) {
  const asked = new Set(overrides.flatMap(({ command, keys }) => keys.map((key) => `${command} ${key}`)));
  const onScreen = table.filter(({ place }) => place === 'table');
  for (const { command, keys } of table.filter(({ place }) => place === 'everywhere')) {
    for (const key of keys.filter((one) => asked.has(`${command} ${one}`))) {
      const other = onScreen.find((binding) => binding.keys.includes(key) && binding.command !== command);
      if (other !== undefined) return { place: other.place, key, commands: [other.command, command] as const };
    }
  }
  return null;
}

function isAbout({ override }: Located, command: CommandName, key: string): boolean {
  return override.command === command && override.keys.includes(key);
}
