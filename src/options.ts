/**
 * From the command line and the environment to `Options`: everything the program was asked for, checked, with defaults
 * filled in. It reads no file and no clock of its own, and starts nothing.
 */
import { type Cloud, cloudNames, defaultClientId, endpointsOf } from './endpoints.ts';
import type { SignInMethod } from './facts/signing-in.ts';
import type { Filter } from './filter/filter.ts';
import { nearestWord } from './filter/nearest-word.ts';
import { type ReadArguments, readArguments } from './options/arguments.ts';
import { type Complaint, printComplaint, UsageError, wholeWord } from './options/complaint.ts';
import { helpText } from './options/help.ts';
import { readDuration, readQuery } from './options/query.ts';
import { type Environment, type Settings, settingsFrom } from './options/settings.ts';
import { type OutputFormat, outputFormats, type Shell, shellNames, variableOf } from './options/table.ts';
import * as values from './options/values.ts';

export interface DemoTarget {
  readonly kind: 'demo';
  readonly seed: number;
}

export interface TenantTarget {
  readonly kind: 'tenant';
  /** GUID or domain, in lower case. */
  readonly tenant: string;
  readonly clientId: string;
  readonly cloud: Cloud;
  /** Origins, without a slash at the end. */
  readonly loginUrl: string;
  readonly graphUrl: string;
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
}

export interface BrowseOptions extends ReadingOptions {
  readonly command: 'browse';
  readonly intervalMs: number;
  readonly maxEvents: number;
}

export interface ListOptions extends ReadingOptions {
  readonly command: 'list';
  /** Null: the format that fits what stdout is. */
  readonly output: OutputFormat | null;
  /** Most events to print; null = all in the range. */
  readonly limit: number | null;
}

export interface TailOptions extends ReadingOptions {
  readonly command: 'tail';
  readonly output: OutputFormat | null;
  readonly intervalMs: number;
  /** Null: until interrupted. */
  readonly forMs: number | null;
}

export interface AccountOptions extends ConnectionOptions {
  readonly command: 'login' | 'logout' | 'whoami';
}

export interface CompletionOptions {
  readonly command: 'completion';
  readonly shell: Shell;
}

export type Options = BrowseOptions | ListOptions | TailOptions | AccountOptions | CompletionOptions;

export type OptionsOutcome =
  | { readonly kind: 'options'; readonly options: Options }
  /** Help, for stdout; exit code 0. */
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  /** A complaint that points at the place, for stderr; exit code 2. */
  | { readonly kind: 'usage'; readonly text: string };

const defaultSeed = 1;

/** Takes the arguments after the program's name, and the time that "24h" counts back from. */
export function readOptions(argv: readonly string[], environment: Environment, nowMs: number): OptionsOutcome {
  try {
    const read = readArguments(argv);
    if (read.wants === 'help') return { kind: 'help', text: helpText(read.command) };
    if (read.wants === 'version') return { kind: 'version' };
    return { kind: 'options', options: optionsOf(read, settingsFrom(read, environment), environment, nowMs) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'usage', text: printComplaint(error.complaint) };
    throw error;
  }
}

function optionsOf(read: ReadArguments, settings: Settings, environment: Environment, nowMs: number): Options {
  const { command } = read;
  if (command === 'completion') return { command, shell: readShell(read) };
  if (command === 'login' || command === 'logout' || command === 'whoami') {
    refuseOperands(read);
    return { command, ...connectionOf(settings) };
  }
  const reading = readingOf(read, settings, environment, nowMs);
  const intervalMs = settings.read('interval', readDuration(5_000)) ?? 15_000;
  if (command === 'browse') {
    return {
      command,
      ...reading,
      intervalMs,
      maxEvents: settings.read('max-events', values.wholeNumber(1)) ?? 1_000_000,
    };
  }
  const output = settings.read('output', values.choiceOf(outputFormats));
  if (command === 'tail') {
    return { command, ...reading, output, intervalMs, forMs: settings.read('for', readDuration(1)) };
  }
  const limit = settings.read('limit', values.wholeNumber(0)) ?? 1000;
  return { command, ...reading, output, limit: limit === 0 ? null : limit };
}

function readingOf(read: ReadArguments, settings: Settings, environment: Environment, nowMs: number): ReadingOptions {
  const timeZone = settings.read('tz', values.readTimeZone) ?? localTimeZone();
  return {
    ...connectionOf(settings),
    filter: readQuery(read, settings, { nowMs, timeZone }),
    pageSize: settings.read('page-size', values.wholeNumber(1, 1000)) ?? 1000,
    timeZone,
    ascii: settings.read('ascii', values.readFlag) ?? !speaksUnicode(environment),
    color: !(settings.read('no-color', values.readFlag) ?? (environment.NO_COLOR ?? '') !== ''),
  };
}

function connectionOf(settings: Settings): ConnectionOptions {
  return {
    target: targetOf(settings),
    signInMethod: settings.read('auth', values.choiceOf(['device-code', 'browser'])),
    debugLogFile: settings.read('debug-log', values.readText),
  };
}

function targetOf(settings: Settings): DemoTarget | TenantTarget {
  const demo = settings.written('demo');
  const tenant = settings.written('tenant');
  const seed = settings.read('demo', values.readSeed(defaultSeed));
  // A tenant that is named on the command line is meant more than a demo that was once set in the environment.
  const tenantIsNearer = tenant?.origin === 'commandLine' && demo?.origin === 'environment';
  if (seed !== null && !tenantIsNearer) return { kind: 'demo', seed };

  const cloud = settings.read('cloud', values.choiceOf(cloudNames)) ?? 'global';
  const loginUrl = settings.read('login-url', values.readEndpoint) ?? endpointsOf[cloud].loginUrl;
  const graphUrl = settings.read('graph-url', values.readEndpoint) ?? endpointsOf[cloud].graphUrl;
  const clientId = settings.read('client-id', values.readGuid) ?? defaultClientId;
  const name = settings.read('tenant', values.readTenant);
  if (name === null) throw new UsageError(tenantMissing);
  return { kind: 'tenant', tenant: name, clientId, cloud, loginUrl, graphUrl };
}

const tenantMissing: Complaint = {
  message: 'which tenant?',
  advice: [
    `Say it with --tenant <id|domain>, or set ${variableOf('tenant')}.`,
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

function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether the locale is UTF-8. One that nobody set (Windows, containers) is taken to be. */
function speaksUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return TERM !== 'dumb' && (locale === '' || /utf-?8/i.test(locale));
}
