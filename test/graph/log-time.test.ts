/** What time it is in the log, by what Graph, the events and this computer say. */
import { describe, expect, test } from 'vitest';
import { later, momentAt } from '../../src/facts/moment.ts';
import { guessedLogTime, type LogTime, latestTimeAt, logTimeAt, withAnswer } from '../../src/graph/log-time.ts';
import { NOON_MS } from '../support/events.ts';
import { HOUR_MS } from './run-feed.ts';

const start = momentAt(5_000);

interface Said {
  /** How far Graph's `Date` is from noon; null: there was none. */
  readonly graph?: number | null;
  /** The newest event. */
  readonly event?: number;
  /** This computer's clock. */
  readonly computer?: number;
  readonly afterMs?: number;
  readonly tookMs?: number;
}

function answered(time: LogTime, { graph = 0, event, computer = 0, afterMs = 0, tookMs = 0 }: Said): LogTime {
  return withAnswer(time, {
    askedAt: later(start, afterMs),
    answeredAt: later(start, afterMs + tookMs),
    serverTimeMs: graph === null ? null : NOON_MS + graph,
    newestEventMs: event === undefined ? null : NOON_MS + event,
    computerMs: NOON_MS + computer,
  });
}

const guess = (computer: number) => guessedLogTime(start, NOON_MS + computer);
const shown = (time: LogTime, afterMs = 0) => logTimeAt(time, later(start, afterMs)) - NOON_MS;

describe('the time of the log', () => {
  test('is what this computer says before the first answer, and goes on with elapsed time', () => {
    expect(shown(guess(0), 7_000)).toBe(7_000);
  });

  test.each([3 * HOUR_MS, -3 * HOUR_MS])('is what Graph says when this computer is %i ms off', (computer) => {
    const time = answered(guess(computer), { computer });
    expect(Math.abs(shown(time))).toBeLessThanOrEqual(1000);
    expect(shown(time, HOUR_MS) - shown(time)).toBe(HOUR_MS);
  });

  test('allows for the round trip and for whole seconds: a good clock is left alone', () => {
    const time = answered(guess(400), { graph: 0, computer: 2_400, tookMs: 2_000 });
    expect(shown(time)).toBe(400);
  });

  test('is not earlier than the newest event', () => {
    expect(shown(answered(guess(0), { event: 30_000 }))).toBe(30_000);
  });

  test('is not what Graph says when events are newer: then this computer is believed', () => {
    const time = answered(guess(0), { graph: -3 * HOUR_MS, event: -10_000 });
    expect(shown(time)).toBe(0);
  });

  test('is not what Graph says when it is hours ahead of events that this computer finds new', () => {
    const time = answered(guess(0), { graph: 3 * HOUR_MS, event: -10_000 });
    expect(shown(time)).toBe(0);
    expect(latestTimeAt(time, start) - NOON_MS).toBe(3 * HOUR_MS);
  });

  test('is what Graph says once it fitted, even if this computer is set back later in a quiet hour', () => {
    const fitted = answered(guess(0), { event: -10_000 });
    const later = answered(fitted, { graph: HOUR_MS, computer: 0, afterMs: HOUR_MS });
    expect(shown(later, HOUR_MS)).toBe(HOUR_MS);
  });

  test('is right at once after the computer was suspended', () => {
    const fitted = answered(guess(0), { event: -10_000 });
    const woken = answered(fitted, { graph: 2 * HOUR_MS, computer: 2 * HOUR_MS, afterMs: 15_000 });
    expect(shown(woken, 15_000)).toBe(2 * HOUR_MS);
  });

  test('does not follow one stray Date, and follows one that is repeated', () => {
    const fitted = answered(guess(0), { event: -10_000 });
    const stray = answered(fitted, { graph: 5 * HOUR_MS, computer: 15_000, afterMs: 15_000 });
    expect(shown(stray, 15_000)).toBe(15_000);
    const again = answered(stray, { graph: 5 * HOUR_MS, computer: 15_000, afterMs: 15_000 });
    expect(shown(answered(again, { graph: 5 * HOUR_MS, computer: 15_000, afterMs: 15_000 }), 15_000)).toBe(5 * HOUR_MS);
  });

  test('is not moved by this computer being set when answers have no Date', () => {
    const time = answered(guess(0), { graph: null, computer: -HOUR_MS, afterMs: 10_000 });
    expect(shown(time, 10_000)).toBe(10_000);
  });

  test('is not moved by an event from the year 9999', () => {
    const time = answered(guess(0), { event: Date.parse('9999-12-31T00:00:00Z') - NOON_MS });
    expect(shown(time)).toBe(0);
  });
});
