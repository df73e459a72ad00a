/** The completion script for zsh. */
import type { Completable } from './completion.ts';
import { optionsOf, singleQuoted, takesFile } from './completion-parts.ts';
import { type CommandName, type OptionSpec, shellNames } from './table.ts';

export function zshScript({ commands, options, fields, closedFields }: Completable): string {
  const described = commands.map(({ name, summary }) => `    ${singleQuoted(`${name}:${summary}`)}`);
  const names = commands.map(({ name }) => name);
  const withoutQuery = commands
    .filter(({ operands }) => operands !== '[query]' && operands !== '<shell>')
    .map(({ name }) => name);
  const values = closedFields.map(
    ({ name, values }) =>
      `    (|-)${name}:*) compset -P '*:'; compset -P '*,'; compadd -- ${values.join(' ')}; return ;;`,
  );
  const cases = names
    .filter((name) => optionsOf(name, options).length > 0)
    .map((name) => `    ${name}) options=(\n${optionSpecs(name, options)}\n    ) ;;`);
  return `#compdef entra-signups
_entra_signups_words() {
  local -a commands fields
  commands=(
${described.join('\n')}
  )
  fields=(${fields.join(' ')})
  case $entra_signups_command in
    completion) compadd ${shellNames.join(' ')}; return ;;
    ${withoutQuery.join('|')}) return ;;
  esac
  case $PREFIX in
${values.join('\n')}
    *:*) return ;;
  esac
  (( CURRENT == 2 )) && _describe command commands
  compadd -S '' -- $fields
}
_entra_signups() {
  local -a options
  local entra_signups_command=\${words[2,CURRENT-1][(r)(${names.join('|')})]}
  case $entra_signups_command in
${cases.join('\n')}
    completion) options=() ;;
    *) options=(
${optionSpecs('browse', options)}
      '--version[show the version]'
    ) ;;
  esac
  _arguments $options '--help[show help]' '*:query:_entra_signups_words'
}
_entra_signups "$@"
`;
}

function optionSpecs(command: CommandName, options: readonly OptionSpec[]): string {
  return optionsOf(command, options)
    .map((option) => `      ${singleQuoted(`--${option.name}${tail(option)}`)}`)
    .join('\n');
}

function tail(option: OptionSpec): string {
  const { name, takes, meaning, choices } = option;
  const told = `[${meaning.replaceAll(/[[\]:\\]/g, (special) => `\\${special}`)}]`;
  if (takes === 'flag') return told;
  if (takes === 'number?') return `${told}::seed:`;
  if (takesFile(option)) return `${told}:file:_files`;
  return choices.length > 0 ? `${told}:${name}:(${choices.join(' ')})` : `${told}:${name}:`;
}
