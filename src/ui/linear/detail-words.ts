/** The detail of the row under the cursor, line by line, as it is read aloud. Pure. */
import { listenerResult } from '../../signup/listeners.ts';
import { shownText, visibleText } from '../../signup/visible-text.ts';
import { shownZone } from '../../store/shown-zone.ts';
import type { State } from '../../store/state.ts';
import { attemptDetailLines } from '../attempt-detail-lines.ts';
import { detailLinesOf } from '../entry-detail-lines.ts';
import { endingWords } from '../entry-words.ts';
import { lookUpLines, otherFieldLines } from '../event-detail-lines.ts';
import { glyphsOf } from '../glyphs.ts';
import { cursorPosition } from '../pane-lines.ts';
import { durationText, preciseClockText } from '../time-text.ts';
import { labelledText, readable, UNWRAPPED } from './plain-lines.ts';
import { attemptHeading, codeWords, countText } from './row-words.ts';

/** Signs are no words. */
export const plainGlyphs = glyphsOf(true);

/** Events around the shown one that are read of a very long attempt. */
const MOST_EVENTS = 50;

export function detailWords(state: State): readonly string[] {
  const position = cursorPosition(state);
  const { log, unit } = state;
  if (position < 0) return ['The event is not in the loaded rows any more.'];
  const event = log.read(position);
  const context = { state, glyphs: plainGlyphs, event };
  const attempt = unit === 'attempts' ? log.attempts.of(position) : null;
  const heading = attempt
    ? `Attempt: ${attemptHeading(state, position)}.`
    : `${event.log === 'signUps' ? 'Event' : 'Entry'}: ${endingWords(log, position)}.`;
  const details = attempt ? attemptDetailLines(state, attempt, UNWRAPPED) : detailLinesOf(context, UNWRAPPED);
  return [
    shownText(heading),
    ...readable(details, labelledText),
    ...timelineWords(state, position),
    ...readable(lookUpLines(context, UNWRAPPED), labelledText),
    ...readable(otherFieldLines(context, UNWRAPPED), labelledText),
  ];
}

/** All loaded events of the same correlation ID, in order of time. */
function timelineWords(state: State, position: number): readonly string[] {
  const { log } = state;
  const correlationId = log.correlationId(position);
  if (correlationId === '') return ['No correlation ID: what belongs to this event is not known.'];
  const chain = log.ofCorrelation(correlationId);
  const from = Math.max(0, chain.indexOf(position) - MOST_EVENTS / 2);
  const shown = chain.slice(from, from + MOST_EVENTS);
  const left = chain.length - shown.length;
  return [
    `Same correlation ID: ${countText(chain.length)} event${chain.length === 1 ? '' : 's'}${askedWords(state, correlationId)}.`,
    ...shown.map((at, index) => {
      const before = chain[from + index - 1];
      const gap = before === undefined ? '' : `, ${durationText(log.timeMs(at) - log.timeMs(before))} later`;
      return shownText(`${from + index + 1}. ${entryWords(state, at)}${gap}${at === position ? ', this one' : ''}`);
    }),
    ...(left > 0 ? [`${countText(left)} more are not read.`] : []),
  ];
}

function entryWords(state: State, position: number): string {
  const { log } = state;
  const code = codeWords(log.cause(position));
  const listeners = log.listeners(position).map((listener) => `, extension ${listenerResult(listener, 'gave')}`);
  const time = preciseClockText(log.timeMs(position), shownZone(state));
  return `${time} ${endingWords(log, position)}${code === '' ? '' : `, ${code}`}${listeners.join('')}`;
}

/** Whether all of them are known to be here. */
function askedWords({ related }: State, correlationId: string): string {
  const asked = related.get(correlationId);
  if (asked?.load === 'done') return ', all that Graph has';
  if (asked?.load === 'failed')
    return `; the others could not be asked for: ${visibleText(asked.problem?.title ?? '')}`;
  return ' so far';
}
