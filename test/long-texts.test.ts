/**
 * A value of a million characters costs what is shown of it. Time would be a poor witness on a busy machine, so the work is
 * counted: characters that are handed to the segmenter, whose cost for each step is the length of what it was handed.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csvFormat } from '../src/headless/csv.ts';
import { jsonFormat, ndjsonFormat } from '../src/headless/json.ts';
import { tableFormat } from '../src/headless/table.ts';
import { AppNames } from '../src/signup/app-names.ts';
import { MOST_SHOWN } from '../src/signup/visible-text.ts';
import type { State } from '../src/store/state.ts';
import { glyphsOf } from '../src/ui/glyphs.ts';
import { introduction, listen } from '../src/ui/linear/listen.ts';
import { screenRegions } from '../src/ui/screen-lines.ts';
import { eventOf } from './support/events.ts';
import { eventFullOf, hostileUnits, textOf } from './support/hostile-texts.ts';
import { pressed, signedInState, withEvents } from './support/states.ts';

/** Opens, scrolls, wraps, searches, sorts, filters, picks, copies with and without who it was, and goes to attempts and figures. */
const WALK =
  'enter w j tab j tab / 1 x enter n N esc esc S shift+right shift+right shift+right shift+right shift+right esc f right ' +
  'right right right right right right right right right / 1 enter esc + j j esc : t tab esc c j p esc c x j t c x r c J ' +
  'c u a enter w tab w esc i esc @ esc P esc';

const segment = Intl.Segmenter.prototype.segment;
/** Lengths of the texts that the segmenter was handed. */
let handed: number[] = [];

beforeEach(() => {
  handed = [];
  Intl.Segmenter.prototype.segment = function (this: Intl.Segmenter, text) {
    handed.push(text.length);
    return segment.call(this, text);
  };
});

afterEach(() => {
  Intl.Segmenter.prototype.segment = segment;
});

/** Draws and says everything on the way; gives the number of characters that were handed over, and the longest text. */
function walkThrough(text: string): { readonly sum: number; readonly longest: number } {
  const events = [eventFullOf(text, 1), eventFullOf(text, 2), eventFullOf('', 3)];
  let state = withEvents(signedInState({ columns: 130, rows: 40 }), events);
  let { memory } = introduction(state);
  handed = [];
  for (const key of WALK.split(' ')) {
    const next: State = pressed(state, key);
    screenRegions(next, glyphsOf(false));
    memory = listen(memory, next, key).memory;
    state = next;
  }
  return { sum: handed.reduce((sum, length) => sum + length, 0), longest: Math.max(0, ...handed) };
}

describe('the screen and its words', () => {
  test.each(hostileUnits)(
    'do as much for 20,000 as for 6,000 of %s',
    (_, unit) => {
      // What characters are like is found out once.
      walkThrough(textOf(unit, 100));
      const some = walkThrough(textOf(unit, 6_000));
      const many = walkThrough(textOf(unit, 20_000));
      expect(many.longest).toBeLessThan(1_000);
      expect(many.sum).toBeLessThan(some.sum * 1.1 + 1_000);
    },
    120_000,
  );

  test('cut a long value, and say how much is left out', () => {
    const long = eventOf({ n: 1, who: 'ש'.repeat(1_000_000) });
    const state = pressed(withEvents(signedInState({ columns: 90, rows: 200 }), [long]), 'enter z');
    const shown = screenRegions(state, glyphsOf(false))
      .regions.pane.lines.map((line) => line.map(({ text }) => text).join(''))
      .join('\n');
    expect(shown).toContain('996,000 more characters');
    expect(shown.match(/ש/g)).toHaveLength(MOST_SHOWN);
  });

  test('find a word in what is shown of a long value', () => {
    const long = eventOf({ n: 1, who: `needle${'ש'.repeat(1_000_000)}` });
    const state = pressed(withEvents(signedInState(), [long, eventOf({ n: 2 })]), '/ n e e d l e enter');
    expect(state.followers.hits?.matches.size).toBe(1);
  });
});

describe('printing', () => {
  const look = { color: false, ascii: false, timeZone: 'UTC' };

  test.each(hostileUnits)('as a table hands the segmenter little of a million of %s', (_, unit) => {
    const events = [eventFullOf(textOf(unit, 1_000_000))];
    handed = [];
    for (const widthColumns of [80, null]) tableFormat({ ...look, widthColumns }, new AppNames()).events(events);
    expect(Math.max(0, ...handed)).toBeLessThan(1_000);
    expect(handed.reduce((sum, length) => sum + length, 0)).toBeLessThan(1_000_000);
  });

  test('as a table says how much it leaves out', () => {
    const events = [eventOf({ n: 1, who: 'ש'.repeat(1_000_000) })];
    const table = tableFormat({ ...look, widthColumns: null }, new AppNames()).events(events);
    expect(table).toContain(`${'ש'.repeat(1_000)}… 999,000 more characters`);
  });

  test('as anything else has all of it, without the segmenter', () => {
    const who = 'ש'.repeat(1_000_000);
    const events = [eventOf({ n: 1, who })];
    handed = [];
    expect(JSON.parse(ndjsonFormat().events(events)).signUpIdentity.signUpIdentifier).toBe(who);
    expect(JSON.parse(`[${jsonFormat().events(events)}]`)[0].signUpIdentity.signUpIdentifier).toBe(who);
    expect(csvFormat().events(events)).toContain(`,${who},`);
    expect(handed).toEqual([]);
  });
});
