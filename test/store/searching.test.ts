/** Searching: from hit to hit, whatever stands between them, agrees with looking at every row. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/predicate.ts';
import { hitPlace } from '../../src/store/commands-search.ts';
import { stepperRows } from '../../src/store/filter-stepper.ts';
import { EventMatches } from '../../src/store/log/matches.ts';
import { presetCount, presetsOf } from '../../src/store/preset-list.ts';
import type { State } from '../../src/store/state.ts';
import { cursorRow, positionOfRow, rowCount } from '../../src/store/table-cursor.ts';
import { eventOf } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

/** Which rows have the word, from the top. */
function rowsWith(state: State, text: string): readonly number[] {
  const { log } = state;
  const holds = compileFilter(
    { terms: [{ kind: 'text', text, negated: false }], since: null, until: null },
    log.appNames,
  );
  return Array.from({ length: rowCount(state) }, (_, row) => row).filter((row) => {
    const position = positionOfRow(state, row);
    const events = state.unit === 'attempts' ? (log.attempts.of(position)?.events ?? []) : [position];
    return events.some((each) => holds(log.read(each)));
  });
}

const anyRows = fc.array(fc.record({ who: fc.constantFrom('ana', 'bo', 'cy'), attempt: fc.nat(6) }), {
  minLength: 1,
  maxLength: 30,
});

describe('a search', () => {
  it.each(['', 'a '])('goes from hit to hit, and back, in rows turned by %j', (turned) => {
    fc.assert(
      fc.property(anyRows, fc.nat(40), (rows, start) => {
        const events = rows.map(({ who, attempt }, index) => eventOf({ n: index + 1, correlation: attempt, who }));
        const table = pressed(withEvents(signedInState(), events), `${turned}g${' j'.repeat(start % rows.length)}`);
        const hits = rowsWith(table, 'bo');
        const from = cursorRow(table);
        const first = hits.find((row) => row >= from);
        const found = pressed(table, '/ b o enter');
        expect(cursorRow(found)).toBe(first ?? from);
        const at = hits.indexOf(cursorRow(found));
        expect(hitPlace(found)).toEqual(at < 0 ? null : { at: at + 1, of: hits.length, soFar: false });
        expect(cursorRow(pressed(found, 'n'))).toBe(hits.find((row) => row > cursorRow(found)) ?? cursorRow(found));
        expect(cursorRow(pressed(found, 'N'))).toBe(hits.findLast((row) => row < cursorRow(found)) ?? cursorRow(found));
      }),
      { numRuns: 100 },
    );
  });

  it('finds an attempt by a word in any of its events', () => {
    const events = [
      eventOf({ n: 1, correlation: 1 }),
      eventOf({ n: 2, correlation: 1, code: 50181 }),
      eventOf({ n: 3 }),
    ];
    const found = pressed(withEvents(signedInState(), events), 'a / 5 0 1 8 1 enter');
    expect(hitPlace(found)).toMatchObject({ at: 1, of: 1 });
    expect(cursorRow(found)).toBe(1);
  });

  it('counts hits that come in later, and follows another filter', () => {
    const found = pressed(withEvents(signedInState(), [eventOf({ n: 1, who: 'ana' })]), '/ a n a enter');
    const more = withEvents(found, [eventOf({ n: 2, who: 'ana' }), eventOf({ n: 3, who: 'bo', code: 50181 })]);
    expect(hitPlace(more)).toMatchObject({ at: 2, of: 2 });
    expect(hitPlace(pressed(more, ': ctrl+u e r r o r : 5 0 1 8 1 enter'))).toBeNull();
  });

  it('goes on by itself while a large log is looked through, and gives up when there is nothing', () => {
    const state = withEvents(signedInState(), [eventOf({ n: 1, who: 'zoe' }), eventOf({ n: 2 }), eventOf({ n: 3 })]);
    const looking = (word: string): State => {
      const accepted = pressed(state, `/ ${[...word].join(' ')} enter`);
      const filter = { ...state.filter, terms: [{ kind: 'text', text: word, negated: false } as const] };
      const matches = new EventMatches(state.log, filter, 1);
      const hits = { madeOf: accepted.followers.hits?.madeOf ?? [], matches };
      return { ...accepted, table: state.table, seeking: 'older', followers: { ...accepted.followers, hits } };
    };
    const found = reduced(looking('zoe'), { type: 'matches.continued' });
    expect([found.seeking, cursorRow(found)]).toEqual([null, 2]);
    const nothing = reduced(looking('nobody'), { type: 'matches.continued' });
    expect([nothing.seeking, nothing.notice?.text]).toEqual([null, '"nobody" is in none of the loaded rows.']);
    expect(pressed(looking('zoe'), 'esc').seeking).toBeNull();
  });
});

describe('the stepper over attempts', () => {
  const events = [
    eventOf({ n: 1, correlation: 1, provider: 'Google', stage: 'credentialFederation' }),
    eventOf({ n: 2, correlation: 1, provider: 'Google', stage: 'userCreation' }),
    eventOf({ n: 3, correlation: 2, stage: 'credentialCollection' }),
    eventOf({ n: 4, correlation: 2, stage: 'credentialValidation', code: 50181 }),
    eventOf({ n: 5, correlation: 3, stage: 'credentialCollection' }),
  ];
  const counts = (state: State) =>
    state.overlay?.kind === 'filter'
      ? Object.fromEntries(stepperRows(state, state.overlay.stepper).map(({ value, count }) => [value, count]))
      : null;

  it('counts attempts, and offers their outcomes', () => {
    const open = pressed(withEvents(signedInState(), events), 'a f');
    expect(counts(open)).toEqual({ created: 1, failed: 1, inProgress: 1, noFurtherEvent: 0 });
    expect(counts(pressed(open, 'right'))).toMatchObject({ credentialCollection: 2, userCreation: 1 });
    expect(counts(pressed(open, 'right right'))).toEqual({ 'Email OTP': 2, Google: 1 });
    expect(counts(pressed(open, 'down space right right'))).toEqual({ 'Email OTP': 1 });
    expect(counts(withEvents(open, [eventOf({ n: 6, correlation: 3, stage: 'userCreation' })]))).toMatchObject({
      created: 2,
    });
  });

  it('counts events again when the rows are events', () => {
    expect(counts(pressed(withEvents(signedInState(), events), 'f'))).toMatchObject({ failed: 1, succeeded: 4 });
  });
});

describe('presets', () => {
  it('are counted in rows of the table, however many there are, as they come', () => {
    const events = [eventOf({ n: 1, code: 50181 }), eventOf({ n: 2, code: 50181, correlation: 1 }), eventOf({ n: 3 })];
    const open = pressed(withEvents(signedInState(), events), 'P');
    const failed = presetsOf(open).find(({ query }) => query === 'outcome:failed');
    const waiting = presetsOf(open).find(({ query }) => query === 'user:');
    if (!failed || !waiting) throw new Error('the presets are not there');
    expect([presetCount(open, failed), presetCount(open, waiting)]).toEqual([2, null]);
    expect(presetCount(withEvents(open, [eventOf({ n: 4, code: 50181 })]), failed)).toBe(3);
    expect(presetCount(pressed(open, 'esc a P'), failed)).toBe(2);
  });
});
