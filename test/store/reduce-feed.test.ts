import { describe, expect, it } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import type { Problem } from '../../src/facts/problem.ts';
import { selectFeedRequest } from '../../src/store/select-feed-request.ts';
import { eventsBetween, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, told, withEvents } from '../support/states.ts';

const unreachable: Problem = {
  kind: 'unreachable',
  title: 'Graph did not answer.',
  meaning: '',
  todo: 'It is tried again.',
  code: null,
  requestId: null,
};

const page = (covered: { fromMs: number; toMs: number } | null, from = 1, to = 5) =>
  ({
    type: 'page.received',
    settledBelowMs: 0,
    purpose: 'backfill',
    events: eventsBetween(from, to),
    unreadable: [],
    covered,
  }) as const;

describe('what the feed tells', () => {
  it('keeps rows, cursor and filter through failure, throttling and recovery', () => {
    const held = pressed(withEvents(signedInState({ rows: 30 }), eventsBetween(1, 20)), 'j j');
    const failed = told(held, { type: 'feed.failed', problem: unreachable, retryInMs: 5_000 });
    expect(failed.feed.load).toMatchObject({ kind: 'failed', retryAt: momentAt(NOON_MS + 5_000) });
    const throttled = told(failed, { type: 'feed.throttled', waitMs: 9_000 });
    expect(throttled.feed.load).toEqual({ kind: 'throttled', until: momentAt(NOON_MS + 9_000) });
    const live = told(throttled, { type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 15_000 });
    expect(live.feed.load.kind).toBe('live');
    expect(live.log.size).toBe(20);
    expect(live.table).toEqual(held.table);
    expect(live.filter).toEqual(held.filter);
  });

  it('is dropped when it answers a feed that nobody wants any more', () => {
    const state = signedInState();
    const stranger = reduced(state, { type: 'feed.told', requestKey: 'another', fact: page(null) });
    expect(stranger.log.size).toBe(0);
  });

  it('counts what was read without a filter for every filter', () => {
    const span = { fromMs: NOON_MS - 60_000, toMs: NOON_MS };
    const read = told(signedInState({ rows: 30 }), page(span));
    const filtered = pressed(read, 'f right right space');
    expect(selectFeedRequest(filtered)).toMatchObject({
      clause: expect.stringContaining('Email OTP'),
      covered: [span],
    });
  });

  it('does not count what was read with a filter for another', () => {
    const filtered = pressed(withEvents(signedInState({ rows: 30 }), eventsBetween(1, 3)), 'f right right space');
    const read = told(filtered, page({ fromMs: NOON_MS - 60_000, toMs: NOON_MS }));
    expect(selectFeedRequest(read)?.covered).toHaveLength(1);
    expect(selectFeedRequest(pressed(read, 'x'))?.covered).toEqual([]);
  });

  it('is read again where rows can have turned up unseen, while another filter was on', () => {
    const hour = 3_600_000;
    const read = told(signedInState({ rows: 30 }), page({ fromMs: NOON_MS - 10 * hour, toMs: NOON_MS }));
    const later = pressed({ ...read, nowMs: NOON_MS + 3 * hour }, 'f right right space x');
    const caughtUp = told(later, page({ fromMs: NOON_MS - 1_000, toMs: NOON_MS + 3 * hour }));
    // Another feed starts before this one has looked at the last hour again: it must not take that for settled.
    expect(selectFeedRequest(caughtUp)?.covered).toEqual([
      { fromMs: NOON_MS - 1_000, toMs: NOON_MS + 3 * hour },
      { fromMs: NOON_MS - 10 * hour, toMs: NOON_MS - hour },
    ]);
    const reread = told(caughtUp, page({ fromMs: NOON_MS - hour, toMs: NOON_MS }));
    expect(selectFeedRequest(reread)?.covered).toEqual([{ fromMs: NOON_MS - 10 * hour, toMs: NOON_MS + 3 * hour }]);
  });

  it('forgets what was read of a time whose events were dropped for want of room', () => {
    const span = { fromMs: NOON_MS - 60_000, toMs: NOON_MS + 60_000 };
    const full = told(signedInState({ maxEvents: 5, settings: { maxEvents: 5 } }), page(span));
    expect(selectFeedRequest(full)?.covered).toEqual([span]);
    const dropped = withEvents(full, eventsBetween(6, 7));
    expect(dropped.log.droppedCount).toBe(2);
    expect(selectFeedRequest(dropped)?.covered).toEqual([{ fromMs: NOON_MS + 3_000, toMs: span.toMs }]);
  });

  it('leaves a refused condition to us from then on, and says so', () => {
    const filtered = pressed(withEvents(signedInState({ rows: 30 }), eventsBetween(1, 3)), 'f right right space');
    const refusedClause = "signUpIdentityProvider eq 'Email OTP'";
    const narrowed = told(filtered, { type: 'filter.narrowed', refusedClause, remaining: '' });
    expect(selectFeedRequest(narrowed)?.clause).toBeNull();
    expect(narrowed.filter).toEqual(filtered.filter);
    expect(narrowed.notice?.text).toContain('decided here');
  });

  it('goes on with the same feed, and its count of pages, when the filter asks Graph for the same', () => {
    const filtered = pressed(signedInState({ rows: 30 }), 'f space');
    const read = told(told(filtered, page(null, 10, 20)), { type: 'range.completed' });
    const more = pressed(read, 'down space');
    expect(more.filter).not.toEqual(read.filter);
    expect(selectFeedRequest(more)?.key).toBe(selectFeedRequest(read)?.key);
    expect(more.feed.backfill).toEqual(read.feed.backfill);
  });

  it('counts pages anew with the feed that a refused condition leads to', () => {
    const filtered = pressed(withEvents(signedInState({ rows: 30 }), eventsBetween(1, 3)), 'f right right space');
    const read = told(told(filtered, page(null, 4, 6)), { type: 'range.completed' });
    const refusedClause = "signUpIdentityProvider eq 'Email OTP'";
    const narrowed = told(read, { type: 'filter.narrowed', refusedClause, remaining: '' });
    expect(narrowed.feed.backfill).toMatchObject({ pagesRead: 0, complete: false });
  });

  it('is only as fresh, after another filter, as what was read for that one', () => {
    const read = told(signedInState({ rows: 30 }), page({ fromMs: NOON_MS - 60_000, toMs: NOON_MS }));
    const filtered = pressed(read, 'f right right space');
    const live = told(filtered, { type: 'feed.caughtUp', upToMs: NOON_MS + 7_200_000, nextPollInMs: null });
    expect(live.feed.upToMs).toBe(NOON_MS + 7_200_000);
    const cleared = pressed(live, 'x').feed;
    expect(cleared).toMatchObject({ upToMs: NOON_MS, load: { kind: 'loading' } });
  });

  it('keeps the wait that Graph asked for when the filter changes', () => {
    const throttled = told(signedInState({ rows: 30 }), { type: 'feed.throttled', waitMs: 9_000 });
    expect(pressed(throttled, 'f space').feed.load).toEqual({ kind: 'throttled', until: momentAt(NOON_MS + 9_000) });
  });

  it('is watched in a range that has ended, too: rows turn up late and failures pass', () => {
    const until = { text: '10m', atMs: NOON_MS - 600_000 };
    const filter = { terms: [], since: { text: '1h', atMs: NOON_MS - 3_600_000 }, until };
    expect(selectFeedRequest(signedInState({ filter }))).toMatchObject({
      untilMs: until.atMs,
      pollIntervalMs: 15_000,
    });
  });

  it('asks for no older pages by itself while polling is paused', () => {
    const paused = pressed(withEvents(signedInState({ rows: 30 }), eventsBetween(1, 3)), 'space');
    expect(paused.feed.backfill).toMatchObject({ pagesWanted: 0, pagesRead: 0 });
    const read = told(paused, page(null, 4, 6));
    expect(read.feed.backfill).toMatchObject({ pagesWanted: 0, pagesRead: 1 });
    expect(pressed(read, 'j').feed.backfill.pagesWanted).toBe(2);
    expect(pressed(read, 'space').feed.backfill.pagesWanted).toBe(10);
  });

  it('counts rows that cannot be understood', () => {
    const state = told(signedInState(), { ...page(null), unreadable: ['no id', 'no time'] });
    expect(state.feed.unreadableRows).toBe(2);
  });
});
