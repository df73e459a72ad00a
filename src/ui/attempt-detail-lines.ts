/** An attempt in full: who tried what, where it stopped, what to do, and what else there is of that person and that code. */
import { attemptOutcome } from '../signup/attempt.ts';
import { explainCode } from '../signup/codes.ts';
import { stageLabel, stageMeaning } from '../signup/stages.ts';
import { type OthersLikeIt, othersLikeIt, type PersonsAttempts, personsAttempts } from '../store/attempt-context.ts';
import type { Attempt } from '../store/log/attempts.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import { codeText, fixers, reportedLines } from './event-detail-lines.ts';
import { field, optional } from './labelled-lines.ts';
import type { Line } from './line.ts';
import { clockText, dayText, durationText } from './time-text.ts';

/** The lines of the attempt; the events of it stand in the timeline beside them. */
export function attemptDetailLines(state: State, attempt: Attempt, width: number): readonly Line[] {
  const { log } = state;
  const { events, shape } = attempt;
  const [first, last] = [events[0] ?? -1, events.at(-1) ?? -1];
  const tookMs = log.timeMs(last) - log.timeMs(first);
  const zone = shownZone(state);
  const { errorCode, failureReason, additionalDetails, userId } = log.read(last);
  return [
    ...field('Person', state.log.identifierOf(events) ?? 'not told by the log', width, 'strong'),
    ...field('Provider', `${shape.provider || 'none in the log'} (${shape.account} account)`, width),
    ...field('App', log.appName(last) ?? (shape.appId || 'none in the log'), width),
    ...field('Started', `${dayText(log.timeMs(first), zone)} ${clockText(log.timeMs(first), zone)} ${zone}`, width),
    ...field('Took', tookText(attempt, tookMs), width),
    ...codeLines(state, attempt, width),
    ...contextLines(state, attempt, width),
    ...sayLines(attempt, width),
    ...(shape.end === 'created' ? [] : reportedLines(shape.lastErrorCode, errorCode, width)),
    ...optional('Reason', failureReason, width),
    ...optional('Details', additionalDetails, width),
    ...optional('Account', shape.end === 'created' ? (userId ?? createdId(state, attempt)) : null, width),
    ...(shape.hadAccount ? field('Had', 'an account already, by the codes of this attempt', width) : []),
    ...(shape.beginsMidway
      ? field('Begins', 'midway: its first events came late, or lie before what was read', width, 'dim')
      : []),
  ];
}

function tookText({ events, shape }: Attempt, tookMs: number): string {
  const tries = shape.tries === 1 ? '' : `, ${shape.tries} tries`;
  return `${durationText(tookMs)}${tries}, ${events.length} event${events.length === 1 ? '' : 's'}`;
}

/** What the end of it means, what to do, and who can. */
function codeLines({ nowMs }: State, attempt: Attempt, width: number): readonly Line[] {
  const { shape } = attempt;
  const outcome = attemptOutcome(attempt, nowMs);
  if (outcome === 'created') return field('Means', 'The account was made.', width, 'good');
  const code = explainCode(shape.lastErrorCode);
  const stage = stageLabel(shape.lastStage) || 'a stage without a name';
  if (outcome === 'failed') {
    return [
      ...field('Stopped at', `${stage}: ${stageMeaning(shape.lastStage)}`, width),
      ...field('Code', codeText(shape.lastErrorCode), width, 'strong'),
      ...field('Means', code.explanation, width),
      ...field('Do', code.todo, width),
      ...field('Fixed by', code.kind === 'unknown' ? 'not known' : fixers[code.fixedBy], width),
    ];
  }
  const idle = durationText(nowMs - attempt.lastMs);
  const wait =
    outcome === 'inProgress'
      ? `Its last event, ${stage}, was ${idle} ago; the person may go on.`
      : `Its last event, ${stage}, was ${idle} ago. The log does not say why the person went no further.`;
  return [
    ...field('Means', wait, width),
    ...(shape.lastErrorCode === 0
      ? []
      : [...field('Code', codeText(shape.lastErrorCode), width, 'strong'), ...field('Do', code.todo, width)]),
  ];
}

/** What to say to the person. */
function sayLines({ shape }: Attempt, width: number): readonly Line[] {
  const { tellThePerson } = explainCode(shape.lastErrorCode);
  return shape.end === 'failed' && tellThePerson ? field('Say', `"${tellThePerson}"`, width) : [];
}

function createdId({ log }: State, { events }: Attempt): string | null {
  return events.map((position) => log.read(position).userId).findLast((id) => id !== null) ?? null;
}

function contextLines(state: State, attempt: Attempt, width: number): readonly Line[] {
  const zone = shownZone(state);
  const person = personsAttempts(state, attempt);
  const failed = attempt.shape.end === 'failed';
  return [
    ...(person ? field('Attempts', attemptsText(person, zone), width) : []),
    ...(failed ? field('Others', othersText(othersLikeIt(state, attempt), state, zone), width) : []),
  ];
}

/** Other attempts of the person, and whether one made an account. */
function attemptsText({ place, count, spanMs, createdLaterAtMs, createdBeforeAtMs }: PersonsAttempts, zone: string) {
  if (count === 1) return 'the only one by this person among the loaded events';
  const placed = `number ${place} of ${count} by this person in ${durationText(spanMs)}`;
  if (createdLaterAtMs !== null)
    return `${placed}; a later one made the account at ${clockText(createdLaterAtMs, zone)}`;
  if (createdBeforeAtMs !== null) {
    return `${placed}; an earlier one had made an account at ${clockText(createdBeforeAtMs, zone)}`;
  }
  return `${placed}; no other one made an account`;
}

function othersText(others: OthersLikeIt | null, { nowMs }: State, zone: string): string {
  if (others === null) return 'not known: the hours around it are not loaded without a filter';
  const { hour, people, peopleBefore } = others;
  const when =
    hour.toMs === nowMs ? 'in the last hour' : `from ${clockText(hour.fromMs, zone)} to ${clockText(hour.toMs, zone)}`;
  const who = people === 0 ? 'nobody else' : people === 1 ? '1 other person' : `${people} other people`;
  return `${who} with this code at this application ${when} (${peopleBefore} the hour before)`;
}
