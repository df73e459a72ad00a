/** One attempt as the cells of its row. */
import { type AttemptOutcome, attemptOutcome } from '../signup/attempt.ts';
import { explainCode, noErrorCode } from '../signup/codes.ts';
import type { Attempt } from '../store/log/attempts.ts';
import type { State } from '../store/state.ts';
import type { AttemptColumnName } from './attempt-columns.ts';
import { attemptWord, pathPieces } from './attempt-words.ts';
import { type Column, SIGN } from './columns.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, type Piece, piece, shortenMiddle, told } from './line.ts';
import { tookText } from './time-text.ts';

/** The cell of a column; `time` writes the time of the first event. */
export function attemptCell(
  state: State,
  attempt: Attempt,
  column: Column<AttemptColumnName>,
  glyphs: Glyphs,
  time: (timeMs: number) => string,
): Line {
  const { log } = state;
  const { events, shape } = attempt;
  const [first, last] = [events[0] ?? -1, events.at(-1) ?? -1];
  switch (column.name) {
    case 'time':
      return [piece(time(log.timeMs(first)))];
    case 'result':
      return [resultPiece(attemptOutcome(attempt, state.nowMs), column, glyphs)];
    case 'path':
      return pathPieces(shape, column.width, glyphs);
    case 'took':
      return [piece(events.length === 1 ? glyphs.none : tookText(log.timeMs(last) - log.timeMs(first)))];
    case 'tries':
      return [piece(String(shape.tries).padStart(3), shape.tries > 1 ? 'strong' : 'dim')];
    case 'provider':
      return [told(shape.provider, 'plain', column.width)];
    case 'app':
      return [told(log.appName(last) ?? shape.appId, 'plain', column.width)];
    case 'who':
      return [told(state.log.identifierOf(events) ?? glyphs.none, 'plain', column.width)];
    case 'code':
      return [hasCode(shape.lastErrorCode) ? piece(String(shape.lastErrorCode)) : piece(glyphs.none, 'dim')];
    case 'meaning':
      return [piece(hasCode(shape.lastErrorCode) ? explainCode(shape.lastErrorCode).meaning : '')];
    case 'correlation':
      return [piece(shortenMiddle(log.correlationId(first), column.width, glyphs.ellipsis))];
  }
}

function resultPiece(outcome: AttemptOutcome, { width }: Column<AttemptColumnName>, glyphs: Glyphs): Piece {
  const whole = attemptWord(outcome, glyphs);
  return width > SIGN ? whole : { ...whole, text: glyphs.attempt[outcome] };
}

function hasCode(errorCode: number): boolean {
  return errorCode !== 0 && errorCode !== noErrorCode;
}
