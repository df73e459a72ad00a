/** Completion scripts for bash, zsh and fish, made from the option table. Pure. */
import { type CommandSpec, commandTable, type OptionSpec, optionTable, type Shell, shellNames } from './table.ts';

const queryFields = ['outcome', 'stage', 'provider', 'account', 'app', 'appid', 'user', 'userid', 'error'];
const moreQueryFields = ['correlation', 'id', 'extension', 'since', 'until'];

const typedCommands: readonly CommandSpec[] = commandTable.filter(({ name }) => name !== 'browse');
const fields = [...queryFields, ...moreQueryFields].map((field) => `${field}:`);

/** The script to be put where the shell looks for it. */
export function completionScript(shell: Shell): string {
  const scripts: Readonly<Record<Shell, () => string>> = { bash: bashScript, zsh: zshScript, fish: fishScript };
  return scripts[shell]();
}

function bashScript(): string {
  const withChoices = optionTable.filter(({ choices }) => choices.length > 0);
  const withValue = optionTable.filter(({ takes, choices }) => takes === 'value' && choices.length === 0);
  const cases = [
    ...withChoices.map(({ name, choices }) => `    --${name}) words='${choices.join(' ')}' ;;`),
    '    --debug-log) COMPREPLY=($(compgen -f -- "$current")); return ;;',
    `    ${withValue
      .filter(({ name }) => name !== 'debug-log')
      .map(({ name }) => `--${name}`)
      .join('|')}) return ;;`,
    `    completion) words='${shellNames.join(' ')}' ;;`,
  ];
  return `# bash completion for entra-signups
_entra_signups() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words
  COMPREPLY=()
  case $previous in
${cases.join('\n')}
    *)
      words='${[...optionTable.map(({ name }) => `--${name}`), '--help', '--version'].join(' ')}'
      if [[ $current != -* ]]; then
        words='${fields.join(' ')}'
        [[ $COMP_CWORD -eq 1 ]] && words="$words ${typedCommands.map(({ name }) => name).join(' ')}"
      fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ \${COMPREPLY[0]} == *: ]] && compopt -o nospace
}
complete -F _entra_signups entra-signups
`;
}

function zshScript(): string {
  const options = optionTable.map((option) => `    ${singleQuoted(`--${option.name}${zshTail(option)}`)}`);
  const commands = typedCommands.map(({ name, summary }) => `    ${singleQuoted(`${name}:${summary}`)}`);
  return `#compdef entra-signups
_entra_signups_words() {
  local -a commands fields
  commands=(
${commands.join('\n')}
  )
  fields=(${fields.join(' ')})
  (( CURRENT == 2 )) && _describe command commands
  if [[ \${words[2]} == completion ]]; then
    compadd ${shellNames.join(' ')}
  else
    compadd -S '' -- $fields
  fi
}
_entra_signups() {
  local -a options
  options=(
${options.join('\n')}
    '--help[show help]'
    '--version[show the version]'
  )
  _arguments $options '*:query:_entra_signups_words'
}
_entra_signups "$@"
`;
}

function zshTail({ name, takes, meaning, choices }: OptionSpec): string {
  const told = `[${meaning.replaceAll(/[[\]:\\]/g, (special) => `\\${special}`)}]`;
  if (takes === 'flag') return told;
  if (takes === 'number?') return `${told}::seed:`;
  if (name === 'debug-log') return `${told}:file:_files`;
  return choices.length > 0 ? `${told}:${name}:(${choices.join(' ')})` : `${told}:${name}:`;
}

function fishScript(): string {
  const first = 'not __fish_seen_subcommand_from $commands';
  const options = optionTable.map(({ name, takes, meaning, choices }) => {
    const needsValue = takes !== 'value' ? '' : name === 'debug-log' ? ' -r -F' : ' -x';
    const values = choices.length > 0 ? ` -a '${choices.join(' ')}'` : '';
    return `complete -c entra-signups -l ${name}${needsValue}${values} -d ${singleQuoted(meaning)}`;
  });
  return [
    '# fish completion for entra-signups',
    `set -l commands ${typedCommands.map(({ name }) => name).join(' ')}`,
    'complete -c entra-signups -f',
    ...typedCommands.map(
      ({ name, summary }) => `complete -c entra-signups -n "${first}" -a ${name} -d ${singleQuoted(summary)}`,
    ),
    `complete -c entra-signups -n '__fish_seen_subcommand_from completion' -a '${shellNames.join(' ')}'`,
    `complete -c entra-signups -a '${fields.join(' ')}'`,
    ...options,
    "complete -c entra-signups -l help -d 'show help'",
    "complete -c entra-signups -l version -d 'show the version'",
    '',
  ].join('\n');
}

/** For all three shells; the texts of the tables hold no backslash, which fish would read inside quotes. */
function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
