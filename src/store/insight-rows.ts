/** The lines of the screen of figures, as data: what stands on each, and which attempts each figure opens. */

import type { Alarm } from '../figures/alarms.ts';
import type { Failing } from '../figures/failing.ts';
import { clusterKey, type FailureCluster, type FunnelStage, type StageMark, stageMark } from '../figures/funnel.ts';
import type { ChangeFigure, FailureFigure } from '../figures/page.ts';
import type { RecentStage } from '../figures/recent.ts';
import type { Group, Stuck } from '../figures/stuck.ts';
import { notableFailures } from '../figures/words.ts';
import type { FieldName, FieldTerm, Term } from '../filter/filter.ts';
import type { Dimension, Insight, InsightFigures, Part } from './insight.ts';

/** A figure that can be opened. */
export interface Figure {
  readonly name: string;
  /** The conditions, besides those of the filter, that its attempts pass. */
  readonly terms: readonly Term[];
  /** They began from this moment on; null: whenever the filter says. */
  readonly sinceMs: number | null;
}

export interface CodeCount {
  readonly code: number;
  readonly attempts: number;
  /** In the range before; null while that is not loaded. */
  readonly before: number | null;
}

/** `key` stays the same while figures change, so that the cursor stays on its line. */
export type InsightRow = { readonly key: string; readonly figures: readonly Figure[] } & (
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  | { readonly kind: 'outcomes' }
  | { readonly kind: 'accounts' }
  | { readonly kind: 'recent'; readonly recent: RecentStage }
  | {
      readonly kind: 'stage';
      readonly stage: FunnelStage;
      readonly mark: StageMark | null;
      /** Against the range before; null where nothing is compared. */
      readonly change: ChangeFigure | null;
    }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'code'; readonly count: CodeCount }
  | { readonly kind: 'failure'; readonly failure: FailureFigure }
  | { readonly kind: 'histogram' }
);

const MOST_CODES = 8;
const MOST_PARTS = 8;

/** All lines, from top to bottom; each has at least one figure, but for the histogram. */
export function insightRows(figures: InsightFigures, insight: Insight): readonly InsightRow[] {
  const { funnel, parts, page } = figures;
  const stages = funnel.stages.filter(({ reached }) => reached > 0);
  return [
    ...(page?.alarms ?? []).map((alarm): InsightRow => {
      return { kind: 'alarm', key: alarmKey(alarm), alarm, figures: [alarmFigure(alarm)] };
    }),
    { kind: 'outcomes', key: 'outcomes', figures: outcomeFigures },
    {
      kind: 'accounts',
      key: 'accounts',
      figures: ['local', 'social'].map((account) => figure(account, ['account', account])),
    },
    ...(page?.recent ?? []).map((recent): InsightRow => {
      const reached = figure('reached', ['stage', recent.stage]);
      return {
        kind: 'recent',
        key: `recent ${recent.stage}`,
        recent,
        figures: [{ ...reached, sinceMs: page?.recentFromMs ?? null }],
      };
    }),
    ...notableFailures(page?.failures ?? []).map((failure): InsightRow => {
      const key = `failure ${clusterKey(failure.cluster)}`;
      return { kind: 'failure', key, failure, figures: [failureFigure(failure)] };
    }),
    ...stages.map((stage): InsightRow => {
      const lost = figure('lost', ['lost', stage.stage]);
      const reached = figure('reached', ['stage', stage.stage]);
      const mark = stageMark(funnel, stage.stage);
      const change = page?.stages.find((each) => each.stage === stage.stage) ?? null;
      return { kind: 'stage', key: `stage ${stage.stage}`, stage, mark, change, figures: [lost, reached] };
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

/** The attempts that failed so, from when they came more often on. */
function failureFigure({ cluster, sinceMs }: FailureFigure): Figure {
  return { ...figure('failed', ...clusterTerms(cluster)), sinceMs };
}

function clusterTerms({ code, appId, stage }: FailureCluster): readonly Condition[] {
  return [
    ['outcome', 'failed'],
    ['ended', String(code)],
    ['appid', appId],
    ['lost', stage],
  ];
}

function alarmKey(alarm: Alarm): string {
  return alarm.kind === 'stuck' ? `stuck ${alarm.stuck.stage}` : `failing ${clusterKey(alarm.failing.cluster)}`;
}

function alarmFigure(alarm: Alarm): Figure {
  return alarm.kind === 'stuck' ? stuckFigure(alarm.stuck) : failingFigure(alarm.failing);
}

/** Those who met the failure, however they went on. */
function failingFigure({ cluster, sinceMs }: Failing): Figure {
  const { code, appId, stage } = cluster;
  return { ...figure('failing', ['appid', appId], ['stage', stage], ['error', String(code)]), sinceMs };
}

/** Those who came to the stage and have no account. */
function stuckFigure({ group, stage, sinceMs }: Stuck): Figure {
  const { name, terms } = figure('stuck', groupCondition(group), ['stage', stage], ['outcome', 'created']);
  return { name, terms: terms.map((term, index) => (index === 2 ? { ...term, negated: true } : term)), sinceMs };
}

function groupCondition(group: Group): Condition {
  switch (group.kind) {
    case 'account':
      return ['account', group.account];
    case 'provider':
      return ['provider', group.provider];
    case 'app':
      return ['appid', group.appId];
  }
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

type Condition = readonly [field: FieldName, value: string];

function figure(name: string, ...conditions: readonly Condition[]): Figure & { readonly terms: readonly FieldTerm[] } {
  const terms = conditions.map(([field, text]): FieldTerm => {
    return { kind: 'field', field, values: [{ text, match: 'exact' }], negated: false };
  });
  return { name, terms, sinceMs: null };
}
