/** Jumps along a correlation ID, from failure to failure, and between marked rows. */
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/store/state.ts';
import { cursorRow } from '../../src/store/table-cursor.ts';
import { eventOf } from '../support/events.ts';
import { pressed, signedInState, withEvents } from '../support/states.ts';

/** Events 1 to 8, a second apart, the newest at the top; the three of correlation ID 50 are 2, 4 and 7. */
const state = withEvents(signedInState(), [
  eventOf({ n: 1, code: 50181 }),
  eventOf({ n: 2, correlation: 50, who: 'ana@example.org' }),
  eventOf({ n: 3, code: 1002013 }),
  eventOf({ n: 4, correlation: 50, code: 50181, who: 'ana@example.org' }),
  eventOf({ n: 5, who: 'ana@example.org' }),
  eventOf({ n: 6, code: 424242 }),
  eventOf({ n: 7, correlation: 50, who: 'ana@example.org' }),
  eventOf({ n: 8 }),
]);

/** The number of the event that the cursor is on. */
function at(now: State): number {
  return Number.parseInt((now.table.cursorId ?? '').slice(-12), 16);
}

describe('jumps', () => {
  it('go along the events of a correlation ID, and say where it ends', () => {
    const start = pressed(state, 'j');
    expect(at(start)).toBe(7);
    expect(['o', 'o o', 'o o O', 'o o O O'].map((keys) => at(pressed(start, keys)))).toEqual([4, 2, 4, 7]);
    const beyond = pressed(start, 'o o o');
    expect([at(beyond), beyond.notice?.text]).toEqual([
      2,
      'There is no older event of this correlation ID in the table.',
    ]);
  });

  it('say that the filter hides some of them', () => {
    const filtered = pressed(pressed(state, 'j'), ': ctrl+u - e r r o r : 5 0 1 8 1 enter o o');
    expect(filtered.notice?.text).toContain('the filter hides some');
  });

  it('go from failure to failure; being asked for the code is none, a code that nobody knows is one', () => {
    expect(['e', 'e e', 'e e e', 'e e e E'].map((keys) => at(pressed(state, keys)))).toEqual([6, 4, 1, 4]);
    expect(pressed(state, 'e e e e').notice?.text).toBe('There is no older failure in the loaded rows.');
  });

  it('go between attempts of one person when rows are attempts', () => {
    const attempts = pressed(state, 'a j j');
    expect(at(attempts)).toBe(5);
    expect(at(pressed(attempts, 'o'))).toBe(2);
    expect(at(pressed(attempts, 'o O'))).toBe(5);
  });

  it('go between marked rows, whatever moves them', () => {
    const marked = pressed(state, 'j m j j m g');
    expect(['u', 'u u', 'u u U'].map((keys) => at(pressed(marked, keys)))).toEqual([7, 5, 7]);
    const moved = withEvents(marked, [eventOf({ n: 9 })]);
    expect(cursorRow(pressed(moved, 'u'))).toBe(2);
    expect(pressed(marked, 'u m u u').notice?.text).toBe('There is no older marked row in the table.');
    expect(pressed(state, 'u').notice?.text).toBe('No row is marked: m marks one.');
  });

  it('know a marked event in the attempt that it is part of', () => {
    const marked = pressed(pressed(state, 'j'), 'm a g');
    const there = pressed(marked, 'u');
    expect(there.log.correlationId(there.log.positionOf(there.table.cursorId ?? ''))).toBe(
      state.log.correlationId(state.log.positionOf(eventOf({ n: 7 }).id)),
    );
    expect(pressed(there, 'm').marks.size).toBe(0);
  });
});
