/** `list`, `tail` and their company, whole: from the command line to the bytes, on the demo tenant. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { Recorder, runProgram, runToEnd, startMs, until } from './run-program.ts';

const minute = 60_000;

interface PrintedEvent {
  readonly id: string;
  readonly correlationId: string;
  readonly createdDateTime: string;
  readonly signUpStage: string;
  readonly status: { readonly errorCode: number };
  readonly outcome: string;
}

function printed(lines: readonly string[]): readonly PrintedEvent[] {
  return lines.map((line) => JSON.parse(line));
}

describe('list', () => {
  test('prints the newest events first, as ndjson in a pipe, and says when there are more', async () => {
    const run = await runProgram(['list', '--demo', '--limit', '50']);
    expect(await runToEnd(run, minute)).toBe(0);
    const events = printed(run.stdout.lines);
    expect(events).toHaveLength(50);
    const times = events.map(({ createdDateTime }) => createdDateTime);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(events.map(({ outcome }) => outcome)).has('succeeded')).toBe(true);
    expect(run.stderr.text).toBe('entra-signups: stopped after 50 events; --limit 0 prints all in the range\n');
  });

  test('--limit 0 prints everything that is visible in the range, each once', async () => {
    const run = await runProgram(['list', '--demo', '--since', '6h', '--limit', '0', '--page-size', '100']);
    expect(await runToEnd(run, 10 * minute)).toBe(0);
    const known = stagesOfTruth(startMs - 6 * 60 * minute, startMs).filter(({ visibleAtMs }) => visibleAtMs <= startMs);
    const keys = printed(run.stdout.lines).map(keyOf);
    expect(keys.length).toBeGreaterThan(200);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...keys].sort()).toEqual(known.map(({ key }) => key).sort());
    expect(run.stderr.text).toBe('');
  });

  test('applies the whole filter', async () => {
    const run = await runProgram(['list', '--demo', 'outcome:failed', 'account:local', '--since', '12h']);
    expect(await runToEnd(run, 10 * minute)).toBe(0);
    const events = printed(run.stdout.lines);
    expect(events.length).toBeGreaterThan(3);
    expect(new Set(events.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'unknown'))).toEqual(
      new Set(['failed']),
    );
  });

  test('prints the day before --until when no start is given', async () => {
    const run = await runProgram(['list', '--demo', '--until', '2d', '--limit', '5']);
    expect(await runToEnd(run, minute)).toBe(0);
    expect(run.stdout.lines).toHaveLength(5);
  });

  test('nothing that matches is no failure', async () => {
    const run = await runProgram(['list', '--demo', 'user:nobody@example.org', '--output', 'json']);
    expect(await runToEnd(run, minute)).toBe(0);
    expect(run.stdout.text).toBe('[]\n');
    expect(run.stderr.text).toBe('');
  });

  test('nothing that matches is told on a terminal, with what an exact text means', async () => {
    const run = await runProgram(['list', '--demo', 'app:Nothing'], { stderr: new Recorder({ isTTY: true }) });
    expect(await runToEnd(run, minute)).toBe(0);
    const lines = run.stderr.text.split(/[\r\n]+/).filter((line) => line.startsWith('entra-signups:'));
    expect(lines).toEqual([
      'entra-signups: nothing matched since 2026-11-22 10:42:00 (24h)',
      expect.stringContaining('app:Nothing* starts with it'),
    ]);
  });

  test('words that look like operators are searched for, and told', async () => {
    const run = await runProgram(['list', '--demo', 'outcome:failed', 'OR', 'account:local']);
    expect(await runToEnd(run, 10 * minute)).toBe(0);
    expect(run.stderr.text).toMatch(/^entra-signups: OR is searched as a word: .*\n$/);
  });

  test('a long reading shows how far it is, on a terminal alone, and leaves no trace', async () => {
    const argv = ['list', '--demo', '--limit', '0', '--page-size', '50', '--since', '12h'];
    const run = await runProgram(argv, {
      stderr: new Recorder({ isTTY: true }),
      stdout: new Recorder({ isTTY: true }),
    });
    expect(await runToEnd(run, 10 * minute)).toBe(0);
    const shown = run.stderr.text.split('\r').filter((line) => line.trim() !== '');
    expect(shown.filter((line) => line.includes("(Graph's limit)")).length).toBeGreaterThan(5);
    for (const line of shown) {
      expect(line).toMatch(
        /^read [\d,]+ events, back to (Sun|Mon) \d\d:\d\d; (next page in \d+ s \(Graph's limit\)|waiting for the next page) *$/,
      );
    }
    expect(run.stderr.text).toMatch(/\r +\r$/);
  });

  test('a seed that was taken from the next word is told on a terminal', async () => {
    const told = async (...argv: readonly string[]) => {
      const run = await runProgram(['list', ...argv, '--limit', '5'], { stderr: new Recorder({ isTTY: true }) });
      await runToEnd(run, minute);
      return run.stderr.text.includes('demo tenant, seed 50181\n');
    };
    expect(await told('--demo', '50181')).toBe(true);
    expect(await told('--demo=50181')).toBe(false);
    expect(await told('--demo', '--', '50181')).toBe(false);
  });

  test('draws a table that fits on a terminal', async () => {
    const stdout = new Recorder({ isTTY: true });
    const run = await runProgram(['list', '--demo', '--limit', '20'], { stdout });
    expect(await runToEnd(run, minute)).toBe(0);
    const plain = stdout.lines.map(stripVTControlCharacters);
    expect(plain).toHaveLength(21);
    expect(plain[0]).toMatch(/^TIME \(UTC\) +OUTCOME +STAGE +APP +WHO +CODE$/);
    expect(Math.max(...plain.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout.text).toContain('\u001b[');
  });

  test.each([
    ['--no-color', { argv: ['--no-color'], env: {} }],
    ['NO_COLOR', { argv: [], env: { NO_COLOR: '1' } }],
  ])('%s leaves colours out', async (_, { argv, env }) => {
    const stdout = new Recorder({ isTTY: true });
    const run = await runProgram(['list', '--demo', '--limit', '5', ...argv], { stdout, env });
    expect(await runToEnd(run, minute)).toBe(0);
    expect(stdout.text).not.toContain('\u001b');
  });

  test('ends quietly when its reader has gone', async () => {
    const stdout = new Recorder({ closesAfter: 2 });
    const run = await runProgram(['list', '--demo', '--limit', '0', '--page-size', '50'], { stdout });
    expect(await runToEnd(run, 10 * minute)).toBe(0);
    expect(run.stderr.text).toBe('');
    expect(stdout.lines.length).toBeLessThanOrEqual(100);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with its code at %s, and says that this is not all', async (name, code) => {
    const run = await runProgram(['list', '--demo', '--limit', '0', '--page-size', '10']);
    await until(
      () => run.stdout.lines.length >= 40 && run.clock.waiting > 0,
      () => run.stdout.text,
    );
    run.signal(name);
    expect(await run.exitCode).toBe(code);
    expect(run.stderr.text).toContain('this is not all: 40 events were printed');
  });
});

describe('tail', () => {
  test('prints each event that becomes visible, once, however late', { timeout: 120_000 }, async () => {
    const lastsMs = 60 * minute;
    const run = await runProgram(['tail', '--demo', '--for', '60m', '--interval', '15s']);
    expect(await runToEnd(run, lastsMs + minute)).toBe(0);
    const endMs = startMs + lastsMs;
    const stages = stagesOfTruth(startMs - 60 * minute, endMs);
    const keys = printed(run.stdout.lines).map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);

    const wasThere = new Set(stages.filter(({ visibleAtMs }) => visibleAtMs <= startMs).map(({ key }) => key));
    expect(keys.filter((key) => wasThere.has(key))).toEqual([]);
    // What is a little late is met by the next poll, what is very late by the next long reading, minutes later.
    const due = stages.filter(({ visibleAtMs, timeMs }) => {
      const metWithinMs = visibleAtMs - timeMs > 4 * minute ? 7 * minute : minute;
      return visibleAtMs > startMs && visibleAtMs < endMs - metWithinMs;
    });
    expect(due.length).toBeGreaterThan(50);
    expect(due.some(({ visibleAtMs, timeMs }) => visibleAtMs - timeMs > 5 * minute)).toBe(true);
    expect(due.map(({ key }) => key).filter((key) => !keys.includes(key))).toEqual([]);
  });

  test('prints first, oldest first, what --since reaches back to', async () => {
    const run = await runProgram(['tail', '--demo', '--since', '30m', '--for', '5s']);
    expect(await runToEnd(run, minute)).toBe(0);
    const known = stagesOfTruth(startMs - 30 * minute, startMs).filter(({ visibleAtMs }) => visibleAtMs <= startMs);
    expect(known.length).toBeGreaterThan(10);
    expect(printed(run.stdout.lines).map(keyOf)).toEqual(
      known.sort((a, b) => a.timeMs - b.timeMs).map(({ key }) => key),
    );
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with its code at %s', async (name, code) => {
    const run = await runProgram(['tail', '--demo']);
    await until(
      () => run.clock.waiting > 0,
      () => run.stderr.text,
    );
    run.signal(name);
    expect(await run.exitCode).toBe(code);
  });
});

describe('tail on a terminal', () => {
  test.each([
    [[], 'watching since 10:42:00, asking every 15 s; rows appear minutes after they happened'],
    [
      ['--since', '1d', '--interval', '1m'],
      'watching since 2026-11-22 10:42:00, asking every 60 s; rows appear minutes after they happened',
    ],
  ])('%j says what it does, once', async (argv, sentence) => {
    const stderr = new Recorder({ isTTY: true });
    const run = await runProgram(['tail', '--demo', '--for', '2m', ...argv], { stderr });
    expect(await runToEnd(run, 3 * minute)).toBe(0);
    expect(run.stderr.text).toBe(`entra-signups: ${sentence}\n`);
  });
});

describe('accounts', () => {
  test.each([
    ['login', 'the demo tenant needs no sign-in; this shows what one looks like'],
    ['logout', 'the demo tenant needs no sign-in, so there is none to forget'],
    ['whoami', 'the demo tenant needs no sign-in'],
  ])('%s says that the demo needs no sign-in', async (command, sentence) => {
    const run = await runProgram([command, '--demo']);
    expect(await runToEnd(run, 2 * minute)).toBe(0);
    expect(run.stderr.text).toContain(`entra-signups: ${sentence}\n`);
  });

  test.each([
    [[], 'entra-signups login --tenant contoso.example'],
    [
      ['--client-id', '00000000-0000-4000-8000-000000000007', '--cloud', 'usgov'],
      'entra-signups login --tenant contoso.example --client-id 00000000-0000-4000-8000-000000000007 --cloud usgov',
    ],
    [
      ['--graph-url', 'https://graph.example.org', '--login-url', 'https://login.example.org'],
      'entra-signups login --tenant contoso.example --login-url https://login.example.org --graph-url https://graph.example.org',
    ],
  ])('%j stand in the hint how to sign in', async (argv, hint) => {
    for (const command of ['list', 'whoami']) {
      const run = await runProgram([command, '--tenant', 'contoso.example', ...argv]);
      expect(await run.exitCode).toBe(3);
      expect(run.stderr.text.split('\n')).toContainEqual(expect.stringMatching(new RegExp(`with: ${hint}$`)));
    }
  });

  test('whoami tells who reads the demo', async () => {
    const run = await runProgram(['whoami', '--demo']);
    expect(await run.exitCode).toBe(0);
    expect(run.stdout.text).toMatch(/^account admin@contosocustomers\.onmicrosoft\.com\ntenant {2}[0-9a-f-]{36}\n$/);
  });

  test('login shows address and code on lines of their own, and waits', async () => {
    const run = await runProgram(['login', '--demo']);
    expect(await runToEnd(run, 2 * minute)).toBe(0);
    expect(run.stderr.text).toMatch(/\n {2}https:\/\/microsoft\.com\/devicelogin\n/);
    expect(run.stderr.text).toMatch(/\n {2}[A-Z0-9]{8,9}\n/);
    expect(run.stderr.text).toContain('signed in as admin@contosocustomers.onmicrosoft.com');
    expect(run.stdout.text).toBe('');
    expect(readdirSync(run.dataFolder)).toEqual([]);
  });

  test.each(['list', 'tail', 'whoami'])(
    '%s without a sign-in and without anybody there ends with 3',
    async (command) => {
      const run = await runProgram([command, '--tenant', 'contoso.example']);
      expect(await run.exitCode).toBe(3);
      expect(run.stderr.text).toContain('entra-signups login');
      expect(run.stdout.text).toBe('');
    },
  );

  test('logout says when there was nothing to forget', async () => {
    const run = await runProgram(['logout', '--tenant', 'contoso.example']);
    expect(await run.exitCode).toBe(0);
    expect(run.stderr.text).toBe('entra-signups: nobody was signed in\n');
  });
});

describe('the program', () => {
  test('needs a terminal for the browser, and names what does not', async () => {
    const run = await runProgram(['--demo']);
    expect(await run.exitCode).toBe(2);
    expect(run.stderr.text).toMatch(/needs a terminal.*list, tail or stats/);
  });

  test('takes usage errors to stderr, with 2', async () => {
    const run = await runProgram(['list', '--demo', '--limt', '5']);
    expect(await run.exitCode).toBe(2);
    expect(run.stderr.text).toContain('Did you mean --limit?');
    expect(run.stdout.text).toBe('');
  });

  test('prints its version, its help and completion scripts on stdout', async () => {
    for (const argv of [['--version'], ['--help'], ['completion', 'bash'], ['list', '--help'], ['list', '--version']]) {
      const run = await runProgram(argv);
      expect(await run.exitCode).toBe(0);
      expect(run.stdout.text).not.toBe('');
      expect(run.stderr.text).toBe('');
    }
  });

  test('--debug-log notes what happened, for its owner alone, without secrets or people', async () => {
    const folder = (await runProgram(['--version'])).dataFolder;
    const file = join(folder, 'debug.log');
    const list = await runProgram(['list', '--demo', '--limit', '5', 'user:secret@example.org', '--debug-log', file]);
    await runToEnd(list, minute);
    const login = await runProgram(['login', '--demo', '--debug-log', file]);
    await runToEnd(login, 2 * minute);
    const text = readFileSync(file, 'utf8');
    const noted = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(noted.map(({ what }) => what)).toContain('page.received');
    expect(noted).toContainEqual(
      expect.objectContaining({ what: 'request', method: 'GET', path: '/beta/auditLogs/signUps', status: 200 }),
    );
    expect(noted.map(({ what }) => what)).toContain('signIn.succeeded');
    const code = /\n {2}([A-Z0-9]{8,9})\n/.exec(login.stderr.text)?.[1] ?? 'no code was shown';
    expect(text).not.toContain(code);
    expect(text).not.toMatch(/@|secret|filter|Bearer|eyJ/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('--debug-log says that it is the demo, and tells times as ISO 8601 in UTC', async () => {
    const file = join((await runProgram(['--version'])).dataFolder, 'debug.log');
    await runToEnd(await runProgram(['tail', '--demo=7', '--for', '1m', '--debug-log', file]), 2 * minute);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('demo tenant, seed 7');
    expect(text).toMatch(/"what":"page\.received".*"from":"2026-11-23T\d\d:\d\d:\d\d\.\d{3}Z","to":"2026-/);
    expect(text).toMatch(/"what":"feed\.caughtUp","upTo":"2026-[^"]*Z","nextPollInMs":\d+/);
    expect(text).not.toMatch(/\d{13}/);
  });

  test('warns of a variable that it does not know, and goes on', async () => {
    const run = await runProgram(['list', '--demo', '--limit', '5'], { env: { ENTRA_SIGNUPS_SICNE: '7d' } });
    expect(await runToEnd(run, minute)).toBe(0);
    expect(run.stderr.text).toContain('ENTRA_SIGNUPS_SICNE; did you mean ENTRA_SIGNUPS_SINCE?');
    expect(run.stdout.lines).toHaveLength(5);
  });

  test('--debug-log leaves the mode of what is no file alone', async () => {
    const pipe = join((await runProgram(['--version'])).dataFolder, 'pipe');
    execFileSync('mkfifo', ['-m', '644', pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    await runToEnd(await runProgram(['list', '--demo', '--limit', '5', '--debug-log', pipe]), minute);
    closeSync(reader);
    expect(statSync(pipe).mode & 0o777).toBe(0o644);
  });

  test('--debug-log leaves the mode of a file that was there', async () => {
    const file = join((await runProgram(['--version'])).dataFolder, 'debug.log');
    writeFileSync(file, '');
    chmodSync(file, 0o640);
    await runToEnd(await runProgram(['list', '--demo', '--limit', '5', '--debug-log', file]), minute);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readFileSync(file, 'utf8')).toContain('"what":"page.received"');
  });

  test('--debug-log does not wait for somebody to read a pipe', async () => {
    const pipe = join((await runProgram(['--version'])).dataFolder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const run = await runProgram(['list', '--demo', '--debug-log', pipe]);
    expect(await run.exitCode).toBe(2);
    expect(run.stderr.text).toContain(`--debug-log: ${pipe} is a pipe or socket that nobody reads; choose a file`);
  });

  test.runIf(existsSync('/dev/full'))('--debug-log on a full disk is said, and stops nothing', async () => {
    const run = await runProgram(['list', '--demo', '--limit', '5', '--debug-log', '/dev/full']);
    expect(await runToEnd(run, minute)).toBe(0);
    expect(run.stdout.lines).toHaveLength(5);
    expect(run.stderr.text).toMatch(
      /^entra-signups: --debug-log: \d+ lines of \/dev\/full could not be written: there is no space left in \/dev\n$/m,
    );
  });

  test('--debug-log that cannot be written is a usage error', async () => {
    const run = await runProgram(['list', '--demo', '--debug-log', '/nonexistent/debug.log']);
    expect(await run.exitCode).toBe(2);
    expect(run.stderr.text).toBe(
      'entra-signups: --debug-log: the folder /nonexistent does not exist; create it, or choose another one\n',
    );
  });
});

/** What the demo tenant of the program knows itself to have, by event. */
function stagesOfTruth(fromMs: number, toMs: number) {
  const { truth } = createDemoTenant({ seed: '1', clock: new ManualClock(startMs) });
  return truth
    .attempts({ fromMs: fromMs - 60 * minute, toMs })
    .flatMap(({ correlationId, stages }) =>
      stages.map(({ stage, errorCode, timeMs, visibleAtMs }) => ({
        key: [correlationId, stage, errorCode, Math.floor(timeMs)].join(' '),
        timeMs,
        visibleAtMs,
      })),
    )
    .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
}

function keyOf({ correlationId, signUpStage, status, createdDateTime }: PrintedEvent): string {
  return [correlationId, signUpStage, status.errorCode, Math.floor(Date.parse(createdDateTime))].join(' ');
}
