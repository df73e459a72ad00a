/** The screen of figures: what the attempts under the filter say together, and what all of it rests on. */
import { explainCode } from '../signup/codes.ts';
import { type Funnel, type StageMark, stageMarks, stageMarkText } from '../signup/funnel.ts';
import type { Difference } from '../signup/proportion.ts';
import { stageLabel } from '../signup/stages.ts';
import { type Insight, type InsightFigures, insightFigures } from '../store/insight.ts';
import { type InsightRow, insightRows, rowAt } from '../store/insight-rows.ts';
import { isLoadingAll } from '../store/load-all.ts';
import { shownSpan } from '../store/shown-span.ts';
import { shownZone } from '../store/shown-zone.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { headerLines } from './header-lines.ts';
import { histogramLines } from './histogram-lines.ts';
import { cell, cutLine, foldLine, type Line, type Piece, piece, type Tone, told } from './line.ts';
import { textWidth } from './screen/width.ts';
import { shownDayClock, shownWhen } from './shown-time.ts';
import { durationText } from './time-text.ts';

interface Context {
  readonly state: State;
  readonly insight: Insight;
  readonly figures: InsightFigures;
  readonly glyphs: Glyphs;
  readonly columns: number;
}

/** A line of the screen; `row`: the row that it belongs to, counted from 0. */
export interface InsightLine {
  readonly line: Line;
  readonly row: number | null;
}

const LABEL = 22;
/** The cursor, three figures of a stage, and the gap before its bar. */
const STAGE_FIGURES = 2 + 9 + 9 + 10 + 2;
const LONGEST_BAR = 60;

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

function body(context: Context, rows: readonly InsightRow[], at: number): readonly InsightLine[] {
  const { columns, glyphs } = context;
  const drawn: InsightLine[] = restsOn(context)
    .flatMap((line) => foldLine(line, columns - 1, glyphs.ellipsis))
    .map((line, index) => ({ line: index === 0 ? line : [piece(' '), ...line], row: null }));
  let kind = '';
  for (const [index, row] of rows.entries()) {
    if (row.kind !== kind) drawn.push(...headings(context, row.kind).map((line) => ({ line, row: null })));
    kind = row.kind;
    for (const line of rowLines(context, row, index === at)) drawn.push({ line, row: index });
  }
  return drawn;
}

/** What the figures rest on, and what is missing. */
function restsOn({ state, figures, insight }: Context): readonly Line[] {
  const { funnel, completeness } = figures;
  const _zone = shownZone(state);
  const { fromMs, toMs } = shownSpan(state);
  const range = `${durationText(toMs - fromMs)} from ${shownDayClock(state, fromMs)}`;
  const attempts = `${number(funnel.attempts)} attempts`;
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
  if (spanBefore === null) return [piece('   no range before: Graph may not keep it', 'dim')];
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

function headings({ insight, figures, columns, state, glyphs }: Context, kind: InsightRow['kind']): readonly Line[] {
  const titles: { readonly [kind in InsightRow['kind']]: string } = {
    outcomes: '',
    accounts: '',
    stage: ` ${'STAGE'.padEnd(LABEL)}${'REACHED'.padStart(9)}${'LOST'.padStart(9)}${'DROP-OFF'.padStart(10)}`,
    part: ` ${(insight.dimension === 'app' ? 'APPLICATION' : 'PROVIDER').padEnd(LABEL + 12)}${'ATTEMPTS'.padStart(9)}${'CREATED'.padStart(9)}${'CONVERSION'.padStart(12)}`,
    code: ` ${'FAILED WITH'.padEnd(LABEL + 21)}${'ATTEMPTS'.padStart(9)}${figures.before ? 'BEFORE'.padStart(9) : ''}`,
    surge: ' NEW OR GROWING FAILURES',
    histogram: ` OVER TIME   ${glyphs.news} at the cursor; h l move, Space begins a range, Enter takes it`,
  };
  const title = titles[kind];
  return title === '' || state.size.rows < 16 ? [] : [[], cutLine([piece(title, 'title')], columns, glyphs.ellipsis)];
}

function rowLines(context: Context, row: InsightRow, isCursor: boolean): readonly Line[] {
  const { glyphs, columns } = context;
  const mark = isCursor ? piece(`${glyphs.cursor} `, 'cursor') : piece('  ');
  if (row.kind === 'histogram') return histogramLines(context, isCursor);
  return rowTexts(context, row, isCursor)
    .flatMap((line) => (isTable(row) ? [line] : foldLine(line, columns - 2, glyphs.ellipsis)))
    .map((line, index) => cutLine([index === 0 ? mark : piece('  '), ...line], columns, glyphs.ellipsis));
}

/** Whether its figures stand below a heading. */
function isTable({ kind }: InsightRow): boolean {
  return kind === 'stage' || kind === 'code' || kind === 'part';
}

function rowTexts(
  context: Context,
  row: Exclude<InsightRow, { kind: 'histogram' }>,
  isCursor: boolean,
): readonly Line[] {
  const { figures, insight, state } = context;
  const chosen = isCursor ? Math.min(insight.figure, row.figures.length - 1) : -1;
  /** The figure with its place: the one that Enter opens stands out. */
  const shown = (index: number, text: string, tone: Tone = 'plain'): Piece =>
    index === chosen ? piece(text, 'found') : piece(text, tone);
  switch (row.kind) {
    case 'outcomes':
      return outcomeTexts(figures, shown);
    case 'accounts':
      return accountTexts(figures, shown);
    case 'stage': {
      const { stage, reached, lost, dropOff } = row.stage;
      const tone = row.mark === null ? 'plain' : 'bad';
      const mark = row.mark && markText(row.mark, reached, context.glyphs);
      return [
        [
          piece(filled(stageLabel(stage) || 'no stage', LABEL - 1)),
          shown(1, number(reached).padStart(9)),
          shown(0, number(lost).padStart(9), tone),
          piece(percent(dropOff).padStart(10), tone),
          piece('  '),
          piece(bar(context, reached), 'dim'),
          ...(mark ? [piece(mark, 'bad')] : []),
        ],
      ];
    }
    case 'part': {
      const { value, funnel } = row.part;
      const name = insight.dimension === 'app' ? (state.log.appNames.nameOf(value) ?? value) : value;
      return [
        [
          piece(filled(name || 'none in the log', LABEL + 11)),
          shown(0, number(funnel.attempts).padStart(9)),
          piece(number(funnel.created).padStart(9)),
          piece(percent(funnel.conversion).padStart(12)),
        ],
      ];
    }
    case 'code': {
      const { code, attempts, before } = row.count;
      const label = `${code > 0 ? String(code) : 'none'}`.padEnd(9) + explainCode(code).meaning;
      return [
        [
          piece(filled(label, LABEL + 20)),
          shown(0, number(attempts).padStart(9)),
          piece(before === null ? '' : number(before).padStart(9), 'dim'),
        ],
      ];
    }
    case 'surge': {
      const { cluster, kind, attempts, before, sinceMs } = row.surge;
      const app = state.log.appNames.nameOf(cluster.appId) ?? cluster.appId;
      const where = ` at ${app}, ${stageLabel(cluster.stage)}`;
      const how = kind === 'new' ? 'none in the range before' : `${number(before)} in the range before`;
      return [
        [
          piece(`${context.glyphs.news} ${cluster.code} ${explainCode(cluster.code).meaning}`, 'bad'),
          told(where, 'bad'),
          piece(': '),
          shown(0, `${number(attempts)} since ${shownDayClock(state, sinceMs)}`),
          piece(`, ${how}`, 'dim'),
        ],
      ];
    }
  }
}

function outcomeTexts(
  { funnel, change }: InsightFigures,
  shown: (index: number, text: string, tone?: Tone) => Piece,
): readonly Line[] {
  const { attempts, created, failed, noFurtherEvent, inProgress, conversion } = funnel;
  return [
    [
      piece('conversion '),
      piece(percent(conversion), 'strong'),
      piece(change ? `  (${differenceText(change)} against the range before)` : '', 'dim'),
    ],
    [
      shown(0, `${number(attempts)} attempts`),
      piece('   '),
      shown(1, `${number(created)} created`, 'good'),
      piece('   '),
      shown(2, `${number(failed)} failed`, 'bad'),
      piece('   '),
      shown(3, `${number(noFurtherEvent)} no further event`, 'warn'),
      piece('   '),
      shown(4, `${number(inProgress)} in progress`),
    ],
  ];
}

function accountTexts(
  { local, social, difference }: InsightFigures,
  shown: (index: number, text: string) => Piece,
): readonly Line[] {
  const side = (name: string, funnel: Funnel) => `${name} ${percent(funnel.conversion)} of ${number(funnel.attempts)}`;
  return [
    [
      shown(0, side('local', local)),
      piece('   '),
      shown(1, side('social', social)),
      piece(`   ${differenceText(difference)}`, 'dim'),
    ],
  ];
}

/** The difference in points, and how sure one can be of it. */
function differenceText({ difference, interval, certainty }: Difference): string {
  if (difference === null || interval === null) return 'nothing to compare';
  const points = `${signed(difference)} points`;
  if (certainty === 'tooFew') return `${points}, too few to tell`;
  const word = certainty === 'sure' ? 'sure' : 'may be chance';
  return `${points}, ${word} (95 %: ${signed(interval.low)} to ${signed(interval.high)})`;
}

function signed(share: number): string {
  const points = (share * 100).toFixed(1);
  return share > 0 ? `+${points}` : points;
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)} %`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** A bar by the attempts that reached a stage; all of them leave room for the words behind those that have some. */
function bar({ figures, columns, glyphs }: Context, reached: number): string {
  const { stages } = figures.funnel;
  const most = Math.max(1, ...stages.map((stage) => stage.reached));
  const room = columns - LABEL - STAGE_FIGURES;
  const marks = stageMarks(figures.funnel);
  const besideWords = stages.flatMap((stage) => {
    const mark = marks.get(stage.stage);
    const words = mark ? markText(mark, stage.reached, glyphs) : '';
    return words === '' ? [] : [((room - textWidth(words)) * most) / stage.reached];
  });
  const longest = Math.max(0, Math.min(LONGEST_BAR, room, ...besideWords));
  return glyphs.bar.repeat(Math.floor((reached / most) * longest));
}

/** What marks a stage, behind its bar. */
function markText(mark: StageMark, reached: number, glyphs: Glyphs): string {
  return ` ${glyphs.left} ${stageMarkText(mark, reached)}`;
}

/** Text from outside is made visible before it is measured. */
function filled(text: string, width: number): string {
  return cell(told(text, 'plain', width), width, '').text;
}
