/** The detail pane: what happened to the event under the cursor, what to do, and every event of the same correlation ID. */

import { attemptOutcome } from '../signup/attempt.ts';
import { stageLabel } from '../signup/stages.ts';
import { layout } from '../store/layout.ts';
import type { State } from '../store/state.ts';
import { attemptDetailLines } from './attempt-detail-lines.ts';
import { attemptWord } from './attempt-words.ts';
import { detailLinesOf } from './entry-detail-lines.ts';
import { entryName } from './entry-words.ts';
import { lookUpLines, otherFieldLines } from './event-detail-lines.ts';
import type { Glyphs } from './glyphs.ts';
import { cutLine, type Line, lineWidth, piece, spread, told } from './line.ts';
import { outcomeTone } from './outcome-tones.ts';
import { timelineLines } from './timeline-lines.ts';

/** From this width on the timeline stands beside the properties, not under them. */
const TWO_COLUMNS = 100;
const GUTTER = 3;

/** The lines of the pane as they are seen: a title, and the part of the text that is scrolled to. */
export function paneLines(state: State, glyphs: Glyphs): readonly Line[] {
  const { pane } = layout(state);
  if (!pane) return [];
  const body = paneText(state, glyphs);
  const height = pane.height - 1;
  const scroll = Math.max(0, Math.min(state.pane.scroll, body.length - height));
  const shown = body.slice(scroll, scroll + height);
  const below = body.length - scroll - shown.length;
  const lines = [titleLine(state, pane.width, glyphs, below), ...shown];
  return Array.from({ length: pane.height }, (_, index) => cutLine(lines[index] ?? [], pane.width, glyphs.ellipsis));
}

/** How many lines the whole text of the pane has; scrolling ends there. */
export function paneTextHeight(state: State, glyphs: Glyphs): number {
  return paneText(state, glyphs).length;
}

function paneText(state: State, glyphs: Glyphs): readonly Line[] {
  const { pane } = layout(state);
  const position = cursorPosition(state);
  if (!pane) return [];
  if (position < 0) return [[piece('  The event is not in the loaded rows any more.')]];
  const event = state.log.read(position);
  const context = { state, glyphs, event };
  const attempt = state.unit === 'attempts' ? state.log.attempts.of(position) : null;
  // Without an end to their lines, fields have one each, which is cut when it is drawn.
  const textWidth = (width: number) => (state.view.wraps ? width : Number.POSITIVE_INFINITY);
  const details = (width: number) =>
    attempt ? attemptDetailLines(state, attempt, textWidth(width)) : detailLinesOf(context, textWidth(width));
  if (pane.width < TWO_COLUMNS) {
    const width = pane.width;
    return [
      ...details(width),
      [],
      ...timelineLines(context, width),
      ...lookUpLines(context, width),
      [],
      ...otherFieldLines(context, textWidth(width)),
    ];
  }
  const left = Math.floor((pane.width - GUTTER) * 0.45);
  const right = pane.width - GUTTER - left;
  return besideEachOther(
    [...details(left), [], ...otherFieldLines(context, textWidth(left))],
    [...timelineLines(context, right), ...lookUpLines(context, right)],
    left,
    glyphs,
  );
}

function titleLine(state: State, width: number, glyphs: Glyphs, linesBelow: number): Line {
  const position = cursorPosition(state);
  const focused = state.pane.focused;
  const mark = piece(focused ? `${glyphs.cursor} ` : `${glyphs.rule} `, focused ? 'cursor' : 'dim');
  const more = [
    ...(state.view.wraps ? [] : [piece(' cut, w wraps ', 'dim')]),
    ...(linesBelow > 0 ? [piece(` ${linesBelow} more below `, 'dim')] : []),
  ];
  if (position < 0) return [mark];
  const left: Line = [mark, ...whatHappened(state, position, glyphs)];
  const rest = width - lineWidth(left) - lineWidth(more);
  return spread(left, [piece(glyphs.rule.repeat(Math.max(0, rest - 1)), 'dim'), ...more], width, glyphs.ellipsis);
}

/** `✗ failed at create`, of the event or of the attempt. */
function whatHappened({ log, unit, nowMs }: State, position: number, glyphs: Glyphs): Line {
  const attempt = unit === 'attempts' ? log.attempts.of(position) : null;
  if (attempt === null) {
    const outcome = log.outcome(position);
    const word = piece(`${glyphs.outcome[outcome]} ${outcome} `, outcomeTone(outcome));
    const at = log.logName(position) === 'signUps' ? [piece('at ')] : [];
    return [word, ...at, told(`${entryName(log, position)} `, 'strong')];
  }
  const { shape } = attempt;
  const outcome = attemptOutcome(attempt, nowMs);
  const { text, tone } = attemptWord(outcome, glyphs);
  if (outcome === 'created') return [piece(`${text} `, tone)];
  return [
    piece(`${text} `, tone),
    piece(outcome === 'failed' ? 'at ' : 'after '),
    told(`${stageLabel(shape.lastStage)} `, 'strong'),
  ];
}

export function cursorPosition({ log, table }: State): number {
  return table.cursorId === null ? -1 : log.positionOf(table.cursorId);
}

function besideEachOther(
  left: readonly Line[],
  right: readonly Line[],
  leftWidth: number,
  glyphs: Glyphs,
): readonly Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index): Line => {
    const start = cutLine(left[index] ?? [], leftWidth, glyphs.ellipsis);
    const padding = piece(' '.repeat(leftWidth - lineWidth(start)));
    return [...start, padding, piece(` ${glyphs.ruleAside} `, 'dim'), ...(right[index] ?? [])];
  });
}
