/** The line that tells how far a long reading has come, as the terminal shows it. */

import { describe, expect, test } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import type { ReadingFact } from '../../src/facts/reading.ts';
import { outputOn } from '../../src/headless/output.ts';
import { type ProgressOptions, startProgress } from '../../src/headless/progress.ts';
import { eventOf, NOON_MS } from '../support/events.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { VirtualTerminal } from '../support/virtual-terminal.ts';
import { Recorder } from './run-program.ts';

function setting(changes: Partial<ProgressOptions> = {}) {
  const clock = new ManualClock(NOON_MS);
  const terminal = new VirtualTerminal(60, 6);
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    terminal.feed(Buffer.from(text.replaceAll('\n', '\r\n')));
  };
  const stdout = new Recorder();
  const progress = startProgress({
    ...{ write, clock, timeZone: 'UTC', widthColumns: 60, stdout: 'terminal', nextRequest: () => null },
    firstAfterMs: 1000,
    ...changes,
  });
  const output = progress.besides(outputOn(stdout));
  const shown = async () => {
    await terminal.shown();
    return terminal.text().trimEnd();
  };
  return { clock, progress, output, stdout, written, shown };
}

function page(...numbers: readonly number[]): ReadingFact {
  const events = numbers.map((n) => eventOf({ n }));
  return { type: 'page.received', settledBelowMs: 0, purpose: 'backfill', events, unreadable: [], covered: null };
}

describe('progress', () => {
  test('says nothing in the first second', async () => {
    const { clock, progress, written } = setting();
    progress.tell(page(2, 1));
    await clock.advance(999);
    progress.stop();
    expect(written).toEqual([]);
  });

  test('tells the date where the weekday could be that of another week', async () => {
    const { clock, progress, shown } = setting();
    progress.tell(page(-8 * 24 * 3600));
    await clock.advance(1000);
    expect(await shown()).toMatch(/^read 1 event, back to 15 Nov 10:42; /);
    progress.stop();
  });

  test('tells how many events were read, back to when, and when it goes on', async () => {
    const { clock, progress, shown } = setting({ nextRequest: () => momentAt(NOON_MS + 7_000) });
    await clock.advance(1000);
    expect(await shown()).toBe("read 0 events; next page in 6 s (Graph's limit)");
    progress.tell(page(1));
    await clock.advance(1000);
    expect(await shown()).toMatch(/^read 1 event, back to [A-Z][a-z]{2} \d\d:\d\d; next page in 5 s/);
    await clock.advance(5000);
    expect(await shown()).toMatch(/waiting for the next page$/);
    progress.stop();
  });

  test('tells when Graph asked to wait, and when a failure is tried again', async () => {
    const { clock, progress, shown } = setting();
    progress.tell({ type: 'feed.throttled', waitMs: 31_000 });
    await clock.advance(1000);
    expect(await shown()).toBe('read 0 events; next page in 30 s (Graph asked to wait)');
    progress.tell(page(1));
    await clock.advance(1000);
    expect(await shown()).toContain('waiting for the next page');
    progress.stop();
  });

  test('is rewritten at most once a second, however much happens', async () => {
    const { clock, progress, written } = setting();
    for (let n = 0; n < 50; n++) {
      progress.tell(page(n));
      await clock.advance(100);
    }
    progress.stop();
    expect(written.length).toBeLessThanOrEqual(6);
  });

  test('leaves nothing behind', async () => {
    const { clock, progress, shown, written } = setting();
    await clock.advance(3000);
    progress.stop();
    expect(await shown()).toBe('');
    const before = written.length;
    await clock.advance(3000);
    expect(written.length).toBe(before);
  });

  test('makes room for what else is said, and for rows on the same terminal', async () => {
    const { clock, progress, output, shown } = setting();
    await clock.advance(1000);
    progress.write('a word\n');
    expect(await shown()).toBe('a word');
    await clock.advance(1000);
    expect(await shown()).toBe('a word\nread 0 events; waiting for the next page');
    await output.write('a row\n');
    expect(await shown()).toBe('a word');
    await clock.advance(1000);
    expect(await shown()).toContain('read 0 events');
    progress.stop();
  });

  test.each([
    ['terminal', 'half a row', false],
    ['terminal', 'a row\n', true],
    ['pipe', 'a row\n', false],
    ['file', 'half a row', true],
  ] as const)('with stdout on a %s, after %j, is drawn: %s', async (stdout, text, isDrawn) => {
    const { clock, progress, output, shown } = setting({ stdout });
    await output.write(text);
    await clock.advance(2000);
    expect((await shown()) !== '').toBe(isDrawn);
    progress.stop();
  });

  test('is cut to a narrow terminal, so that it stays one line', async () => {
    const { clock, progress, written } = setting({ widthColumns: 20 });
    await clock.advance(1000);
    expect(written).toEqual(['\rread 0 events; wait']);
    progress.stop();
  });
});
