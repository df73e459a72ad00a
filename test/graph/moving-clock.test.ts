/** A clock that moves between two looks at it, as real ones do: what was decided at one look must hold at the next. */
import { beforeAll, expect, test } from 'vitest';
import { type Moment, momentAt } from '../../src/facts/moment.ts';
import { NOON_MS } from '../support/events.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { HOUR_MS, startFeed } from './run-feed.ts';

// Loading the SDK takes real time, which a clock that stands still does not know of.
beforeAll(async () => {
  await import('@microsoft/microsoft-graph-client');
});

/** Elapsed time is counted from the start of the computer, in microseconds: sums with the time of day have to be rounded. */
class MovingClock extends ManualClock {
  #looks = 0;
  readonly #stepMs: number;

  constructor(nowMs: number, stepMs: number) {
    super(nowMs);
    this.#stepMs = stepMs;
  }

  override moment(): Moment {
    return momentAt(super.now() - NOON_MS + 3_456_789.123 + ++this.#looks * this.#stepMs);
  }

  /** Whole milliseconds, as `Date.now` tells them. */
  override now(): number {
    return Math.floor(super.now() + this.#looks * this.#stepMs);
  }
}

test('reading once ends, with one request for one page, wherever between two milliseconds it begins', async () => {
  for (let run = 0; run < 60; run++) {
    const clock = new MovingClock(NOON_MS + run / 61, 0.0137 * (1 + (run % 7)));
    const feed = startFeed({ clock, request: { sinceMs: NOON_MS - HOUR_MS, pollIntervalMs: null } });
    for (let turn = 0; turn < 20 && !feed.hasEnded(); turn++) await settle();
    expect(feed.hasEnded(), `run ${run}`).toBe(true);
    expect(feed.graph.asked, `run ${run}`).toHaveLength(1);
    expect(feed.of('range.completed')).toHaveLength(1);
  }
});
