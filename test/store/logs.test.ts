/** Going from one log to another: each keeps what is its own, and only the shown one is read. */

import { describe, expect, it } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import { logNamed, logNames } from '../../src/logs/logs.ts';
import type { LogEvent, LogName } from '../../src/signup/event.ts';
import type { Action } from '../../src/store/action.ts';
import { copyEntries } from '../../src/store/commands-copy.ts';
import { stepperSteps } from '../../src/store/filter-stepper.ts';
import { presetsOf } from '../../src/store/preset-list.ts';
import { selectFeedRequest } from '../../src/store/select-feed-request.ts';
import { selectRelatedRequest } from '../../src/store/select-related-request.ts';
import type { State } from '../../src/store/state.ts';
import { topRow } from '../../src/store/table-cursor.ts';
import { auditRow, provisioningRow, signInRow } from '../logs/rows.ts';
import { eventsBetween, guid, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, told, withEvents } from '../support/states.ts';

const rowOf = { signIns: signInRow, audits: auditRow, provisioning: provisioningRow };

/** Entries of a log, one a second; the last is the newest. */
function entries(log: keyof typeof rowOf, count: number): readonly LogEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const { timeField, parse } = logNamed(log);
    const parsed = parse({
      ...rowOf[log](),
      id: guid(index),
      [timeField]: new Date(NOON_MS + index * 1000).toISOString(),
    });
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.event;
  });
}

const signUps = () => withEvents(signedInState(), eventsBetween(1, 40));

describe('another log', () => {
  it.each<[string, LogName]>([
    ['V 1', 'signUps'],
    ['V 2', 'signIns'],
    ['V 3', 'audits'],
    ['V 4', 'provisioning'],
    ['V j enter', 'signIns'],
    ['V j j j j enter', 'provisioning'],
    ['V esc', 'signUps'],
  ])('is shown after %s: %s', (keys, log) => {
    const after = pressed(signUps(), keys);
    expect(after.shown).toBe(log);
    expect(after.overlay).toBeNull();
    expect(selectFeedRequest(after)?.log).toBe(log);
  });

  it('begins with the time range of the one before, without conditions and rows', () => {
    const filtered = pressed(signUps(), '2 f space enter');
    expect(filtered.filter.terms).not.toEqual([]);
    const after = pressed(filtered, 'V 3');
    expect(after.filter).toEqual({ terms: [], since: filtered.filter.since, until: null });
    expect(after.matches.size).toBe(0);
  });

  it('comes back as it was left: rows, cursor, filter and its history, search, marks', () => {
    const left = pressed(signUps(), '/ 1 enter m j j : esc 4');
    const there = withEvents(pressed(left, 'V 2'), entries('signIns', 20));
    const moved = pressed(there, 'j j j f space enter');
    const back = pressed(moved, 'V 1');
    for (const part of ['log', 'matches', 'filter', 'filterHistory', 'search', 'marks'] as const) {
      expect(back[part], part).toEqual(left[part]);
    }
    expect([back.table.cursorId, topRow(back)]).toEqual([left.table.cursorId, topRow(left)]);
    const again = pressed(back, 'V 2');
    expect(again.log.size).toBe(20);
    expect(again.filter).toEqual(moved.filter);
    expect(again.table).toEqual(moved.table);
  });

  it('takes no answer to a question about another one', () => {
    const before = signUps();
    const requestKey = selectFeedRequest(before)?.key ?? '';
    const late: Action = { type: 'feed.toldPart', requestKey, events: eventsBetween(50, 60), areNews: true };
    const after = reduced(pressed(before, 'V 2'), late);
    expect(after.log.size).toBe(0);
    expect(pressed(after, 'V 1').log.size).toBe(40);
  });

  it('waits when Graph asked to wait, and stays paused', () => {
    const throttled = told(signUps(), { type: 'feed.throttled', waitMs: 30_000 });
    expect(pressed(throttled, 'V 2').feed.load).toEqual({ kind: 'throttled', until: momentAt(NOON_MS + 30_000) });
    expect(pressed(signUps(), 'space V 2').feed.paused).toBe(true);
    expect(pressed(signUps(), 'V 2 space V 1').feed.paused).toBe(true);
  });

  it('is asked for the entries of one correlation ID by itself, and never for those without one', () => {
    const signIns = pressed(withEvents(pressed(signUps(), 'V 2'), entries('signIns', 3)), 'enter');
    expect(selectRelatedRequest(signIns)?.log).toBe('signIns');
    const provisioned = pressed(withEvents(pressed(signUps(), 'V 4'), entries('provisioning', 3)), 'enter');
    expect(selectRelatedRequest(provisioned)).toBeNull();
    expect(pressed(provisioned, 'esc o').table.cursorId).toBe(provisioned.table.cursorId);
  });

  it('has no attempts: the key says so and changes nothing', () => {
    const audits = withEvents(pressed(signUps(), 'V 3'), entries('audits', 3));
    const after = pressed(audits, 'a');
    expect(after.notice?.text).toContain('V, then 1');
    expect({ ...after, notice: null }).toEqual({ ...audits, notice: null });
  });

  it('is searched for what was pasted by a field that it has', () => {
    const paste = (keys: string) => {
      const after = reduced(pressed(signUps(), keys), { type: 'text.pasted', text: guid(1) });
      return after.overlay?.kind === 'query' ? after.overlay.bar.edit.text : null;
    };
    expect(paste('V 2')).toBe(`correlation:${guid(1)} `);
    expect(paste('V 4')).toBe(`userid:${guid(1)} `);
  });

  it('can be copied, but for what only attempts have', () => {
    const audits = withEvents(pressed(signUps(), 'V 3'), entries('audits', 3));
    const menu = copyEntries(pressed(audits, 'c'));
    expect(menu.map(({ key }) => key)).toEqual(['c', 'r', 'J', 'u', 'e', 'i']);
    const cells = menu
      .find(({ key }) => key === 'r')
      ?.text()
      .split('\t');
    expect(cells).toEqual(expect.arrayContaining(['success', 'Add user', 'ana@example.org, Customers']));
  });

  it('is copied without anybody whom it names, and its JSON not at all then', () => {
    const audits = withEvents(pressed(signUps(), 'V 3'), entries('audits', 3));
    const menu = copyEntries(pressed(audits, 'c x'));
    const json = menu.find(({ key }) => key === 'J');
    expect([json?.firstLine, json?.label]).toEqual([null, 'JSON (not without who it was)']);
    for (const entry of menu) if (entry.firstLine !== null) expect(entry.text()).not.toContain('@');
    expect(pressed(audits, 'c x J').notice?.text).toContain('nothing to copy');
  });

  it('is filtered by what its entries have', () => {
    const failed = { ...auditRow({ id: 'f', result: 'failure' }), activityDateTime: new Date(NOON_MS).toISOString() };
    const parsed = logNamed('audits').parse(failed);
    const audits = withEvents(pressed(signUps(), 'V 3'), [
      ...entries('audits', 3),
      ...(parsed.ok ? [parsed.event] : []),
    ]);
    const shown = (state: State) => state.matches.size;
    expect(shown(audits)).toBe(4);
    expect(shown(query(audits, 'outcome:failed'))).toBe(1);
    expect(shown(query(audits, 'activity:add*'))).toBe(4);
    expect(shown(query(audits, '"customers"'))).toBe(4);
    expect(shown(query(audits, 'target:ana*'))).toBe(4);
    const refused = query(audits, 'stage:create');
    expect(refused.overlay).toMatchObject({ kind: 'query', bar: { error: { suggestion: null } } });
    expect(shown(refused)).toBe(4);
  });
});

/** Types the query over what stands in the bar. */
function query(state: State, text: string): State {
  const open = pressed(state, ': ctrl+u');
  return pressed(reduced(open, { type: 'text.pasted', text }), 'enter');
}

describe('every log', () => {
  it.each(logNames)('has steps and presets of its own: %s', (shown) => {
    const names = stepperSteps(shown).map(({ name }) => name);
    expect(names[0]).toBe('outcome');
    expect(names.at(-1)).toBe('time');
    expect(new Set(names).size).toBe(names.length);
    const presets = presetsOf({ ...signedInState(), shown });
    expect(presets.length).toBeGreaterThan(3);
    const keys = presets.flatMap(({ key }) => key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('offers a preset of the person where its fields are', () => {
    const presets = [{ name: 'mine', query: 'activity:"Add user"', key: '1' }];
    const offered = (shown: LogName) =>
      presetsOf({ ...signedInState({ settings: { presets } }), shown }).some(({ name }) => name === 'mine');
    expect(logNames.filter(offered)).toEqual(['audits']);
  });
});
