import { describe, expect, it } from 'vitest';
import type { State } from '../../src/store/state.ts';
import { cursorRow, positionOfRow, rowCount } from '../../src/store/table-cursor.ts';
import { columnNames, shownColumns } from '../../src/store/table-view.ts';
import { eventOf, eventsBetween, guid } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

/** Numbers of the events from the top of the table; the one under the cursor in brackets. */
function rows(state: State): string {
  return Array.from({ length: rowCount(state) }, (_, row) => {
    const number = Number.parseInt(state.log.id(positionOfRow(state, row)).slice(-6), 16);
    return row === cursorRow(state) ? `[${number}]` : String(number);
  }).join(' ');
}

const people = ['cy@example.org', 'ana@example.org', 'Bo@example.org', 'ana@example.org'];
const codes = [0, 50181, 1002013, 50182];
const few = (state = signedInState()) =>
  withEvents(
    state,
    people.map((who, index) => eventOf({ n: index + 1, who, code: codes[index] ?? 0 })),
  );

describe('the columns of the table', () => {
  it('are those of the settings file at first, the others hidden behind them', () => {
    const { view } = signedInState({ settings: { columns: ['who', 'time'] } });
    expect(shownColumns(view)).toEqual(['who', 'time']);
    expect(view.columns.map(({ name }) => name).sort()).toEqual([...columnNames].sort());
  });

  it('are hidden and shown again in their old place', () => {
    const hidden = pressed(few(), 'x j space');
    expect(shownColumns(hidden.view).slice(0, 3)).toEqual(['time', 'stage', 'provider']);
    expect(shownColumns(pressed(hidden, 'space').view)).toEqual(columnNames);
  });

  it.each(['J', 'shift+down'])('move to the right by %s, and the cursor with them', (key) => {
    const moved = pressed(few(), `x ${key} ${key}`);
    expect(shownColumns(moved.view).slice(0, 3)).toEqual(['outcome', 'stage', 'time']);
    expect(shownColumns(pressed(moved, 'K').view).slice(0, 3)).toEqual(['outcome', 'time', 'stage']);
    expect(shownColumns(pressed(moved, 'space').view).slice(0, 2)).toEqual(['outcome', 'stage']);
  });

  it('are never all hidden', () => {
    const one = pressed(signedInState({ settings: { columns: ['who'] } }), 'x space');
    expect(shownColumns(one.view)).toEqual(['who']);
    expect(one.notice?.text).toContain('The last column stays');
  });

  it.each(['enter', 'esc', 'q', 'x'])('stay as they are when %s closes the list', (key) => {
    const closed = pressed(few(), `x space ${key}`);
    expect(closed.overlay).toBeNull();
    expect(shownColumns(closed.view)).not.toContain('time');
  });

  it('scroll as far as there are columns', () => {
    const state = signedInState({ settings: { columns: ['time', 'who', 'code'] } });
    expect(pressed(state, 'l l l l').table.columnOffset).toBe(1);
  });
});

describe('the order of the table', () => {
  it('is that of the column that S is pressed on, and turned round when it is pressed again', () => {
    const list = pressed(few(), 'x j j j j j');
    expect(rows(pressed(list, 'S'))).toBe('[4] 2 3 1');
    expect(rows(pressed(list, 'S S'))).toBe('[1] 3 4 2');
  });

  it('has the rows without a value at the end, both ways', () => {
    const list = pressed(few(), 'x j j j j j j');
    expect(rows(pressed(list, 'S'))).toBe('[2] 4 3 1');
    expect(rows(pressed(list, 'S S'))).toBe('[3] 4 2 1');
  });

  it('can be the oldest first', () => {
    expect(rows(pressed(few(), 'S S'))).toBe('[1] 2 3 4');
  });

  it('is that of the next column, or the one before, by shifted arrows', () => {
    expect(pressed(few(), 'shift+right').view.sort).toEqual({ column: 'outcome', ascending: true });
    expect(pressed(few(), 'shift+left').view.sort).toEqual({ column: 'correlation', ascending: true });
    expect(pressed(few(), 'shift+left shift+right').view.sort).toEqual({ column: 'time', ascending: false });
  });

  it('leaves a held cursor on its event, whatever comes in', () => {
    const held = pressed(pressed(few(), 'j'), 'x j j j j j S enter');
    expect(rows(held)).toBe('4 2 [3] 1');
    const more = withEvents(held, [
      eventOf({ n: 5, who: 'al@example.org' }),
      eventOf({ n: 6, who: 'dee@example.org' }),
    ]);
    expect(rows(more)).toBe('5 4 2 [3] 1 6');
    expect(more.table.cursorId).toBe(guid(3));
  });

  it('keeps a cursor that was never moved on the first row', () => {
    const sorted = pressed(few(), 'x j j j j j S enter');
    expect(rows(withEvents(sorted, [eventOf({ n: 5, who: 'al@example.org' })]))).toBe('[5] 4 2 3 1');
  });

  it('stays when the filter changes', () => {
    const filtered = pressed(pressed(few(), 'x j j j j j S enter'), 'f space');
    expect(filtered.filter.terms).toHaveLength(1);
    expect(rows(filtered)).toBe('[4] 2');
  });

  it('counts every new row until F puts the newest first and follows', () => {
    const sorted = pressed(few(), 'x j j j j j S enter');
    const news = withEvents(sorted, [eventOf({ n: 5, who: 'zoe@example.org', code: 50181 })]);
    expect(news.table.news).toEqual({ rows: 1, failed: 1 });
    expect(pressed(news, 'g').table.news.rows).toBe(1);
    const followed = pressed(news, 'F');
    expect(rows(followed)).toBe('[5] 4 3 2 1');
    expect(followed.table).toMatchObject({ follow: true, news: { rows: 0, failed: 0 } });
  });

  it('asks for older events by a key only: the last row is not the end of what was read', () => {
    const sorted = pressed(few(), 'S S enter');
    const wanted = (state: State) => state.feed.backfill.pagesWanted - state.feed.backfill.pagesRead;
    const read = { ...sorted, feed: { ...sorted.feed, backfill: { pagesWanted: 2, pagesRead: 2, complete: false } } };
    expect(wanted(pressed(read, 'G'))).toBe(0);
    expect(wanted(pressed(read, '.'))).toBe(1);
  });

  it('is that of events alone: attempts stand newest first, and events as they were after them', () => {
    const sorted = pressed(few(), 'x j j j j j S enter a');
    expect(rows(sorted)).toBe('[4] 3 2 1');
    expect(pressed(sorted, 'S').notice?.text).toContain('a goes back');
    expect(rows(pressed(sorted, 'a'))).toBe('[4] 2 3 1');
  });

  it('is built piece by piece over a large log, and ends with all rows', () => {
    const large = withEvents(signedInState(), eventsBetween(1, 30_000));
    let state = pressed(large, 'x j j j j j S');
    let turns = 0;
    for (; !state.matches.isComplete; turns++) state = reduced(state, { type: 'matches.continued' });
    expect(turns).toBeGreaterThan(1);
    expect(rowCount(state)).toBe(30_000);
  });
});
