/** `trace`, whole: from the command line to the bytes, on the demo tenant, which knows what belongs together. */
import { describe, expect, test } from 'vitest';
import { createDemoTenant } from '../../src/demo/tenant.ts';
import type { Problem, ProblemKind } from '../../src/facts/problem.ts';
import type { ReadingFact } from '../../src/facts/reading.ts';
import type { RelatedFact } from '../../src/facts/related.ts';
import { readTrace, type Trace, type TraceReading } from '../../src/headless/read-trace.ts';
import { traceExitCode, traceWords } from '../../src/headless/trace.ts';
import { parseSignIn } from '../../src/logs/parse-sign-in.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { Recorder, runProgram, runToEnd, startMs } from './run-program.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const { truth } = createDemoTenant({ seed: '1', clock: new ManualClock(startMs) });

function attempts() {
  return truth.attempts({ fromMs: startMs - 4 * DAY_MS, toMs: startMs - 2 * DAY_MS });
}

/** An attempt that left something in every log. */
function everywhere() {
  const found = attempts().find(
    ({ entries }) =>
      entries.some(({ log }) => log === 'provisioning') &&
      entries.some(({ log, isOfAttempt, isInteractive }) => log === 'signIns' && !isOfAttempt && isInteractive),
  );
  if (!found) throw new Error('the demo tenant has no such attempt');
  return found;
}

async function traced(id: string, ...more: readonly string[]) {
  const stdout = new Recorder({ isTTY: more.includes('--tty') });
  const stderr = new Recorder({ isTTY: more.includes('--tty') });
  const argv = ['trace', '--demo', '1', id, '--tz', 'utc', ...more.filter((word) => word !== '--tty')];
  const run = await runProgram(argv, { stdout, stderr });
  const exitCode = await runToEnd(run, 2 * MINUTE_MS);
  return { exitCode, out: stdout.text, lines: stdout.lines, err: stderr.text };
}

const names = { signIns: 'sign-ins', directoryAudits: 'audits', provisioning: 'provisioning' } as const;

describe('trace', () => {
  test('prints every entry of the ID and of the account that was made, in order of time', async () => {
    const attempt = everywhere();
    const { exitCode, lines, err } = await traced(attempt.correlationId);
    expect(exitCode).toBe(0);
    const printed = lines.map((line) => JSON.parse(line));
    const others = attempt.entries.filter(({ isInteractive }) => isInteractive);
    expect(printed.filter(({ log }) => log === 'sign-ups')).toHaveLength(attempt.stages.length);
    expect(
      printed
        .filter(({ log }) => log !== 'sign-ups')
        .map(({ log, id }) => `${log} ${id}`)
        .sort(),
    ).toEqual(others.map(({ log, id }) => `${names[log]} ${id}`).sort());
    const times = printed.map((row) => Date.parse(row.createdDateTime ?? row.activityDateTime));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(printed.every(({ outcome }) => typeof outcome === 'string')).toBe(true);
    expect(err).toBe('');
  });

  test('takes the ID in any letter case', async () => {
    const { correlationId, stages } = everywhere();
    const { lines } = await traced(correlationId.toUpperCase());
    expect(lines.filter((line) => line.includes('"log":"sign-ups"'))).toHaveLength(stages.length);
  });

  test('prints one array as json', async () => {
    const { correlationId } = everywhere();
    const [asArray, asLines] = [await traced(correlationId, '--output', 'json'), await traced(correlationId)];
    expect(JSON.parse(asArray.out)).toEqual(asLines.lines.map((line) => JSON.parse(line)));
  });

  test('prints a table on a terminal that says what each entry has in common with the sign-up', async () => {
    const attempt = everywhere();
    const { lines, err } = await traced(attempt.correlationId, '--tty', '--no-color', '--ascii');
    expect(lines[0]).toMatch(/^TIME \(UTC\) +OUTCOME +LOG +SAME +WHAT +WHY/);
    expect(lines.filter((line) => line.includes(' sign-ups '))).toHaveLength(attempt.stages.length);
    expect(lines.find((line) => line.includes(' audits '))).toMatch(/ ID +Add user/);
    expect(lines.find((line) => line.includes(' provisioning '))).toMatch(/ account +create in Conto/);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    expect(err).toContain("asking for the account's later entries");
  });

  test('of a sign-up that the directory refused has its reason, and asks for no account', async () => {
    const refused = attempts().find(({ stages }) => stages.some(({ errorCode }) => errorCode === 399279));
    const { lines, exitCode } = await traced(refused?.correlationId ?? '', '--output', 'table');
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/failed +audits +ID +Add user +(Another object|The object)/);
  });

  test('says so when there is nothing, and where it looked', async () => {
    const { exitCode, out, err } = await traced('00000000-0000-4000-8000-000000000000', '--output', 'json');
    expect([exitCode, out]).toEqual([0, '[]\n']);
    expect(err).toBe(
      'entra-signups: nothing with the correlation ID 00000000-0000-4000-8000-000000000000 since 2026-11-16 10:42:00; entries turn up minutes late\n',
    );
  });

  test('keeps to the range that it is given', async () => {
    const { correlationId } = everywhere();
    const { out, err } = await traced(correlationId, '--since', '1h');
    expect(out).toBe('');
    expect(err).toContain('since 2026-11-23 09:42:00');
  });
});

describe('a command line of trace', () => {
  const usage = async (...argv: readonly string[]) => {
    const run = await runProgram(['trace', '--demo', ...argv]);
    return { exitCode: await run.exitCode, err: run.stderr.text };
  };
  const id = 'f4414243-b0ee-4030-9c0c-d661c716a6b8';

  test.each([
    ['without an ID', [], /needs a correlation ID/],
    ['with two', [id, id], /takes one correlation ID\n.*\n {66}\^{36}\n/],
    ['with one that was cut off', [id.slice(0, -1)], /which is a GUID\n.*\n {29}\^{35}\ne\.g\. /],
    ['with something else', ['ana@example.org'], /which is a GUID\n.*\n {29}\^{15}\n/],
    ['with csv', [id, '--output', 'csv'], /--output is one of table, ndjson, json\n.*\n {75}\^\^\^\n/],
    ['with a range that ends first', [id, '--since', '1h', '--until', '2h'], /ends \(2h\) before it begins/],
  ])('%s is a usage error that points at the place', async (_, argv, message) => {
    const { exitCode, err } = await usage(...argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });
});

const entry = (n: number, userId: string | null) => {
  const parsed = parseSignIn({ id: `s-${n}`, createdDateTime: `2026-11-23T10:00:0${n}Z`, correlationId: 'c', userId });
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
};
const problemOf = (kind: ProblemKind, title = 'No.'): Problem => ({
  ...{ kind, title, meaning: 'Because.', todo: 'Ask.' },
  ...{ code: 'Code', requestId: 'r-1' },
});

describe('what is gathered', () => {
  async function gather(
    signUps: readonly ReadingFact[],
    related: readonly RelatedFact[],
    later: readonly RelatedFact[] = [],
  ) {
    const asked: unknown[] = [];
    const told: string[] = [];
    const reading: TraceReading = {
      readSignUps: async function* () {
        yield* signUps;
      },
      readRelated: async function* (query) {
        asked.push(query);
        yield* query.userId === null ? related : later;
      },
      tell: ({ type }) => void told.push(type),
      onAccount: () => void told.push('account'),
      signal: new AbortController().signal,
    };
    return { trace: await readTrace('c', reading), asked, told };
  }

  test('asks by the account that a sign-in names when the sign-ups cannot be read', async () => {
    const failed: ReadingFact = { type: 'feed.failed', problem: problemOf('refused'), retryInMs: null };
    const read = { type: 'related.read', source: 'signIns', unreadable: [], isComplete: true } as const;
    const later = { ...read, source: 'laterSignIns', isComplete: false, unreadable: ['no id'] } as const;
    const { trace, asked, told } = await gather(
      [failed],
      [{ ...read, entries: [entry(1, 'u-1')] }],
      [{ ...later, entries: [entry(2, 'u-1'), entry(1, 'u-1')] }],
    );
    expect(asked).toEqual([
      { correlationId: 'c', userId: null },
      { correlationId: null, userId: 'u-1' },
    ]);
    expect(trace.entries.map(({ id }) => id)).toEqual(['s-1', 's-2']);
    expect(trace).toMatchObject({ answered: 2, cutShort: ['laterSignIns'], unreadable: ['no id'] });
    expect(trace.problems).toMatchObject([{ source: 'signUps' }]);
    expect(told).toEqual(['account']);
  });

  test('asks for no account when nobody names one', async () => {
    const { asked, trace } = await gather([{ type: 'range.completed' }], []);
    expect(asked).toHaveLength(1);
    expect(trace.answered).toBe(1);
  });
});

describe('the end of a trace', () => {
  const traceOf = (answered: number, ...kinds: readonly ProblemKind[]): Trace => ({
    ...{ entries: [], unreadable: [], cutShort: [], answered },
    problems: kinds.map((kind) => ({ source: 'signIns', problem: problemOf(kind) })),
  });

  test.each<[string, Trace, number]>([
    ['everything was read', traceOf(3), 0],
    ['some logs were refused', traceOf(1, 'refused', 'refused'), 0],
    ['all logs were refused', traceOf(0, 'refused', 'refused', 'refused'), 4],
    ['one could not be reached', traceOf(2, 'unreachable'), 5],
    ['none could be read, for various reasons', traceOf(0, 'refused', 'unreachable', 'refused'), 5],
    ['nobody is signed in any more', traceOf(1, 'refused', 'signIn', 'unreachable'), 3],
    ['Graph did not understand', traceOf(2, 'fault'), 1],
  ])('when %s', (_, trace, exitCode) => {
    expect(traceExitCode(trace)).toBe(exitCode);
  });

  const range = { fromMs: Date.parse('2026-11-16T10:42:00Z'), toMs: startMs };
  const wordsOf = (trace: Trace) => traceWords(trace, 'c', range, { timeZone: 'UTC', nowMs: range.toMs });

  test('tells one line for each log that could not be read, however often it was asked', () => {
    const trace = traceOf(1, 'refused', 'refused');
    const problems = [...trace.problems, { source: 'signUps', problem: problemOf('refused') } as const];
    expect(wordsOf({ ...trace, problems })).toEqual([
      'No. Ask. (code Code, request r-1)',
      'The sign-up log could not be read: No. Ask. (code Code, request r-1)',
      'nothing with the correlation ID c since 2026-11-16 10:42:00 in the logs that could be read; entries turn up minutes late',
    ]);
  });

  test('does not say that there is nothing where nothing could be read', () => {
    expect(wordsOf(traceOf(0, 'refused'))).toEqual(['No. Ask. (code Code, request r-1)']);
  });

  test('says when there is more', () => {
    expect(wordsOf({ ...traceOf(2), entries: [entry(1, null)], cutShort: ['provisioning'] })).toEqual([
      'there is more than the newest that were read in the provisioning log',
    ]);
  });
});
