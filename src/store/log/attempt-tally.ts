/**
 * Attempts counted as they come, change and go: by shape, by the minute in which they began, and failures by cluster and
 * minute. One attempt more or less changes a few numbers, whatever is counted already. It does not decide what is counted.
 */
import type { AttemptShape } from '../../signup/attempt.ts';
import { clusterKey, clusterOf, type FailureCluster } from '../../signup/funnel.ts';

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
  readonly byMinute: ReadonlyMap<number, number>;
}

export class AttemptTally {
  readonly #counted = new Map<number, Counted>();
  readonly #shapes = new Map<AttemptShape, number>();
  readonly #minutes = new Map<number, MinuteCount>();
  readonly #clusters = new Map<string, { readonly cluster: FailureCluster; readonly byMinute: Map<number, number> }>();

  /** How many attempts have each shape. */
  get shapes(): ReadonlyMap<AttemptShape, number> {
    return this.#shapes;
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
    if (before && attempt && isSame(before, attempt)) return;
    if (before) this.#add(before, -1);
    if (attempt) {
      this.#counted.set(key, attempt);
      this.#add(attempt, 1);
    } else this.#counted.delete(key);
  }

  clear(): void {
    for (const counts of [this.#counted, this.#shapes, this.#minutes, this.#clusters]) counts.clear();
  }

  #add({ shape, startMs, lastMs }: Counted, difference: 1 | -1): void {
    addTo(this.#shapes, shape, difference);
    const minute = Math.floor(startMs / MINUTE_MS);
    const { attempts, failed } = this.#minutes.get(minute) ?? { attempts: 0, failed: 0 };
    const hasFailed = shape.end === 'failed' ? difference : 0;
    if (attempts + difference === 0) this.#minutes.delete(minute);
    else this.#minutes.set(minute, { attempts: attempts + difference, failed: failed + hasFailed });
    const cluster = clusterOf(shape);
    if (cluster === null) return;
    const key = clusterKey(cluster);
    const tally = this.#clusters.get(key) ?? { cluster, byMinute: new Map<number, number>() };
    addTo(tally.byMinute, Math.floor(lastMs / MINUTE_MS), difference);
    if (tally.byMinute.size === 0) this.#clusters.delete(key);
    else this.#clusters.set(key, tally);
  }
}

function addTo<Key>(counts: Map<Key, number>, key: Key, difference: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + difference;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

function isSame(a: Counted, b: Counted): boolean {
  return a.shape === b.shape && a.startMs === b.startMs && a.lastMs === b.lastMs;
}
