import { describe, expect, it } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import { printQuery } from '../../src/filter/print-query.ts';
import { pickEntries } from '../../src/store/commands-pick.ts';
import { completionsOf } from '../../src/store/commands-query.ts';
import { bindingOf, keyTable } from '../../src/store/keys.ts';
import { presetCount, presetsOf } from '../../src/store/preset-list.ts';
import type { State } from '../../src/store/state.ts';
import { eventOf, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const mixed = () =>
  withEvents(signedInState({ rows: 40 }), [
    eventOf({ n: 1, app: 'Fabrikam Loyalty' }),
    eventOf({ n: 2, code: 1002013, stage: 'credentialValidation' }),
    eventOf({ n: 3, provider: 'Google' }),
    eventOf({ n: 4, code: 50181, stage: 'credentialValidation', who: 'ana@example.org' }),
  ]);

const query = (state: State) => printQuery(state.filter);
const typing = (state: State, text: string) => reduced(pressed(state, ': ctrl+u'), { type: 'text.pasted', text });

describe('the query bar', () => {
  it('begins with the filter as it is, and round-trips', () => {
    const filtered = pressed(mixed(), 'f space right right space enter');
    const open = pressed(filtered, ':');
    expect(open.overlay).toMatchObject({ bar: { edit: { text: 'outcome:failed provider:"Email OTP" since:24h ' } } });
    expect(pressed(open, 'enter').filter.terms).toEqual(filtered.filter.terms);
  });

  it('filters by what is typed, and keeps the range when it names none', () => {
    const filtered = pressed(typing(mixed(), 'error:50181 -provider:Google'), 'enter');
    expect(query(filtered)).toBe('error:50181 -provider:Google since:24h');
    expect(filtered.matches.size).toBe(1);
    expect(filtered.overlay).toBeNull();
  });

  it('points at what is wrong, offers the nearest word, and keeps what was typed', () => {
    const wrong = pressed(typing(mixed(), 'outcome:failed stagee:create'), 'enter');
    expect(wrong.overlay).toMatchObject({
      bar: {
        edit: { text: 'outcome:failed stagee:create' },
        error: { start: 15, suggestion: expect.stringContaining('stage') },
      },
    });
    expect(wrong.filter.terms).toEqual([]);
    expect(pressed(wrong, 'backspace').overlay).toMatchObject({ bar: { error: null } });
  });

  it('completes fields, and values from what is loaded', () => {
    expect(completionsOf(typing(mixed(), 'prov')).map(({ label }) => label)).toEqual(['provider:']);
    const values = typing(mixed(), 'app:');
    expect(completionsOf(values).map(({ label }) => label)).toEqual(['Contoso Shop', 'Fabrikam Loyalty']);
    const second = pressed(values, 'down tab enter');
    expect(query(second)).toBe('app:"Fabrikam Loyalty" since:24h');
  });

  it('leaves the filter as it was with Esc', () => {
    const state = mixed();
    expect(pressed(typing(state, 'error:1'), 'esc').filter).toEqual(state.filter);
  });
});

describe('picking a value of the event under the cursor', () => {
  it('shows only its like with +, in one key more', () => {
    const picked = pressed(mixed(), '+ enter');
    expect(query(picked)).toBe('error:50181 since:24h');
  });

  it('leaves its like out with -', () => {
    const picked = pressed(mixed(), '- j enter');
    expect(query(picked)).toBe('-app:"Contoso Shop" since:24h');
  });

  it('offers the values of the event, and the time around it', () => {
    const labels = pickEntries(pressed(mixed(), '+')).map(({ label }) => label);
    expect(labels).toEqual(['error', 'app', 'user', 'provider', 'stage', 'outcome', 'account', 'correlation', 'time']);
    const around = pressed(mixed(), `+ ${'j '.repeat(8)}enter`);
    expect(around.filter.since?.atMs).toBe(NOON_MS + 4_000 - 300_000);
    expect(around.filter.until?.atMs).toBe(NOON_MS + 4_000 + 300_000);
  });
});

describe('conditions', () => {
  it('go off together with D, and on again', () => {
    const filtered = pressed(mixed(), '+ enter');
    const off = pressed(filtered, 'D');
    expect(query(off)).toBe('since:24h');
    expect(query(pressed(off, 'D'))).toBe('error:50181 since:24h');
  });

  it('go back and forth through what they were', () => {
    const third = pressed(mixed(), '+ enter - j enter');
    const queries = [third, pressed(third, '['), pressed(third, '[ ['), pressed(third, '[ [ ] ]')].map(query);
    expect(queries).toEqual([
      'error:50181 -app:"Contoso Shop" since:24h',
      'error:50181 since:24h',
      'since:24h',
      'error:50181 -app:"Contoso Shop" since:24h',
    ]);
    expect(pressed(third, 'alt+left').filter).toEqual(pressed(third, '[').filter);
    expect(pressed(mixed(), '[').notice?.text).toContain('no earlier filter');
  });

  it('take another time range with a digit, and none of them with 0', () => {
    const hour = pressed(mixed(), '2');
    expect(hour.filter.since).toEqual({ text: '1h', atMs: NOON_MS - 3_600_000 });
    const past = pressed(mixed(), `+ ${'j '.repeat(8)}enter`);
    expect(pressed(past, '0').filter.until).toBeNull();
    expect(pressed(past, '0').table.follow).toBe(true);
  });

  it('are the hits of the search with &, and not any more with & again', () => {
    const hits = pressed(mixed(), '/ a n a @ enter &');
    expect(hits.matches.size).toBe(1);
    expect(pressed(hits, '&').matches.size).toBe(4);
    expect(pressed(mixed(), '&').notice?.text).toContain('/ starts');
  });
});

describe('the calls to Graph', () => {
  const url = 'https://graph.microsoft.com/beta/auditLogs/signUps?$top=1000';
  const called = (id: number) =>
    [
      {
        type: 'request.told',
        fact: { type: 'request.started', id, at: momentAt(NOON_MS), method: 'GET', url: `${url}&n=${id}` },
      },
      {
        type: 'request.told',
        fact: { type: 'request.finished', id, tookMs: 321, status: 200, requestId: `r-${id}`, rows: 17 },
      },
    ] as const;

  it('are kept with their answers, and copied in the forms of other tools', () => {
    const state = reduced(mixed(), ...called(1), ...called(2));
    expect(state.calls.map(({ answer }) => answer?.rows)).toEqual([17, 17]);
    expect(pressed(state, '@ u').requests.copies.text).toBe(`${url}&n=2`);
    expect(pressed(state, '@ j c').requests.copies.text).toContain(`${url}&n=1`);
    expect(pressed(state, '@ a').requests.copies.text).toMatch(/^az rest/);
  });

  it('are kept up to a number', () => {
    const many = Array.from({ length: 300 }, (_, index) => called(index + 1)).flat();
    expect(reduced(mixed(), ...many).calls).toHaveLength(200);
  });

  it('say so when there are none yet', () => {
    expect(pressed(mixed(), '@').notice?.text).toContain('not been asked');
  });
});

describe('times', () => {
  it('are told in the zone, in UTC, as how long ago, and in the zone again', () => {
    const clocks = ['t', 't t', 't t t'].map((keys) => pressed(mixed(), keys).clock);
    expect(clocks).toEqual(['utc', 'ago', 'zone']);
  });
});

describe('presets', () => {
  it('stand in the query bar with what is wrong with them when a time of theirs comes twice', () => {
    const presets = [{ name: 'night', query: 'until:"2026-10-25 02:30"', key: '1' }];
    const before = signedInState({ rows: 40, settings: { presets, timeZone: 'Europe/Berlin' } });
    const taken = pressed(before, 'P 1');
    const message = expect.stringContaining('"2026-10-25 02:30" comes twice in Europe/Berlin');
    expect(taken.overlay).toMatchObject({ bar: { edit: { text: presets[0]?.query }, error: { message, start: 6 } } });
    expect(taken.filter).toBe(before.filter);
  });

  const own = [{ name: 'mine', query: 'error:50181', key: 'f' }];

  it('take the place of the conditions, by the cursor or by their own key, and keep the range', () => {
    expect(query(pressed(mixed(), 'P enter'))).toBe('outcome:failed since:24h');
    expect(query(pressed(mixed(), '+ enter P x'))).toBe('extension:failed since:24h');
    expect(query(pressed(mixed(), 'P h'))).toBe('outcome:failed since:1h');
  });

  it('begin with the own ones, whose keys go before', () => {
    const state = withEvents(signedInState({ rows: 40, settings: { presets: own } }), [eventOf({ n: 1 })]);
    expect(query(pressed(state, 'P f'))).toBe('error:50181 since:24h');
  });

  it('put a question that needs a value into the query bar', () => {
    expect(pressed(mixed(), 'P p').overlay).toMatchObject({
      kind: 'query',
      bar: { edit: { text: 'user:', cursor: 5 } },
    });
  });

  it('all parse, and have keys that nothing else has', () => {
    const state = mixed();
    const presets = presetsOf(state);
    const keys = presets.flatMap(({ key }) => key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(bindingOf(keyTable, 'presets', key), key).toBeNull();
    const open = pressed(state, 'P');
    for (const preset of presets) {
      if (!preset.query.endsWith(':')) expect(presetCount(open, preset), preset.name).not.toBeNull();
    }
  });

  it('are saved under a name and a free digit, and listed from then on', () => {
    const named = reduced(pressed(mixed(), '+ enter P S'), { type: 'text.pasted', text: 'wrong codes' });
    const asked = pressed(named, 'enter');
    const preset = { name: 'wrong codes', query: 'error:50181', key: '1' };
    expect(asked.requests.saves).toEqual({ count: 1, preset });
    const saved = reduced(asked, { type: 'preset.saved', preset, refusal: null });
    expect(query(pressed(saved, 'D P 1'))).toBe('error:50181 since:24h');
    const refused = reduced(asked, { type: 'preset.saved', preset, refusal: 'there is one of that name' });
    expect(refused.notice?.text).toContain('Not saved: there is one of that name');
  });

  it('are counted in what is loaded', () => {
    const [failed] = presetsOf(mixed());
    expect(failed && presetCount(pressed(mixed(), 'P'), failed)).toBe(1);
  });
});
