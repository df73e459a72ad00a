/** The completion script for fish. */
import type { Completable } from './completion.ts';
import { singleQuoted, takesFile } from './completion-parts.ts';
import { type OptionSpec, shellNames } from './table.ts';

export function fishScript({ commands, options, fields, closedFields }: Completable): string {
  const names = commands.map(({ name }) => name);
  const first = seen('not ', names);
  const querying = seen(
    'not ',
    commands.filter(({ operands }) => operands !== '[query]').map(({ name }) => name),
  );
  const values = closedFields.flatMap(({ name, values }) => values.map((value) => `${name}:${value}`));
  return [
    '# fish completion for entra-signups',
    'complete -c entra-signups -f',
    ...commands.map(({ name, summary }) => line(first, `-a ${name} -d ${singleQuoted(summary)}`)),
    line(seen('', ['completion']), `-a ${singleQuoted(shellNames.join(' '))}`),
    line(querying, `-a ${singleQuoted(fields.join(' '))}`),
    line(`${querying}; and string match -q "*:*" -- (commandline -ct)`, `-a ${singleQuoted(values.join(' '))}`),
    ...options.map((option) => line(mattersIn(option, names), described(option))),
    "complete -c entra-signups -l help -d 'show help'",
    "complete -c entra-signups -l version -d 'show the version'",
    '',
  ].join('\n');
}

function line(condition: string, rest: string): string {
  return `complete -c entra-signups -n '${condition}' ${rest}`;
}

/** A condition on the commands that were typed. */
function seen(not: '' | 'not ', names: readonly string[]): string {
  return `${not}__fish_seen_subcommand_from ${names.join(' ')}`;
}

/** Where an option is offered: before there is a command, when the browser takes it, and after the commands that do. */
function mattersIn({ commands }: OptionSpec, names: readonly string[]): string {
  if (!commands.includes('browse')) return seen('', commands);
  return seen(
    'not ',
    names.filter((name) => !commands.some((command) => command === name)),
  );
}

function described(option: OptionSpec): string {
  const { name, takes, meaning, choices } = option;
  const needsValue = takes !== 'value' ? '' : takesFile(option) ? ' -r -F' : ' -x';
  const values = choices.length > 0 ? ` -a '${choices.join(' ')}'` : '';
  return `-l ${name}${needsValue}${values} -d ${singleQuoted(meaning)}`;
}
