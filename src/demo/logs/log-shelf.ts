/**
 * The entries of the other logs in order, for any stretch of time, newest first: made from the attempts of the stretch
 * and of the time before it that they can come from. Keeps what was made; forgets what no log shows any more.
 */

import { US_PER_MS } from '../attempt.ts';
import { BUCKET_MS, bucketOf, REACH_BUCKETS } from '../generator.ts';
import { RETENTION_MS } from '../log-list.ts';
import type { Timeline } from '../timeline.ts';
import { AFTERMATH_REACH_US, aftermathOf } from './aftermath.ts';
import type { DemoEntry, DemoLog } from './entry.ts';

const REACH = REACH_BUCKETS + Math.ceil(AFTERMATH_REACH_US / (BUCKET_MS * US_PER_MS));
const MOST_BUCKETS = (RETENTION_MS + 86_400_000) / BUCKET_MS + 2 * REACH;

export class LogShelf {
  readonly #timeline: Timeline;
  /** Buckets of attempts whose entries have been made. */
  readonly #made = new Set<number>();
  /** Entries by the bucket of their own time. */
  readonly #entries = new Map<number, DemoEntry[]>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Every entry of the log with `fromUs` ≤ time ≤ `toUs`, newest first; those of the same time by falling id. */
  *newestFirst<L extends DemoLog>(log: L, fromUs: number, toUs: number): Generator<Extract<DemoEntry, { log: L }>> {
    const oldest = bucketOf(fromUs);
    for (let bucket = bucketOf(toUs); bucket >= oldest; bucket--) {
      for (const entry of this.#entriesOf(bucket)) {
        if (isOf(entry, log) && entry.timeUs >= fromUs && entry.timeUs <= toUs) yield entry;
      }
    }
  }

  #entriesOf(bucket: number): readonly DemoEntry[] {
    for (let from = bucket - REACH; from <= bucket; from++) this.#make(from);
    return (this.#entries.get(bucket) ?? []).sort(newerFirst);
  }

  #make(bucket: number): void {
    if (this.#made.has(bucket)) return;
    this.#made.add(bucket);
    for (const attempt of this.#timeline.attemptsOf(bucket)) {
      for (const entry of aftermathOf(attempt)) {
        const at = bucketOf(entry.timeUs);
        const shelf = this.#entries.get(at);
        if (shelf) shelf.push(entry);
        else this.#entries.set(at, [entry]);
      }
    }
    this.#forgetBefore(bucket - MOST_BUCKETS);
  }

  #forgetBefore(bucket: number): void {
    for (const kept of this.#entries.keys()) if (kept < bucket) this.#entries.delete(kept);
  }
}

function isOf<L extends DemoLog>(entry: DemoEntry, log: L): entry is Extract<DemoEntry, { log: L }> {
  return entry.log === log;
}

/** The order in which Graph lists. */
function newerFirst(a: DemoEntry, b: DemoEntry): number {
  return b.timeUs - a.timeUs || (a.id < b.id ? 1 : -1);
}
