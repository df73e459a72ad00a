/** The screen of figures, by keys and facts: what it counts, what each figure opens, and what it says about what is missing. */
import { describe, expect, it } from 'vitest';
import { funnelOf } from '../../src/figures/funnel.ts';
import { attemptOutcome } from '../../src/signup/attempt.ts';
import { attemptsOf } from '../../src/signup/attempts-of.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { barCount, histogram, type InsightFigures, insightFigures } from '../../src/store/insight.ts';
import { insightRows } from '../../src/store/insight-rows.ts';
import { selectFeedRequest } from '../../src/store/select-feed-request.ts';
import type { State } from '../../src/store/state.ts';
import { rowCount } from '../../src/store/table-cursor.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { insightLines } from '../../src/ui/insight-lines.ts';
import { eventOf, NOON_MS } from '../support/events.ts';
import { pressed, reducedAfter, settled, signedInState, told, withEvents } from '../support/states.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let count = 0;
function attempt(minutesAgo: number, steps: string, provider = 'Email OTP'): readonly LogEvent[] {
  count++;
  return steps.split(' ').map((step, index) => {
    const [stage = '', code = '0'] = step.split(':');
    const timeMs = NOON_MS - minutesAgo * MINUTE_MS + index * 10_000;
    return eventOf({ n: count * 100 + index, correlation: count, timeMs, stage, code: Number(code), provider });
  });
}

const created = 'credentialCollection credentialValidation:1002013 userCreation';
const wrongCode = 'credentialCollection credentialValidation:50181';
const events: readonly LogEvent[] = [
  ...attempt(300, created),
  ...attempt(290, created),
  ...attempt(280, 'credentialFederation userCreation', 'Google'),
  ...attempt(270, wrongCode),
  ...attempt(200, wrongCode),
  ...attempt(190, 'credentialFederation', 'Google'),
  ...attempt(180, 'credentialCollection userCreation:399279'),
  ...attempt(5, 'credentialCollection'),
];
/** New each time: the log grows in place. */
const fresh = () => withEvents(signedInState({ rows: 40 }), events);
const open = () => pressed(fresh(), 'i');

function figuresOf(now: State): InsightFigures {
  if (!now.insight) throw new Error('the screen is not open');
  return insightFigures(now, now.insight);
}

/** Says that everything from so many days ago up to now has been read. */
function readBack(now: State, days: number): State {
  const covered = { fromMs: NOON_MS - days * DAY_MS, toMs: NOON_MS };
  return settled(
    told(now, {
      type: 'page.received',
      settledBelowMs: 0,
      purpose: 'backfill',
      events: [],
      unreadable: [],
      covered,
    }),
  );
}

describe('the screen of figures', () => {
  it('counts attempts as the naive way does, and goes on counting as events come', () => {
    const attempts = attemptsOf(events);
    const inProgress = attempts.filter((each) => attemptOutcome(each, NOON_MS) === 'inProgress');
    const naive = funnelOf(
      attempts.map(({ shape }) => [shape, 1] as const),
      inProgress.map(({ shape }) => shape),
    );
    expect(figuresOf(open()).funnel).toEqual(naive);
    expect(naive).toMatchObject({
      attempts: 8,
      created: 3,
      failed: 3,
      noFurtherEvent: 1,
      inProgress: 1,
      conversion: 3 / 7,
    });
    const grown = withEvents(open(), attempt(1, created));
    expect(figuresOf(grown).funnel).toMatchObject({ attempts: 9, created: 4 });
  });

  it('opens, for every figure on it, as many attempts as the figure says', () => {
    const withBefore = readBack(open(), 2.2);
    const { insight } = withBefore;
    if (!insight) throw new Error('the screen is not open');
    const figures = figuresOf(withBefore);
    const opened: [string, number][] = [];
    const expected: [string, number][] = [];
    for (const [line, row] of insightRows(figures, insight).entries()) {
      for (const [at, figure] of row.figures.entries()) {
        if (row.kind === 'alarm' || row.kind === 'recent') continue;
        const keys = [...Array<string>(line).fill('j'), ...Array<string>(at).fill('l'), 'enter'].join(' ');
        const table = pressed(withBefore, keys);
        expect([table.unit, table.insight]).toEqual(['attempts', null]);
        opened.push([`${row.key} ${figure.name}`, rowCount(table)]);
        expected.push([`${row.key} ${figure.name}`, shownNumber(figures, row, at)]);
      }
    }
    expect(opened).toEqual(expected);
    expect(opened.length).toBeGreaterThan(15);
  });

  it('stands under the active filter, and asks Graph for whole attempts, of the range before as well', () => {
    const filtered = pressed(fresh(), ': ctrl+u a c c o u n t : s o c i a l enter');
    const request = selectFeedRequest(pressed(filtered, 'i'));
    expect(figuresOf(pressed(filtered, 'i')).funnel.attempts).toBe(2);
    expect(request).toMatchObject({ clause: null, sinceMs: NOON_MS - 2 * DAY_MS - 2 * HOUR_MS - DAY_MS / 20 });
    expect(selectFeedRequest(pressed(filtered, 'i i'))).toEqual(selectFeedRequest(filtered));
  });

  it('compares with the range before only when all of that is loaded', () => {
    expect(figuresOf(open())).toMatchObject({ before: null, page: null });
    expect(figuresOf(readBack(open(), 1.1))).toMatchObject({ before: null, page: { conversion: null } });
    const loaded = readBack(open(), 2.2);
    expect(figuresOf(loaded)).toMatchObject({ before: { attempts: 0 }, page: { conversion: { difference: null } } });
  });

  it('tells failures that are new against the range before', () => {
    const before = Array.from({ length: 30 }, (_, n) => attempt(24 * 60 + 60 + n, created)).flat();
    const now = Array.from({ length: 20 }, (_, n) => [
      ...attempt(100 + n, created),
      ...attempt(20 + n, 'userCreation:1003005'),
    ]);
    const loaded = readBack(pressed(withEvents(fresh(), [...before, ...now.flat()]), 'i'), 2.2);
    expect(figuresOf(loaded).page?.failures[0]).toMatchObject({
      cluster: { code: 1003005, stage: 'userCreation' },
      kind: 'new',
      attempts: 20,
      before: 0,
      verdict: 'significant',
    });
    expect(screenText(loaded)).toContain('new: 1003005 extension timed out, Contoso Shop, create');
  });

  it('does not look for a range before that Graph may not keep', () => {
    expect(selectFeedRequest(pressed(fresh(), '6 i'))?.sinceMs).toBe(NOON_MS - 7 * DAY_MS - 2 * HOUR_MS);
  });

  it('has something to compare with at once when it is opened again a little later', () => {
    const later = reducedAfter(pressed(readBack(open(), 2.2), 'i'), 30 * MINUTE_MS, { type: 'clock.ticked' });
    expect(figuresOf(pressed(later, 'i')).before).not.toBeNull();
    const muchLater = reducedAfter(later, 6 * HOUR_MS, { type: 'clock.ticked' });
    expect(figuresOf(pressed(muchLater, 'i')).before).toBeNull();
  });

  it('counts an attempt that reaches into the range in the one before, in which it began', () => {
    const startMs = NOON_MS - 60 * MINUTE_MS;
    const across = [
      eventOf({ n: 901, correlation: 90, timeMs: startMs - MINUTE_MS }),
      eventOf({ n: 902, correlation: 90, timeMs: startMs + MINUTE_MS, stage: 'userCreation' }),
      eventOf({ n: 903, correlation: 91, timeMs: startMs - 2 * MINUTE_MS, stage: 'userCreation' }),
      eventOf({ n: 904, correlation: 92, timeMs: startMs, stage: 'userCreation' }),
    ];
    const state = withEvents(
      signedInState({ filter: { terms: [], since: { text: '1h', atMs: startMs }, until: null } }),
      across,
    );
    const { funnel, before } = figuresOf(pressed(readBack(state, 2.2), 'i'));
    expect([funnel.attempts, before?.attempts]).toEqual([1, 2]);
  });

  it('says which part of the range it rests on', () => {
    expect(figuresOf(open()).completeness).toMatchObject({ fromMs: null, share: 0, isWhole: false });
    expect(figuresOf(readBack(open(), 0.5)).completeness).toMatchObject({ share: 0.5, isWhole: false });
    expect(figuresOf(readBack(open(), 1)).completeness).toMatchObject({ share: 1, isWhole: false });
    expect(figuresOf(readBack(open(), 1.1)).completeness).toMatchObject({ share: 1, isWhole: true });
  });

  it('loads no more than there is room for, and says so', () => {
    const small = (events: readonly LogEvent[]) =>
      pressed(withEvents(signedInState({ maxEvents: 2, settings: { maxEvents: 2 } }), events), 'i');
    const loading = pressed(small([eventOf({ n: 1 })]), 'L');
    expect(loading.feed.backfill.pagesWanted).toBeGreaterThan(1000);
    const full = withEvents(loading, [eventOf({ n: 2 })]);
    expect(full.feed.backfill.pagesWanted).toBe(full.feed.backfill.pagesRead);
    expect(full.notice?.text).toContain('room for 2 events');
    const again = pressed(small([eventOf({ n: 1 }), eventOf({ n: 2 })]), 'L');
    expect(again.feed.backfill.pagesWanted).toBeLessThan(1000);
    expect(again.notice?.text).toContain('--max-events');
  });

  it('loads the rest when asked to, and stops when asked again, with what came', () => {
    const loading = pressed(open(), 'L');
    expect(loading.feed.backfill.pagesWanted).toBeGreaterThan(1000);
    const stopped = pressed(loading, 'L');
    expect(stopped.feed.backfill.pagesWanted).toBe(stopped.feed.backfill.pagesRead);
    const whole = told(open(), { type: 'range.completed' });
    expect(pressed(whole, 'L').notice?.text).toBe('All of the range is loaded.');
  });

  it('shows attempts and failures over time, and makes a part of it the filter', () => {
    const shown = open();
    const bars = histogram(shown, shown.insight ?? fail(), barCount(shown));
    expect(bars.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(8);
    expect(bars.reduce((sum, { failed }) => sum + failed, 0)).toBe(3);
    const ranged = pressed(shown, 'G space h h enter');
    expect(ranged.filter.since?.atMs).toBe(bars.at(-3)?.fromMs);
    expect(ranged.filter.until?.atMs).toBe(bars.at(-1)?.toMs);
    expect(figuresOf(ranged).funnel.attempts).toBe(1);
    expect(pressed(ranged, '[').filter).toEqual(shown.filter);
    const oldest = pressed(shown, ['G', ...Array<string>(200).fill('h')].join(' '));
    expect(pressed(oldest, 'enter').filter.until?.atMs).toBe(bars[0]?.toMs);
    expect(screenText(pressed(shown, 'G'))).toMatch(/ to 10:42:00: 1 attempt, 0 failed/);
  });

  it('keeps the cursor on its line while figures change, and splits by another dimension', () => {
    const onFailure = pressed(open(), 'j j j');
    const key = onFailure.insight?.row;
    expect(withEvents(onFailure, attempt(2, wrongCode)).insight?.row).toBe(key);
    expect(figuresOf(open()).parts.map(({ value }) => value)).toEqual(['Email OTP', 'Google']);
    expect(figuresOf(pressed(open(), 'd')).parts.map(({ funnel }) => funnel.attempts)).toEqual([8]);
  });

  it('goes to the first line and to the last in one key, and says what there is no room for', () => {
    const low = pressed(withEvents(signedInState({ rows: 24, columns: 80 }), events), 'i');
    expect(screenText(low)).toMatch(/^ \d+ more lines below$/m);
    expect(screenText(low)).not.toContain('OVER TIME');
    const last = pressed(low, 'G');
    expect(last.insight?.row).toBe('histogram');
    expect(screenText(last)).toMatch(/OVER TIME[\s\S]+^ \d+ more lines above$/m);
    const narrow = pressed(withEvents(signedInState({ rows: 14 }), events), 'i G k');
    expect(screenText(narrow)).toMatch(/^ \d+ more lines above, \d+ more lines? below$/m);
    expect(pressed(last, 'g').insight?.row).toBe('outcomes');
    const high = pressed(withEvents(signedInState({ rows: 60 }), events), 'i');
    expect(screenText(high)).not.toMatch(/more lines? (above|below)/);
  });

  it('closes by Esc, q and i, one layer at a time', () => {
    for (const key of ['esc', 'q', 'i']) expect(pressed(open(), key).insight).toBeNull();
    const help = pressed(open(), '?');
    expect(help.overlay?.kind).toBe('help');
    expect(pressed(help, 'esc').insight).not.toBeNull();
  });
});

function screenText(state: State): string {
  const lines = insightLines(state, state.insight ?? fail(), glyphsOf(false));
  return lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
}

function fail(): never {
  throw new Error('the screen is not open');
}

/** The figure as it stands on its line. */
function shownNumber(figures: InsightFigures, row: ReturnType<typeof insightRows>[number], at: number): number {
  const { funnel, local, social } = figures;
  switch (row.kind) {
    case 'outcomes':
      return [funnel.attempts, funnel.created, funnel.failed, funnel.noFurtherEvent, funnel.inProgress][at] ?? -1;
    case 'accounts':
      return [local.attempts, social.attempts][at] ?? -1;
    case 'stage':
      return [row.stage.lost, row.stage.reached][at] ?? -1;
    case 'part':
      return row.part.funnel.attempts;
    case 'code':
      return row.count.attempts;
    case 'failure':
      return row.failure.sinceThen;
    case 'alarm':
    case 'recent':
    case 'histogram':
      return -1;
  }
}
