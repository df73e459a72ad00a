/** The screen of figures: what the attempts under the filter say together, and what all of it rests on. */
import { peopleText } from '../figures/words.ts';
import { type Insight, type InsightFigures, insightFigures } from '../store/insight.ts';
import { type InsightRow, insightRows, rowAt } from '../store/insight-rows.ts';
import { isLoadingAll } from '../store/load-all.ts';
import { shownSpan } from '../store/shown-span.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { headerLines } from './header-lines.ts';
import { histogramLines } from './histogram-lines.ts';
import { headingOf, type InsightContext, isTable, number, rowTexts } from './insight-row-lines.ts';
import { cutLine, foldLine, type Line, piece } from './line.ts';
import { shownDayClock, shownWhen } from './shown-time.ts';
import { durationText } from './time-text.ts';

/** A line of the screen; `row`: the row that it belongs to, counted from 0. */
export interface InsightLine {
  readonly line: Line;
  readonly row: number | null;
}

/** The header, and as many lines as fit below it, around the one under the cursor. */
export function insightLines(state: State, insight: Insight, glyphs: Glyphs): readonly Line[] {
  const { lines: drawn, at } = insightText(state, insight, glyphs);
  const header = headerLines(state, glyphs);
  const room = Math.max(2, state.size.rows - header.length - 2);
  const isLonger = drawn.length > room;
  const height = isLonger ? room - 1 : room;
  const cursorLine = drawn.findLastIndex(({ row }) => row === at);
  const top = Math.max(0, Math.min(cursorLine - height + 2, drawn.length - height));
  const shown = drawn.slice(top, top + height).map(({ line }) => line);
  return [...header, ...shown, ...(isLonger ? [elsewhereLine(top, drawn.length - top - height)] : [])];
}

/** What there is no room for. */
function elsewhereLine(above: number, below: number): Line {
  const counts = [
    ...(above > 0 ? [`${above} more line${above === 1 ? '' : 's'} above`] : []),
    ...(below > 0 ? [`${below} more line${below === 1 ? '' : 's'} below`] : []),
  ];
  return [piece(` ${counts.join(', ')}`, 'dim')];
}

/** All of it, however long, and the row that the cursor is on. */
export function insightText(
  state: State,
  insight: Insight,
  glyphs: Glyphs,
): { readonly lines: readonly InsightLine[]; readonly at: number } {
  const figures = insightFigures(state, insight);
  const rows = insightRows(figures, insight);
  const at = rowAt(rows, insight);
  return { lines: body({ state, insight, figures, glyphs, columns: state.size.columns }, rows, at), at };
}

function body(context: InsightContext, rows: readonly InsightRow[], at: number): readonly InsightLine[] {
  const { columns, glyphs } = context;
  const drawn: InsightLine[] = [];
  const based = restsOn(context)
    .flatMap((line) => foldLine(line, columns - 1, glyphs.ellipsis))
    .map((line, index) => ({ line: index === 0 ? line : [piece(' '), ...line], row: null }));
  let kind = '';
  for (const [index, row] of rows.entries()) {
    if (row.kind === 'outcomes') drawn.push(...based);
    if (row.kind !== kind) drawn.push(...headings(context, row.kind).map((line) => ({ line, row: null })));
    kind = row.kind;
    for (const line of rowLines(context, row, index === at)) drawn.push({ line, row: index });
  }
  return drawn;
}

/** What the figures rest on, and what is missing. */
function restsOn({ state, figures, insight }: InsightContext): readonly Line[] {
  const { funnel, completeness } = figures;
  const { fromMs, toMs } = shownSpan(state);
  const range = `${durationText(toMs - fromMs)} from ${shownDayClock(state, fromMs)}`;
  const count = figures.page?.people ?? null;
  const people = count === null ? '' : ` by ${peopleText(count)}`;
  const attempts = `${number(funnel.attempts)} ${funnel.attempts === 1 ? 'attempt' : 'attempts'}${people}`;
  if (completeness.fromMs === null || completeness.toMs === null) {
    return [[piece(` ${attempts}`, 'strong'), piece(`   ${range}   nothing of it is loaded yet`, 'warn')]];
  }
  const line = [
    piece(` ${attempts}`, 'strong'),
    piece(`   ${range}   complete to ${shownWhen(state, completeness.toMs)}`),
  ];
  if (completeness.isWhole && state.matches.isComplete) return [[...line, ...beforePieces(state, insight, figures)]];
  const percent = Math.floor(completeness.share * 100);
  const back = shownDayClock(state, completeness.fromMs);
  return [
    line,
    [
      piece(` These figures rest on ${percent} % of the range, back to ${back}. `, 'warn'),
      ...loadPieces(state, figures),
    ],
  ];
}

function beforePieces({ feed }: State, { spanBefore }: Insight, { before }: InsightFigures): Line {
  if (before) return [piece(`   range before: ${number(before.attempts)}`, 'dim')];
  if (spanBefore === null) return [piece('   not compared: Graph keeps 7 days, and the range before is older', 'dim')];
  return [
    piece(feed.backfill.complete ? '   range before: not loaded' : '   range before: loading, L loads all', 'dim'),
  ];
}

/** A page takes this long where Graph allows 4 requests in 10 seconds. */
const MS_A_PAGE = 2_500;

function loadPieces(state: State, { completeness: { share } }: InsightFigures): Line {
  const { backfill, paused } = state.feed;
  const left = share > 0 ? Math.ceil((backfill.pagesRead * (1 - share)) / share) : 0;
  const about =
    left > 0 ? `about ${number(left)} pages, ${durationText(left * MS_A_PAGE)}` : 'how much is not known yet';
  if (isLoadingAll(state)) {
    return [
      piece(
        `Loading: ${number(state.log.size)} events, ${number(backfill.pagesRead)} pages, ${about} left. L stops.`,
        'accent',
      ),
    ];
  }
  if (!paused && backfill.pagesWanted > backfill.pagesRead) return [piece('Loading.', 'accent')];
  return [piece(`L loads the rest: ${about}.`)];
}

function headings(
  { insight, figures, columns, state, glyphs }: InsightContext,
  kind: InsightRow['kind'],
): readonly Line[] {
  const title = headingOf(kind, insight, figures, glyphs);
  return title === '' || state.size.rows < 16 ? [] : [[], cutLine([piece(title, 'title')], columns, glyphs.ellipsis)];
}

function rowLines(context: InsightContext, row: InsightRow, isCursor: boolean): readonly Line[] {
  const { glyphs, columns } = context;
  const mark = isCursor ? piece(`${glyphs.cursor} `, 'cursor') : piece('  ');
  if (row.kind === 'histogram') return histogramLines(context, isCursor);
  return rowTexts(context, row, isCursor)
    .flatMap((line, index) => (isTable(row) && index === 0 ? [line] : foldLine(line, columns - 2, glyphs.ellipsis)))
    .map((line, index) => cutLine([index === 0 ? mark : piece('  '), ...line], columns, glyphs.ellipsis));
}
