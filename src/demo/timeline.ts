/**
 * The generator's events in order, for any stretch of time, newest first. Keeps what was made lately, within a bound,
 * because a feed reads the last minutes again and again.
 */
import type { DemoAttempt, DemoEvent } from './attempt.ts';
import { Calendar } from './calendar.ts';
import { attemptsOfBucket, bucketOf, type GeneratorSettings, REACH_BUCKETS } from './generator.ts';

const MOST_KEPT_EVENTS = 60_000;
/** However full they are: those that the bucket at hand is made of. */
const FEWEST_KEPT_BUCKETS = 2 * REACH_BUCKETS;

interface Bucket {
  readonly attempts: readonly DemoAttempt[];
  readonly eventCount: number;
}

export class Timeline {
  readonly settings: GeneratorSettings;
  readonly calendar: Calendar;
  readonly #attempts = new Map<number, Bucket>();
  readonly #events = new Map<number, readonly DemoEvent[]>();
  #keptEvents = 0;

  constructor(settings: GeneratorSettings) {
    this.settings = settings;
    this.calendar = new Calendar(settings.seed);
  }

  /** Every event with `fromUs` ≤ time ≤ `toUs`, newest first; events of the same microsecond by falling id. */
  *newestFirst(fromUs: number, toUs: number): Generator<DemoEvent> {
    const oldestBucket = bucketOf(fromUs);
    for (let bucket = bucketOf(toUs); bucket >= oldestBucket; bucket--) {
      for (const event of this.#eventsOf(bucket)) {
        if (event.timeUs <= toUs && event.timeUs >= fromUs) yield event;
      }
    }
  }

  /** Every attempt that began with `fromUs` ≤ time < `toUs`, in order of its first event. */
  attemptsStarting(fromUs: number, toUs: number): readonly DemoAttempt[] {
    const found: DemoAttempt[] = [];
    const newest = bucketOf(toUs);
    for (let bucket = bucketOf(fromUs) - REACH_BUCKETS; bucket <= newest; bucket++) {
      found.push(...this.attemptsOf(bucket).filter((attempt) => isBetween(startOf(attempt), fromUs, toUs)));
    }
    return found.sort((a, b) => startOf(a) - startOf(b));
  }

  #eventsOf(bucket: number): readonly DemoEvent[] {
    const kept = this.#events.get(bucket);
    if (kept) return kept;
    const events: DemoEvent[] = [];
    for (let from = bucket - REACH_BUCKETS; from <= bucket; from++) {
      for (const attempt of this.attemptsOf(from)) {
        for (const event of attempt.events) {
          if (bucketOf(event.timeUs) === bucket) events.push(event);
        }
      }
    }
    events.sort(newerFirst);
    this.#events.set(bucket, events);
    return events;
  }

  /** All attempts of which the first try began in the bucket. */
  attemptsOf(bucket: number): readonly DemoAttempt[] {
    const kept = this.#attempts.get(bucket);
    if (kept) return kept.attempts;
    const attempts = attemptsOfBucket(this.settings, this.calendar, bucket);
    const eventCount = attempts.reduce((sum, attempt) => sum + attempt.events.length, 0);
    this.#attempts.set(bucket, { attempts, eventCount });
    this.#keptEvents += eventCount;
    this.#forgetOldest();
    return attempts;
  }

  /** Forgets the buckets that were made first; they can be made again. */
  #forgetOldest(): void {
    for (const [bucket, { eventCount }] of this.#attempts) {
      if (this.#keptEvents <= MOST_KEPT_EVENTS || this.#attempts.size <= FEWEST_KEPT_BUCKETS) return;
      this.#attempts.delete(bucket);
      this.#events.delete(bucket);
      this.#keptEvents -= eventCount;
    }
  }
}

/** The order in which Graph lists. */
function newerFirst(a: DemoEvent, b: DemoEvent): number {
  return b.timeUs - a.timeUs || (a.id < b.id ? 1 : -1);
}

function startOf(attempt: DemoAttempt): number {
  return attempt.events[0]?.timeUs ?? 0;
}

function isBetween(timeUs: number, fromUs: number, toUs: number): boolean {
  return timeUs >= fromUs && timeUs < toUs;
}
