/**
 * What was set, wherever it was: the command line goes before the environment, that before the chosen profile, and that
 * before the rest of the settings file. It knows no defaults.
 */
import { type Origin, origins, type ReadArguments, type Written } from './arguments.ts';
import { UsageError } from './complaint.ts';
import { type OptionName, variableOf } from './table.ts';
import type { ReadValue } from './values.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What one place says, by the name of the option. */
export type Section = ReadonlyMap<OptionName, Written>;

export interface Settings {
  /** How the option was set; null when it was not. An empty environment variable sets nothing. */
  written(name: OptionName): Written | null;
  /** The option's value, or null when it was not set. Throws `UsageError` when it is not what it should be. */
  read<Value>(name: OptionName, read: ReadValue<Value>): Value | null;
}

/** `sections`: those of the settings file that count in this run, nearest first. */
export function settingsFrom(
  { written }: ReadArguments,
  environment: Environment,
  sections: readonly Section[],
): Settings {
  const inFile = (name: OptionName) => sections.find((section) => section.has(name))?.get(name);
  const find = (name: OptionName) => written.get(name) ?? fromEnvironment(name, environment) ?? inFile(name) ?? null;
  return {
    written: find,
    read: (name, read) => {
      const found = find(name);
      if (found === null) return null;
      const outcome = read(found.text);
      if (outcome.ok) return outcome.value;
      const message = `${found.called} ${outcome.message}`;
      throw new UsageError({ message, advice: outcome.advice, place: found.place });
    },
  };
}

/** Whether `one` stands in a place that goes before that of `other`. */
export function isNearer(one: Origin, other: Origin): boolean {
  return origins.indexOf(one) < origins.indexOf(other);
}

function fromEnvironment(name: OptionName, environment: Environment): Written | null {
  const variable = variableOf(name);
  const text = environment[variable];
  // The name that programs share for it, https://no-color.org: set to anything, it means yes.
  if (name === 'no-color' && !text && environment.NO_COLOR) return ofVariable('NO_COLOR', environment.NO_COLOR, 'on');
  return text === undefined || text === '' ? null : ofVariable(variable, text, text);
}

function ofVariable(variable: string, set: string, text: string): Written {
  const place = { words: [`${variable}=${set}`], index: 0, from: variable.length + 1, length: set.length };
  return { text, origin: 'environment', called: variable, place };
}
