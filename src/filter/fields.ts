/**
 * The one table of fields: what a field is called, which values an event has for it, how a written value is read, and
 * what Graph can decide about it. Parser, predicate, `$filter`, facets and help are views of this table.
 */
import type { AppNames } from '../signup/app-names.ts';
import { type AttemptOutcome, attemptOutcomes } from '../signup/attempt.ts';
import { noErrorCode } from '../signup/codes.ts';
import type { AppliedListener, LogEvent } from '../signup/event.ts';
import { listenerEventTypes, listenerFailed } from '../signup/listeners.ts';
import { type EventOutcome, eventOutcomes, outcomeOf } from '../signup/outcome.ts';
import { accountTypeOf, accountTypes, documentedProviders } from '../signup/providers.ts';
import { stageLabel, stageNames } from '../signup/stages.ts';
import type { FieldName } from './filter.ts';
import { type GraphColumn, graphColumns } from './graph-columns.ts';

export interface Field {
  readonly name: FieldName;
  /** For a heading. */
  readonly label: string;
  /** What can be written, in a few words. */
  readonly help: string;
  /** What the event has for the field: several, one, or none. */
  readonly values: (event: LogEvent, appNames: AppNames) => readonly string[];
  /** The values that are known beforehand, in the order to show them. */
  readonly known: readonly string[];
  /**
   * Which values can be written. `known`: only the known ones. `named`: a word must be known, but quotes let any other
   * through, because Microsoft may add some. `number`: digits. `any`: everything.
   */
  readonly takes: 'known' | 'named' | 'number' | 'any';
  /** Other words for known values, lower-cased. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What Graph can decide about it; null when it must be decided here. */
  readonly graph: GraphColumn | null;
}

const stageAliases: ReadonlyMap<string, string> = new Map(
  stageNames.map((name) => [stageLabel(name).toLowerCase(), name]),
);

const byName: Readonly<Record<FieldName, Field>> = {
  outcome: define({
    name: 'outcome',
    label: 'Outcome',
    help: 'failed, interrupted, succeeded, unknown (which failed includes); of attempts created, inProgress, noFurtherEvent too',
    values: (event) => outcomeValues(event),
    known: [...new Set<string>([...eventOutcomes, ...attemptOutcomes])],
    takes: 'known',
  }),
  stage: define({
    name: 'stage',
    label: 'Stage',
    help: "Graph's name of the stage, or its label",
    values: (event) => some(event.stage),
    known: stageNames,
    takes: 'named',
    aliases: stageAliases,
  }),
  provider: define({
    name: 'provider',
    label: 'Provider',
    help: 'identity provider, e.g. "Email OTP" or Google',
    values: (event) => some(event.provider),
    known: documentedProviders,
  }),
  account: define({
    name: 'account',
    label: 'Account',
    help: 'local (Email OTP, Email Password) or social (every other)',
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
    help: 'what the person signed up with, usually an e-mail address',
    values: (event) => some(event.identifier),
  }),
  userid: define({
    name: 'userid',
    label: 'User ID',
    help: 'object ID of the account that was created',
    values: (event) => some(event.userId),
  }),
  error: define({
    name: 'error',
    label: 'Error code',
    help: 'the number, e.g. 50181; 1003* is every custom extension error',
    values: (event) => errorValues(event.errorCode),
    takes: 'number',
  }),
  correlation: define({
    name: 'correlation',
    label: 'Correlation ID',
    help: 'GUID that the events of one attempt share',
    values: (event) => some(event.correlationId),
  }),
  id: define({ name: 'id', label: 'Event ID', help: 'ID of one event', values: (event) => some(event.id) }),
  extension: define({
    name: 'extension',
    label: 'Custom extension',
    help: 'event type of an extension that was called; any, none, failed',
    values: (event) => extensionValues(event.listeners),
    known: ['any', 'none', 'failed', ...listenerEventTypes],
    takes: 'named',
  }),
  flow: define({
    name: 'flow',
    label: 'User flow',
    help: 'user flow, by name or ID',
    // An event names no flow. Flows are told by the application, see flows.ts.
    values: (event) => some(event.appId),
  }),
  lost: define({
    name: 'lost',
    label: 'Lost at',
    help: 'of attempts: the stage at which one failed or has no further event',
    values: () => [],
    known: stageNames,
    takes: 'named',
    aliases: stageAliases,
  }),
  ended: define({
    name: 'ended',
    label: 'Ended with',
    help: 'of attempts: the code of the last event',
    values: () => [],
    takes: 'number',
  }),
};

/** All fields, in the order to show them. */
export const fields: readonly Field[] = Object.values(byName);

/** The row of the table for a field. */
export function fieldNamed(name: FieldName): Field {
  return byName[name];
}

/** What the outcome field has for an event: the creation of an account that succeeded is `created` as well. */
function outcomeValues({ stage, errorCode }: LogEvent): readonly string[] {
  return stage === 'userCreation' && errorCode === 0 ? valuesOfCreation : valuesOfOutcome(outcomeOf(errorCode));
}

/** What the outcome field has for the event with which an account was created. */
export const valuesOfCreation: readonly string[] = ['succeeded', 'created'];

/** What the outcome field has for any other event: what nobody has classified is `unknown`, and `failed` as well. */
export function valuesOfOutcome(outcome: EventOutcome): readonly string[] {
  return outcome === 'unknown' ? ['unknown', 'failed'] : [outcome];
}

/** What the outcome field has for an attempt: its own outcome, and the words for events that mean the same. */
export function valuesOfAttempt(outcome: AttemptOutcome, lastErrorCode: number): readonly string[] {
  switch (outcome) {
    case 'created':
      return valuesOfCreation;
    case 'failed':
      return valuesOfOutcome(outcomeOf(lastErrorCode));
    case 'inProgress':
    case 'noFurtherEvent':
      return [outcome, 'interrupted'];
  }
}

/** What the error field has for an error code: nothing where the log has none. */
function errorValues(errorCode: number): readonly string[] {
  return errorCode === noErrorCode ? [] : [String(errorCode)];
}

/** What the extension field has for the listeners of an event: their event types, and `any`, `failed` or `none`. */
function extensionValues(listeners: readonly AppliedListener[]): readonly string[] {
  if (listeners.length === 0) return ['none'];
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
  field: Pick<Field, 'name' | 'label' | 'help' | 'values'> & Partial<Pick<Field, 'known' | 'takes' | 'aliases'>>,
): Field {
  return { known: [], takes: 'any', aliases: new Map(), ...field, graph: graphColumns[field.name] ?? null };
}

function some(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : [text];
}
