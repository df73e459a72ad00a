/** One event in full: what it means and what to do first, then its properties, then what we have no name for. */
import { causeOf } from '../signup/cause.ts';
import { type CodeExplanation, explainCode, noErrorCode } from '../signup/codes.ts';
import type { LogEvent, LogName } from '../signup/event.ts';
import { listenerAdvice, listenerFailed, listenerMeaning, listenerResult } from '../signup/listeners.ts';
import { accountTypeOf } from '../signup/providers.ts';
import { stageMeaning } from '../signup/stages.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { field, optional } from './labelled-lines.ts';
import type { Line } from './line.ts';
import { dayText, preciseClockText } from './time-text.ts';

export interface DetailContext {
  readonly state: State;
  readonly glyphs: Glyphs;
  readonly event: LogEvent;
}

/** Who can make it work, in words. */
export const fixers: { readonly [who in CodeExplanation['fixedBy']]: string } = {
  person: 'the person who signs up',
  admin: 'you, the admin',
  extension: 'whoever runs your custom extension',
  microsoft: 'Microsoft',
  nobody: 'nobody: this is as it should be',
};

/** What happened, what to do, and the properties that say who, when, how and where. */
export function eventDetailLines(context: DetailContext, width: number): readonly Line[] {
  const { state, event } = context;
  const cause = causeOf(event);
  const code = explainCode(cause);
  const zone = shownZone(state);
  const account = accountTypeOf(event.provider) === 'local' ? 'local account' : 'social account';
  return [
    ...field('Code', codeText(cause), width, 'strong'),
    ...field('Means', code.explanation, width),
    ...(code.kind === 'success'
      ? []
      : [
          ...field('Do', code.todo, width),
          ...field('Fixed by', code.kind === 'unknown' ? 'not known' : fixers[code.fixedBy], width),
        ]),
    ...(code.tellThePerson ? field('Say', `"${code.tellThePerson}"`, width) : []),
    ...reportedLines(cause, event.errorCode, width),
    ...optional('Reason', event.failureReason, width),
    ...optional('Details', event.additionalDetails, width),
    ...field('Time', `${dayText(event.timeMs, zone)} ${preciseClockText(event.timeMs, zone)} ${zone}`, width),
    ...field('Stage', `${event.stage || 'none'}: ${stageMeaning(event.stage)}`, width),
    ...field('Identity', identityText(event), width),
    ...field('Provider', `${event.provider || 'none in the log'} (${account})`, width),
    ...field('App', event.appName ?? 'Graph has not told its name', width),
    ...field('Account', event.userId ?? 'none was created by this event', width),
    ...listenerLines(context, width),
  ];
}

/** Microsoft's own page for the code, as an address that can be selected whole where there is room. */
export function lookUpLines({ event }: DetailContext, width: number): readonly Line[] {
  const cause = causeOf(event);
  return cause > 0 ? [[], ...field('Look up', explainCode(cause).link, width, 'dim')] : [];
}

/** Ids, and everything that Graph sent and this version has no name for. */
export function otherFieldLines({ event }: DetailContext, width: number): readonly Line[] {
  return [
    ...field('Corr. ID', event.correlationId || 'none', width, 'dim'),
    ...field('App ID', event.appId || 'none', width, 'dim'),
    ...field(event.log === 'signUps' ? 'Event ID' : 'Entry ID', event.id, width, 'dim'),
    ...field('UTC', utcText(event.timeMs), width, 'dim'),
    ...Object.entries(event.raw)
      .filter(([name]) => !namedFields[event.log].has(name))
      .flatMap(([name, value]) => field('Also', `${name}: ${JSON.stringify(value)}`, width, 'dim')),
  ];
}

const namedFields: { readonly [log in LogName]: ReadonlySet<string> } = {
  signUps: new Set([
    'id',
    'correlationId',
    'createdDateTime',
    'appId',
    'appDisplayName',
    'signUpStage',
    'signUpIdentityProvider',
    'signUpIdentity',
    'status',
    'appliedEventListeners',
    'userId',
    'userSnapshot',
  ]),
  signIns: new Set([
    'id',
    'correlationId',
    'createdDateTime',
    'appId',
    'appDisplayName',
    'userId',
    'ipAddress',
    'clientAppUsed',
    'resourceDisplayName',
    'conditionalAccessStatus',
    'status',
  ]),
  audits: new Set([
    'id',
    'correlationId',
    'activityDateTime',
    'activityDisplayName',
    'category',
    'loggedByService',
    'operationType',
    'result',
    'resultReason',
    'additionalDetails',
  ]),
  provisioning: new Set(['id', 'activityDateTime', 'provisioningAction', 'modifiedProperties']),
};

/** A code with its meaning. */
export function codeText(code: number): string {
  if (code === noErrorCode) return 'none in the log';
  return code === 0 ? '0  completed' : `${code}  ${explainCode(code).meaning}`;
}

/** Graph's own code, where the cause is another. */
export function reportedLines(cause: number, errorCode: number, width: number): readonly Line[] {
  return cause === errorCode ? [] : field('Reported', codeText(errorCode), width, 'dim');
}

function identityText({ identifier, identifierType }: LogEvent): string {
  if (identifier === null) return 'none in the log';
  return identifierType === null || identifierType === 'emailAddress'
    ? identifier
    : `${identifier} (${identifierType})`;
}

function listenerLines({ event, glyphs }: DetailContext, width: number): readonly Line[] {
  const cause = causeOf(event);
  if (event.listeners.length === 0) return field('Extension', 'none was called', width, 'dim');
  return event.listeners.flatMap((listener) => [
    ...field('Extension', listenerResult(listener, glyphs.arrow), width, listenerFailed(listener) ? 'bad' : 'plain'),
    ...field('', listenerMeaning(listener.eventType), width, 'dim'),
    // The advice for the cause stands above.
    ...(listener.errorCode === cause ? [] : optional('', listenerAdvice(listener), width)),
  ]);
}

function utcText(timeMs: number): string {
  return Number.isFinite(timeMs) ? new Date(timeMs).toISOString() : 'unreadable';
}
