/**
 * The one table of fields of all logs: what a field is called, which logs have it, which values an event has for it, how a
 * written value is read, and what Graph can decide about it. Parser, predicate, `$filter`, facets and help are views of it.
 */
import { logNames } from '../logs/logs.ts';
import type { AppNames } from '../signup/app-names.ts';
import { type AttemptOutcome, attemptOutcomes } from '../signup/attempt.ts';
import { causeOf, codesOf } from '../signup/cause.ts';
import { noErrorCode } from '../signup/codes.ts';
import type { AppliedListener, AttributeName, LogEvent, LogName } from '../signup/event.ts';
import { listenerEventTypes, listenerFailed } from '../signup/listeners.ts';
import { type EventOutcome, eventOutcomes, hasFailed, outcomeOf, outcomeOfEvent } from '../signup/outcome.ts';
import { accountTypeOf, accountTypes, documentedProviders } from '../signup/providers.ts';
import { stageLabel, stageNames } from '../signup/stages.ts';
import {
  auditActivities,
  auditServices,
  clientApps,
  policyStatuses,
  provisioningActions,
} from './documented-values.ts';
import type { FieldName } from './filter.ts';
import { type GraphColumn, graphColumns } from './graph-columns.ts';

export interface Field {
  readonly name: FieldName;
  /** For a heading. */
  readonly label: string;
  /** What can be written, in a few words. */
  readonly help: string;
  /** The logs whose events can have a value for it. */
  readonly logs: readonly LogName[];
  /** What the event has for the field: several, one, or none. */
  readonly values: (event: LogEvent, appNames: AppNames) => readonly string[];
  /** Those of `values` under which the event is counted: an error counts once, under its cause. */
  readonly counted: (event: LogEvent, appNames: AppNames) => readonly string[];
  /** The values that are known beforehand, in the order to show them. */
  readonly known: readonly string[];
  /**
   * Which values can be written. `known`: only the known ones. `named`: a word must be known, but quotes let any other
   * through, because Microsoft may add some. `number`: digits. `any`: everything.
   */
  readonly takes: 'known' | 'named' | 'number' | 'any';
  /** Other words for known values, lower-cased. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What Graph can decide about it, by log; where nothing stands it must be decided here. */
  readonly graph: { readonly [log in LogName]?: GraphColumn };
}

const stageAliases: ReadonlyMap<string, string> = new Map(
  stageNames.map((name) => [stageLabel(name).toLowerCase(), name]),
);
const signUps: readonly LogName[] = ['signUps'];
const withCodes: readonly LogName[] = ['signUps', 'signIns'];
const withResults: readonly LogName[] = ['audits', 'provisioning'];

const byName: Readonly<Record<FieldName, Field>> = {
  outcome: define({
    name: 'outcome',
    label: 'Outcome',
    help: 'failed, interrupted, succeeded, unknown (failed includes its codes); of attempts created, inProgress, noFurtherEvent too',
    values: (event) => outcomeValues(event),
    known: [...new Set<string>([...eventOutcomes, ...attemptOutcomes])],
    takes: 'known',
  }),
  stage: define({
    name: 'stage',
    label: 'Stage',
    help: "Graph's name of the stage, or its label",
    logs: signUps,
    values: (event) => some(event.stage),
    known: stageNames,
    takes: 'named',
    aliases: stageAliases,
  }),
  provider: define({
    name: 'provider',
    label: 'Provider',
    help: 'identity provider, e.g. "Email OTP" or Google',
    logs: signUps,
    values: (event) => some(event.provider),
    known: documentedProviders,
  }),
  account: define({
    name: 'account',
    label: 'Account',
    help: 'local (Email OTP, Email Password) or social (every other)',
    logs: signUps,
    values: (event) => [accountTypeOf(event.provider)],
    known: accountTypes,
    takes: 'known',
  }),
  app: define({
    name: 'app',
    label: 'Application',
    help: 'display name of the application',
    values: (event, appNames) => some(appNames.nameFor(event)),
  }),
  appid: define({
    name: 'appid',
    label: 'Application ID',
    help: 'GUID of the application',
    values: (event) => some(event.appId),
  }),
  user: define({
    name: 'user',
    label: 'User',
    help: 'who signed up (usually an e-mail address), signed in, did it, or was provisioned',
    values: (event) => some(event.identifier),
  }),
  userid: define({
    name: 'userid',
    label: 'User ID',
    help: 'object ID of the account that was created, signed in, changed or provisioned',
    values: (event) => some(event.userId),
  }),
  error: define({
    name: 'error',
    label: 'Error code',
    help: 'the number, e.g. 50181; 1003* is every custom extension error',
    logs: withCodes,
    values: (event) => codesOf(event).map(String),
    counted: (event) => [causeOf(event)].filter((code) => code !== noErrorCode).map(String),
    takes: 'number',
  }),
  correlation: define({
    name: 'correlation',
    label: 'Correlation ID',
    help: 'GUID that the events of one attempt share, in other logs as well',
    logs: ['signUps', 'signIns', 'audits'],
    values: (event) => some(event.correlationId),
  }),
  id: define({ name: 'id', label: 'Event ID', help: 'ID of one event', values: (event) => some(event.id) }),
  extension: define({
    name: 'extension',
    label: 'Custom extension',
    help: 'event type of an extension that was called; any, none, failed',
    logs: signUps,
    values: (event) => extensionValues(event.listeners),
    known: ['any', 'none', 'failed', ...listenerEventTypes],
    takes: 'named',
  }),
  flow: define({
    name: 'flow',
    label: 'User flow',
    help: 'user flow, by name or ID',
    logs: withCodes,
    // An event names no flow. Flows are told by the application, see flows.ts.
    values: (event) => some(event.appId),
  }),
  lost: define({
    name: 'lost',
    label: 'Lost at',
    help: 'of attempts: the stage at which one failed or has no further event',
    logs: signUps,
    values: () => [],
    known: stageNames,
    takes: 'named',
    aliases: stageAliases,
  }),
  ended: define({
    name: 'ended',
    label: 'Ended with',
    help: 'of attempts: the code of the last event',
    logs: signUps,
    values: () => [],
    takes: 'number',
  }),
  ip: define({
    name: 'ip',
    label: 'IP address',
    help: 'address that the sign-in came from; 203.0.113.* is every address that begins so',
    logs: ['signIns'],
    values: (event) => some(event.counterpart),
  }),
  target: define({
    name: 'target',
    label: 'Target',
    help: 'what it was done to, as it is shown; several targets are one text',
    logs: withResults,
    values: (event) => some(event.counterpart),
  }),
  result: define({
    name: 'result',
    label: 'Result',
    help: "Graph's word: success, failure, timeout; in provisioning also skipped, warning",
    logs: withResults,
    values: (event) => some(event.result),
    known: ['success', 'failure', 'timeout', 'skipped', 'warning'],
    takes: 'named',
  }),
  resource: attribute('resource', ['signIns'], 'Resource', 'what was signed in to, e.g. "Microsoft Graph"'),
  client: attribute('client', ['signIns'], 'Client', 'kind of client, e.g. Browser', clientApps),
  os: attribute('os', ['signIns'], 'System', 'operating system; Windows* is every Windows'),
  browser: attribute('browser', ['signIns'], 'Browser', 'browser with its version; Firefox* is every Firefox'),
  country: attribute('country', ['signIns'], 'Country', 'country or region in two letters, e.g. DE'),
  policies: attribute('policies', ['signIns'], 'Policies', 'what Conditional Access came to', policyStatuses, 'named'),
  activity: attribute('activity', ['audits'], 'Activity', 'what was done, e.g. "Add user"', auditActivities),
  category: attribute('category', ['audits'], 'Category', 'e.g. UserManagement'),
  service: attribute('service', ['audits'], 'Service', 'service that noted it, e.g. "Core Directory"', auditServices),
  operation: attribute('operation', ['audits'], 'Operation', 'e.g. Add, Update, Delete'),
  action: attribute('action', ['provisioning'], 'Action', 'what was to be done', provisioningActions, 'named'),
  source: attribute('source', ['provisioning'], 'Source', 'system that the account comes from'),
  system: attribute('system', ['provisioning'], 'System', 'system that the account goes to'),
  problem: attribute('problem', ['provisioning'], 'Problem', 'error code of a failure, e.g. DuplicateTargetEntries'),
};

/** All fields, in the order to show them. */
export const fields: readonly Field[] = Object.values(byName);

const byLog = new Map(logNames.map((log) => [log, fields.filter((field) => field.logs.includes(log))]));

/** The fields of a log, in the order to show them. */
export function fieldsOf(log: LogName): readonly Field[] {
  return byLog.get(log) ?? [];
}

/** The row of the table for a field. */
export function fieldNamed(name: FieldName): Field {
  return byName[name];
}

/** What the outcome field has for an event: the creation of an account that succeeded is `created` as well. */
function outcomeValues(event: LogEvent): readonly string[] {
  const { stage, errorCode } = event;
  return stage === 'userCreation' && errorCode === 0
    ? valuesOfCreation
    : valuesOfOutcome(outcomeOfEvent(event), hasFailed(event));
}

/** What the outcome field has for the event with which an account was created. */
export const valuesOfCreation: readonly string[] = ['succeeded', 'created'];

/** What the outcome field has for any other event: its outcome, and `failed` as well when it counts as a failure all the same. */
function valuesOfOutcome(outcome: EventOutcome, countsAsFailure: boolean): readonly string[] {
  return countsAsFailure && outcome !== 'failed' ? [outcome, 'failed'] : [outcome];
}

/** All that the outcome field can have for an event that is not the creation of an account, one list for each possibility. */
export const outcomeValueLists: readonly (readonly string[])[] = [
  ...eventOutcomes.map((outcome) => valuesOfOutcome(outcome, outcome === 'failed' || outcome === 'unknown')),
  valuesOfOutcome('unknown', false),
];

/** What the outcome field has for an attempt: its own outcome, and the words for events that mean the same. */
export function valuesOfAttempt(outcome: AttemptOutcome, lastErrorCode: number): readonly string[] {
  switch (outcome) {
    case 'created':
      return valuesOfCreation;
    case 'failed':
      return valuesOfOutcome(outcomeOf(lastErrorCode), true);
    case 'inProgress':
    case 'noFurtherEvent':
      return [outcome, 'interrupted'];
  }
}

/** What the extension field has for an event that called none. */
export const calledNone = 'none';

/** What the extension field has for the listeners of an event: their event types, and `any`, `failed` or `none`. */
function extensionValues(listeners: readonly AppliedListener[]): readonly string[] {
  if (listeners.length === 0) return [calledNone];
  const eventTypes = new Set(listeners.map((listener) => listener.eventType).filter((type) => type !== ''));
  return ['any', ...(listeners.some(listenerFailed) ? ['failed'] : []), ...eventTypes];
}

/**
 * Reads a value as it was written and gives the spelling to keep (`USERCREATION` → `userCreation`, `create` too), or
 * null when the field has no such value. `exactly`: it was in quotes, so an unknown name is meant as it is.
 */
export function readValue(field: Field, written: string, exactly: boolean): string | null {
  const folded = written.toLowerCase();
  const known = field.known.find((value) => value.toLowerCase() === folded) ?? field.aliases.get(folded);
  if (known !== undefined) return known;
  if (field.takes === 'number') return /^\d{1,10}$/.test(written) ? String(Number(written)) : null;
  return field.takes === 'any' || (field.takes === 'named' && exactly) ? written : null;
}

/** Whether a value may be written as this and a `*`. A prefix that no value can have is a slip, unless in quotes. */
export function isPrefixOf(field: Field, written: string, exactly: boolean): boolean {
  if (field.takes === 'any' || written === '') return true;
  if (field.takes === 'number') return /^\d{1,10}$/.test(written);
  if (field.takes === 'named' && exactly) return true;
  return field.known.some((value) => value.toLowerCase().startsWith(written.toLowerCase()));
}

function define(
  field: Pick<Field, 'name' | 'label' | 'help' | 'values'> &
    Partial<Pick<Field, 'counted' | 'known' | 'takes' | 'aliases' | 'logs'>>,
): Field {
  const { name, values, logs = logNames } = field;
  const columns = logs.flatMap((log) => {
    const column = graphColumns[log][name];
    return column === undefined ? [] : [[log, column]];
  });
  const defaults = { counted: values, known: [], takes: 'any', aliases: new Map<string, string>() } as const;
  return { ...defaults, ...field, logs, graph: Object.fromEntries(columns) };
}

/** A field for one of the words that entries of other logs have. */
function attribute(
  name: AttributeName,
  logs: readonly LogName[],
  label: string,
  help: string,
  known: readonly string[] = [],
  takes: Field['takes'] = 'any',
): Field {
  return define({ name, label, help, logs, known, takes, values: ({ attributes }) => some(attributes[name] ?? null) });
}

function some(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : [text];
}
