/**
 * An extension that was deleted, everywhere: Entra reports 1100001, the listener 1003011. The screen with events of its own, and the
 * printing commands on the demo tenant, which has such an incident.
 */
import { describe, expect, it } from 'vitest';
import { createDemoTenant } from '../src/demo/tenant.ts';
import type { Statistics } from '../src/headless/statistics.ts';
import { copyEntries } from '../src/store/commands-copy.ts';
import { pickEntries } from '../src/store/commands-pick.ts';
import { facetValues } from '../src/store/facet-values.ts';
import { insightFigures } from '../src/store/insight.ts';
import { insightRows } from '../src/store/insight-rows.ts';
import type { State } from '../src/store/state.ts';
import { rowCount } from '../src/store/table-cursor.ts';
import { glyphsOf } from '../src/ui/glyphs.ts';
import { detailWords } from '../src/ui/linear/detail-words.ts';
import { rowWords } from '../src/ui/linear/row-words.ts';
import { paneLines } from '../src/ui/pane-lines.ts';
import { tableLines } from '../src/ui/table-lines.ts';
import { runProgram, runToEnd, startMs } from './headless/run-program.ts';
import { eventOf, NOON_MS } from './support/events.ts';
import { ManualClock } from './support/manual-clock.ts';
import { pressed, signedInState, withEvents } from './support/states.ts';

const HOUR_MS = 3_600_000;

const deleted = {
  eventType: 'attributeCollectionSubmit',
  executedListenerId: 'l',
  handlerResult: { customExtensionId: 'x', numberOfAttempts: 0, httpStatus: null, errorCode: 1003011 },
};
const stage = 'attributeCollectionAndValidation';
const events = [
  eventOf({ n: 1, correlation: 1, timeMs: NOON_MS - 90_000 }),
  eventOf({ n: 2, correlation: 1, timeMs: NOON_MS - 60_000, stage, code: 1100001, listeners: [deleted] }),
  eventOf({ n: 3, correlation: 3, timeMs: NOON_MS - 120_000, stage, code: 1100001 }),
];

const shown = (): State => withEvents(signedInState({ columns: 160, rows: 60 }), events);
const text = (lines: readonly (readonly { readonly text: string }[])[]) =>
  lines.map((line) => line.map((piece) => piece.text).join('')).join('\n');

describe('on the screen', () => {
  it('the table names the cause, and counts it as a failure', () => {
    const [, newest] = text(tableLines(shown(), glyphsOf(false))).split('\n');
    expect(newest).toMatch(/✗ failed .* 1003011 +extension deleted/);
    expect(newest).not.toMatch(/1100001|not known/);
  });

  it('the pane explains the cause, says what to do, and what Entra reported', () => {
    const pane = text(paneLines(pressed(shown(), 'enter'), glyphsOf(false)));
    expect(pane).toMatch(/Code +1003011 {2}extension deleted/);
    expect(pane).toMatch(/Means +The listener points to a custom extension/);
    expect(pane).toMatch(/Do +Link the user flow or application/);
    expect(pane).toMatch(/Fixed by +you, the admin/);
    expect(pane).toMatch(/Reported +1100001 {2}custom extension failed/);
    expect(pane).toMatch(/attributeCollectionSubmit → deleted \(1003011\), never/);
    expect(pane).toContain('error?code=1003011');
  });

  it('the pane of an attempt does so too', () => {
    const pane = text(paneLines(pressed(shown(), 'a enter'), glyphsOf(false)));
    expect(pane).toMatch(/Code +1003011 {2}extension deleted/);
    expect(pane).toMatch(/Reported +1100001/);
  });

  it('it is read aloud', () => {
    expect(rowWords(shown())).toContain('failed at attributes, code 1003011 extension deleted');
    expect(rowWords(pressed(shown(), 'a'))).toContain('failed at attributes, code 1003011 extension deleted');
    const words = detailWords(pressed(shown(), 'enter')).join('\n');
    expect(words).toContain('Code: 1003011 extension deleted');
    expect(words).toContain('extension attributeCollectionSubmit gave deleted (1003011), never called');
  });

  it('it is found by either code, and counted once, under its cause', () => {
    const found = (query: string) => {
      const typed = [...query].map((key) => (key === ' ' ? 'space' : key)).join(' ');
      return rowCount(pressed(shown(), `: ${typed} enter`));
    };
    expect(found('error:1003011')).toBe(1);
    expect(found('error:1100001')).toBe(2);
    const counts = facetValues(shown(), 'error').map(({ value, count }) => [value, count]);
    expect(counts).toEqual([
      ['0', 1],
      ['1003011', 1],
      ['1100001', 1],
    ]);
    const label = pickEntries(pressed(shown(), '+')).find((entry) => entry.label === 'error')?.value;
    expect(label).toBe('1003011  extension deleted');
  });

  it('the figures count it under its cause', () => {
    const state = pressed(shown(), 'i');
    const { insight } = state;
    if (!insight) throw new Error('the screen is not open');
    const rows = insightRows(insightFigures(state, insight), insight);
    const codes = rows.flatMap((row) => (row.kind === 'code' ? [[row.count.code, row.count.attempts]] : []));
    expect(codes).toEqual([
      [1003011, 1],
      [1100001, 1],
    ]);
  });

  it('a ticket has both codes, and the row that is copied the cause', () => {
    const copies = (keys: string, key: string) =>
      copyEntries(pressed(shown(), keys))
        .find((entry) => entry.key === key)
        ?.text() ?? '';
    const ticket = copies('c', 't');
    expect(ticket).toMatch(/Code: +1003011 extension deleted, reported as 1100001/);
    expect(ticket).toMatch(/attributeCollectionAndValidation: failed, 1003011 extension deleted, reported as 1100001/);
    expect(copies('c', 'r')).toContain('1003011 extension deleted');
    expect(copies('c', 'e')).toBe('1003011 extension deleted');
    expect(copies('c', 'J')).toContain('"errorCode": 1100001');
  });

  it('an extension that was never called and has no code is said to be so, with what to do', () => {
    const handlerResult = { customExtensionId: 'x', numberOfAttempts: 0, httpStatus: null, errorCode: null };
    const never = eventOf({ n: 9, stage, code: 1100001, listeners: [{ ...deleted, handlerResult }] });
    const pane = text(
      paneLines(pressed(withEvents(signedInState({ columns: 160, rows: 60 }), [never]), 'enter'), glyphsOf(false)),
    );
    expect(pane).toMatch(/Code +1100001 {2}custom extension failed/);
    expect(pane).toContain('attributeCollectionSubmit → never called');
    expect(pane).toMatch(/Entra never called the extension/);
  });
});

describe('printed', () => {
  const { truth } = createDemoTenant({ seed: '1', clock: new ManualClock(startMs) });
  // The newest that is over, and so long after the one before it that a range around it has none in the range before.
  const incident = truth
    .incidentsBetween(startMs - 60 * HOUR_MS, startMs - 2 * HOUR_MS)
    .filter(({ kind, toMs }) => kind === 'extensionDeleted' && toMs < startMs - 2 * HOUR_MS)
    .findLast(({ fromMs }, i, all) => fromMs - (all[i - 1]?.toMs ?? fromMs) > 4 * HOUR_MS);
  if (!incident) throw new Error('there is no such incident');
  const range = { fromMs: incident.fromMs - HOUR_MS, toMs: incident.toMs + HOUR_MS };
  const known = truth.attempts(range).filter(({ story }) => story === 'extensionDeleted');
  const rangeArgs = ['--since', new Date(range.fromMs).toISOString(), '--until', new Date(range.toMs).toISOString()];

  async function printed(...argv: readonly string[]): Promise<string> {
    const run = await runProgram([...argv, '--demo', ...rangeArgs, '--limit', '0']);
    expect(await runToEnd(run, 20 * 60_000)).toBe(0);
    return run.stdout.text;
  }
  const lines = async (...argv: readonly string[]) =>
    (await printed(...argv)).split('\n').filter((line) => line !== '');

  it('list finds the events by either code, and leaves the code as Graph sent it', async () => {
    expect(known.length).toBeGreaterThan(4);
    for (const query of ['error:1003011', 'error:1100001', 'error:1003*']) {
      const rows = (await lines('list', query)).map((line) => JSON.parse(line));
      const own = rows.filter(({ status }) => status.errorCode === 1100001);
      expect(own.map(({ correlationId }) => correlationId).sort()).toEqual(
        known.map(({ correlationId }) => correlationId).sort(),
      );
      expect(new Set(own.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
    }
  });

  it('its table and its csv name the cause', async () => {
    const table = await lines('list', 'error:1003011', '--output', 'table');
    expect(table).toHaveLength(known.length + 1);
    for (const row of table.slice(1)) expect(row).toMatch(/✗ failed .*1003011/);
    const [header = '', ...rows] = await lines('list', 'error:1003011', '--output', 'csv');
    const names = header.trim().split(',');
    expect(names.slice(-2)).toEqual(['cause', 'unknownFields']);
    for (const row of rows) {
      expect(row.split(',')[names.indexOf('errorCode')]).toBe('1100001');
      expect(row.trim()).toMatch(/,1003011,$/);
    }
  });

  it('attempts and stats count under the cause', async () => {
    const attempts = (await lines('attempts', 'ended:1003011')).map((line) => JSON.parse(line));
    expect(attempts).toHaveLength(known.length);
    expect(attempts[0]).toMatchObject({ outcome: 'failed', lastErrorCode: 1003011, meaning: 'extension deleted' });
    const stats: Statistics = JSON.parse(await printed('stats', '--by', 'error', '--compare', '--output', 'json'));
    expect(stats.byError.map(({ meaning }) => meaning)).not.toContain('custom extension failed');
    expect(stats.byError).toContainEqual({ code: 1003011, meaning: 'extension deleted', attempts: known.length });
    expect(stats.byError.map(({ code }) => code)).not.toContain(1100001);
    const values = stats.by?.values ?? [];
    expect(values.find(({ value }) => value === '1003011')).toMatchObject({ attempts: known.length });
    expect(values.map(({ value }) => value)).not.toContain('1100001');
    const failure = stats.compare?.failures.find(({ code }) => code === 1003011);
    expect(failure).toMatchObject({ kind: 'new', appDisplayName: incident.appName, stage });
    expect(Date.parse(failure?.since ?? '')).toBeLessThan(incident.fromMs + HOUR_MS / 2);
  });
});
