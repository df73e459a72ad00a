/**
 * How many attempts got how far, and where they were lost. Attempts are counted by their shape, so that an event more
 * changes two counts, whatever is loaded; nothing here needs the attempts themselves. Pure.
 */
import type { AttemptShape } from '../signup/attempt.ts';
import { stageNames } from '../signup/stages.ts';
import { FEWEST_TO_COMPARE } from './proportion.ts';

/** Attempts of one shape. A shape may come several times. */
export type ShapeCount = readonly [shape: AttemptShape, attempts: number];

export interface FunnelStage {
  readonly stage: string;
  /** Attempts that have an event of it, whatever became of them. */
  readonly reached: number;
  /** Attempts that failed or have no further event, and whose last event is of this stage. */
  readonly lost: number;
  /** `lost / reached`; null when nobody reached it. */
  readonly dropOff: number | null;
}

export interface Funnel {
  readonly attempts: number;
  readonly created: number;
  /** `created / (attempts - inProgress)`; null when none is over. */
  readonly conversion: number | null;
  readonly failed: number;
  readonly noFurtherEvent: number;
  readonly inProgress: number;
  /** The known stages in order, reached or not, and then the unknown ones that were reached, by name. */
  readonly stages: readonly FunnelStage[];
  /** The stage with the highest drop-off among those that enough attempts reached, the earlier of two alike; else null. */
  readonly worstStage: string | null;
  /** The stage that loses the most attempts, the earlier of two alike; null when none was lost. */
  readonly mostLost: string | null;
}

/** What there is to say of a stage beside its figures. */
export type StageMark = 'worst' | 'mostLost' | 'worstAndMostLost';

/** The failures that belong together, as far as the log tells. */
export interface FailureCluster {
  readonly code: number;
  readonly appId: string;
  readonly stage: string;
}

/**
 * Takes all attempts by shape, and the shape of each attempt among them that is in progress: open, and too young to
 * be given up. Only the clock tells these, so the caller does.
 */
export function funnelOf(counts: Iterable<ShapeCount>, inProgress: Iterable<AttemptShape>): Funnel {
  const tally = new Tally();
  for (const [shape, attempts] of counts) tally.add(shape, attempts);
  for (const shape of inProgress) tally.isInProgress(shape);
  return tally.funnel();
}

/** The same for each value that a shape has for `dimension`: the values with the most attempts first, then by name. */
export function funnelsBy(
  dimension: (shape: AttemptShape) => string,
  counts: Iterable<ShapeCount>,
  inProgress: Iterable<AttemptShape>,
): ReadonlyMap<string, Funnel> {
  const tallies = new Map<string, Tally>();
  const tallyOf = (shape: AttemptShape): Tally => {
    const value = dimension(shape);
    const tally = tallies.get(value) ?? new Tally();
    tallies.set(value, tally);
    return tally;
  };
  for (const [shape, attempts] of counts) tallyOf(shape).add(shape, attempts);
  for (const shape of inProgress) tallyOf(shape).isInProgress(shape);
  const funnels = [...tallies].map(([value, tally]) => [value, tally.funnel()] as const);
  return new Map(funnels.sort(([a, { attempts: x }], [b, { attempts: y }]) => y - x || (a < b ? -1 : 1)));
}

/**
 * The attempts that ended failed, by the code that they ended with, the most frequent first. A code that somebody got
 * past does not count here: each failed attempt is counted once, so that the figures add up to `failed`.
 */
export function failuresByCode(
  counts: Iterable<ShapeCount>,
): readonly { readonly code: number; readonly attempts: number }[] {
  const byCode = new Map<number, number>();
  for (const [shape, attempts] of counts) {
    if (attempts > 0 && shape.end === 'failed') {
      byCode.set(shape.lastErrorCode, (byCode.get(shape.lastErrorCode) ?? 0) + attempts);
    }
  }
  return [...byCode]
    .map(([code, attempts]) => ({ code, attempts }))
    .sort((a, b) => b.attempts - a.attempts || a.code - b.code);
}

/** The cluster that an attempt belongs to; null when it did not fail. */
export function clusterOf({ end, lastErrorCode, appId, lastStage }: AttemptShape): FailureCluster | null {
  return end === 'failed' ? { code: lastErrorCode, appId: appId.toLowerCase(), stage: lastStage } : null;
}

/** One text for all shapes that count alike in every funnel, whichever way attempts are split. */
export function funnelKey({ end, provider, appId, lastStage, path }: AttemptShape): string {
  return JSON.stringify([end, provider, appId, lastStage, path.map(({ stage }) => stage).sort()]);
}

/** One text for each cluster, to find it by. */
export function clusterKey({ code, appId, stage }: FailureCluster): string {
  return `${code} ${appId} ${stage}`;
}

class Tally {
  #attempts = 0;
  #created = 0;
  #failed = 0;
  #open = 0;
  #inProgress = 0;
  readonly #reached = new Map<string, number>();
  readonly #lost = new Map<string, number>();

  add({ end, path, lastStage }: AttemptShape, attempts: number): void {
    if (attempts === 0) return;
    this.#attempts += attempts;
    if (end === 'created') this.#created += attempts;
    else if (end === 'failed') this.#failed += attempts;
    else this.#open += attempts;
    for (const { stage } of path) add(this.#reached, stage, attempts);
    if (end !== 'created') add(this.#lost, lastStage, attempts);
  }

  /** One attempt that was added as open is not lost yet. */
  isInProgress({ lastStage }: AttemptShape): void {
    this.#inProgress++;
    add(this.#lost, lastStage, -1);
  }

  funnel(): Funnel {
    const over = this.#attempts - this.#inProgress;
    const unknown = [...this.#reached.keys()].filter((stage) => !stageNames.includes(stage)).sort();
    const stages = [...stageNames, ...unknown].map((stage) => {
      const reached = this.#reached.get(stage) ?? 0;
      const lost = this.#lost.get(stage) ?? 0;
      return { stage, reached, lost, dropOff: reached === 0 ? null : lost / reached };
    });
    return {
      attempts: this.#attempts,
      created: this.#created,
      conversion: over === 0 ? null : this.#created / over,
      failed: this.#failed,
      noFurtherEvent: this.#open - this.#inProgress,
      inProgress: this.#inProgress,
      stages,
      worstStage: worstOf(stages),
      mostLost: highest(stages, ({ lost }) => lost),
    };
  }
}

/** The mark of a stage; null for most. */
export function stageMark(
  { worstStage, mostLost }: Pick<Funnel, 'worstStage' | 'mostLost'>,
  stage: string,
): StageMark | null {
  if (stage === worstStage) return stage === mostLost ? 'worstAndMostLost' : 'worst';
  return stage === mostLost ? 'mostLost' : null;
}

const markTexts: Readonly<Record<StageMark, string>> = {
  worst: 'worst',
  mostLost: 'loses the most',
  worstAndMostLost: 'worst, loses the most',
};

/** The mark in words. */
export function stageMarkText(mark: StageMark): string {
  return markTexts[mark];
}

function worstOf(stages: readonly FunnelStage[]): string | null {
  return highest(
    stages.filter(({ reached }) => reached >= FEWEST_TO_COMPARE),
    ({ dropOff }) => dropOff ?? 0,
  );
}

/** The first stage with the highest value above 0. */
function highest(stages: readonly FunnelStage[], sizeOf: (stage: FunnelStage) => number): string | null {
  let best: { readonly stage: string | null; readonly value: number } = { stage: null, value: 0 };
  for (const stage of stages) {
    const value = sizeOf(stage);
    if (value > best.value) best = { stage: stage.stage, value };
  }
  return best.stage;
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
