/** Each line of the screen of figures, and the headings above them. */
import { type Funnel, type StageMark, stageMark, stageMarkText } from '../figures/funnel.ts';
import { PASSED_WITHIN_MS } from '../figures/horizons.ts';
import {
  accountsText,
  alarmWords,
  changeText,
  failureCountText,
  failureMarkText,
  failureNameText,
  minutes,
  noFailureText,
  noRatesText,
  percentText,
  proportionText,
  roundPercent,
  upOrDown,
  type Wording,
} from '../figures/words.ts';
import { explainCode } from '../signup/codes.ts';
import { stageLabel } from '../signup/stages.ts';
import { shownText } from '../signup/visible-text.ts';
import type { Insight, InsightFigures } from '../store/insight.ts';
import type { InsightRow } from '../store/insight-rows.ts';
import type { State } from '../store/state.ts';
import type { Glyphs } from './glyphs.ts';
import { cell, type Line, type Piece, piece, type Tone, told } from './line.ts';
import { textWidth } from './screen/width.ts';
import { shownWhen } from './shown-time.ts';

export interface InsightContext {
  readonly state: State;
  readonly insight: Insight;
  readonly figures: InsightFigures;
  readonly glyphs: Glyphs;
  readonly columns: number;
}

type Shown = (index: number, text: string, tone?: Tone) => Piece;

const LABEL = 22;
/** The cursor, three figures of a stage, and the gap before its bar. */
const STAGE_FIGURES = 2 + 9 + 9 + 10 + 2;
const LONGEST_BAR = 60;

/** The text above the first line of a kind; empty for none. */
export function headingOf(
  kind: InsightRow['kind'],
  insight: Insight,
  { before, page }: InsightFigures,
  glyphs: Glyphs,
): string {
  const column = (title: string, width: number) => title.padStart(width);
  switch (kind) {
    case 'alarm':
    case 'outcomes':
    case 'accounts':
      return '';
    case 'recent': {
      const waits = PASSED_WITHIN_MS.map((ms) => column(`IN ${minutes(ms).toUpperCase()}`, 10)).join('');
      return ` ${'LAST 30 MIN, PAST THE STAGE'.padEnd(LABEL + 6)}${column('PEOPLE', 9)}${waits}${column('BEFORE', 10)}`;
    }
    case 'stage':
      return ` ${'STAGE'.padEnd(LABEL)}${column('REACHED', 9)}${column('LOST', 9)}${column('DROP-OFF', 10)}`;
    case 'part':
      return ` ${(insight.dimension === 'app' ? 'APPLICATION' : 'PROVIDER').padEnd(LABEL + 12)}${column('ATTEMPTS', 9)}${column('CREATED', 9)}${column('CONVERSION', 12)}`;
    case 'code':
      return ` ${'FAILED WITH'.padEnd(LABEL + 21)}${column('ATTEMPTS', 9)}${before ? column('BEFORE', 9) : ''}`;
    case 'failure': {
      const isAny = page?.failures.some(({ verdict }) => verdict === 'significant') ?? false;
      const all = page?.people === null ? ', TESTED AGAINST ALL ATTEMPTS' : '';
      return ` NEW OR GROWING FAILURES${all}${isAny ? '' : `: ${noFailureText(page?.failures ?? [])}`}`;
    }
    case 'histogram':
      return ` OVER TIME   ${glyphs.news} at the cursor; h l move, Space begins a range, Enter takes it`;
  }
}

/** Whether its figures stand below a heading. */
export function isTable({ kind }: InsightRow): boolean {
  return kind === 'stage' || kind === 'code' || kind === 'part' || kind === 'recent';
}

export function rowTexts(
  context: InsightContext,
  row: Exclude<InsightRow, { kind: 'histogram' }>,
  isCursor: boolean,
): readonly Line[] {
  const { figures, insight } = context;
  const chosen = isCursor ? Math.min(insight.figure, row.figures.length - 1) : -1;
  /** The figure with its place: the one that Enter opens stands out. */
  const shown: Shown = (index, text, tone = 'plain') => (index === chosen ? piece(text, 'found') : piece(text, tone));
  switch (row.kind) {
    case 'alarm':
      return [alarmLine(context, row, shown)];
    case 'outcomes':
      return outcomeTexts(figures, shown);
    case 'accounts':
      return accountTexts(figures, shown);
    case 'recent':
      return [recentLine(row, shown)];
    case 'stage':
      return stageTexts(context, row, shown);
    case 'part':
      return [partLine(context, row, shown)];
    case 'code':
      return [codeLine(row, shown)];
    case 'failure':
      return failureTexts(context, row, shown);
  }
}

/** Times are told without their date where they cannot be another day's. */
function wordingOf({ state }: InsightContext): Wording {
  return {
    // Seconds say nothing here.
    time: (timeMs) => shownWhen(state, timeMs).replace(/:\d\d$/, ''),
    appName: (appId) => shownText(state.log.appNames.nameOf(appId) ?? appId),
    shown: (text) => shownText(text),
  };
}

function alarmLine(context: InsightContext, { alarm }: Extract<InsightRow, { kind: 'alarm' }>, shown: Shown): Line {
  const { head, figure, tail } = alarmWords(alarm, wordingOf(context));
  return [
    piece(`NOW ${context.glyphs.outcome.failed} `, 'bad'),
    ...words(head, 'bad'),
    shown(0, figure, 'bad'),
    ...words(tail, 'bad'),
  ];
}

/** A sentence that may be folded between its words. */
function words(text: string, tone: Tone): Line {
  return text.split(/(?<= )/).map((word) => piece(word, tone));
}

function outcomeTexts(figures: InsightFigures, shown: Shown): readonly Line[] {
  const { funnel, page } = figures;
  const { attempts, created, failed, noFurtherEvent, inProgress, conversion } = funnel;
  const usually = page?.inProgressUsually;
  const share =
    usually && inProgress > 0 && attempts > 0
      ? ` (${roundPercent({ hits: inProgress, of: attempts })}; ${roundPercent(usually)} when the range before ended)`
      : '';
  return [
    [
      piece('conversion '),
      piece(percentText(conversion, '-'), 'strong'),
      piece(` of ${number(attempts - inProgress)} finished`, 'dim'),
    ],
    ...conversionTexts(figures),
    [
      shown(0, `${number(attempts)} ${attempts === 1 ? 'attempt' : 'attempts'}`),
      piece('   '),
      shown(1, `${number(created)} created`, 'good'),
      piece('   '),
      shown(2, `${number(failed)} failed`, 'bad'),
      piece('   '),
      shown(3, `${number(noFurtherEvent)} no further event`, 'warn'),
      piece('   '),
      shown(4, `${number(inProgress)} in progress`),
      piece(share, 'dim'),
    ],
  ];
}

/** Against the range before: of people, and after the same time on both sides. */
function conversionTexts({ page, before: hasBefore }: InsightFigures): readonly Line[] {
  if (!page || !hasBefore) return [];
  const reason = noRatesText(page);
  if (!page.conversion || reason !== null) return [words(reason ?? '', 'dim')];
  const { now, before } = page.conversion;
  const within = `people with an account within ${minutes(page.withinMs)}: `;
  return [
    [
      ...words(within, 'dim'),
      ...words(proportionText(now, '-'), 'plain'),
      ...words(`, before ${proportionText(before, '-')}; ${changeText(page.conversion, upOrDown)}`, 'dim'),
    ],
  ];
}

function accountTexts({ local, social, page }: InsightFigures, shown: Shown): readonly Line[] {
  const side = (name: string, { attempts, inProgress, conversion }: Funnel) =>
    `${name} ${percentText(conversion, '-')} of ${number(attempts - inProgress)}`;
  const told = page?.accounts ? accountsText(page.accounts, page.withinMs) : '';
  return [
    [shown(0, side('local', local)), piece('   '), shown(1, side('social', social))],
    ...(told === '' ? [] : [words(told, 'dim')]),
  ];
}

function recentLine({ recent }: Extract<InsightRow, { kind: 'recent' }>, shown: Shown): Line {
  const before = recent.passed.at(-1)?.before;
  return [
    piece(filled(stageLabel(recent.stage) || 'no stage', LABEL + 5)),
    shown(0, number(recent.reached).padStart(9)),
    ...recent.passed.map(({ now }) => piece(roundPercent(now).padStart(10))),
    piece((before ? roundPercent(before) : '').padStart(10), 'dim'),
  ];
}

function stageTexts(
  context: InsightContext,
  { stage: figures, mark, change }: Extract<InsightRow, { kind: 'stage' }>,
  shown: Shown,
): readonly Line[] {
  const { stage, reached, lost, dropOff } = figures;
  const tone = mark === null ? 'plain' : 'bad';
  const marked = mark && markText(mark, context.glyphs);
  const withinMs = context.figures.page?.withinMs ?? 0;
  return [
    [
      piece(filled(stageLabel(stage) || 'no stage', LABEL - 1)),
      shown(1, number(reached).padStart(9)),
      shown(0, number(lost).padStart(9), tone),
      piece(percentText(dropOff, '-').padStart(10), tone),
      piece('  '),
      piece(bar(context, reached), 'dim'),
      ...(marked ? [piece(marked, 'bad')] : []),
    ],
    ...(change?.verdict === 'significant'
      ? [
          [
            ...words(
              `  not past it within ${minutes(withinMs)}: ${proportionText(change.now, '-')} people, before ${proportionText(change.before, '-')}; `,
              'plain',
            ),
            ...words(changeText(change, upOrDown), 'strong'),
          ],
        ]
      : []),
  ];
}

function partLine(
  { state, insight }: InsightContext,
  { part }: Extract<InsightRow, { kind: 'part' }>,
  shown: Shown,
): Line {
  const { value, funnel } = part;
  const name = insight.dimension === 'app' ? (state.log.appNames.nameOf(value) ?? value) : value;
  return [
    piece(filled(name || 'none in the log', LABEL + 11)),
    shown(0, number(funnel.attempts).padStart(9)),
    piece(number(funnel.created).padStart(9)),
    piece(percentText(funnel.conversion, '-').padStart(12)),
  ];
}

function codeLine({ count }: Extract<InsightRow, { kind: 'code' }>, shown: Shown): Line {
  const { code, attempts, before } = count;
  const label = `${code > 0 ? String(code) : 'none'}`.padEnd(9) + explainCode(code).meaning;
  return [
    piece(filled(label, LABEL + 20)),
    shown(0, number(attempts).padStart(9)),
    piece(before === null ? '' : number(before).padStart(9), 'dim'),
  ];
}

function failureTexts(
  context: InsightContext,
  { failure }: Extract<InsightRow, { kind: 'failure' }>,
  shown: Shown,
): readonly Line[] {
  const wording = wordingOf(context);
  const tone = failure.verdict === 'significant' ? 'bad' : 'plain';
  const { people, peopleBefore } = failure;
  const shares = `${number(people.hits)} of ${number(people.of)} people who reached it, before ${number(peopleBefore.hits)} of ${number(peopleBefore.of)}`;
  return [
    words(`${failureMarkText(failure)}: ${failureNameText(failure, wording)}`, tone),
    [piece('  '), shown(0, failureCountText(failure, wording)), ...words(`; ${shares}`, 'dim')],
  ];
}

export function number(value: number): string {
  return value.toLocaleString('en');
}

/** A bar by the attempts that reached a stage; all of them leave room for the words behind those that have some. */
function bar({ figures, columns, glyphs }: InsightContext, reached: number): string {
  const { funnel } = figures;
  const most = Math.max(1, ...funnel.stages.map((stage) => stage.reached));
  const room = columns - LABEL - STAGE_FIGURES;
  const besideWords = funnel.stages.flatMap((stage) => {
    const mark = stageMark(funnel, stage.stage);
    const words = mark ? markText(mark, glyphs) : '';
    return words === '' ? [] : [((room - textWidth(words)) * most) / stage.reached];
  });
  const longest = Math.max(0, Math.min(LONGEST_BAR, room, ...besideWords));
  return glyphs.bar.repeat(Math.floor((reached / most) * longest));
}

/** What marks a stage, behind its bar. */
function markText(mark: StageMark, glyphs: Glyphs): string {
  return ` ${glyphs.left} ${stageMarkText(mark)}`;
}

/** Text from outside is made visible before it is measured. */
function filled(text: string, width: number): string {
  return cell(told(text, 'plain', width), width, '').text;
}
