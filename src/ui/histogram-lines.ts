/** Attempts and failures over time: a bar for each stretch of the range, and the range that is being chosen. */
import { type Bar, barCount, chosenBars, histogram, type Insight } from '../store/insight.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, piece, type Tone } from './line.ts';
import { shownStretch } from './shown-time.ts';

interface Context {
  readonly state: State;
  readonly insight: Insight;
  readonly glyphs: Glyphs;
}

const LABEL = 12;

/** Attempts, failures, the cursor, and what is at it. */
export function histogramLines({ state, insight, glyphs }: Context, isCursor: boolean): readonly Line[] {
  const bars = histogram(state, insight, barCount(state));
  const chosen = chosenBars(insight, bars.length);
  const [first, last] = [bars[chosen.from], bars[chosen.to]];
  const highest = Math.max(1, ...bars.map(({ attempts }) => attempts));
  const row = (name: string, count: (bar: Bar) => number, tone: Tone): Line => [
    piece(isCursor && name === 'attempts' ? `${glyphs.cursor} ` : '  ', 'cursor'),
    piece(name.padEnd(LABEL - 2)),
    ...bars.map((bar, index) => {
      const isChosen = isCursor && index >= chosen.from && index <= chosen.to;
      return piece(levelOf(count(bar), highest, glyphs), isChosen ? 'found' : tone);
    }),
  ];
  const marks = bars.map((_, index) => (index === chosen.at ? glyphs.news : ' ')).join('');
  const sum = (count: (bar: Bar) => number) =>
    bars.slice(chosen.from, chosen.to + 1).reduce((total, bar) => total + count(bar), 0);
  return [
    row('attempts', ({ attempts }) => attempts, 'accent'),
    row('failed', ({ failed }) => failed, 'bad'),
    ...(isCursor ? [[piece(' '.repeat(LABEL)), piece(marks, 'cursor')]] : []),
    [
      piece(' '.repeat(LABEL)),
      piece(
        first && last && isCursor
          ? `${shownStretch(state, first.fromMs, last.toMs)}: ${attemptsText(sum(({ attempts }) => attempts))}, ${sum(({ failed }) => failed)} failed`
          : `${shownStretch(state, bars[0]?.fromMs ?? state.nowMs, bars.at(-1)?.toMs ?? state.nowMs)}, up to ${attemptsText(highest)} a bar`,
        'dim',
      ),
    ],
  ];
}

function attemptsText(count: number): string {
  return `${count.toLocaleString('en')} attempt${count === 1 ? '' : 's'}`;
}

/** The least that is not nothing is seen. */
function levelOf(count: number, highest: number, { bars }: Glyphs): string {
  return bars[Math.ceil((count / highest) * (bars.length - 1))] ?? ' ';
}
