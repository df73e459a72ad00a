/**
 * What Microsoft's support, or a colleague, needs to know about an attempt, as plain text: ids, times, application, path, codes,
 * the call to Graph. It can leave out who it was. What comes from the log stays on its line. Pure.
 */
import { type AttemptOutcome, attemptOutcome } from '../signup/attempt.ts';
import { causeOf } from '../signup/cause.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { LogEvent } from '../signup/event.ts';
import { listenerResult } from '../signup/listeners.ts';
import { outcomeOfEvent } from '../signup/outcome.ts';
import { shownText } from '../signup/visible-text.ts';
import type { Attempt } from './log/attempts.ts';
import type { LeaveOut } from './person-text.ts';
import { shownZone } from './shown-zone.ts';
import type { State } from './state.ts';

const outcomeWords: { readonly [outcome in AttemptOutcome]: string } = {
  created: 'created: the account was made',
  failed: 'failed',
  inProgress: 'in progress: no further event yet',
  noFurtherEvent: 'no further event',
};

const SIGN_UPS = '/beta/auditLogs/signUps';
const LABEL_WIDTH = 16;
/** Of a very long attempt its beginning and its end: terminals take no more, and nobody reads more. */
const FIRST_EVENTS = 20;
const LAST_EVENTS = 80;

/** The first line of the text. */
export function ticketBeginning({ nowMs }: State, attempt: Attempt): string {
  return row('Sign-up', outcomeWords[attemptOutcome(attempt, nowMs)]);
}

/** `without`: leaves out who it was, or nothing. */
export function ticketText(state: State, attempt: Attempt, without: LeaveOut): string {
  const { log, account, settings } = state;
  const { shape, events: positions } = attempt;
  const missing = Math.max(0, positions.length - FIRST_EVENTS - LAST_EVENTS);
  const beginning = positions.slice(0, FIRST_EVENTS).map((position) => log.read(position));
  const end = positions.slice(FIRST_EVENTS + missing).map((position) => log.read(position));
  const events = [...beginning, ...end];
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return '';
  const code = explainCode(causeOf(last));
  const identifier = log.identifierOf(positions) ?? 'not told by the log';
  // Before a long text is cut: what is left of a name would not be recognised.
  const lines = [
    ticketBeginning(state, attempt),
    row('Stopped at', last.stage === '' ? 'no stage in the log' : without(last.stage)),
    row('Code', codeText(last, 'none in the log')),
    row('Meaning', code.explanation),
    row('Correlation ID', last.correlationId === '' ? 'none' : without(last.correlationId)),
    row('Request ID', requestIds(state, last.correlationId)),
    row('Time (UTC)', `${utc(first.timeMs)} to ${utc(last.timeMs)}`),
    row('Time (local)', localRange(first.timeMs, last.timeMs, shownZone(state))),
    row('Person', without(identifier)),
    row('Signs up with', without(`${shape.provider} (${shape.account} account)`)),
    row('Application', without(`${last.appName ?? 'name not told'} (${shape.appId})`)),
    row('Tenant', account ? `${settings.tenant} (${account.tenantId})` : settings.tenant),
    'Events (UTC):',
    ...beginning.flatMap((event) => eventLines(event, without)),
    ...(missing > 0 ? [`  ... ${missing.toLocaleString('en')} more events; the call below gives all ...`] : []),
    ...end.flatMap((event) => eventLines(event, without)),
    'Call to Graph:',
    `  GET ${callOf(state, last)}`,
  ];
  return without(`${lines.join('\n')}\n`);
}

function row(label: string, text: string): string {
  return `${`${label}:`.padEnd(LABEL_WIDTH)}${shownText(text)}`;
}

function eventLines(event: LogEvent, without: LeaveOut): readonly string[] {
  const { failureReason, additionalDetails } = event;
  const texts = [failureReason, additionalDetails].filter((text) => text !== null);
  return [
    `  ${utc(event.timeMs)}  ${event.stage}: ${outcomeOfEvent(event)}, ${codeText(event, 'no code')}  (event ${event.id})`,
    ...texts.map((text) => `    ${text}`),
    ...event.listeners.map((listener) => `    ${listenerResult(listener, '->')}`),
  ].map((line) => shownText(without(line)));
}

/** The cause with its meaning, and Graph's own code where that is another; `none` where the log has no code. */
function codeText(event: LogEvent, none: string): string {
  const cause = causeOf(event);
  if (cause === noErrorCode) return none;
  if (cause === 0) return '0';
  const reported = event.errorCode === noErrorCode ? 'no code' : String(event.errorCode);
  return `${cause} ${explainCode(cause).meaning}${cause === event.errorCode ? '' : `, reported as ${reported}`}`;
}

/** The call that gives the events of the attempt, at the Graph that was asked. */
function callOf({ calls }: State, { correlationId, id }: LogEvent): string {
  const url = calls.at(-1)?.url ?? '';
  const origin = URL.canParse(url) ? new URL(url).origin : 'https://graph.microsoft.com';
  const condition = correlationId === '' ? `id eq '${id}'` : `correlationId eq '${correlationId}'`;
  return `${origin}${SIGN_UPS}?$filter=${encodeURIComponent(condition.replaceAll(/[^\w\-. ']/g, ''))}`;
}

/** Of the calls that asked for this correlation ID, or of the last that read the log. */
function requestIds({ calls }: State, correlationId: string): string {
  const answered = calls.filter(({ url, answer }) => answer?.requestId && url.includes(SIGN_UPS));
  const own = correlationId === '' ? [] : answered.filter(({ url }) => url.includes(correlationId));
  const ids = (own.length > 0 ? own : answered.slice(-1)).flatMap(({ answer }) => answer?.requestId ?? []);
  return ids.length === 0 ? 'not known' : ids.join(', ');
}

function utc(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function localRange(fromMs: number, toMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return `${format.format(fromMs)} to ${format.format(toMs)} ${timeZone}`;
}
