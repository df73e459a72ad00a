/** Attempts in words and signs: how they ended, and their way from stage to stage. */
import type { AttemptOutcome, AttemptShape, PathPart } from '../signup/attempt.ts';
import { stageLabel } from '../signup/stages.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, lineWidth, type Piece, piece, type Tone, told } from './line.ts';
import { outcomeTone } from './outcome-tones.ts';

const words: { readonly [outcome in AttemptOutcome]: { readonly word: string; readonly tone: Tone } } = {
  created: { word: 'created', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  inProgress: { word: 'in progress', tone: 'accent' },
  noFurtherEvent: { word: 'no further event', tone: 'warn' },
};

/** `✗ failed`, `… no further event`. */
export function attemptWord(outcome: AttemptOutcome, glyphs: Glyphs): Piece {
  const { word, tone } = words[outcome];
  return piece(`${glyphs.attempt[outcome]} ${word}`, tone);
}

/** Signs of one stage beyond this are counted. */
const MOST_SIGNS = 4;

/**
 * `collect ✓  validate ◌✗  create ✗` in at most `width` cells. What does not fit is left out at the beginning: where an
 * attempt stopped is worth more than where it began. A mark stands before one whose beginning is not in the log.
 */
export function pathPieces(
  { path, beginsMidway }: Pick<AttemptShape, 'path' | 'beginsMidway'>,
  width: number,
  glyphs: Glyphs,
): Line {
  const [first = [], ...rest] = path.map((part) => partPieces(part, glyphs));
  const parts = [beginsMidway ? [piece(`${glyphs.left} `, 'warn'), ...first] : first, ...rest];
  const gap = piece('  ');
  let shown: Line = [];
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at] ?? [];
    const longer = shown.length === 0 ? part : [...part, gap, ...shown];
    const mark = at > 0 ? lineWidth([piece(`${glyphs.ellipsis} `)]) : 0;
    if (shown.length > 0 && lineWidth(longer) + mark > width) return [piece(`${glyphs.ellipsis} `, 'dim'), ...shown];
    shown = longer;
  }
  return shown;
}

function partPieces({ stage, outcomes }: PathPart, glyphs: Glyphs): Line {
  const last = outcomes.at(-1) ?? 'unknown';
  const signs =
    outcomes.length > MOST_SIGNS
      ? `${glyphs.outcome[last]}${glyphs.times}${outcomes.length}`
      : outcomes.map((outcome) => glyphs.outcome[outcome]).join('');
  return [told(`${stageLabel(stage) || 'no stage'} `), piece(signs, outcomeTone(last))];
}
