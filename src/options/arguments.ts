/**
 * Takes a command line apart: the command, the options as text, the words of the query, each with its place. It knows
 * the option table and nothing of what the values mean. Node's own parser does the splitting, because it tells the
 * place of everything and leaves the words after `--` alone.
 */
import { parseArgs } from 'node:util';
import { nearestWord } from '../filter/nearest-word.ts';
import { visibleText } from '../signup/visible-text.ts';
import { commandAdvice } from './command-word.ts';
import { type LinePlace, type Place, UsageError, wholeWord } from './complaint.ts';
import { type CommandName, commandTable, type OptionName, type OptionSpec, optionTable } from './table.ts';

/** Where a value can be written, nearest first: the nearer goes before the farther. */
export const origins = ['commandLine', 'environment', 'profile', 'file'] as const;
export type Origin = (typeof origins)[number];

/** A value as it was written, and where. */
export interface Written {
  readonly text: string;
  readonly origin: Origin;
  /** What it is called there: `--limit`, `ENTRA_SIGNUPS_LIMIT`, or its line of the settings file. */
  readonly called: string;
  readonly place: Place | LinePlace | null;
}

/** A word that is neither an option nor the command; `index` counts in `line`. */
export interface Operand {
  readonly text: string;
  readonly index: number;
}

export interface ReadArguments {
  readonly command: CommandName;
  readonly written: ReadonlyMap<OptionName, Written>;
  readonly operands: readonly Operand[];
  readonly wants: 'run' | 'help' | 'version';
  /** The program's name and the arguments: what places point into. */
  readonly line: readonly string[];
}

/** How many: as in `tail -n 20`. */
const SHORT_COUNT = '-n';

function shortCountOf(command: CommandName): OptionName {
  return command === 'tail' ? 'lines' : 'limit';
}

type Token = ReturnType<typeof tokensOf>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Takes the arguments after the program's name; of two equal options the last counts. Throws `UsageError`. */
export function readArguments(argv: readonly string[]): ReadArguments {
  const line = ['entra-signups', ...argv];
  const tokens = tokensOf(argv);
  const terminator = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? argv.length;
  const seeds = new Set(tokens.map((token, at) => seedOf(token, tokens[at + 1])));
  const words = tokens.filter((token) => token.kind === 'positional').filter((token) => !seeds.has(token));
  const asksHelp = words[0]?.value === 'help' && words[0].index < terminator;
  if (asksHelp) words.shift();
  const first = words[0];
  const command = commandTable.find(({ name }) => name === first?.value && name !== 'browse');
  const namesCommand = command !== undefined && first !== undefined && first.index < terminator;
  if (first !== undefined && !namesCommand && !asksHelp && first.index < terminator) {
    const advice = commandAdvice(first.value);
    const place = wholeWord(line, first.index + 1);
    if (advice !== null) throw new UsageError({ message: `there is no command ${first.value}`, advice, place });
  }

  const written = new Map<OptionName, Written>();
  let wants: ReadArguments['wants'] = asksHelp ? 'help' : 'run';
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'option') continue;
    if (token.rawName === '--help' || token.rawName === '-h') wants = 'help';
    else if (token.rawName === '--version' || token.rawName === '-V') wants = wants === 'help' ? 'help' : 'version';
    else {
      const name = token.rawName === SHORT_COUNT ? shortCountOf(namesCommand ? command.name : 'browse') : token.name;
      const isNamed = token.rawName === SHORT_COUNT || token.rawName === `--${name}`;
      const spec = isNamed ? optionTable.find((other) => other.name === name) : undefined;
      if (spec === undefined) throw new UsageError(unknownOption(token, line));
      written.set(spec.name, valueWritten(spec, token, seedOf(token, tokens[at + 1]), line));
    }
  }
  return {
    command: namesCommand ? command.name : 'browse',
    written,
    operands: words.slice(namesCommand ? 1 : 0).map(({ value, index }) => ({ text: value, index: index + 1 })),
    wants,
    line,
  };
}

function tokensOf(argv: readonly string[]) {
  const options = Object.fromEntries(
    optionTable.map(({ name, takes }) => [
      name,
      { type: takes === 'value' ? 'string' : 'boolean', ...(name === 'lines' ? { short: 'n' } : {}) } as const,
    ]),
  );
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** The word after an option that takes a number or nothing, when it is a number. */
function seedOf(token: Token, next: Token | undefined) {
  if (token.kind !== 'option' || token.value !== undefined) return null;
  const takesNumber = optionTable.some(({ name, takes }) => takes === 'number?' && token.rawName === `--${name}`);
  return takesNumber && next?.kind === 'positional' && next.index === token.index + 1 && /^\d+$/.test(next.value)
    ? next
    : null;
}

function valueWritten(
  spec: OptionSpec,
  token: OptionToken,
  seed: ReturnType<typeof seedOf>,
  line: readonly string[],
): Written {
  const option = wholeWord(line, token.index + 1);
  const called = token.rawName;
  const origin = 'commandLine';
  if (spec.takes === 'flag' && token.value !== undefined) {
    throw new UsageError({ message: `${called} takes no value`, advice: '', place: option });
  }
  if (seed !== null) return { text: seed.value, origin, called, place: wholeWord(line, seed.index + 1) };
  if (spec.takes !== 'value' && token.value === undefined) return { text: 'on', origin, called, place: option };

  const swallowedOption = token.inlineValue === false && /^--?[a-z]/i.test(token.value ?? '');
  if (token.value === undefined || token.value === '' || swallowedOption) {
    const advice = `${called} ${spec.placeholder}: ${spec.meaning}`;
    throw new UsageError({ message: `${called} needs a value`, advice, place: option });
  }
  if (token.inlineValue === false)
    return { text: token.value, origin, called, place: wholeWord(line, token.index + 2) };
  const place = { ...option, from: token.rawName.length + 1, length: token.value.length };
  return { text: token.value, origin, called, place };
}

function unknownOption(token: OptionToken, line: readonly string[]) {
  const option = wholeWord(line, token.index + 1);
  const word = line[option.index] ?? token.rawName;
  if (word === '-v') return { message: 'there is no option -v', advice: 'Did you mean --version?', place: option };
  if (!word.startsWith('--')) {
    const advice = `A query that begins with - comes after --: entra-signups ... -- ${visibleText(word)}`;
    return { message: `there is no option ${word}`, advice, place: option };
  }
  const nearest = nearestWord(token.name, [...optionTable.map(({ name }) => name), 'help', 'version']);
  const advice = nearest === null ? 'entra-signups --help lists the options' : `Did you mean --${nearest}?`;
  return { message: `there is no option --${token.name}`, advice, place: { ...option, length: token.rawName.length } };
}
