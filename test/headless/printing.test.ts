/** How `list` and `tail` end when reading does not go well, and what they remember. */
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Problem, ProblemKind } from '../../src/facts/problem.ts';
import type { ReadingFact } from '../../src/facts/reading.ts';
import { ndjsonFormat } from '../../src/headless/json.ts';
import { printList } from '../../src/headless/list.ts';
import { narrator } from '../../src/headless/narrator.ts';
import { outputOn } from '../../src/headless/output.ts';
import type { Printing } from '../../src/headless/printing.ts';
import { exitCodeOf, problemText } from '../../src/headless/problem-text.ts';
import { SeenEvents } from '../../src/headless/seen-events.ts';
import { printTail } from '../../src/headless/tail.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { eventOf, guid, NOON_MS } from '../support/events.ts';
import { Recorder, until } from './run-program.ts';

const hourMs = 60 * 60_000;
const all = { limit: null, whenNothing: ['nothing matched'] };

function problem(kind: ProblemKind): Problem {
  return {
    kind,
    title: 'Graph refused.',
    meaning: 'It says \u001b[31mno\u001b[0m.',
    todo: 'Ask again.',
    code: 'AccessDenied',
    requestId: guid(7),
  };
}

function page(...numbers: readonly number[]): ReadingFact {
  const events = numbers.map((n) => eventOf({ n }));
  return { type: 'page.received', purpose: 'backfill', events, unreadable: [], covered: null };
}

function printing(facts: readonly ReadingFact[]) {
  const stdout = new Recorder();
  const told: string[] = [];
  const order: Printing = {
    read: async function* () {
      yield* facts;
    },
    keeps: () => true,
    appNames: new AppNames(),
    format: ndjsonFormat(),
    output: outputOn(stdout),
    narrator: narrator((text) => told.push(text), 'UTC'),
    signal: new AbortController().signal,
  };
  const ids = () => stdout.lines.map((line): string => JSON.parse(line).id);
  return { order, ids, told: () => told.join('') };
}

describe('list', () => {
  test('prints what it had when reading failed for good, says so, and hands on the problem', async () => {
    const { order, ids, told } = printing([
      page(2, 1),
      { type: 'feed.failed', problem: problem('refused'), retryAtMs: null },
    ]);
    expect(await printList(order, all)).toEqual({ kind: 'failed', problem: problem('refused') });
    expect(ids()).toEqual([guid(2), guid(1)]);
    expect(told()).toBe(
      [
        'entra-signups: Graph refused.',
        '  It says ␛[31mno␛[0m.',
        '  Ask again.',
        `  code AccessDenied, request ${guid(7)}`,
        'entra-signups: this is not all: 2 events were printed before it ended',
        '',
      ].join('\n'),
    );
  });

  test('goes on after a failure that is tried again, and says the same thing once', async () => {
    const failed: ReadingFact = { type: 'feed.failed', problem: problem('unreachable'), retryAtMs: NOON_MS };
    const { order, ids, told } = printing([failed, failed, page(1), { type: 'range.completed' }]);
    expect(await printList(order, all)).toEqual({ kind: 'done' });
    expect(ids()).toEqual([guid(1)]);
    expect(told().match(/Graph refused\./g)).toHaveLength(1);
    expect(told()).toContain('trying again at 10:42:00');
  });

  test('tells that Graph asks to wait', async () => {
    const { order, told } = printing([{ type: 'feed.throttled', untilMs: NOON_MS }, { type: 'range.completed' }]);
    await printList(order, { ...all, whenNothing: [] });
    expect(told()).toBe('entra-signups: Graph asks to wait; going on at 10:42:00\n');
  });

  test('says what it was given to say when there was nothing to print, and only then', async () => {
    const none = printing([page(1), { type: 'range.completed' }]);
    await printList({ ...none.order, keeps: () => false }, all);
    expect(none.told()).toBe('entra-signups: nothing matched\n');
    const one = printing([page(1), { type: 'range.completed' }]);
    await printList(one.order, all);
    expect(one.told()).toBe('');
    const broken = printing([{ type: 'feed.failed', problem: problem('refused'), retryAtMs: null }]);
    await printList(broken.order, all);
    expect(broken.told()).not.toContain('nothing matched');
  });

  test('counts one event as one', async () => {
    const stopped = printing([page(2, 1)]);
    await printList(stopped.order, { ...all, limit: 1 });
    expect(stopped.told()).toContain('stopped after 1 event;');
    const failed = printing([page(1), { type: 'feed.failed', problem: problem('refused'), retryAtMs: null }]);
    await printList(failed.order, all);
    expect(failed.told()).toContain('1 event was printed');
  });

  test('prints an event once, though pages overlap, and counts only what matches', async () => {
    const { order, ids } = printing([page(9, 8, 7), page(8, 7, 6, 5, 4), { type: 'range.completed' }]);
    const isEven = { ...order, keeps: ({ id }: { readonly id: string }) => Number(id.at(-1)) % 2 === 0 };
    expect(await printList(isEven, { limit: 2, whenNothing: [] })).toEqual({ kind: 'done' });
    expect(ids()).toEqual([guid(8), guid(6)]);
  });
});

describe('tail', () => {
  const times = { readsFromMs: NOON_MS - hourMs, printsFromMs: NOON_MS, latestArrivalMs: hourMs };

  test('ends when a person has to act, with what it had', async () => {
    const { order, ids } = printing([
      page(1),
      { type: 'range.completed' },
      page(3, 1, 2),
      { type: 'feed.failed', problem: problem('signIn'), retryAtMs: null },
    ]);
    const end = await printTail(order, { ...times, deadline: new AbortController().signal });
    expect(end).toEqual({ kind: 'failed', problem: problem('signIn') });
    expect(ids()).toEqual([guid(1), guid(2), guid(3)]);
  });
});

describe('exit codes', () => {
  test.each([
    ['fault', 1],
    ['usage', 2],
    ['signIn', 3],
    ['refused', 4],
    ['unreachable', 5],
  ] as const)('%s is %i', (kind, code) => {
    expect(exitCodeOf(problem(kind))).toBe(code);
  });

  test('a problem that says all in its title is one line', () => {
    expect(problemText({ ...problem('fault'), meaning: '', todo: '', code: null, requestId: null })).toBe(
      'entra-signups: Graph refused.\n',
    );
  });
});

describe('the memory of tail', () => {
  const minute = 60_000;

  test('holds only what can come again, in a night of events', () => {
    const seen = new SeenEvents(NOON_MS - hourMs, hourMs);
    let most = 0;
    seen.stretchRead({ fromMs: NOON_MS - hourMs, toMs: NOON_MS });
    for (let n = 0; n < 12 * 60; n++) {
      const timeMs = NOON_MS + n * minute;
      expect(seen.add({ id: guid(n), timeMs })).toBe(true);
      seen.stretchRead({ fromMs: timeMs - 5 * minute, toMs: timeMs });
      if (n % 5 === 0) seen.stretchRead({ fromMs: timeMs - 70 * minute, toMs: timeMs });
      most = Math.max(most, seen.size);
    }
    expect(most).toBeLessThan(80);
  });

  test('keeps everything that was not read again since an outage, however long that was', () => {
    const seen = new SeenEvents(NOON_MS, hourMs);
    seen.add({ id: guid(1), timeMs: NOON_MS + minute });
    seen.stretchRead({ fromMs: NOON_MS, toMs: NOON_MS + 2 * minute });
    const laterMs = NOON_MS + 5 * hourMs;
    seen.stretchRead({ fromMs: laterMs - 3 * hourMs, toMs: laterMs });
    expect(seen.add({ id: guid(1), timeMs: NOON_MS + minute })).toBe(false);
    seen.stretchRead({ fromMs: NOON_MS, toMs: laterMs });
    expect(seen.size).toBe(0);
  });
});

describe('output', () => {
  test('waits for a slow reader', async () => {
    const waiting: (() => void)[] = [];
    const slow = new Writable({ highWaterMark: 10, write: (_chunk, _encoding, done) => void waiting.push(done) });
    const output = outputOn(slow);
    await output.write('12345');
    let written = false;
    const second = output.write('1234567').then(() => {
      written = true;
    });
    await until(
      () => waiting.length === 1,
      () => 'nothing was handed over',
    );
    expect(written).toBe(false);
    waiting.shift()?.();
    await until(
      () => waiting.length === 1,
      () => 'the second text was not handed over',
    );
    waiting.shift()?.();
    await second;
    expect(written).toBe(true);
  });

  test('drops what comes after its reader has gone, and tells those who wait', async () => {
    const output = outputOn(new Recorder({ closesAfter: 0 }));
    await output.write('lost');
    await output.flush();
    expect(output.closed.aborted).toBe(true);
    await output.write('lost, too');
  });

  test('a full disk is a failure', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    });
    const output = outputOn(full);
    await output.write('lost');
    await expect(output.flush()).rejects.toThrow('no space left');
    expect(output.closed.aborted).toBe(false);
  });
});
