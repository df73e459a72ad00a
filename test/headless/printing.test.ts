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
import { printTail, type TailOrder } from '../../src/headless/tail.ts';
import { AppNames } from '../../src/signup/app-names.ts';
import { eventOf, guid, NOON_MS } from '../support/events.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { Recorder, until } from './run-program.ts';

const hourMs = 60 * 60_000;
const all = { limit: null, whenNothing: () => ['nothing matched'] };

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
  return { type: 'page.received', settledBelowMs: 0, purpose: 'backfill', events, unreadable: [], covered: null };
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
    narrator: narrator({ write: (text) => told.push(text), timeZone: 'UTC', nowMs: () => NOON_MS }),
    signal: new AbortController().signal,
  };
  const ids = () => stdout.lines.map((line): string => JSON.parse(line).id);
  return { order, ids, told: () => told.join('') };
}

describe('list', () => {
  test('prints what it had when reading failed for good, says so, and hands on the problem', async () => {
    const { order, ids, told } = printing([
      page(2, 1),
      { type: 'feed.failed', problem: problem('refused'), retryInMs: null },
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
    const failed: ReadingFact = { type: 'feed.failed', problem: problem('unreachable'), retryInMs: 0 };
    const { order, ids, told } = printing([failed, failed, page(1), { type: 'range.completed' }]);
    expect(await printList(order, all)).toEqual({ kind: 'done' });
    expect(ids()).toEqual([guid(1)]);
    expect(told().match(/Graph refused\./g)).toHaveLength(1);
    expect(told()).toContain('trying again at 10:42:00');
  });

  test('tells that Graph asks to wait', async () => {
    const { order, told } = printing([{ type: 'feed.throttled', waitMs: 0 }, { type: 'range.completed' }]);
    await printList(order, { ...all, whenNothing: () => [] });
    expect(told()).toBe('entra-signups: Graph asks to wait; going on at 10:42:00\n');
  });

  test('tells the date as well when that is not today', async () => {
    const waitMs = 24 * 60 * 60_000;
    const { order, told } = printing([{ type: 'feed.throttled', waitMs }, { type: 'range.completed' }]);
    await printList(order, { ...all, whenNothing: () => [] });
    expect(told()).toMatch(/^entra-signups: Graph asks to wait; going on at \d{4}-\d\d-\d\d 10:42:00\n$/);
  });

  test('ends when Graph asks for a wait that is too long, and says until when', async () => {
    const tooLong = { ...problem('unreachable'), againInMs: 60 * 60_000 };
    const { order, told } = printing([{ type: 'feed.failed', problem: tooLong, retryInMs: null }]);
    expect(await printList(order, all)).toEqual({ kind: 'failed', problem: tooLong });
    expect(told()).toContain('it asks to wait until 11:42:00, too long for this command; tail and the screen wait\n');
  });

  test('says what it was given to say when there was nothing to print, and only then', async () => {
    const none = printing([page(1), { type: 'range.completed' }]);
    await printList({ ...none.order, keeps: () => false }, all);
    expect(none.told()).toBe('entra-signups: nothing matched\n');
    const one = printing([page(1), { type: 'range.completed' }]);
    await printList(one.order, all);
    expect(one.told()).toBe('');
    const broken = printing([{ type: 'feed.failed', problem: problem('refused'), retryInMs: null }]);
    await printList(broken.order, all);
    expect(broken.told()).not.toContain('nothing matched');
  });

  test('counts one event as one', async () => {
    const stopped = printing([page(2, 1)]);
    await printList(stopped.order, { ...all, limit: 1 });
    expect(stopped.told()).toContain('stopped after 1 event;');
    const failed = printing([page(1), { type: 'feed.failed', problem: problem('refused'), retryInMs: null }]);
    await printList(failed.order, all);
    expect(failed.told()).toContain('1 event was printed');
  });

  test('prints an event once, though pages overlap, and counts only what matches', async () => {
    const { order, ids } = printing([page(9, 8, 7), page(8, 7, 6, 5, 4), { type: 'range.completed' }]);
    const isEven = { ...order, keeps: ({ id }: { readonly id: string }) => Number(id.at(-1)) % 2 === 0 };
    expect(await printList(isEven, { limit: 2, whenNothing: () => [] })).toEqual({ kind: 'done' });
    expect(ids()).toEqual([guid(8), guid(6)]);
  });
});

describe('tail', () => {
  const clock = new ManualClock(NOON_MS);
  const order = (changes: Partial<TailOrder> = {}): TailOrder => ({
    sinceMs: () => null,
    lines: 0,
    readOlder: async function* () {},
    deadline: new AbortController().signal,
    clock,
    onUncertainStart: () => {},
    ...changes,
  });
  const completed: ReadingFact = { type: 'range.completed' };

  test('ends when a person has to act, with what it had', async () => {
    const tail = printing([
      page(1),
      completed,
      page(3, 1, 2),
      { type: 'feed.failed', problem: problem('signIn'), retryInMs: null },
    ]);
    expect(await printTail(tail.order, order())).toEqual({ kind: 'failed', problem: problem('signIn') });
    expect(tail.ids()).toEqual([guid(2), guid(3)]);
  });

  test('prints the last lines first, oldest first, when it is asked to', async () => {
    const tail = printing([page(5, 4), page(3, 2, 1), completed, page(6)]);
    await printTail(tail.order, order({ lines: 2 }));
    expect(tail.ids()).toEqual([guid(4), guid(5), guid(6)]);
  });

  test('looks further back for the last lines when the first read has too few, and no further than it must', async () => {
    const tail = printing([page(5), completed]);
    let pages = 0;
    const readOlder = async function* () {
      for (const older of [page(5, 4), page(3, 2), page(1)]) {
        pages++;
        yield older;
      }
    };
    await printTail(tail.order, order({ lines: 3, readOlder }));
    expect(tail.ids()).toEqual([guid(3), guid(4), guid(5)]);
    expect(pages).toBe(2);
  });

  test('prints what a first read that took long found late, rather than losing it, and says so once', async () => {
    const slow = new ManualClock(NOON_MS);
    const told: number[] = [];
    const tail = printing([]);
    const read = async function* () {
      yield page(1);
      await slow.advance(60_000);
      yield page(2);
      yield page(3);
      yield completed;
    };
    const started = order({ clock: slow, onUncertainStart: (tookMs) => told.push(tookMs) });
    await printTail({ ...tail.order, read }, started);
    expect(tail.ids()).toEqual([guid(2), guid(3)]);
    expect(told).toEqual([60_000]);
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
    const seen = new SeenEvents();
    let most = 0;
    for (let n = 0; n < 12 * 60; n++) {
      const timeMs = NOON_MS + n * minute;
      expect(seen.add({ id: guid(n), timeMs })).toBe(true);
      seen.forgetBelow(timeMs - hourMs);
      most = Math.max(most, seen.size);
    }
    expect(most).toBeLessThan(80);
  });

  test('keeps what the feed may read again', () => {
    const seen = new SeenEvents();
    seen.add({ id: guid(1), timeMs: NOON_MS });
    seen.add({ id: guid(2), timeMs: NOON_MS + hourMs });
    seen.forgetBelow(NOON_MS + hourMs);
    expect(seen.add({ id: guid(2), timeMs: NOON_MS + hourMs })).toBe(false);
    expect(seen.size).toBe(1);
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

  test('a full disk is a failure, and nothing more is read for it', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    });
    const output = outputOn(full);
    await output.write('lost');
    await expect(output.flush()).rejects.toThrow('no space left');
    expect(output.closed.aborted).toBe(true);
  });

  test('waits for a slow reader, and not for one that has stopped, once the time is over', async () => {
    const clock = new ManualClock(NOON_MS);
    const over = new AbortController();
    const taking: (() => void)[] = [];
    const slow = new Writable({ write: (_chunk, _encoding, done) => void taking.push(done) });
    const output = outputOn(slow, { clock, interrupted: new AbortController().signal, over: over.signal });
    let isWritten = false;
    const written = output.write('x'.repeat(100_000)).then(() => {
      isWritten = true;
    });
    over.abort();
    for (let second = 0; second < 3; second++) {
      await settle();
      taking.shift()?.();
      await clock.advance(1000);
      expect(output.closed.aborted).toBe(false);
    }
    await clock.advance(1000);
    await written;
    expect([isWritten, output.closed.aborted]).toEqual([true, true]);
  });

  test('gives up a slow reader soon after an interruption', async () => {
    const clock = new ManualClock(NOON_MS);
    const interrupted = new AbortController();
    const stuck = new Writable({ write: () => {} });
    const output = outputOn(stuck, { clock, interrupted: interrupted.signal });
    const written = output.write('x'.repeat(100_000));
    interrupted.abort();
    await clock.advance(300);
    await written;
    await output.flush();
    expect(output.closed.aborted).toBe(true);
  });

  test('cuts no letter when it hands over a long text in parts', async () => {
    const stdout = new Recorder();
    const text = 'ü😀'.repeat(20_000);
    const output = outputOn(stdout);
    const parts: Buffer[] = [];
    stdout._write = (chunk: Buffer, _encoding, done) => {
      parts.push(chunk);
      done();
    };
    await output.write(text);
    await output.flush();
    expect(parts.length).toBeGreaterThan(1);
    expect(Buffer.concat(parts).toString()).toBe(text);
  });
});
