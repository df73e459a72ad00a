/**
 * The completion script for bash. Readline takes a word apart at `:` and `=`, and puts in only what comes behind; the
 * script looks at the whole word, and gives what readline expects.
 */
import type { Completable } from './completion.ts';
import { optionsOf, takesFile } from './completion-parts.ts';
import { type CommandName, type OptionSpec, shellNames } from './table.ts';

export function bashScript({ commands, options, fields, closedFields }: Completable): string {
  const names = commands.map(({ name }) => name);
  const querying = commands.filter(({ operands }) => operands === '[query]').map(({ name }) => name);
  const optionCases = names
    .filter((name) => optionsOf(name, options).length > 0)
    .map((name) => `      ${name}) words='${optionWords(name, options)}' ;;`);
  const fieldCases = closedFields.map(({ name, values }) => `      ${name}) words='${values.join(' ')}' ;;`);
  return `# bash completion for entra-signups
_entra_signups() {
  local line=\${COMP_LINE:0:COMP_POINT} quotes current previous command= word typed words= before=
  COMPREPLY=()
  # Inside quotes nothing is offered: what is in them is text.
  quotes=\${line//[^\\"]}
  (( \${#quotes} % 2 )) && return
  current=\${line##*[[:space:]]}
  line=\${line%"$current"}
  previous=\${line%"\${line##*[![:space:]]}"}
  previous=\${previous##*[[:space:]]}
  read -ra typed <<< "$line"
  for word in "\${typed[@]:1}"; do
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*}
    current=\${current#*=}
    [[ $COMP_WORDBREAKS == *=* ]] || before="$previous="
  fi
  case $previous in
${valueCases(options).join('\n')}
  esac
  if [[ -n $words ]]; then
    :
  elif [[ $command == completion ]]; then
    words='${shellNames.join(' ')}'
  elif [[ $current == --* ]]; then
    case $command in
${optionCases.join('\n')}
      *) words='${optionWords('browse', options)}' ;;
    esac
    words="$words --help"
    [[ -z $command ]] && words="$words --version"
  elif [[ $current == *:* ]]; then
    word=\${current%%:*}
    case \${word#-} in
${fieldCases.join('\n')}
      *) return ;;
    esac
    [[ $COMP_WORDBREAKS == *:* ]] || before="$word:"
    current=\${current#*:}
    if [[ $current == *,* ]]; then
      before="$before\${current%,*},"
      current=\${current##*,}
    fi
  else
    case $command in
      ${querying.join('|')}) words='${fields.join(' ')}' ;;
      '')
        words='${fields.join(' ')}'
        [[ $previous == *entra-signups ]] && words="$words ${names.join(' ')}" ;;
    esac
  fi
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "$current"))
  [[ \${COMPREPLY[0]} == *: ]] && compopt -o nospace 2> /dev/null
}
complete -F _entra_signups entra-signups
`;
}

function optionWords(command: CommandName, options: readonly OptionSpec[]): string {
  return optionsOf(command, options)
    .map(({ name }) => `--${name}`)
    .join(' ');
}

/** What comes behind an option that takes a value. */
function valueCases(options: readonly OptionSpec[]): readonly string[] {
  const valued = options.filter(({ takes }) => takes === 'value');
  const free = valued.filter((option) => option.choices.length === 0 && !takesFile(option));
  const together = (some: readonly OptionSpec[]) => some.map(({ name }) => `--${name}`).join('|');
  return [
    ...valued
      .filter(({ choices }) => choices.length > 0)
      .map(({ name, choices }) => `    --${name}) words='${choices.join(' ')}' ;;`),
    `    ${together(valued.filter(takesFile))})`,
    '      compopt -o filenames 2> /dev/null',
    '      COMPREPLY=($(compgen -P "$before" -f -- "$current"))',
    '      return ;;',
    `    ${together(free)}) return ;;`,
  ];
}
