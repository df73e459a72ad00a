/** Every command and option, once: reading, help, environment and shell completion are made of these tables. */
import { cloudNames } from '../endpoints.ts';
import type { FieldName } from '../filter/filter.ts';
import { logWords } from '../logs/logs.ts';

export const commandNames = [
  'browse',
  'list',
  'tail',
  'attempts',
  'stats',
  'trace',
  'login',
  'logout',
  'whoami',
  'doctor',
  'completion',
] as const;
export type CommandName = (typeof commandNames)[number];

export const shellNames = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shellNames)[number];

export const outputFormats = ['table', 'ndjson', 'json', 'csv'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Of `trace`: entries of several logs have no columns in common that a spreadsheet would need. */
export const traceFormats = ['table', 'ndjson', 'json'] as const;
/** The fields of a query whose values `stats --by` tells apart. */
export const breakdownFields = [
  'account',
  'app',
  'appid',
  'ended',
  'error',
  'extension',
  'lost',
  'outcome',
  'provider',
  'stage',
  'user',
] as const satisfies readonly FieldName[];
export type BreakdownField = (typeof breakdownFields)[number];

export interface CommandSpec {
  readonly name: CommandName;
  /** What comes after the name, as help shows it. */
  readonly operands: '[query]' | '<correlation-id>' | '<shell>' | '';
  readonly summary: string;
}

/** `browse` is what runs when no command is named; its name is never typed. */
export const commandTable: readonly CommandSpec[] = [
  { name: 'browse', operands: '[query]', summary: 'watch and search the sign-up log on a full screen' },
  { name: 'list', operands: '[query]', summary: 'print matching events once, newest first' },
  { name: 'tail', operands: '[query]', summary: 'print matching events as they arrive' },
  { name: 'attempts', operands: '[query]', summary: 'print one line per attempt, with how it ended' },
  { name: 'stats', operands: '[query]', summary: 'count conversion, drop-off by stage, failures by code' },
  { name: 'trace', operands: '<correlation-id>', summary: 'print what all logs have of one correlation ID' },
  { name: 'login', operands: '', summary: 'sign in and remember the account' },
  { name: 'logout', operands: '', summary: 'forget the remembered account' },
  { name: 'whoami', operands: '', summary: 'show which account reads which tenant' },
  { name: 'doctor', operands: '', summary: 'check settings, network, sign-in, permissions and terminal' },
  { name: 'completion', operands: '<shell>', summary: 'print a completion script for bash, zsh or fish' },
];

export const optionNames = [
  'tenant',
  'client-id',
  'auth',
  'cloud',
  'login-url',
  'graph-url',
  'demo',
  'log',
  'since',
  'until',
  'interval',
  'limit',
  'lines',
  'max-events',
  'page-size',
  'for',
  'by',
  'compare',
  'output',
  'tz',
  'ascii',
  'no-color',
  'screen-reader',
  'debug-log',
  'config',
  'profile',
] as const;
export type OptionName = (typeof optionNames)[number];

export type OptionGroup = 'Tenant' | 'Reading' | 'Showing' | 'Settings';

export interface OptionSpec {
  readonly name: OptionName;
  readonly group: OptionGroup;
  /** `flag` takes no value, `number?` takes the next word only when it is a number. */
  readonly takes: 'value' | 'flag' | 'number?';
  /** The value as help shows it. */
  readonly placeholder: string;
  readonly meaning: string;
  readonly choices: readonly string[];
  /** The commands that it changes something for; the others take it and are not changed by it. */
  readonly commands: readonly CommandName[];
  /** How a settings file writes it; null where it makes no sense there: it is about one run, or about the file. */
  readonly inFile: 'text' | 'number' | 'flag' | 'flag or number' | null;
}

const reading: readonly CommandName[] = ['browse', 'list', 'tail', 'attempts', 'stats'];
const showing: readonly CommandName[] = [...reading, 'trace'];
const connecting: readonly CommandName[] = [...showing, 'login', 'logout', 'whoami', 'doctor'];

export const optionTable: readonly OptionSpec[] = [
  value('tenant', 'Tenant', '<id|domain>', 'tenant to read (Entra admin center > Overview)', connecting),
  value('client-id', 'Tenant', '<guid>', 'public client application (Microsoft Graph Command Line Tools)', connecting),
  value('auth', 'Tenant', '<method>', 'how to sign in: device-code or browser', connecting, ['device-code', 'browser']),
  value('cloud', 'Tenant', '<name>', `endpoints: ${cloudNames.join(', ')} (global)`, connecting, cloudNames),
  value('login-url', 'Tenant', '<url>', 'another sign-in endpoint, https only (by cloud)', connecting),
  value('graph-url', 'Tenant', '<url>', 'another Graph endpoint, https only (by cloud)', connecting),
  {
    ...value('demo', 'Tenant', '[seed]', 'an invented tenant; nothing leaves this computer', connecting),
    takes: 'number?',
    inFile: 'flag or number',
  },
  value('log', 'Reading', '<name>', `${logWords.join(', ')} (sign-ups)`, ['browse', 'list', 'tail'], logWords),
  value('since', 'Reading', '<time>', '15m, 24h, 7d, 2026-11-23T07:00Z, "yesterday 14:00" (24h; trace: 7d)', showing),
  onlyHere(value('until', 'Reading', '<time>', 'as --since (now)', showing)),
  value('interval', 'Reading', '<duration>', 'time between polls, at least 5s (15s)', ['browse', 'tail']),
  value('limit', 'Reading', '<n>', 'most events, 0 = all in the range; -n (1000)', ['list', 'attempts', 'stats']),
  value('lines', 'Reading', '<n>', 'matching events to print first; -n (terminal 10, pipe 0)', ['tail']),
  onlyHere(value('for', 'Reading', '<duration>', 'stop after this time (when interrupted)', ['tail'])),
  value('max-events', 'Reading', '<n>', 'most events kept in memory (1000000)', ['browse']),
  value('page-size', 'Reading', '<n>', 'rows asked of Graph per page, 1 to 1000 (1000)', reading),
  onlyHere(
    value(
      'by',
      'Showing',
      '<field>',
      `the same figures for each value: ${breakdownFields.join(', ')}`,
      ['stats'],
      [...breakdownFields],
    ),
  ),
  onlyHere(flag('compare', 'Showing', 'against the range before, of the same length', ['stats'])),
  value(
    'output',
    'Showing',
    '<format>',
    `${outputFormats.join(', ')} (table on a terminal, ndjson in a pipe)`,
    ['list', 'tail', 'attempts', 'stats', 'trace', 'doctor'],
    outputFormats,
  ),
  value('tz', 'Showing', '<zone>', 'time zone shown: local, utc or a name such as Europe/Berlin (local)', showing),
  flag('ascii', 'Showing', 'plain glyphs (when the locale is not UTF-8)', [...showing, 'doctor']),
  flag('no-color', 'Showing', 'no colour (NO_COLOR too)', [...showing, 'doctor']),
  flag('screen-reader', 'Showing', 'lines that are only added, nothing is drawn anew', reading),
  value('debug-log', 'Showing', '<file>', 'note what happened, without tokens, codes or personal data', connecting),
  onlyHere(
    value('config', 'Settings', '<file>', "settings file (config.toml in the platform's folder for them)", connecting),
  ),
  onlyHere(value('profile', 'Settings', '<name>', 'named section of the settings file', connecting)),
];

/** The environment variable that stands for an option, e.g. `ENTRA_SIGNUPS_PAGE_SIZE`. */
export function variableOf(name: OptionName): string {
  return `ENTRA_SIGNUPS_${name.replaceAll('-', '_').toUpperCase()}`;
}

function value(
  name: OptionName,
  group: OptionGroup,
  placeholder: string,
  meaning: string,
  commands: readonly CommandName[],
  choices: readonly string[] = [],
): OptionSpec {
  const inFile = placeholder === '<n>' ? 'number' : 'text';
  return { name, group, takes: 'value', placeholder, meaning, choices, commands, inFile };
}

function flag(name: OptionName, group: OptionGroup, meaning: string, commands: readonly CommandName[]): OptionSpec {
  return { name, group, takes: 'flag', placeholder: '', meaning, choices: [], commands, inFile: 'flag' };
}

/** For the command line and the environment, and not for a settings file. */
function onlyHere(spec: OptionSpec): OptionSpec {
  return { ...spec, inFile: null };
}
