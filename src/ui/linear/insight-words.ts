/** The screen of figures in words: all of it when it opens, then the line that one moves to. Pure. */
import type { State } from '../../store/state.ts';
import { insightText } from '../insight-lines.ts';
import type { Line } from '../line.ts';
import { plainGlyphs } from './detail-words.ts';
import { plainText, readable, UNWRAPPED } from './plain-lines.ts';

/** Bars say nothing aloud. */
const glyphs = { ...plainGlyphs, cursor: ' ', bar: '', bars: [] };

/** Lines for the screen that is open now; nothing when neither it nor its cursor changed. */
export function insightWords({ insight: was }: State, state: State): readonly string[] {
  const { insight } = state;
  if (insight === null || insight === was) return [];
  // No line is cut.
  const size = { ...state.size, columns: UNWRAPPED };
  const { lines, at } = insightText({ ...state, size }, insight, glyphs);
  const underCursor = lines.filter(({ row }) => row === at).map(({ line }) => line);
  // Where a line has several figures, one of them stands out.
  const chosen = underCursor.flat().filter(({ tone }) => tone === 'found');
  const opens = chosen.map(({ text }) => `Enter opens ${text.trim()}.`);
  if (was && was.now === insight.now && was.dimension === insight.dimension) {
    return [...readable(underCursor, spoken), ...opens];
  }
  const all = readable(
    lines.map(({ line }) => line),
    spoken,
  );
  return [
    'Figures. j and k read them line by line, Enter opens the attempts behind one, Esc goes back.',
    ...all,
    ...opens,
  ];
}

/** The line; nothing of one that had only bars beside its name. */
function spoken(line: Line): string {
  const text = plainText(line);
  return text === 'attempts' || text === 'failed' ? '' : text;
}
