/** The table turned from events to attempts, by keys and facts. */
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../src/signup/event.ts';
import { othersLikeIt, personsAttempts } from '../../src/store/attempt-context.ts';
import { pickEntries } from '../../src/store/commands-pick.ts';
import { facetValues } from '../../src/store/facet-values.ts';
import { selectFeedRequest } from '../../src/store/select-feed-request.ts';
import type { State } from '../../src/store/state.ts';
import { positionOfRow, rowCount } from '../../src/store/table-cursor.ts';
import { eventOf, NOON_MS } from '../support/events.ts';
import { pressed, reducedAfter, signedInState, told, withEvents } from '../support/states.ts';

const MINUTE_MS = 60_000;

/** An attempt that began so many minutes before noon, a step every 10 seconds. */
function attempt(
  n: number,
  minutesAgo: number,
  steps: readonly [string, number][],
  who = 'ana@example.org',
): LogEvent[] {
  return steps.map(([stage, code], index) =>
    eventOf({
      n: n * 100 + index,
      correlation: n,
      timeMs: NOON_MS - minutesAgo * MINUTE_MS + index * 10_000,
      stage,
      code,
      who,
    }),
  );
}

const wrongCode: readonly [string, number][] = [
  ['credentialCollection', 0],
  ['credentialValidation', 50181],
];
const created: readonly [string, number][] = [
  ['credentialCollection', 0],
  ['userCreation', 0],
];
const left: readonly [string, number][] = [['credentialCollection', 0]];

/** Of each row, the correlation ID's number and how the attempt stands. */
function rows(state: State): readonly string[] {
  return Array.from({ length: rowCount(state) }, (_, row) => {
    const position = positionOfRow(state, row);
    const found = state.log.attempts.of(position);
    return `${Number.parseInt(state.log.correlationId(position).slice(-12), 16) - 1_000_000} ${found?.shape.end}`;
  });
}

/** Everything up to now has been read without a filter. */
function readUpToNow(state: State): State {
  const covered = { fromMs: NOON_MS - 86_400_000, toMs: NOON_MS };
  return told(state, {
    type: 'page.received',
    settledBelowMs: 0,
    purpose: 'poll',
    events: [],
    unreadable: [],
    covered,
  });
}

describe('the table of attempts', () => {
  const events = withEvents(signedInState(), [
    ...attempt(1, 90, wrongCode),
    ...attempt(2, 60, left, 'bo@example.org'),
    ...attempt(3, 20, created),
  ]);

  it('has one row for each correlation ID, the newest beginning at the top', () => {
    expect(rows(pressed(events, 'a'))).toEqual(['3 created', '2 open', '1 failed']);
    expect(rowCount(pressed(events, 'a a'))).toBe(5);
  });

  it('keeps the cursor on the attempt of the event that it was on, and back', () => {
    const onFailure = pressed(events, 'G k');
    const turned = pressed(onFailure, 'a');
    expect(turned.log.correlationId(turned.log.positionOf(turned.table.cursorId ?? ''))).toContain(
      (1_000_001).toString(16),
    );
    expect(pressed(turned, 'a').table.cursorId).toBe(turned.table.cursorId);
  });

  it('filters by the outcome of the attempt, not of its events', () => {
    const attempts = pressed(events, 'a');
    expect(rows(pressed(attempts, ': ctrl+u o u t c o m e : f a i l e d enter'))).toEqual(['1 failed']);
    expect(rows(pressed(attempts, ': ctrl+u - o u t c o m e : f a i l e d enter'))).toEqual(['3 created', '2 open']);
  });

  it('asks Graph for whole attempts: what would tear them apart is decided here', () => {
    const query = ': ctrl+u o u t c o m e : f a i l e d enter';
    expect(selectFeedRequest(pressed(events, query))?.clause).toBe('status/errorCode ne 0');
    expect(selectFeedRequest(pressed(events, `a ${query}`))?.clause).toBeNull();
    const oneUser = pressed(events, 'a : ctrl+u u s e r : b o @ e x a m p l e . o r g enter');
    expect(selectFeedRequest(oneUser)?.clause).toBe("signUpIdentity/signUpIdentifier eq 'bo@example.org'");
  });

  it('counts none as failed for an event without a code, as news, among the values, or as a failure to jump to', () => {
    const held = withEvents(signedInState({ rows: 40 }), [eventOf({ n: 1 }), eventOf({ n: 2 })]);
    const event = eventOf({ n: 900, timeMs: NOON_MS + 60_000, stage: 'userCreation', code: null });
    for (const state of [pressed(held, 'j'), pressed(held, 'a j')]) {
      const news = withEvents(state, [event]);
      expect(news.table.news).toEqual({ rows: 1, failed: 0 });
      expect(pressed(news, 'g e').notice?.text).toMatch(/failure/);
      expect(facetValues(news, 'outcome').find(({ value }) => value === 'failed')?.count ?? 0).toBe(0);
    }
  });

  it('counts as news the attempts that began above the cursor, not their further events', () => {
    const held = pressed(pressed(events, 'a'), 'j');
    const news = withEvents(held, [...attempt(4, 1, wrongCode, 'cy@example.org'), ...attempt(3, 19, created)]);
    expect(news.table.news).toEqual({ rows: 1, failed: 1 });
    const grown = withEvents(news, [eventOf({ n: 499, correlation: 4, timeMs: NOON_MS, stage: 'userCreation' })]);
    expect(grown.table.news).toEqual({ rows: 1, failed: 1 });
    expect(rows(grown)[0]).toBe('4 created');
  });

  it('turn from in progress to no further event when their half hour is over, without an event', () => {
    const open = pressed(events, 'a : ctrl+u o u t c o m e : i n P r o g r e s s enter');
    const fresh = withEvents(open, attempt(5, 5, left, 'di@example.org'));
    expect(rows(fresh)).toEqual(['5 open']);
    expect(rows(reducedAfter(fresh, 24 * MINUTE_MS, { type: 'clock.ticked' }))).toEqual(['5 open']);
    expect(rows(reducedAfter(fresh, 26 * MINUTE_MS, { type: 'clock.ticked' }))).toEqual([]);
  });

  it('offers of the attempt under the cursor how it ended, where it was lost, and who it was', () => {
    const attempts = pressed(events, 'a G +');
    expect(pickEntries(attempts).map(({ label, value }) => `${label}:${value}`)).toEqual([
      'ended:50181  wrong e-mail code',
      'app:Contoso Shop',
      'user:ana@example.org',
      'lost:credentialValidation',
      'outcome:failed',
      'provider:Email OTP',
      'account:local',
      expect.stringContaining('correlation:'),
      expect.stringContaining('time:'),
    ]);
    expect(rows(pressed(attempts, 'j j j enter'))).toEqual(['1 failed']);
  });
});

describe('what else is known of an attempt', () => {
  const state = readUpToNow(
    withEvents(signedInState(), [
      ...attempt(1, 20, wrongCode),
      ...attempt(2, 15, wrongCode),
      ...attempt(3, 10, created),
      ...attempt(4, 12, wrongCode, 'bo@example.org'),
      ...attempt(5, 80, wrongCode, 'cy@example.org'),
    ]),
  );
  const attemptOf = (n: number) => {
    const found = state.log.attempts.of(state.log.positionOf(eventOf({ n: n * 100 }).id));
    if (!found) throw new Error(`no attempt ${n}`);
    return found;
  };

  it('is which of the attempts of the person it is, and whether a later one made the account', () => {
    expect(personsAttempts(state, attemptOf(2))).toMatchObject({
      place: 2,
      count: 3,
      createdLaterAtMs: NOON_MS - 10 * MINUTE_MS + 10_000,
      createdBeforeAtMs: null,
    });
    expect(personsAttempts(state, attemptOf(4))).toMatchObject({ place: 1, count: 1, createdLaterAtMs: null });
  });

  it('is how many other people had the same code there in the last hour, and in the hour before', () => {
    expect(othersLikeIt(state, attemptOf(1))).toMatchObject({ people: 1, peopleBefore: 1 });
  });

  it('is not said of others while their time is not loaded', () => {
    const partly = { ...state, feed: { ...state.feed, covered: new Map() } };
    expect(othersLikeIt(partly, attemptOf(1))).toBeNull();
  });
});
