import { describe, expect, it } from 'vitest';
import { hitPlace } from '../../src/store/commands-search.ts';
import { bindingOf, keyTable } from '../../src/store/keys.ts';
import type { State } from '../../src/store/state.ts';
import { eventOf, eventsBetween, guid } from '../support/events.ts';
import { freshState, pressed, reduced, reducedAfter, signedInState, withEvents } from '../support/states.ts';

const filled = () => withEvents(signedInState({ rows: 40 }), eventsBetween(1, 30));

describe('the key table', () => {
  it('binds no key twice in one place', () => {
    const seen = new Set<string>();
    for (const { place, keys } of keyTable) {
      for (const key of keys) {
        expect(seen.has(`${place} ${key}`), `${key} in ${place}`).toBe(false);
        seen.add(`${place} ${key}`);
      }
    }
  });

  it('leaves alone the keys of terminals and multiplexers', () => {
    const reserved = ['ctrl+s', 'ctrl+q', 'ctrl+b', 'ctrl+\\', 'ctrl+h', 'ctrl+i', 'ctrl+j', 'ctrl+m', 'ctrl+['];
    expect(keyTable.flatMap(({ keys }) => keys).filter((key) => reserved.includes(key))).toEqual([]);
  });

  it('prefers the place that has the focus over everywhere', () => {
    expect(bindingOf(keyTable, 'help', 'q')?.command).toBe('help.close');
    expect(bindingOf(keyTable, 'table', 'q')?.command).toBe('quit.ask');
    expect(bindingOf(keyTable, 'table', 'ctrl+y')).toBeNull();
  });
});

describe('leaving', () => {
  it('quits with q only when it is pressed twice', () => {
    const once = pressed(filled(), 'q');
    expect(once.quitting).toBe(false);
    expect(once.notice?.text).toContain('again');
    expect(pressed(once, 'q').quitting).toBe(true);
  });

  it('forgets the first q when another key comes in between', () => {
    expect(pressed(filled(), 'q j q').quitting).toBe(false);
  });

  it('forgets the first q after a while', () => {
    const once = pressed(filled(), 'q');
    const later = reducedAfter(once, 10_000, { type: 'clock.ticked' });
    expect(pressed(later, 'q').quitting).toBe(false);
  });

  it.each<[string, (state: State) => unknown]>([
    ['enter', (state) => state.pane.open],
    ['f', (state) => state.overlay],
    ['?', (state) => state.overlay],
    ['/', (state) => state.overlay],
  ])('closes what %s opened with Esc, and never quits by it', (key, isOpen) => {
    const open = pressed(filled(), key);
    expect(isOpen(open)).toBeTruthy();
    const closed = pressed(open, 'esc');
    expect(isOpen(closed)).toBeFalsy();
    expect(pressed(closed, 'esc esc esc').quitting).toBe(false);
  });

  it('takes a key that a slow line glued to Esc for Esc and that key', () => {
    const searched = pressed(filled(), '/ a enter');
    const both = pressed(searched, 'alt+f');
    expect(both.search).toBe('');
    expect(both.overlay?.kind).toBe('filter');
  });

  it('keeps the filter through any number of Esc', () => {
    const filtered = pressed(filled(), 'f space enter');
    expect(filtered.filter.terms).toHaveLength(1);
    expect(pressed(filtered, 'esc esc esc').filter).toEqual(filtered.filter);
  });

  it('quits with ^C pressed twice, from a prompt too', () => {
    expect(pressed(filled(), '/ a ctrl+c').overlay).toBeNull();
    expect(pressed(filled(), '/ a ctrl+c ctrl+c').quitting).toBe(true);
  });
});

describe('searching', () => {
  const named = () =>
    withEvents(signedInState({ rows: 40 }), [
      ...eventsBetween(1, 10),
      eventOf({ n: 4000, timeMs: Date.UTC(2026, 10, 23, 10, 42, 5), who: 'Ana@example.org' }),
      eventOf({ n: 4001, timeMs: Date.UTC(2026, 10, 23, 10, 42, 2), who: 'ana@example.net' }),
    ]);

  it('goes to the first hit below the cursor, then from hit to hit, and says when there is none left', () => {
    const found = pressed(named(), '/ a n a @ enter');
    expect(found.table.cursorId).toBe(guid(4000));
    const next = pressed(found, 'n');
    expect(next.table.cursorId).toBe(guid(4001));
    const last = pressed(next, 'n');
    expect(last.table.cursorId).toBe(guid(4001));
    expect(last.notice?.text).toContain('is not below the cursor');
    expect(pressed(last, 'N').table.cursorId).toBe(guid(4000));
  });

  it('says where a hit stands among all, and when there is none at all', () => {
    const found = pressed(named(), '/ a n a @ enter n');
    expect(hitPlace(found)).toEqual({ at: 2, of: 2, soFar: false });
    expect(pressed(found, '/ z z z enter').notice?.text).toContain('is in none of the loaded rows');
  });

  it('begins with an empty word, and recalls the last one', () => {
    const found = pressed(named(), '/ a n a @ enter');
    expect(pressed(found, '/').overlay).toMatchObject({ edit: { text: '' } });
    expect(pressed(found, 'esc / up').overlay).toMatchObject({ edit: { text: 'ana@' } });
  });

  it('types keys that are commands elsewhere, and takes pasted text', () => {
    const typing = pressed(named(), '/ q ? j space g');
    const pasted = reduced(typing, { type: 'text.pasted', text: 'one\r\ntwo' });
    expect(pasted.overlay).toMatchObject({ kind: 'search', edit: { text: 'q?j gone two' } });
  });

  it.each([
    ['ana.lima+shop@example.org\n', 'user:ana.lima+shop@example.org '],
    ["o'neill@example.org", "user:o'neill@example.org "],
    ['F4414243-B0EE-4030-9C0C-D661C716A6B8', 'correlation:F4414243-B0EE-4030-9C0C-D661C716A6B8 '],
    ['qq ff', '"qq ff" '],
    ['outcome:failed', '"outcome:failed" '],
  ])('puts %j, pasted on the table, into the query bar as what it looks like', (pasted, text) => {
    const state = named();
    const open = reduced(state, { type: 'text.pasted', text: pasted });
    expect(open.overlay).toMatchObject({ kind: 'query', bar: { edit: { text } } });
    expect(open.filter).toBe(state.filter);
    expect(pressed(open, 'enter').filter.terms).toHaveLength(1);
  });

  it.each(['one\ntwo', 'x'.repeat(400), ' \n'])('runs nothing of a paste that nobody can be looking for', (text) => {
    const state = named();
    const after = reduced(state, { type: 'text.pasted', text });
    expect({ ...after, notice: null }).toEqual(state);
    expect(after.notice?.text).toContain('can be pasted here');
    const help = pressed(state, '?');
    expect(reduced(help, { type: 'text.pasted', text: 'qq' })).toEqual(help);
  });

  it('ends with an empty word, and stays as it was with Esc', () => {
    const found = pressed(named(), '/ a n a enter');
    expect(pressed(found, '/ x esc').search).toBe('ana');
    expect(pressed(found, '/ ctrl+u enter').search).toBe('');
  });
});

describe('the filter stepper', () => {
  const mixed = () =>
    withEvents(signedInState({ rows: 40 }), [
      eventOf({ n: 1 }),
      eventOf({ n: 2, code: 1002013, stage: 'credentialValidation' }),
      eventOf({ n: 3, code: 50181, stage: 'credentialValidation' }),
      eventOf({ n: 4, provider: 'Google' }),
      eventOf({ n: 5, code: 987654 }),
    ]);

  it('toggles a value under the cursor, and the table follows at once', () => {
    const failed = pressed(mixed(), 'f space');
    expect(failed.filter.terms).toEqual([
      { kind: 'field', field: 'outcome', values: [{ text: 'failed', match: 'exact' }], negated: false },
    ]);
    expect(failed.matches.size).toBe(2);
    expect(pressed(failed, 'space').matches.size).toBe(5);
  });

  it('steps to the next field and excludes', () => {
    const excluded = pressed(mixed(), 'f right right -');
    expect(excluded.filter.terms).toEqual([
      { kind: 'field', field: 'provider', values: [{ text: 'Email OTP', match: 'exact' }], negated: true },
    ]);
    expect(excluded.matches.size).toBe(1);
  });

  it('steps round from the first field to the last, which sets the time range', () => {
    const ranged = pressed(mixed(), 'f left up up up up up up space');
    expect(ranged.filter.since).toEqual({ text: '15m', atMs: ranged.nowMs - 900_000 });
  });

  it('clears one field, and all of them', () => {
    const both = pressed(mixed(), 'f space right space');
    expect(both.filter.terms).toHaveLength(2);
    expect(pressed(both, 'x').filter.terms).toHaveLength(1);
    expect(pressed(both, 'X').filter.terms).toHaveLength(0);
  });

  it('lists only values with a word in them, typed after /', () => {
    const open = pressed(mixed(), 'f right right / g o o');
    expect(open.overlay).toMatchObject({ stepper: { value: 'Google', narrow: { text: 'goo' } } });
    const toggled = pressed(open, 'enter space');
    expect(toggled.filter.terms).toMatchObject([{ field: 'provider', values: [{ text: 'Google' }] }]);
    expect(pressed(open, 'esc').overlay).toMatchObject({ stepper: { narrow: { text: '' }, isNarrowing: false } });
  });

  it('keeps its cursor on a value whose count changes', () => {
    const open = pressed(mixed(), 'f right right');
    const more = withEvents(
      open,
      Array.from({ length: 9 }, (_, n) => eventOf({ n: 50 + n, provider: 'Facebook' })),
    );
    expect(more.overlay).toEqual(open.overlay);
  });
});

describe('before signing in', () => {
  it('q quits at once, since there is nothing to lose', () => {
    const state = reduced(freshState(), { type: 'account.looked', account: null, problem: null });
    expect(pressed(state, 'q').quitting).toBe(true);
  });
});
