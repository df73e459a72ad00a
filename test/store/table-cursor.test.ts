import { describe, expect, it } from 'vitest';
import type { State } from '../../src/store/state.ts';
import { cursorRow, positionOfRow, rowCount, topRow } from '../../src/store/table-cursor.ts';
import { eventOf, eventsBetween, guid, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, told, withEvents } from '../support/states.ts';

/** Numbers of the events in the window of the table, from the top; the one under the cursor in brackets. */
function seen(state: State): string {
  const top = topRow(state);
  const rows = Array.from({ length: Math.min(9, rowCount(state) - top) }, (_, index) => {
    const position = positionOfRow(state, top + index);
    const number = Number.parseInt(state.log.id(position).slice(-6), 16);
    return top + index === cursorRow(state) ? `[${number}]` : String(number);
  });
  return rows.join(' ');
}

// 14 rows: header 2, titles 1, bottom 2, so the table shows 9 events.
const filled = () => withEvents(signedInState(), eventsBetween(1, 30));

describe('the cursor of the table', () => {
  it('starts on the newest event and follows as newer ones come', () => {
    const state = filled();
    expect(seen(state)).toBe('[30] 29 28 27 26 25 24 23 22');
    expect(seen(withEvents(state, eventsBetween(31, 32)))).toBe('[32] 31 30 29 28 27 26 25 24');
  });

  it('holds the view once it was moved, whatever arrives above, below and in between', () => {
    const held = pressed(filled(), 'j j');
    expect(seen(held)).toBe('30 29 [28] 27 26 25 24 23 22');
    const above = withEvents(held, eventsBetween(31, 33));
    expect(seen(above)).toBe('30 29 [28] 27 26 25 24 23 22');
    const late = withEvents(above, [eventOf({ n: 99, timeMs: NOON_MS + 25_500 })]);
    expect(seen(late)).toBe('30 29 [28] 27 26 99 25 24 23');
    const between = withEvents(late, [eventOf({ n: 98, timeMs: NOON_MS + 28_500 })]);
    expect(seen(between)).toBe('29 98 [28] 27 26 99 25 24 23');
  });

  it('counts what came in above while it was held, and failures among it; g shows them and follows again', () => {
    const held = pressed(filled(), 'j');
    const news = withEvents(held, [
      eventOf({ n: 31 }),
      eventOf({ n: 32, code: 50181, stage: 'credentialValidation' }),
      eventOf({ n: 33, code: 1002013, stage: 'credentialValidation' }),
      eventOf({ n: 34, code: 424242 }),
      eventOf({ n: 35, timeMs: NOON_MS - 1 }),
    ]);
    expect(news.table.news).toEqual({ rows: 4, failed: 2 });
    const shown = pressed(news, 'g');
    expect(seen(shown)).toBe('[34] 33 32 31 30 29 28 27 26');
    expect(shown.table).toMatchObject({ follow: true, news: { rows: 0, failed: 0 } });
  });

  it('does not count an event twice that comes again', () => {
    const held = pressed(filled(), 'j');
    const once = withEvents(held, eventsBetween(31, 32));
    expect(withEvents(once, eventsBetween(25, 32)).table.news.rows).toBe(2);
  });

  it.each([
    ['j', '30 [29] 28 27 26 25 24 23 22'],
    ['j k', '[30] 29 28 27 26 25 24 23 22'],
    ['k', '[30] 29 28 27 26 25 24 23 22'],
    ['pagedown', '[21] 20 19 18 17 16 15 14 13'],
    ['j pagedown', '21 [20] 19 18 17 16 15 14 13'],
    ['pagedown pageup', '[30] 29 28 27 26 25 24 23 22'],
    ['ctrl+d', '[26] 25 24 23 22 21 20 19 18'],
    ['G', '9 8 7 6 5 4 3 2 [1]'],
    ['G k', '9 8 7 6 5 4 3 [2] 1'],
    ['G pageup', '18 17 16 15 14 13 12 11 [10]'],
    ['G g', '[30] 29 28 27 26 25 24 23 22'],
    ['pagedown pagedown pagedown pagedown', '9 8 7 6 5 4 3 2 [1]'],
    ['j j j j j j j j j', '29 28 27 26 25 24 23 22 [21]'],
    ['j j k', '30 [29] 28 27 26 25 24 23 22'],
  ])('%s shows %s', (keys, expected) => {
    expect(seen(pressed(filled(), keys))).toBe(expected);
  });

  it('goes to the nearest row that is left when a filter hides its event', () => {
    const mixed = withEvents(
      signedInState(),
      Array.from({ length: 30 }, (_, index) => eventOf({ n: index + 1, code: index % 3 === 0 ? 50181 : 0 })),
    );
    const held = pressed(mixed, 'j j j j');
    expect(seen(held)).toContain('[26]');
    const filtered = pressed(held, 'f space enter');
    expect(filtered.filter.terms).toHaveLength(1);
    expect(seen(filtered)).toMatch(/\[(25|28)\]/);
  });

  it('stays on its event while a large log is still looked through for another filter', () => {
    const held = pressed(withEvents(signedInState(), eventsBetween(1, 110_000)), 'G');
    let filtered = pressed(held, 'f left left left space');
    expect(filtered.matches.isComplete).toBe(false);
    while (!filtered.matches.isComplete) filtered = reduced(filtered, { type: 'matches.continued' });
    expect(filtered.table.cursorId).toBe(held.table.cursorId);
  });

  it('counts no news that are seen, or that another filter let through', () => {
    const held = withEvents(pressed(filled(), 'j j'), [eventOf({ n: 31 })]);
    expect(held.table.news.rows).toBe(1);
    expect(pressed(held, 'k k k').table.news.rows).toBe(0);
    expect(pressed(held, 'pageup').table.news.rows).toBe(0);
    expect(pressed(held, 'f space').table.news.rows).toBe(0);
  });

  it('stays on its event when the terminal changes its size', () => {
    const held = pressed(filled(), 'j j j j j j');
    const small = { ...held, size: { columns: 80, rows: 10 } };
    expect(cursorRow(small)).toBe(cursorRow(held));
    expect(topRow(small)).toBeLessThanOrEqual(cursorRow(small));
    expect(topRow(small) + 5).toBeGreaterThan(cursorRow(small));
  });

  it('asks for an older page when the loaded rows end within a screen, and only once per page', () => {
    const page = {
      type: 'page.received',
      settledBelowMs: 0,
      purpose: 'backfill',
      unreadable: [],
      covered: null,
    } as const;
    let state = signedInState();
    for (let read = 0; read < 10; read++) {
      state = told(state, { ...page, events: eventsBetween(1000 - read * 100, 1099 - read * 100) });
    }
    expect(state.feed.backfill).toMatchObject({ pagesRead: 10, pagesWanted: 10 });
    state = pressed(state, 'G');
    expect(state.feed.backfill.pagesWanted).toBe(11);
    expect(pressed(state, 'j j G').feed.backfill.pagesWanted).toBe(11);
    expect(told(state, { ...page, events: [] }).feed.backfill.pagesWanted).toBe(12);
    expect(pressed(told(state, { type: 'range.completed' }), 'G').feed.backfill.pagesWanted).toBe(11);
  });

  it('keeps its event through the loss of the oldest rows, and moves on when that event itself is dropped', () => {
    const full = withEvents(signedInState({ maxEvents: 20 }), eventsBetween(1, 20));
    const held = pressed(full, 'G');
    expect(held.table.cursorId).toBe(guid(1));
    const pushed = withEvents(held, eventsBetween(21, 25));
    expect(pushed.log.droppedCount).toBe(5);
    expect(pushed.table.cursorId).toBe(guid(6));
  });
});
