/** A correlation ID with thousands of entries, as a script that tries in a loop leaves it: all works, and nothing grows without end. */
import { describe, expect, it } from 'vitest';
import type { State } from '../src/store/state.ts';
import { cursorRow, rowCount } from '../src/store/table-cursor.ts';
import { glyphsOf } from '../src/ui/glyphs.ts';
import { paneTextHeight } from '../src/ui/pane-lines.ts';
import { screenRegions } from '../src/ui/screen-lines.ts';
import { eventOf, guid, NOON_MS } from './support/events.ts';
import { pressed, signedInState, told, withEvents } from './support/states.ts';

const glyphs = glyphsOf(false);
const COUNT = 5_000;
const who = 'ana@example.org';

/** Number `COUNT` is the newest: every second one a wrong code, two a second. And two other people, one before and one after. */
const events = [
  eventOf({ n: 9_000, timeMs: NOON_MS - 3_600_000, code: 50181 }),
  ...Array.from({ length: COUNT }, (_, index) => {
    const n = index + 1;
    const [stage, code] = n % 2 === 0 ? ['credentialValidation', 50181] : ['credentialCollection', 0];
    return eventOf({ n, correlation: 1, timeMs: NOON_MS - (COUNT - index) * 500, stage, code, who });
  }),
  eventOf({ n: 9_001, timeMs: NOON_MS - 100 }),
];

function start(keys: string): State {
  const measure = {
    paneLines: (state: State) => paneTextHeight(state, glyphs),
    helpLines: () => 0,
    textLines: (_: State, text: string) => text.split('\n').length,
    personLines: () => 0,
  };
  const state = withEvents(signedInState({ rows: 40, columns: 120, settings: { measure } }), events);
  const covered = { fromMs: NOON_MS - 3 * 3_600_000, toMs: NOON_MS };
  return pressed(
    told(state, { type: 'page.received', settledBelowMs: 0, purpose: 'poll', events: [], unreadable: [], covered }),
    keys,
  );
}

function screenOf(state: State): string {
  const { regions } = screenRegions(state, glyphs);
  const lines = Object.values(regions).flatMap((region) => region.lines);
  expect(lines.length).toBeLessThanOrEqual(state.size.rows);
  return lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
}

const numberAt = ({ table }: State) => Number.parseInt((table.cursorId ?? '').slice(-12), 16);

describe('an attempt with 5,000 events', () => {
  it('is one row among the attempts, and its pane tells how long it is without drawing all of it', () => {
    const state = start('a j enter');
    expect(rowCount(state)).toBe(3);
    const screen = screenOf(state);
    expect(screen).toContain('✗ failed');
    expect(screen).toContain('✗×2500');
    expect(screen).toContain('2500 tries, 5000 events');
    expect(screen).toMatch(/Same correlation ID {2}5000 events, 41 min/);
    expect(screen).toContain('the only one by this person');
    expect(paneTextHeight(state, glyphs)).toBeLessThan(600);
  });

  it('can be scrolled through in the pane to the end of what is drawn, which says what is not', () => {
    const state = start('a j enter tab');
    const end = pressed(state, 'G');
    expect(screenOf(end)).toContain('4500 more are not drawn');
    expect(end.pane.scroll).toBeGreaterThan(400);
    expect(pressed(end, 'j').pane.scroll).toBe(end.pane.scroll);
    expect(pressed(end, 'g').pane.scroll).toBe(0);
    // Around the event that is shown, wherever that is.
    expect(screenOf(pressed(start('G k'), 'enter'))).toContain(`${glyphs.cursor} `);
  });

  it('is jumped along event by event, and left at its ends by a failure of somebody else', () => {
    const first = start('j');
    expect([numberAt(first), cursorRow(first)]).toEqual([COUNT, 1]);
    expect(numberAt(pressed(first, Array<string>(300).fill('o').join(' ')))).toBe(COUNT - 300);
    expect(numberAt(pressed(first, 'o o o O'))).toBe(COUNT - 2);
    const last = pressed(first, 'G k');
    expect(numberAt(last)).toBe(1);
    expect(pressed(last, 'o').notice?.text).toBe('There is no older event of this correlation ID in the table.');
    expect(numberAt(pressed(last, 'e'))).toBe(9_000);
    expect(pressed(start('a j'), 'o').notice?.text).toBe('There is no older attempt of this person in the table.');
  });

  it('has a text for a ticket with its beginning and its end; what no clipboard takes is not copied, and it says so', () => {
    const menu = start('a j c');
    expect(screenOf(menu)).toContain('text for a ticket');
    const { text } = pressed(menu, 't').requests.copies;
    expect(text).toContain(`event ${guid(1)}`);
    expect(text).toContain(`event ${guid(COUNT)}`);
    expect(text).toContain('... 4,900 more events; the call below gives all ...');
    expect(text.split('\n').length).toBeLessThan(130);
    for (const [key, what] of [
      ['J', 'JSON as Graph sent it'],
      ['r', 'row'],
    ] as const) {
      const refused = pressed(menu, key);
      expect(refused.requests.copies.count).toBe(0);
      expect(refused.notice?.text).toMatch(new RegExp(`^Not copied: the ${what} is too long .*\\([\\d,]+ bytes\\)`));
    }
    expect(screenOf(pressed(menu, 'j j j p'))).toContain(guid(1));
  });

  it('leaves the person out of all of it', () => {
    const redacted = start('a j c x');
    expect(screenOf(redacted)).toContain('without who it was');
    const { text } = pressed(redacted, 't').requests.copies;
    expect(text).toContain('(left out)');
    expect(text).not.toContain(who);
    const plain = pressed(redacted, 'j j j p');
    expect(plain.overlay).toMatchObject({ kind: 'text', text: expect.stringContaining('(left out)') });
    expect(JSON.stringify(plain.overlay)).not.toContain(who);
  });

  it('counts once among the figures, and grows by what comes', () => {
    const open = start('i');
    expect(screenOf(open)).toContain('3 attempts');
    const n = COUNT + 1;
    const grown = withEvents(open, [eventOf({ n, correlation: 1, timeMs: NOON_MS - 10, stage: 'userCreation', who })]);
    expect(screenOf(grown)).toContain('1 created');
    expect(screenOf(pressed(grown, 'l enter'))).toContain('✓ created');
  });
});
