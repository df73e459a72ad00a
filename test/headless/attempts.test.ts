/** `attempts` and `stats`, whole: from the command line to the bytes, held against what the demo tenant knows it made. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import type { AttemptRecord } from '../../src/headless/attempt-record.ts';
import type { Statistics } from '../../src/headless/statistics.ts';
import { naiveFunnel } from '../figures/naive-funnel.ts';
import { sampleEvent } from '../signup/arbitrary-row.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { Recorder, runProgram, runToEnd, startMs, until } from './run-program.ts';

const minute = 60_000;
const hour = 60 * minute;

async function printed(...argv: readonly string[]) {
  const run = await runProgram([...argv, '--demo']);
  expect(await runToEnd(run, 20 * minute)).toBe(0);
  return run;
}

async function attemptsPrinted(...argv: readonly string[]): Promise<readonly AttemptRecord[]> {
  return (await printed('attempts', ...argv)).stdout.lines.map((line) => JSON.parse(line));
}

async function statsPrinted(...argv: readonly string[]): Promise<Statistics> {
  return JSON.parse((await printed('stats', ...argv)).stdout.text);
}

const { truth } = createDemoTenant({ seed: '1', clock: new ManualClock(startMs) });

/** The attempts that start in the stretch, with what of them can be seen at the start of the program. */
function trueAttempts(fromMs: number, toMs = startMs) {
  return truth
    .attempts({ fromMs, toMs })
    .map((attempt) => ({ ...attempt, stages: attempt.stages.filter(({ visibleAtMs }) => visibleAtMs <= startMs) }))
    .filter(({ stages }) => stages.length > 0)
    .filter(({ stages }) => (stages[0]?.timeMs ?? 0) >= fromMs && (stages[0]?.timeMs ?? 0) <= toMs);
}

/** The same as events, for the naive count. */
function trueEvents(attempts: ReturnType<typeof trueAttempts>) {
  return attempts.flatMap(({ correlationId, provider, appId, stages }) =>
    stages.map(({ stage, errorCode, timeMs }, at) =>
      Object.assign(
        sampleEvent({
          id: `${correlationId} ${at}`,
          correlationId,
          appId,
          signUpStage: stage,
          signUpIdentityProvider: provider,
          status: { errorCode },
        }),
        { timeMs },
      ),
    ),
  );
}

describe('stats', () => {
  test('gives the figures that the tenant knows to be true', async () => {
    const stats = await statsPrinted('--limit', '0');
    const events = trueEvents(trueAttempts(startMs - 24 * hour));
    expect(events.length).toBeGreaterThan(2000);
    expect(stats).toMatchObject(naiveFunnel(events, startMs));
    expect(stats.byAccount).toEqual({
      local: naiveFunnel(events, startMs, (provider) => /^Email/.test(provider)),
      social: naiveFunnel(events, startMs, (provider) => !/^Email/.test(provider)),
    });
    expect(stats.byError.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(stats.failed);
    expect(stats.range).toEqual({
      from: new Date(startMs - 24 * hour).toISOString(),
      to: new Date(startMs).toISOString(),
      complete: true,
      events: expect.any(Number),
      attemptsLeftOut: 0,
    });
  });

  test('has exactly what is promised, first and in this order', async () => {
    const stats = await statsPrinted('--since', '2h', '--limit', '0', '--output', 'json');
    expect(Object.keys(stats)).toEqual([
      ...[
        'range',
        'attempts',
        'created',
        'conversion',
        'failed',
        'noFurtherEvent',
        'inProgress',
        'stages',
        'worstStage',
        'mostLost',
      ],
      ...['byAccount', 'byError', 'people', 'socialMinusLocal', 'rightNow'],
    ]);
    expect(Object.keys(stats.stages[0] ?? {})).toEqual(['stage', 'reached', 'lost', 'dropOff']);
    expect(Object.keys(stats.byError[0] ?? {})).toEqual(['code', 'meaning', 'attempts']);
  });

  test('is one line in a pipe, and rates of nothing are null', async () => {
    const { stdout, stderr } = await printed('stats', 'user:nobody@example.org');
    expect(stdout.lines).toHaveLength(1);
    expect(JSON.parse(stdout.text)).toMatchObject({ attempts: 0, conversion: null, worstStage: null, byError: [] });
    expect(stderr.text).toBe('');
  });

  test('of a part says what it rests on, leaves out what is cut, and counts the rest as it is', async () => {
    const { stdout, stderr } = await printed('stats', '--limit', '500');
    const stats: Statistics = JSON.parse(stdout.text);
    expect(stats.range).toMatchObject({ complete: false, events: 500 });
    expect(stderr.text).toMatch(
      /^entra-signups: this rests on 500 events back to 2026-11-2\d \d\d:\d\d:\d\d; --limit 0 reads all\n$/,
    );
    const known = trueAttempts(Date.parse(stats.range.from) - hour);
    const began = known.filter(({ stages }) => (stages[0]?.timeMs ?? 0) >= Date.parse(stats.range.from));
    // Some begin with a row that is late.
    expect(stats.attempts + stats.range.attemptsLeftOut).toBeGreaterThanOrEqual(began.length);
    expect(stats.attempts).toBeGreaterThan(began.length / 2);
    expect(stats.range.attemptsLeftOut).toBeGreaterThan(0);
  });

  test.each(['--limit 500 --compare', '--limit 2800 --compare'])(
    '%s compares nothing with half of a range',
    async (line) => {
      const { stdout, stderr } = await printed('stats', ...line.split(' '));
      expect(JSON.parse(stdout.text).compare).toBeNull();
      expect(stderr.text).toContain('--limit 0 reads all');
    },
  );

  test('--compare tells what is new, and since when', async () => {
    // The newest that is over, so long after the one before it that the range before has none.
    const extensionFailure = truth
      .incidentsBetween(startMs - 72 * hour, startMs - 2 * hour)
      .filter(({ kind, toMs }) => kind === 'extensionFailure' && toMs < startMs - 2 * hour)
      .findLast(({ fromMs }, i, all) => fromMs - (all[i - 1]?.toMs ?? fromMs) > 4 * hour);
    if (!extensionFailure) throw new Error('there is no such incident');
    const { fromMs, toMs } = extensionFailure;
    const range = ['--since', new Date(fromMs).toISOString(), '--until', new Date(toMs).toISOString()];
    const stats = await statsPrinted('--limit', '0', ...range, '--compare');
    const [failure] = stats.compare?.failures ?? [];
    expect(failure).toMatchObject({
      kind: 'new',
      appDisplayName: extensionFailure.appName,
      before: 0,
      peopleBefore: { hits: 0 },
    });
    expect(failure?.people.hits).toBeGreaterThan(15);
    const sinceMs = Date.parse(failure?.since ?? '');
    expect(sinceMs).toBeGreaterThanOrEqual(Math.floor(extensionFailure.fromMs));
    expect(sinceMs).toBeLessThan(extensionFailure.fromMs + 20 * minute);
    const before = trueEvents(trueAttempts(2 * fromMs - toMs, fromMs));
    expect(stats.compare?.before).toMatchObject(naiveFunnel(before, startMs));
    expect(stats.compare?.conversion?.difference).toBeLessThan(0);
  });

  test('--by tells apart what the query finds', async () => {
    const { by } = await statsPrinted('--limit', '0', '--since', '6h', '--by', 'app');
    for (const { value, attempts } of by?.values ?? []) {
      const found = await attemptsPrinted('--limit', '0', '--since', '6h', `app:"${value}"`);
      expect(found).toHaveLength(attempts);
    }
    expect(by?.values.length).toBeGreaterThan(2);
  });

  test.each(['account', 'error', 'extension', 'outcome', 'provider', 'stage', 'user', 'appid', 'lost', 'ended'])(
    '--by %s',
    async (field) => {
      const stats = await statsPrinted('--limit', '0', '--since', '3h', '--by', field);
      const attempts = stats.by?.values.reduce((sum, part) => sum + part.attempts, 0);
      expect(attempts).toBeGreaterThanOrEqual(stats.attempts);
    },
  );

  test('fits into 80 columns, and into ASCII', async () => {
    const shown = async (...argv: readonly string[]) => {
      const stdout = new Recorder({ isTTY: true, columns: 80 });
      const line = [
        'stats',
        '--demo',
        '--limit',
        '0',
        '--since',
        '6h',
        '--by',
        'app',
        '--compare',
        '--tz',
        'utc',
        ...argv,
      ];
      const run = await runProgram(line, { stdout });
      expect(await runToEnd(run, 20 * minute)).toBe(0);
      return stripVTControlCharacters(stdout.text);
    };
    const unicode = await shown();
    expect(unicode.split('\n').filter((line) => line.length > 80)).toEqual([]);
    await expect(unicode).toMatchFileSnapshot('stats-80.txt');
    expect(await shown('--ascii')).toMatch(/^[ -~\n]+$/);
    expect(await shown('--screen-reader')).toMatch(/\n *\w+ +\d+ +\d+ +[\d.]+ % +worst(, loses the most)?\n/);
  });

  test('as csv is one table', async () => {
    const { stdout } = await printed('stats', '--limit', '0', '--since', '2h', '--output', 'csv', '--by', 'provider');
    const rows = stdout.text
      .split('\r\n')
      .slice(0, -1)
      .map((line) => line.replace(/"[^"]*"/g, 'text').split(','));
    expect(new Set(rows.map((cells) => cells.length)).size).toBe(1);
    expect(new Set(rows.map(([group]) => group))).toEqual(
      new Set(['group', 'total', 'account', 'stage', 'error', 'provider']),
    );
  });
});

describe('attempts', () => {
  test('prints each attempt that starts in the range, as the tenant knows it to be, the newest first', async () => {
    const attempts = await attemptsPrinted('--limit', '0', '--since', '6h');
    const known = trueAttempts(startMs - 6 * hour);
    expect(known.length).toBeGreaterThan(100);
    expect(new Set(attempts.map(({ correlationId }) => correlationId))).toEqual(
      new Set(known.map(({ correlationId }) => correlationId)),
    );
    const times = attempts.map(({ startedDateTime }) => startedDateTime);
    expect(times).toEqual([...times].sort().reverse());
    for (const { correlationId, outcome, events, path, lastDateTime, cutByRange, ...rest } of attempts) {
      const own = known.find((attempt) => attempt.correlationId === correlationId);
      const isOver = startMs - Date.parse(lastDateTime) >= 30 * minute;
      if (isOver) expect(outcome).toBe(own?.outcome);
      expect(events).toBe(own?.stages.length);
      expect(path.map(({ stage }) => stage)).toEqual([...new Set(own?.stages.map(({ stage }) => stage))]);
      expect([rest.provider, rest.account, rest.appId]).toEqual([own?.provider, own?.account, own?.appId]);
      expect(cutByRange).toBe(false);
    }
    expect(attempts.some(({ outcome }) => outcome === 'inProgress')).toBe(true);
  });

  test('shares no attempt between ranges side by side, and loses none, however they are cut', async () => {
    const cut = '2026-11-23T09:17:33Z';
    const [before, after] = [
      await attemptsPrinted('--limit', '0', '--since', '6h', '--until', cut),
      await attemptsPrinted('--limit', '0', '--since', cut),
    ];
    const whole = await attemptsPrinted('--limit', '0', '--since', '6h');
    expect([...after, ...before]).toEqual(whole);
  });

  test('marks those whose beginning was not read', async () => {
    const attempts = await attemptsPrinted('--limit', '300');
    const cut = attempts.filter(({ cutByRange }) => cutByRange);
    expect(cut.length).toBeGreaterThan(0);
    const known = truth.attempts({ fromMs: startMs - 24 * hour, toMs: startMs });
    for (const { correlationId, events } of cut) {
      const own = known.find((attempt) => attempt.correlationId === correlationId);
      expect(own?.stages.length, correlationId).toBeGreaterThan(events);
    }
  });

  test.each([
    ['outcome:created', ({ outcome }: AttemptRecord) => outcome === 'created'],
    ['outcome:interrupted', ({ outcome }: AttemptRecord) => /inProgress|noFurtherEvent/.test(outcome)],
    ['outcome:failed', ({ outcome }: AttemptRecord) => outcome === 'failed'],
    ['account:social', ({ account }: AttemptRecord) => account === 'social'],
    ['stage:consent', ({ path }: AttemptRecord) => path.some(({ stage }) => stage === 'consent')],
  ])('%s keeps whole attempts', async (query, keeps) => {
    const all = await attemptsPrinted('--limit', '0', '--since', '6h');
    const kept = await attemptsPrinted('--limit', '0', '--since', '6h', query);
    expect(kept.length).toBeGreaterThan(3);
    expect(kept).toEqual(all.filter(keeps));
  });

  test('asks Graph only for what leaves attempts whole', async () => {
    const { appId } = trueAttempts(startMs - hour)[0] ?? { appId: '' };
    const attempts = await attemptsPrinted('--limit', '0', '--since', '6h', `appid:${appId}`, 'error:1002013');
    const known = trueAttempts(startMs - 6 * hour).filter((attempt) => attempt.appId === appId);
    const asked = known.filter(({ stages }) => stages.some(({ errorCode }) => errorCode === 1002013));
    expect(attempts.map(({ correlationId, events }) => [correlationId, events]).sort()).toEqual(
      asked.map(({ correlationId, stages }) => [correlationId, stages.length]).sort(),
    );
  });

  test.each([
    ['json', (text: string) => JSON.parse(text).length],
    ['csv', (text: string) => text.split('\r\n').length - 2],
    ['table', (text: string) => text.split('\n').length - 2],
  ])('as %s has as many', async (output, count) => {
    const [one, other] = [
      await printed('attempts', '--limit', '200', '--output', output),
      await attemptsPrinted('--limit', '200'),
    ];
    expect(count(one.stdout.text)).toBe(other.length);
  });

  test.each([[80], [100], [170]])('fits into %i columns', async (columns) => {
    const stdout = new Recorder({ isTTY: true, columns });
    const run = await runProgram(['attempts', '--demo', '--limit', '200'], { stdout });
    expect(await runToEnd(run, minute)).toBe(0);
    const plain = stdout.lines.map(stripVTControlCharacters);
    expect(plain[0]).toMatch(/^STARTED \(UTC\) +OUTCOME +PATH +/);
    expect(Math.max(...plain.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(plain.join('\n')).toMatch(/✗ failed +.*attributes ✗/);
  });

  test('of nothing is no failure, and told on a terminal', async () => {
    expect((await printed('attempts', 'user:nobody@example.org', '--output', 'json')).stdout.text).toBe('[]\n');
    const stderr = new Recorder({ isTTY: true });
    const run = await runProgram(['attempts', '--demo', 'user:nobody@example.org'], { stderr });
    expect(await runToEnd(run, minute)).toBe(0);
    expect(stderr.text).toContain('entra-signups: nothing matched since 2026-11-22 10:42:00 (24h)\n');
  });
});

describe('what is stopped', () => {
  test.each(['stats', 'attempts'])(
    '%s prints what came, says that it is not all, and ends with 130',
    async (command) => {
      const run = await runProgram([command, '--demo', '--limit', '0', '--page-size', '20']);
      await until(
        () => run.clock.waiting > 0,
        () => run.stderr.text,
      );
      run.signal('SIGINT');
      expect(await run.exitCode).toBe(130);
      expect(run.stdout.lines.length).toBeGreaterThan(0);
      expect(run.stderr.text).toMatch(/this is not all: it rests on \d+ events back to 2026-/);
      if (command === 'stats') expect(JSON.parse(run.stdout.text).range.complete).toBe(false);
    },
  );

  test.each(['stats', 'attempts'])(
    '%s shows within 200 ms of waiting how far it is, and leaves no trace',
    async (command) => {
      const stderr = new Recorder({ isTTY: true });
      const run = await runProgram([command, '--demo', '--limit', '0', '--page-size', '50'], { stderr });
      await until(
        () => run.clock.waiting > 1,
        () => stderr.text,
      );
      await run.clock.advance(200);
      expect(stderr.text).toMatch(/read [\d,]+ events/);
      expect(await runToEnd(run, 20 * minute)).toBe(0);
      expect(stderr.text).toMatch(/\r +\r$/);
    },
  );
});
