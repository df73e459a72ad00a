import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printQuery } from '../../src/filter/print-query.ts';
import { restoredView, savedViewOf } from '../../src/store/saved-view.ts';
import { columnNames, shownColumns } from '../../src/store/table-view.ts';
import { arbitraryFilter } from '../filter/arbitrary-filter.ts';
import { eventsBetween, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const DAY_MS = 86_400_000;
const present = { nowMs: NOON_MS, timeZone: 'UTC' };
const kept = (state: Parameters<typeof savedViewOf>[0]): unknown => JSON.parse(JSON.stringify(savedViewOf(state)));

describe('the view that is kept for the next start', () => {
  it('has every condition, whatever was asked for', () => {
    fc.assert(
      fc.property(arbitraryFilter, (filter) => {
        const state = { ...signedInState(), filter: { ...filter, since: null, until: null } };
        expect(printQuery(restoredView(kept(state), present)?.filter ?? filter)).toBe(printQuery(state.filter));
      }),
    );
  });

  it('has columns, order, wrapping, clock and what a row is', () => {
    const state = pressed(withEvents(signedInState(), eventsBetween(1, 5)), 'x j space J S enter a enter w t');
    const restored = restoredView(kept(state), present);
    expect(restored).toMatchObject({ view: state.view, clock: 'utc', unit: 'attempts' });
    expect(state.view).toMatchObject({ sort: { column: 'outcome' }, wraps: false });
    expect(shownColumns(state.view)).not.toContain('outcome');
  });

  it('counts lengths of time back from the new start, and leaves points in time where they were', () => {
    const typed = (text: string) =>
      pressed(reduced(pressed(signedInState(), ': ctrl+u'), { type: 'text.pasted', text }), 'enter');
    const later = { ...present, nowMs: NOON_MS + 3 * DAY_MS };
    const hours = restoredView(kept(typed('since:4h until:1h')), later)?.filter;
    expect(hours).toMatchObject({ since: { text: '4h', atMs: later.nowMs - DAY_MS / 6 }, until: { text: '1h' } });
    const day = restoredView(kept(typed('since:"yesterday 14:00"')), later)?.filter;
    expect(day?.since?.atMs).toBe(Date.UTC(2026, 10, 22, 14));
  });

  it('is left out when it is anything else, and never has fewer columns than there are', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(restoredView(anything, present)).toBeNull();
      }),
    );
    const good = savedViewOf(signedInState());
    const change = fc.constantFrom('query', 'columns', 'sort', 'wraps', 'clock', 'unit');
    fc.assert(
      fc.property(change, fc.anything(), (name, anything) => {
        const restored = restoredView({ ...good, [name]: anything }, present);
        const names = restored?.view.columns.map((column) => column.name) ?? columnNames;
        expect([...names].sort()).toEqual([...columnNames].sort());
      }),
    );
  });

  it('takes over the columns that it knows from another version', () => {
    const columns = [
      { name: 'who', shown: true },
      { name: 'mood', shown: true },
    ];
    const restored = restoredView({ ...savedViewOf(signedInState()), columns }, present);
    expect(restored && shownColumns(restored.view)).toEqual(['who']);
  });
});

describe('R', () => {
  const changed = () =>
    pressed(
      withEvents(signedInState({ settings: { firstRange: '4h' } }), eventsBetween(1, 5)),
      'f space enter 1 x space enter S S enter t a',
    );

  it('brings back the view of the first start', () => {
    const reset = pressed(changed(), 'R');
    const first = withEvents(signedInState(), eventsBetween(1, 5));
    expect(printQuery(reset.filter)).toBe('since:4h');
    expect(reset).toMatchObject({ view: first.view, clock: 'zone', unit: 'events' });
    expect(reset.matches.size).toBe(5);
    expect(reset.table.follow).toBe(true);
  });

  it('says how the filter comes back, and so it does', () => {
    const reset = pressed(changed(), 'R');
    expect(reset.notice?.text).toContain('[ brings the filter back');
    expect(printQuery(pressed(reset, '[').filter)).toBe('outcome:failed since:15m');
  });
});
