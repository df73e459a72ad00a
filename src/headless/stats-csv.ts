/**
 * `stats` for a spreadsheet: one row per figure that can be told apart, all with the same columns; what a row has nothing
 * for stays empty. Pure.
 */
import type { Funnel } from '../figures/funnel.ts';
import { csvRow } from './csv.ts';
import type { CodeFigure, Statistics } from './statistics.ts';

type Cell = string | number | null;

const columns = [
  'group',
  'value',
  'attempts',
  'created',
  'conversion',
  'failed',
  'noFurtherEvent',
  'inProgress',
  'worstStage',
  'mostLost',
  'people',
  'reached',
  'lost',
  'dropOff',
  'meaning',
  'from',
  'to',
  'complete',
  'verdict',
] as const;

type Row = { readonly [column in (typeof columns)[number]]?: Cell };

/** A header line, then: total, account, stage, error, the breakdown, the range before, and the failures that it is compared with. */
export function statsCsv(statistics: Statistics): string {
  const { range, stages, byAccount, byError, by, compare } = statistics;
  const { from, to, complete } = range;
  const rows: readonly Row[] = [
    { group: 'total', ...figuresOf(statistics), people: statistics.people, from, to, complete: String(complete) },
    { group: 'account', value: 'local', ...figuresOf(byAccount.local) },
    { group: 'account', value: 'social', ...figuresOf(byAccount.social) },
    ...stageRows('stage', stages),
    ...errorRows('error', byError),
    ...(by?.values ?? []).map((figures) => ({ group: by?.field ?? '', value: figures.value, ...figuresOf(figures) })),
    ...(compare
      ? [
          {
            group: 'before',
            ...figuresOf(compare.before),
            people: compare.before.people,
            from: compare.range.from,
            to: compare.range.to,
          },
          ...stageRows('before stage', compare.before.stages),
          ...errorRows('before error', compare.before.byError),
          ...compare.failures.map(({ code, meaning, appId, stage, kind, attempts, since, verdict }) => ({
            group: kind === 'new' ? 'new failure' : 'known failure',
            value: `${code ?? ''} ${appId} ${stage}`,
            attempts,
            meaning,
            from: since,
            verdict,
          })),
        ]
      : []),
  ];
  return [csvRow(columns), ...rows.map((row) => csvRow(columns.map((column) => row[column] ?? null)))].join('');
}

function figuresOf(figures: Funnel): Row {
  const { attempts, created, conversion, failed, noFurtherEvent, inProgress, worstStage, mostLost } = figures;
  return { attempts, created, conversion, failed, noFurtherEvent, inProgress, worstStage, mostLost };
}

function stageRows(group: string, stages: Funnel['stages']): readonly Row[] {
  return stages.map(({ stage, reached, lost, dropOff }) => ({ group, value: stage, reached, lost, dropOff }));
}

function errorRows(group: string, codes: readonly CodeFigure[]): readonly Row[] {
  return codes.map(({ code, meaning, attempts }) => ({ group, value: code, meaning, attempts }));
}
