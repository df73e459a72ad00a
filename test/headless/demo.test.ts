/** The printing commands on the demo: the same range is the same, whenever the program is started, and whichever command reads it. */
import { describe, expect, test } from 'vitest';
import { runProgram, runToEnd, startMs } from './run-program.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const from = '2026-11-22T03:10:00Z';
const until = '2026-11-22T09:25:30Z';

async function printedAt(atMs: number, ...argv: readonly string[]): Promise<string> {
  const since = argv.includes('--since') ? [] : ['--since', from];
  const run = await runProgram([...argv, ...since, '--until', until, '--limit', '0'], { atMs });
  expect(await runToEnd(run, 10 * MINUTE_MS), run.stderr.text).toBe(0);
  return run.stdout.text;
}

const starts = [3 * MINUTE_MS, 5 * HOUR_MS, 3 * DAY_MS].map((laterMs) => startMs + laterMs);

describe('one seed of the demo, started at different moments', () => {
  test.each([
    ['list', ['list']],
    ['attempts', ['attempts']],
    ['stats', ['stats', '--by', 'app']],
    ['the sign-ins', ['list', '--log', 'sign-ins']],
    ['the audits', ['list', '--log', 'audits']],
  ])('prints the same bytes of the same range: %s', async (_, argv) => {
    const first = await printedAt(startMs, ...argv, '--demo=7');
    expect(first.length).toBeGreaterThan(1_000);
    for (const atMs of starts) expect(await printedAt(atMs, ...argv, '--demo=7')).toBe(first);
    expect(await printedAt(startMs, ...argv, '--demo=8')).not.toBe(first);
  });

  test('counts in stats the attempts that begin in the events of list, minutes apart', async () => {
    const lines = async (atMs: number, ...argv: readonly string[]) =>
      (await printedAt(atMs, ...argv, '--demo=7')).split('\n').slice(0, -1);
    // Two hours more, so that what began before the range is known to have.
    const listed = await lines(startMs, 'list', '--since', '2026-11-22T01:10:00Z');
    const events: { correlationId: string; createdDateTime: string }[] = listed.map((line) => JSON.parse(line));
    // Newest first: what is set last is the first event.
    const begins = new Map(events.map(({ correlationId, createdDateTime }) => [correlationId, createdDateTime]));
    const began = [...begins.values()].filter((time) => time >= from);
    const stats = JSON.parse(await printedAt(startMs + 7 * MINUTE_MS, 'stats', '--demo=7'));
    expect(stats.attempts).toBe(began.length);
    expect(stats.range.events).toBe(events.filter(({ createdDateTime }) => createdDateTime >= from).length);
    expect(await lines(startMs + 19 * MINUTE_MS, 'attempts')).toHaveLength(began.length);
    expect(began.length).toBeGreaterThan(100);
  });
});
