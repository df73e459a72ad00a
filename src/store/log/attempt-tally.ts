/**
 * Attempts counted as they come, change and go: by shape, by the minute in which they began, and failures by cluster and
 * minute. One attempt more or less changes a few numbers, whatever is counted already. It does not decide what is counted.
 */

import type { FailureCluster, ShapeCount } from '../../figures/funnel.ts';
import type { AttemptShape } from '../../signup/attempt.ts';
import { type CountedAs, CountedAttempts } from './counted-attempts.ts';
import { ShapeCounts } from './shape-counts.ts';

const MINUTE_MS = 60_000;

/** An attempt as far as it counts. Times in milliseconds since the epoch. */
export interface Counted {
  readonly shape: AttemptShape;
  readonly startMs: number;
  readonly lastMs: number;
}

export interface MinuteCount {
  readonly attempts: number;
  readonly failed: number;
}

/** The failures of one cluster: how many ended in each minute, by its number since the epoch. */
export interface ClusterTally {
  readonly cluster: FailureCluster;
  readonly attempts: number;
  readonly byMinute: ReadonlyMap<number, number>;
}

interface MutableMinute {
  attempts: number;
  failed: number;
}

interface MutableCluster {
  readonly cluster: FailureCluster;
  attempts: number;
  readonly byMinute: Map<number, number>;
}

export class AttemptTally {
  #counted = new CountedAttempts();
  #shapes = new ShapeCounts();
  readonly #minutes = new Map<number, MutableMinute>();
  readonly #clusters = new Map<string, MutableCluster>();

  /** How many attempts have each shape. */
  get shapes(): Iterable<ShapeCount> {
    return this.#shapes;
  }

  /** The same for funnels: one shape stands for all that count alike there, of which there are few. */
  get funnelShapes(): readonly ShapeCount[] {
    return this.#shapes.funnelShapes;
  }

  /** How many attempts began in each minute, by its number since the epoch, and how many of them failed. */
  get minutes(): ReadonlyMap<number, MinuteCount> {
    return this.#minutes;
  }

  get clusters(): ReadonlyMap<string, ClusterTally> {
    return this.#clusters;
  }

  get size(): number {
    return this.#counted.size;
  }

  /** Counts an attempt as it is now, in place of what it was; null when it does not count any more. */
  set(key: number, attempt: Counted | null): void {
    const before = this.#counted.get(key);
    const now = attempt && {
      code: this.#shapes.codeOf(attempt.shape),
      startMinute: Math.floor(attempt.startMs / MINUTE_MS),
      lastMinute: Math.floor(attempt.lastMs / MINUTE_MS),
    };
    if (before === now || (before && now && isSame(before, now))) return;
    // What comes first: a shape that nobody has is forgotten.
    if (now) this.#add(now, 1);
    if (before) this.#add(before, -1);
    this.#counted.replace(key, before, now);
  }

  clear(): void {
    this.#counted = new CountedAttempts();
    this.#shapes = new ShapeCounts();
    this.#minutes.clear();
    this.#clusters.clear();
  }

  #add({ code, startMinute, lastMinute }: CountedAs, difference: 1 | -1): void {
    const { shape, cluster, clusterKey } = this.#shapes.add(code, difference);
    const minute = this.#minutes.get(startMinute) ?? { attempts: 0, failed: 0 };
    minute.attempts += difference;
    if (shape.end === 'failed') minute.failed += difference;
    if (minute.attempts === 0) this.#minutes.delete(startMinute);
    else if (minute.attempts === difference) this.#minutes.set(startMinute, minute);
    if (cluster === null) return;
    const tally = this.#clusters.get(clusterKey) ?? { cluster, attempts: 0, byMinute: new Map<number, number>() };
    tally.attempts += difference;
    addTo(tally.byMinute, lastMinute, difference);
    if (tally.attempts === 0) this.#clusters.delete(clusterKey);
    else this.#clusters.set(clusterKey, tally);
  }
}

function addTo<Key>(counts: Map<Key, number>, key: Key, difference: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + difference;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

function isSame(a: CountedAs, b: CountedAs): boolean {
  return a.code === b.code && a.startMinute === b.startMinute && a.lastMinute === b.lastMinute;
}
