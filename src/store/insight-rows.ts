/** The lines of the screen of figures, as data: what stands on each, and which attempts each figure opens. */
import type { FieldName, FieldTerm, Term } from '../filter/filter.ts';
import { clusterKey, type FunnelStage, type StageMark, stageMarks } from '../signup/funnel.ts';
import type { Surge } from '../signup/surge.ts';
import type { Dimension, Insight, InsightFigures, Part } from './insight.ts';

/** A figure that can be opened. */
export interface Figure {
  readonly name: string;
  /** The conditions, besides those of the filter, that its attempts pass. */
  readonly terms: readonly Term[];
}

export interface CodeCount {
  readonly code: number;
  readonly attempts: number;
  /** In the range before; null while that is not loaded. */
  readonly before: number | null;
}

/** `key` stays the same while figures change, so that the cursor stays on its line. */
export type InsightRow = { readonly key: string; readonly figures: readonly Figure[] } & (
  | { readonly kind: 'outcomes' }
  | { readonly kind: 'accounts' }
  | { readonly kind: 'stage'; readonly stage: FunnelStage; readonly mark: StageMark | null }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'code'; readonly count: CodeCount }
  | { readonly kind: 'surge'; readonly surge: Surge }
  | { readonly kind: 'histogram' }
);

const MOST_CODES = 8;
const MOST_PARTS = 8;

/** All lines, from top to bottom; each has at least one figure, but for the histogram. */
export function insightRows(figures: InsightFigures, insight: Insight): readonly InsightRow[] {
  const { funnel, parts, surges } = figures;
  const marks = stageMarks(funnel);
  const stages = funnel.stages.filter(({ reached }) => reached > 0);
  return [
    { kind: 'outcomes', key: 'outcomes', figures: outcomeFigures },
    {
      kind: 'accounts',
      key: 'accounts',
      figures: ['local', 'social'].map((account) => figure(account, ['account', account])),
    },
    ...(surges ?? []).map((surge): InsightRow => {
      const key = `surge ${clusterKey(surge.cluster)}`;
      return { kind: 'surge', key, surge, figures: [clusterFigure(surge.cluster)] };
    }),
    ...stages.map((stage): InsightRow => {
      const lost = figure('lost', ['lost', stage.stage]);
      const reached = figure('reached', ['stage', stage.stage]);
      const mark = marks.get(stage.stage) ?? null;
      return { kind: 'stage', key: `stage ${stage.stage}`, stage, mark, figures: [lost, reached] };
    }),
    ...codeCounts(insight, figures).map((count): InsightRow => {
      const ended = figure(String(count.code), ['outcome', 'failed'], ['ended', String(count.code)]);
      return { kind: 'code', key: `code ${count.code}`, count, figures: [ended] };
    }),
    ...parts.slice(0, MOST_PARTS).map((part): InsightRow => {
      const own = figure(part.value, [partFields[insight.dimension], part.value]);
      return { kind: 'part', key: `part ${part.value}`, part, figures: [own] };
    }),
    { kind: 'histogram', key: 'histogram', figures: [] },
  ];
}

/** The place of the line under the cursor; the first one when it is gone. */
export function rowAt(rows: readonly InsightRow[], insight: Pick<Insight, 'row'>): number {
  return Math.max(
    0,
    rows.findIndex(({ key }) => key === insight.row),
  );
}

const partFields: { readonly [dimension in Dimension]: FieldName } = { provider: 'provider', app: 'appid' };

const outcomeFigures: readonly Figure[] = [
  figure('attempts'),
  figure('created', ['outcome', 'created']),
  figure('failed', ['outcome', 'failed']),
  figure('no further event', ['outcome', 'noFurtherEvent']),
  figure('in progress', ['outcome', 'inProgress']),
];

function clusterFigure({ code, appId, stage }: Surge['cluster']): Figure {
  return figure('surge', ['outcome', 'failed'], ['ended', String(code)], ['appid', appId], ['lost', stage]);
}

/** How often attempts ended failed with each code, the most frequent first. */
function codeCounts({ now, before }: Insight, figures: InsightFigures): readonly CodeCount[] {
  const counts = countsByCode(now);
  const past = figures.before ? countsByCode(before) : null;
  return [...counts]
    .map(([code, attempts]) => ({ code, attempts, before: past && (past.get(code) ?? 0) }))
    .sort((a, b) => b.attempts - a.attempts || a.code - b.code)
    .slice(0, MOST_CODES);
}

function countsByCode({ tally }: Insight['now']): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { cluster, attempts } of tally.clusters.values()) {
    counts.set(cluster.code, (counts.get(cluster.code) ?? 0) + attempts);
  }
  return counts;
}

function figure(name: string, ...conditions: readonly (readonly [field: FieldName, value: string])[]): Figure {
  const terms = conditions.map(([field, text]): FieldTerm => {
    return { kind: 'field', field, values: [{ text, match: 'exact' }], negated: false };
  });
  return { name, terms };
}
