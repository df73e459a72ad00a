/** What was set, wherever it was: the command line goes before the environment. It knows no defaults. */
import type { ReadArguments, Written } from './arguments.ts';
import { UsageError } from './complaint.ts';
import { type OptionName, variableOf } from './table.ts';
import type { ReadValue } from './values.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  /** How the option was set; null when it was not. An empty environment variable sets nothing. */
  written(name: OptionName): Written | null;
  /** The option's value, or null when it was not set. Throws `UsageError` when it is not what it should be. */
  read<Value>(name: OptionName, read: ReadValue<Value>): Value | null;
}

export function settingsFrom({ written }: ReadArguments, environment: Environment): Settings {
  const find = (name: OptionName) => written.get(name) ?? fromEnvironment(name, environment);
  return {
    written: find,
    read: (name, read) => {
      const found = find(name);
      if (found === null) return null;
      const outcome = read(found.text);
      if (outcome.ok) return outcome.value;
      const called = found.origin === 'commandLine' ? `--${name}` : variableOf(name);
      throw new UsageError({ message: `${called} ${outcome.message}`, advice: outcome.advice, place: found.place });
    },
  };
}

function fromEnvironment(name: OptionName, environment: Environment): Written | null {
  const variable = variableOf(name);
  const text = environment[variable];
  if (text === undefined || text === '') return null;
  const place = { words: [`${variable}=${text}`], index: 0, from: variable.length + 1, length: text.length };
  return { text, origin: 'environment', place };
}
