/** The row under the cursor in words, as it is read aloud. Pure; text from the log is made harmless. */
import { attemptOutcome } from '../../signup/attempt.ts';
import { explainCode, noErrorCode } from '../../signup/codes.ts';
import { stageLabel } from '../../signup/stages.ts';
import { shownText, visibleText } from '../../signup/visible-text.ts';
import { marksOfRow } from '../../store/commands-jump.ts';
import type { State } from '../../store/state.ts';
import { cursorRow, positionOfRow, rowCount } from '../../store/table-cursor.ts';
import { endingWords } from '../entry-words.ts';
import { shownWhen } from '../shown-time.ts';
import { agoText, durationText } from '../time-text.ts';

/** `3 of 412. 10:42:09 failed at create, code 399279 account not created, Email OTP, Contoso Shop, ana@example.org`. */
export function rowWords(state: State): string {
  const count = rowCount(state);
  const row = cursorRow(state);
  const position = positionOfRow(state, row);
  if (position < 0) return 'No rows.';
  const words = state.unit === 'attempts' ? attemptWords(state, position) : eventWords(state, position);
  const mark = marksOfRow(state, position).length > 0 ? 'marked, ' : '';
  return visibleText(`${countText(row + 1)} of ${countText(count)}. ${mark}${words}`);
}

export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** `1 event`, `3 attempts`. */
export function rowsText(state: Pick<State, 'unit'>, count: number): string {
  const word = state.unit === 'attempts' ? 'attempt' : 'event';
  return `${countText(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** The time as the person wants it, with the day where it is another. */
export function timeWords(state: State, timeMs: number): string {
  if (state.clock === 'ago') {
    const ago = agoText(state.nowMs - timeMs);
    return ago === 'now' ? 'just now' : `${ago} ago`;
  }
  return shownWhen(state, timeMs);
}

/** `code 399279 account not created`; empty where there is none. */
export function codeWords(code: number): string {
  if (code === 0 || code === noErrorCode) return '';
  return `code ${code} ${explainCode(code).meaning}`;
}

function eventWords(state: State, position: number): string {
  const { log } = state;
  const time = timeWords(state, log.timeMs(position));
  const ending = `${time} ${endingWords(log, position)}`;
  const code = codeWords(log.cause(position));
  const app = log.appName(position) ?? log.appId(position);
  const who = log.identifier(position) ?? 'no identity';
  switch (log.logName(position)) {
    case 'signUps':
      return listed([ending, code, log.provider(position), app, who]);
    case 'signIns':
      return listed([ending, code, who, log.counterpart(position) ?? '', log.attributes(position).country ?? '']);
    case 'audits':
      return listed([ending, log.failureReason(position) ?? '', log.counterpart(position) ?? '', `by ${who}`]);
    case 'provisioning':
      return listed([ending, log.failureReason(position) ?? '', who, log.counterpart(position) ?? '']);
  }
}

function attemptWords(state: State, position: number): string {
  const { log } = state;
  const attempt = log.attempts.of(position);
  if (attempt === null) return eventWords(state, position);
  const { events, shape } = attempt;
  const [first, last] = [events[0] ?? position, events.at(-1) ?? position];
  return listed([
    `${timeWords(state, log.timeMs(first))} ${attemptHeading(state, position)}`,
    codeWords(shape.lastErrorCode),
    `path ${shape.path.map(({ stage, outcomes }) => `${stageLabel(stage) || 'no stage'} ${outcomes.join(' then ')}`).join(', ')}`,
    `took ${durationText(log.timeMs(last) - log.timeMs(first))}`,
    shape.tries === 1 ? '' : `${shape.tries} tries`,
    shape.provider,
    log.appName(last) ?? shape.appId,
    log.identifierOf(events) ?? 'no identity',
  ]);
}

const attemptOutcomeWords = {
  created: 'created the account',
  failed: 'failed at',
  inProgress: 'in progress after',
  noFurtherEvent: 'no further event after',
} as const;

/** `failed at create`, of the attempt that the event at a position belongs to. */
export function attemptHeading({ log, nowMs }: Pick<State, 'log' | 'nowMs'>, position: number): string {
  const attempt = log.attempts.of(position);
  if (attempt === null) return '';
  const { shape } = attempt;
  const outcome = attemptOutcome(attempt, nowMs);
  const words = attemptOutcomeWords[outcome];
  return outcome === 'created' ? words : `${words} ${stageLabel(shape.lastStage) || 'a stage without a name'}`;
}

/** Of each part what a listener bears to hear; the detail has more. */
const MOST_SPOKEN = 200;

function listed(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => shownText(part, MOST_SPOKEN))
    .join(', ');
}
