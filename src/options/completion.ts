/** Completion scripts for bash, zsh and fish, made from the tables of options and fields. Pure. */
import { fields } from '../filter/fields.ts';
import { bashScript } from './completion-bash.ts';
import { fishScript } from './completion-fish.ts';
import { zshScript } from './completion-zsh.ts';
import { type CommandSpec, commandTable, type OptionSpec, optionTable, type Shell } from './table.ts';

/** What can be completed. */
export interface Completable {
  /** Those that are typed: all but the browser. */
  readonly commands: readonly CommandSpec[];
  readonly options: readonly OptionSpec[];
  /** `outcome:` and so on. */
  readonly fields: readonly string[];
  /** The fields that take one of a few words. */
  readonly closedFields: readonly { readonly name: string; readonly values: readonly string[] }[];
}

const completable: Completable = {
  commands: commandTable.filter(({ name }) => name !== 'browse'),
  options: optionTable,
  fields: [...fields.map(({ name }) => name), 'since', 'until'].map((name) => `${name}:`),
  closedFields: fields
    .filter(({ takes, known }) => (takes === 'known' || takes === 'named') && known.length > 0)
    .map(({ name, known }) => ({ name, values: known })),
};

/** The script to be put where the shell looks for it. */
export function completionScript(shell: Shell): string {
  const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
  return scripts[shell](completable);
}
