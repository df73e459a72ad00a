/**
 * From the command line, the environment and the settings file to `Options`: everything the program was asked for,
 * checked, with defaults filled in. It reads no file and no clock of its own, and starts nothing.
 */
import type { BrowserConfig, LoadConfig } from './config/config.ts';
import { type Cloud, defaultClientId, endpointsOf } from './endpoints.ts';
import type { SignInMethod } from './facts/signing-in.ts';
import type { Filter, TimePoint } from './filter/filter.ts';
import { nearestWord } from './filter/nearest-word.ts';
import { type ReadArguments, readArguments, type Written } from './options/arguments.ts';
import { chosenConfig } from './options/chosen-config.ts';
import { type Complaint, printComplaint, UsageError, wholeWord } from './options/complaint.ts';
import { complaintNotes } from './options/complaint-notes.ts';
import { readCorrelationId } from './options/correlation-operand.ts';
import { helpText } from './options/help.ts';
import { localTimeZone, speaksUnicode } from './options/locale.ts';
import { readQuery, readRange } from './options/query.ts';
import { optionReaders } from './options/readers.ts';
import { type Environment, isNearer, type Settings, settingsFrom } from './options/settings.ts';
import {
  type BreakdownField,
  type OutputFormat,
  type Shell,
  shellNames,
  traceFormats,
  variableOf,
} from './options/table.ts';
import { choiceOf } from './options/values.ts';
import type { LogName } from './signup/event.ts';
import { terminalTypeOf } from './terminal/terminal-type.ts';

export interface DemoTarget {
  readonly kind: 'demo';
  readonly seed: number;
  /** The seed was the word after `--demo`, which may have been meant for the query. */
  readonly seedIsWord: boolean;
}

interface Services {
  readonly clientId: string;
  readonly cloud: Cloud;
  /** Origins, without a slash at the end. */
  readonly loginUrl: string;
  readonly graphUrl: string;
}

export interface TenantTarget extends Services {
  readonly kind: 'tenant';
  /** GUID or domain, in lower case. */
  readonly tenant: string;
}

export interface ConnectionOptions {
  readonly target: DemoTarget | TenantTarget;
  /** Null: whatever works here. */
  readonly signInMethod: SignInMethod | null;
  readonly debugLogFile: string | null;
}

export interface ReadingOptions extends ConnectionOptions {
  /** The query, with the range of `--since` and `--until`; a bound that nobody set is null. */
  readonly filter: Filter;
  readonly pageSize: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly ascii: boolean;
  readonly color: boolean;
  /** Nothing is drawn anew: lines are added, and that is all. */
  readonly screenReader: boolean;
}

export interface BrowseOptions extends ReadingOptions {
  readonly command: 'browse';
  readonly log: LogName;
  /** The query or its range was given for this run, not by a settings file: what was left the last time does not count. */
  readonly filterIsGiven: boolean;
  readonly intervalMs: number;
  readonly maxEvents: number;
  readonly config: BrowserConfig;
}

export interface ListOptions extends ReadingOptions {
  readonly command: 'list';
  readonly log: LogName;
  /** Null: the format that fits what stdout is. */
  readonly output: OutputFormat | null;
  /** Most events to print; null = all in the range. */
  readonly limit: number | null;
}

export interface TailOptions extends ReadingOptions {
  readonly command: 'tail';
  readonly log: LogName;
  readonly output: OutputFormat | null;
  readonly intervalMs: number;
  /** Matching events to print before it begins; null: what fits what stdout is. */
  readonly lines: number | null;
  /** Null: until interrupted. */
  readonly forMs: number | null;
}

export interface TraceOptions extends ConnectionOptions {
  readonly command: 'trace';
  /** In lower case. */
  readonly correlationId: string;
  /** Null: as far back as every edition of Entra keeps its logs. */
  readonly since: TimePoint | null;
  readonly until: TimePoint | null;
  /** Null: the format that fits what stdout is. */
  readonly output: (typeof traceFormats)[number] | null;
  /** IANA name. */
  readonly timeZone: string;
  readonly ascii: boolean;
  readonly color: boolean;
}

export interface AttemptsOptions extends ReadingOptions {
  readonly command: 'attempts';
  readonly output: OutputFormat | null;
  /** Most events to read; null = all in the range. */
  readonly limit: number | null;
}

export interface StatsOptions extends ReadingOptions {
  readonly command: 'stats';
  readonly output: OutputFormat | null;
  readonly limit: number | null;
  /** Null: no breakdown. */
  readonly by: BreakdownField | null;
  /** With the range before, of the same length. */
  readonly compare: boolean;
}

export interface AccountOptions extends ConnectionOptions {
  readonly command: 'login' | 'logout' | 'whoami';
}

/** Where to ask, when nobody said which tenant. */
export interface UnnamedTarget extends Services {
  readonly kind: 'unnamed';
}

export interface DoctorOptions extends Omit<ConnectionOptions, 'target'> {
  readonly command: 'doctor';
  readonly target: DemoTarget | TenantTarget | UnnamedTarget;
  readonly output: 'table' | 'json';
  readonly ascii: boolean;
  readonly color: boolean;
  readonly settings: {
    readonly file: string | null;
    readonly wasRead: boolean;
    /** What is wrong with the settings, none of which stopped the doctor. */
    readonly complaints: readonly Complaint[];
  };
}

export interface CompletionOptions {
  readonly command: 'completion';
  readonly shell: Shell;
}

export type Options =
  | BrowseOptions
  | ListOptions
  | TailOptions
  | TraceOptions
  | AttemptsOptions
  | StatsOptions
  | AccountOptions
  | DoctorOptions
  | CompletionOptions;

export type OptionsOutcome =
  | { readonly kind: 'options'; readonly options: Options }
  /** Help, for stdout; exit code 0. */
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  /** A complaint that points at the place, for stderr; exit code 2. */
  | { readonly kind: 'usage'; readonly text: string };

/**
 * Takes the arguments after the program's name, the environment, the time that "24h" counts back from, and what reads
 * the settings file; that is not asked for help, the version and completion, which a bad file must not hold up.
 */
export async function readOptions(
  argv: readonly string[],
  environment: Environment,
  nowMs: number,
  loadConfig: LoadConfig,
): Promise<OptionsOutcome> {
  try {
    const read = readArguments(argv);
    if (read.wants === 'help') return { kind: 'help', text: helpText(read.command) };
    if (read.wants === 'version') return { kind: 'version' };
    if (read.command === 'completion') {
      return { kind: 'options', options: { command: read.command, shell: readShell(read) } };
    }
    if (read.command === 'doctor') {
      return { kind: 'options', options: await doctorOptions(read, environment, loadConfig) };
    }
    const config = await chosenConfig(settingsFrom(read, environment, []), loadConfig);
    const settings = settingsFrom(read, environment, config.sections);
    return { kind: 'options', options: optionsOf(read, read.command, { settings, environment, nowMs, config }) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'usage', text: printComplaint(error.complaint) };
    throw error;
  }
}

interface Asked {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly nowMs: number;
  readonly config: BrowserConfig;
}

function optionsOf(
  read: ReadArguments,
  command: Exclude<ReadArguments['command'], 'completion' | 'doctor'>,
  asked: Asked,
): Options {
  const { settings, config } = asked;
  if (command === 'login' || command === 'logout' || command === 'whoami') {
    refuseOperands(read);
    return { command, ...connectionOf(settings) };
  }
  if (command === 'trace') return tracingOf(read, asked);
  // Attempts are of the sign-up log alone, whatever log was set for the others.
  const isOfAttempts = command === 'attempts' || command === 'stats';
  const log = isOfAttempts ? 'signUps' : (settings.read('log', optionReaders.log) ?? 'signUps');
  const reading = { ...readingOf(read, asked, log), log };
  const intervalMs = settings.read('interval', optionReaders.interval) ?? 15_000;
  if (command === 'browse') {
    const maxEvents = settings.read('max-events', optionReaders['max-events']) ?? 1_000_000;
    const { file, presets, columns, keys } = config;
    const filterIsGiven =
      read.operands.length > 0 || isForThisRun(settings, 'since') || isForThisRun(settings, 'until');
    return { command, ...reading, filterIsGiven, intervalMs, maxEvents, config: { file, presets, columns, keys } };
  }
  const output = settings.read('output', optionReaders.output);
  if (command === 'tail') {
    const lines = settings.read('lines', optionReaders.lines);
    return { command, ...reading, output, intervalMs, lines, forMs: settings.read('for', optionReaders.for) };
  }
  const most = settings.read('limit', optionReaders.limit) ?? 1000;
  const limit = most === 0 ? null : most;
  if (command !== 'stats') return { command, ...reading, output, limit };
  const by = settings.read('by', optionReaders.by);
  return { command, ...reading, output, limit, by, compare: settings.read('compare', optionReaders.compare) ?? false };
}

function isForThisRun(settings: Settings, bound: 'since' | 'until'): boolean {
  const origin = settings.written(bound)?.origin;
  return origin === 'commandLine' || origin === 'environment';
}

function readingOf(read: ReadArguments, { settings, environment, nowMs }: Asked, log: LogName): ReadingOptions {
  const timeZone = settings.read('tz', optionReaders.tz) ?? localTimeZone();
  return {
    ...connectionOf(settings),
    filter: readQuery(read, settings, { nowMs, timeZone, log }),
    pageSize: settings.read('page-size', optionReaders['page-size']) ?? 1000,
    timeZone,
    screenReader: settings.read('screen-reader', optionReaders['screen-reader']) ?? false,
    ...lookOf(settings, environment),
  };
}

function tracingOf(read: ReadArguments, { settings, environment, nowMs }: Asked): TraceOptions {
  const timeZone = settings.read('tz', optionReaders.tz) ?? localTimeZone();
  return {
    command: 'trace',
    correlationId: readCorrelationId(read),
    ...connectionOf(settings),
    ...readRange(settings, { nowMs, timeZone }),
    output: settings.read('output', choiceOf(traceFormats)),
    timeZone,
    ...lookOf(settings, environment),
  };
}

function lookOf(settings: Settings, environment: Environment): Pick<ReadingOptions, 'ascii' | 'color'> {
  return {
    ascii: settings.read('ascii', optionReaders.ascii) ?? !speaksUnicode(environment),
    color: terminalTypeOf(environment).colour && !(settings.read('no-color', optionReaders['no-color']) ?? false),
  };
}

function connectionOf(settings: Settings): ConnectionOptions {
  return { target: targetOf(settings), ...connectionBasics(settings) };
}

function connectionBasics(settings: Settings): Omit<ConnectionOptions, 'target'> {
  return {
    signInMethod: settings.read('auth', optionReaders.auth),
    debugLogFile: settings.read('debug-log', optionReaders['debug-log']),
  };
}

function targetOf(settings: Settings): DemoTarget | TenantTarget {
  const demo = settings.written('demo');
  const tenant = settings.written('tenant');
  const seed = settings.read('demo', optionReaders.demo);
  // A tenant that is named on the command line is meant more than a demo that was once set in the environment.
  const tenantIsNearer = tenant !== null && demo !== null && isNearer(tenant.origin, demo.origin);
  if (seed !== null && !tenantIsNearer) return { kind: 'demo', seed, seedIsWord: isWholeWord(demo) };

  const services = servicesOf(settings);
  const name = settings.read('tenant', optionReaders.tenant);
  if (name === null) throw new UsageError(tenantMissing);
  return { kind: 'tenant', tenant: name, ...services };
}

function servicesOf(settings: Settings): Services {
  const cloud = settings.read('cloud', optionReaders.cloud) ?? 'global';
  const loginUrl = settings.read('login-url', optionReaders['login-url']) ?? endpointsOf[cloud].loginUrl;
  const graphUrl = settings.read('graph-url', optionReaders['graph-url']) ?? endpointsOf[cloud].graphUrl;
  const clientId = settings.read('client-id', optionReaders['client-id']) ?? defaultClientId;
  return { clientId, cloud, loginUrl, graphUrl };
}

/** Only its own command line stops the doctor: whatever else is wrong is what it is there to tell. */
async function doctorOptions(
  read: ReadArguments,
  environment: Environment,
  loadConfig: LoadConfig,
): Promise<DoctorOptions> {
  refuseOperands(read);
  const notes = complaintNotes();
  const config = await notes.without(() => chosenConfig(settingsFrom(read, environment, []), loadConfig));
  const settings = notes.forgiving(settingsFrom(read, environment, config?.sections ?? []));
  return {
    command: 'doctor',
    ...connectionBasics(settings),
    target: (await notes.without(async () => targetOf(settings))) ?? { kind: 'unnamed', ...servicesOf(settings) },
    output: readDoctorOutput(settings),
    ...lookOf(settings, environment),
    settings: {
      file: config?.file ?? null,
      wasRead: (config?.sections.length ?? 0) > 0,
      complaints: notes.taken(),
    },
  };
}

function readDoctorOutput(settings: Settings): 'table' | 'json' {
  const written = settings.written('output');
  const format = settings.read('output', optionReaders.output);
  // A format that was set for the other commands is not meant for this one.
  if (format === 'json' || format === 'table' || format === null) return format ?? 'table';
  if (written?.origin !== 'commandLine') return 'table';
  const message = `doctor prints a table or json, not ${format}`;
  throw new UsageError({ message, advice: '', place: written.place });
}

/** Whether the value is a word of the command line by itself, not a part of its option. */
function isWholeWord(written: Written | null): boolean {
  const place = written?.place ?? null;
  return place !== null && 'words' in place && place.words[place.index] === written?.text;
}

const tenantMissing: Complaint = {
  message: 'which tenant?',
  advice: [
    `Say it with --tenant <id|domain>, set ${variableOf('tenant')}, or write it into the settings file.`,
    'The ID and the domains are in the Entra admin center (https://entra.microsoft.com) under Overview.',
    'To look around without a tenant: entra-signups --demo',
  ].join('\n'),
  place: null,
};

function readShell(read: ReadArguments): Shell {
  const [operand, ...more] = read.operands;
  const shell = shellNames.find((name) => name === operand?.text);
  if (shell !== undefined && more[0] === undefined) return shell;
  const nearest = operand === undefined ? null : nearestWord(operand.text, shellNames);
  throw new UsageError({
    message: `completion needs the name of one shell: ${shellNames.join(', ')}`,
    advice: nearest === null || shell !== undefined ? '' : `Did you mean ${nearest}?`,
    place: wholeWord(read.line, (more[0] ?? operand)?.index ?? read.line.length - 1),
  });
}

function refuseOperands({ command, operands, line }: ReadArguments): void {
  if (operands[0] === undefined) return;
  const place = wholeWord(line, operands[0].index);
  throw new UsageError({
    message: `${command} takes no query`,
    advice: `entra-signups ${command} --help tells more`,
    place,
  });
}
