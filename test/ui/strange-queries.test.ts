/** Queries as people paste them: addresses of all kinds, words in every script, and far too much text. */
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/store/state.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { lineWidth } from '../../src/ui/line.ts';
import { regionNames, screenRegions } from '../../src/ui/screen-lines.ts';
import { eventOf, eventsBetween, guid } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const addresses = [
  'ana+shop@example.org',
  "o'hara@example.net",
  'ünï.cödé@example.org',
  '李雷@example.com',
  'a"quoted"b@example.org',
  'back\\slash@example.org',
  '-dash@example.org',
  'comma,comma@example.org',
  'star*@example.org',
  '👩‍👩‍👧@example.org',
];

const filled = () =>
  withEvents(signedInState({ columns: 80, rows: 24 }), [
    ...eventsBetween(1, 50),
    ...addresses.map((who, index) => eventOf({ n: 100 + index, who })),
  ]);

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const typed = (state: State, text: string) => reduced(pressed(state, ': ctrl+u'), { type: 'text.pasted', text });

function expectWhole(state: State): void {
  const { regions } = screenRegions(state, glyphsOf(false));
  for (const name of regionNames) {
    for (const line of regions[name].lines) expect(lineWidth(line)).toBeLessThanOrEqual(regions[name].width);
  }
  expect(regionNames.reduce((rows, name) => rows + regions[name].lines.length, 0)).toBe(24);
}

describe('a query that is pasted', () => {
  it.each(addresses.map((who, index) => [who, index] as const))('finds the one person %s', (who, index) => {
    for (const query of [`user:${quoted(who)}`, quoted(who)]) {
      const found = pressed(typed(filled(), query), 'enter');
      expect(found.overlay).toBeNull();
      expect(found.matches.size).toBe(1);
      expect(found.log.id(found.matches.at(0))).toBe(guid(100 + index));
      expectWhole(found);
      // What the filter prints is read as the same filter.
      expect(pressed(pressed(found, ':'), 'enter').matches.size).toBe(1);
    }
  });

  it.each([
    ['one word', 'x'.repeat(10_000)],
    ['many words', 'failed '.repeat(1_428)],
    ['many conditions', '-app:"Contoso Shop" '.repeat(500)],
    ['many values', `error:${Array.from({ length: 1_600 }, (_, index) => 10_000 + index).join(',')}`],
    ['quotes that do not end', '"\\'.repeat(5_000)],
    ['wide letters', '漢'.repeat(10_000)],
    ['letters of several parts', '👩‍👩‍👧'.repeat(1_250)],
    ['line breaks', 'ana\r\n'.repeat(2_000)],
    ['what a terminal would obey', '\u001b[2J\u0007\u202e'.repeat(1_666)],
  ])('of 10,000 letters, %s, breaks neither bar nor header, and keeps no key waiting', (_, text) => {
    const startMs = performance.now();
    const bar = typed(filled(), text);
    expectWhole(bar);
    const edited = pressed(bar, 'left left x backspace home end tab');
    expectWhole(edited);
    const accepted = pressed(bar, 'enter');
    expectWhole(accepted);
    const later = pressed(accepted, 'esc j k f esc');
    expectWhole(later);
    // 15 keys and four screens; a slow machine included.
    expect(performance.now() - startMs).toBeLessThan(1_500);
  });
});
