/** Reading whole attempts: how much, how far back, and what is left when it is stopped. */
import { describe, expect, test } from 'vitest';
import type { ReadingFact } from '../../src/facts/reading.ts';
import { narrator } from '../../src/headless/narrator.ts';
import { readAttempts, stretchFor } from '../../src/headless/read-attempts.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { eventOf, NOON_MS } from '../support/events.ts';

const second = 1000;
const stretch = { fromMs: NOON_MS, toMs: NOON_MS + 100 * second };
const refused = {
  kind: 'refused',
  title: 'No licence.',
  meaning: '',
  todo: '',
  code: null,
  requestId: null,
} as const;

/** A page of events of these numbers, each at its second. */
function page(numbers: readonly number[], coveredFrom: number | null = null): ReadingFact {
  const events = numbers.map((n) => eventOf({ n }));
  const covered = coveredFrom === null ? null : { fromMs: NOON_MS + coveredFrom * second, toMs: stretch.toMs };
  return { type: 'page.received', settledBelowMs: 0, purpose: 'backfill', events, unreadable: [], covered };
}

const completed: ReadingFact = { type: 'range.completed' };

async function reading(facts: readonly ReadingFact[], limit: number | null = null) {
  const told: string[] = [];
  const read = async function* () {
    yield* facts;
  };
  const signal = new AbortController().signal;
  const appNames = new AppNames();
  const result = await readAttempts(
    {
      read,
      appNames,
      narrator: narrator({ write: (text) => told.push(text), timeZone: 'UTC', nowMs: () => NOON_MS }),
      signal,
    },
    { range: { ...stretch, fromMs: NOON_MS + 10 * second }, stretch, limit },
  );
  return { ...result, events: result.events.length, told, second: (result.readFromMs - NOON_MS) / second };
}

describe('reading attempts', () => {
  test('reads two hours around the range, as far as there is time', () => {
    const around = 2 * 60 * 60 * second;
    const nowMs = NOON_MS;
    expect(stretchFor({ fromMs: nowMs - 10, toMs: nowMs }, nowMs)).toEqual({
      fromMs: nowMs - 10 - around,
      toMs: nowMs,
    });
    expect(stretchFor({ fromMs: 0, toMs: 5 }, nowMs)).toEqual({ fromMs: -around, toMs: 5 + around });
    expect(stretchFor({ fromMs: 0, toMs: nowMs + 7 }, nowMs).toMs).toBe(nowMs + 7);
  });

  test('reaches to the start when all was read', async () => {
    expect(await reading([page([50, 40], 40), page([30], 0), completed])).toMatchObject({
      events: 3,
      second: 0,
      isLimited: false,
      end: { kind: 'done' },
    });
  });

  test('counts an event once, and none that was not asked for', async () => {
    const { events } = await reading([page([150, 50, 40]), page([40, 30, -5]), completed]);
    expect(events).toBe(3);
  });

  test.each<[limit: number, events: number, second: number, isLimited: boolean]>([
    [2, 2, 40, true],
    [3, 3, 30, true],
    [4, 4, 0, false],
    [5, 4, 0, false],
  ])('with a limit of %i takes the newest %i, however a page is ordered', async (limit, events, second, isLimited) => {
    const facts = [page([40, 50]), page([20, 30], 0), completed];
    expect(await reading(facts, limit)).toMatchObject({ events, second, isLimited, end: { kind: 'done' } });
  });

  test('keeps what came before a failure, and knows how far that reaches', async () => {
    const failure: ReadingFact = { type: 'feed.failed', problem: refused, retryInMs: null };
    expect(await reading([page([50, 40], 35), failure])).toMatchObject({
      events: 2,
      second: 35,
      end: { kind: 'failed', problem: refused },
    });
  });

  test('goes on after what passes', async () => {
    const busy: ReadingFact = { type: 'feed.failed', problem: refused, retryInMs: 0 };
    const asked: ReadingFact = { type: 'feed.throttled', waitMs: 0 };
    expect(await reading([busy, asked, page([50], 0), completed])).toMatchObject({ events: 1, end: { kind: 'done' } });
  });

  test('reaches no further than Graph keeps the log', async () => {
    const clamped: ReadingFact = { type: 'range.clamped', fromMs: NOON_MS + 20 * second };
    const { events, second: from, told } = await reading([clamped, page([50, 10], 20), completed]);
    expect([events, from]).toEqual([1, 20]);
    expect(told.join()).toContain('Graph keeps nothing older');
  });

  test('says nothing of what Graph does not keep from before the range', async () => {
    const clamped: ReadingFact = { type: 'range.clamped', fromMs: NOON_MS + 5 * second };
    expect(await reading([clamped, page([50], 5), completed])).toMatchObject({ second: 5, told: [] });
  });

  test('says once that Graph keeps nothing older, though it keeps less and less', async () => {
    const clamped = (at: number): ReadingFact => ({ type: 'range.clamped', fromMs: NOON_MS + at * second });
    expect((await reading([clamped(20), page([50]), clamped(21), completed])).told).toHaveLength(1);
  });

  test('that ends without a word was interrupted', async () => {
    expect(await reading([page([50])])).toMatchObject({ events: 1, second: 50, end: { kind: 'interrupted' } });
  });
});
