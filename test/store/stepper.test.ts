/** The steps of the filter stepper that are not a list of known values: people, user flows, and a time that is typed. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/facts/problem.ts';
import type { UserFlowsOutcome } from '../../src/facts/user-flows.ts';
import { printQuery } from '../../src/filter/print-query.ts';
import { stepperRows } from '../../src/store/filter-stepper.ts';
import { presetCount } from '../../src/store/preset-list.ts';
import type { State } from '../../src/store/state.ts';
import { selectFlowsRequest } from '../../src/store/user-flows.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { screenRegions } from '../../src/ui/screen-lines.ts';
import { eventOf, eventsBetween, guid, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const query = (state: State) => printQuery(state.filter);
const pasted = (state: State, text: string) => reduced(state, { type: 'text.pasted', text });

function listed(state: State): readonly string[] {
  if (state.overlay?.kind !== 'filter') return [];
  return stepperRows(state, state.overlay.stepper).map(({ label, count }) => `${label} ${count}`);
}

function panelOf(state: State): string {
  const { regions } = screenRegions(state, glyphsOf(false));
  return regions.panel.lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
}

const people = (state = signedInState({ rows: 40 })) =>
  withEvents(state, [
    eventOf({ n: 1, who: 'ana@example.org' }),
    eventOf({ n: 2, who: 'Ana@Example.org', code: 50181 }),
    eventOf({ n: 3, who: 'bo@example.org', code: 50181 }),
    eventOf({ n: 4, who: "o'hara+shop@example.net" }),
  ]);

/** The stepper, opened on a field by going to the left from the first. */
const onTime = (state: State) => pressed(state, 'f left');
const onFlow = (state: State) => pressed(state, 'f left left');
const onWho = (state: State) => pressed(state, 'f left left left left');

describe('the step of people', () => {
  it('lists who is most often among the events, ignoring case', () => {
    expect(listed(onWho(people()))).toEqual(['Ana@Example.org 2', 'bo@example.org 1', "o'hara+shop@example.net 1"]);
  });

  it('counts under the other conditions, and not under its own', () => {
    const failed = pressed(people(), 'f space enter');
    expect(listed(onWho(failed))).toEqual(['Ana@Example.org 1', 'bo@example.org 1']);
    expect(listed(pressed(onWho(failed), 'space'))).toEqual(['Ana@Example.org 1', 'bo@example.org 1']);
  });

  it('filters by one of them, found by a word', () => {
    const found = pressed(pasted(pressed(onWho(people()), '/'), '+SHOP'), 'enter space');
    expect(query(found)).toBe("user:o'hara+shop@example.net since:24h");
    expect(found.matches.size).toBe(1);
  });

  it('finds the rare one by a word, though only the most frequent are listed', () => {
    const many = withEvents(signedInState({ rows: 40 }), eventsBetween(1, 500));
    expect(listed(onWho(many))).toHaveLength(200);
    expect(listed(pasted(pressed(onWho(many), '/'), 'person7@'))).toEqual(['person7@example.org 1']);
  });

  it('looks at the newest events only, and says so', () => {
    const many = withEvents(signedInState({ rows: 40, columns: 120 }), [
      ...eventsBetween(2, 20_001),
      eventOf({ n: 30_000, who: 'oldest@example.org', timeMs: NOON_MS - 1000 }),
    ]);
    expect(panelOf(onWho(many))).toContain('among the newest 20,000 of 20,001 loaded');
    expect(listed(pasted(pressed(onWho(many), '/'), 'oldest@'))).toEqual([]);
    expect(panelOf(onWho(people()))).not.toContain('among the newest');
  });
});

const flows: UserFlowsOutcome = {
  kind: 'read',
  unreadable: [],
  flows: [
    {
      ...{ id: guid(1), displayName: 'Shop sign-up', description: null, includesAllApplications: false },
      ...{ appIds: [guid(2_000_000)], identityProviders: [] },
    },
    {
      ...{ id: guid(2), displayName: 'Partners', description: null, includesAllApplications: false },
      ...{ appIds: [guid(9)], identityProviders: [] },
    },
  ],
};
const problem: Problem = {
  kind: 'refused',
  title: 'The permission for user flows is missing.',
  meaning: '',
  todo: '',
  code: null,
  requestId: null,
};

describe('the step of user flows', () => {
  it('asks for them when it is opened, and not before', () => {
    expect(selectFlowsRequest(pressed(people(), 'f'))).toBeNull();
    expect(selectFlowsRequest(onFlow(people()))).not.toBeNull();
    expect(panelOf(onFlow(people()))).toContain('asking Graph for the user flows');
  });

  it('lists them with their counts once they are known, and filters by one', () => {
    const known = reduced(onFlow(people()), { type: 'flows.told', outcome: flows });
    expect(listed(known)).toEqual(['Partners 0', 'Shop sign-up 4']);
    const chosen = pressed(known, 'down space');
    expect(query(chosen)).toBe('flow:"Shop sign-up" since:24h');
    expect(chosen.matches.size).toBe(4);
    expect(pressed(known, 'space').matches.size).toBe(0);
  });

  it('are known to presets as well, whose counts are told once they are', () => {
    const preset = { name: 'shop', query: 'flow:"Shop sign-up"', key: null };
    const asking = pressed(onFlow(people()), 'esc');
    const withPreset = { ...asking, settings: { ...asking.settings, presets: [preset] } };
    expect(presetCount(pressed(withPreset, 'P'), preset)).toBeNull();
    const known = reduced(withPreset, { type: 'flows.told', outcome: flows });
    expect(presetCount(pressed(known, 'P'), preset)).toBe(4);
    expect(presetCount(reduced(pressed(withPreset, 'P'), { type: 'flows.told', outcome: flows }), preset)).toBe(4);
  });

  it('says which permission is missing and which key asks for it, and goes on without', () => {
    const outcome = { kind: 'consentNeeded', scopes: ['EventListener.Read.All'], problem } as const;
    const refused = reduced(onFlow(people()), { type: 'flows.told', outcome });
    expect(panelOf(refused)).toContain('listing flows needs EventListener.Read.All: C signs in with it');
    expect(selectFlowsRequest(refused)).toBeNull();
    expect(pressed(refused, 'C').signIn).toMatchObject({ kind: 'waiting', scopes: ['EventListener.Read.All'] });
    expect(listed(pressed(refused, 'left left'))).toHaveLength(3);
  });

  it('asks again by C when they could not be read', () => {
    const failed = reduced(onFlow(people()), { type: 'flows.told', outcome: { kind: 'failed', problem } });
    expect(panelOf(failed)).toContain('could not be read: C asks again');
    expect(selectFlowsRequest(pressed(failed, 'C'))).not.toBeNull();
  });
});

describe('the step of time', () => {
  const typing = (text: string) => pasted(pressed(onTime(people()), '/'), text);

  it('takes a typed range, and shows it above the others', () => {
    const typed = pressed(typing('yesterday 14:00 to today 09:00'), 'enter');
    expect(query(typed)).toBe('since:"yesterday 14:00" until:"today 09:00"');
    expect(listed(typed)[0]).toBe('yesterday 14:00 to today 09:00 null');
    expect(query(pressed(typed, 'space'))).toBe(query(typed));
    expect(query(pressed(typed, 'down space'))).toBe('since:15m');
  });

  it('says what is wrong with it, keeps the text, and the range as it was', () => {
    const wrong = pressed(typing('yesterdy 14:00'), 'enter');
    expect(panelOf(wrong)).toContain('perhaps yesterday');
    expect(wrong.overlay).toMatchObject({ stepper: { range: { edit: { text: 'yesterdy 14:00' } } } });
    expect(query(wrong)).toBe('since:24h');
    expect(panelOf(pressed(wrong, 'backspace'))).not.toContain('perhaps');
  });

  it('asks in full which of two moments is meant, at any width', () => {
    const inBerlin = people(signedInState({ rows: 40, columns: 60, settings: { timeZone: 'Europe/Berlin' } }));
    const typed = pasted(pressed(onTime(inBerlin), '/'), '2026-10-25 02:30');
    const said = panelOf(pressed(typed, 'enter')).replace(/\s+/g, ' ');
    expect(said).toContain('"2026-10-25 02:30" comes twice in Europe/Berlin, at 02:30+02:00');
    expect(said).toContain('or the offset: 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00.');
  });

  it('is left by Esc as it was', () => {
    const left = pressed(typing('1h'), 'esc');
    expect(query(left)).toBe('since:24h');
    expect(left.overlay).toMatchObject({ kind: 'filter', stepper: { field: 'time', range: null } });
  });
});
