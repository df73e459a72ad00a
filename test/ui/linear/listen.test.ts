/** What is said about what happens: (state before, state after) → lines. */

import { describe, expect, test } from 'vitest';
import { momentAt } from '../../../src/facts/moment.ts';
import type { Problem } from '../../../src/facts/problem.ts';
import type { ReadingFact } from '../../../src/facts/reading.ts';
import type { SigningInFact } from '../../../src/facts/signing-in.ts';
import type { Action } from '../../../src/store/action.ts';
import { reduce } from '../../../src/store/reducer.ts';
import { selectFeedRequest } from '../../../src/store/select-feed-request.ts';
import { selectSignInRequest } from '../../../src/store/select-sign-in-request.ts';
import type { State } from '../../../src/store/state.ts';
import { introduction, listen, type Memory, NEWS_EVERY_MS } from '../../../src/ui/linear/listen.ts';
import { linearMeasure, linearSize } from '../../../src/ui/linear/measure.ts';
import { eventOf, guid, NOON_MS } from '../../support/events.ts';
import { freshState, signedInState } from '../../support/states.ts';

/** A person who hears what the program says. */
class Listener {
  memory: Memory;
  nowMs = NOON_MS;

  constructor(state: State) {
    this.memory = introduction(state).memory;
  }

  get state(): State {
    return this.memory.state;
  }

  do(action: Action, key: string | null = null): readonly string[] {
    const heard = listen(
      this.memory,
      reduce(this.state, action, { logMs: this.nowMs, moment: momentAt(this.nowMs) }),
      key,
    );
    this.memory = heard.memory;
    return heard.lines;
  }

  /** Presses keys one after the other; gives what the last one brought. */
  press(keys: string): readonly string[] {
    return keys.split(' ').reduce<readonly string[]>((_, key) => this.do({ type: 'key.pressed', key }, key), []);
  }

  told(fact: ReadingFact): readonly string[] {
    return this.do({ type: 'feed.told', requestKey: selectFeedRequest(this.state)?.key ?? '', fact });
  }

  signIn(fact: SigningInFact): readonly string[] {
    return this.do({ type: 'signIn.told', requestKey: selectSignInRequest(this.state)?.key ?? '', fact });
  }

  page(parts: Parameters<typeof eventOf>[0][], purpose: 'backfill' | 'poll' = 'poll'): readonly string[] {
    return this.told({
      type: 'page.received',
      settledBelowMs: 0,
      purpose,
      events: parts.map(eventOf),
      unreadable: [],
      covered: null,
    });
  }

  pass(ms: number): readonly string[] {
    this.nowMs += ms;
    return this.do({ type: 'clock.ticked' });
  }
}

const parts = { columns: linearSize.columns, rows: linearSize.rows, settings: { measure: linearMeasure } };
const caughtUp: ReadingFact = { type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 15_000 };
const attempt = [
  { n: 1, correlation: 1, who: 'ana@example.org' },
  { n: 2, correlation: 1, who: 'ana@example.org', stage: 'credentialValidation', code: 50181 },
  { n: 3, correlation: 2, who: 'bo@example.org', provider: 'Google', stage: 'userCreation' },
];

/** Three events are read, and the third, which is the newest, is under the cursor. */
function listener(): Listener {
  const one = new Listener(signedInState(parts));
  one.told({ type: 'range.completed' });
  one.page(attempt, 'backfill');
  one.told(caughtUp);
  return one;
}

const newest = '1 of 3. 10:42:03 succeeded at create, Google, Contoso Shop, bo@example.org';
const failed =
  '2 of 3. 10:42:02 failed at validate, code 50181 wrong e-mail code, Email OTP, Contoso Shop, ana@example.org';

describe('the beginning', () => {
  test('tells tenant, filter and what to do', () => {
    const { lines } = introduction(freshState(parts));
    expect(lines[0]).toContain('? lists keys');
    expect(lines[1]).toBe('Tenant Contoso Customers. Events, no filter, since Sun 10:42:00.');
  });

  test('tells what was read once it was, and where one is', () => {
    const one = new Listener(signedInState(parts));
    expect(one.page(attempt, 'backfill')).toEqual([]);
    expect(one.told(caughtUp)).toEqual(['3 events so far. Read up to 10:42:00.', newest]);
    expect(one.told({ ...caughtUp, upToMs: NOON_MS + 1 })).toEqual([]);
  });
});

describe('a key in the table', () => {
  test.each([
    ['j', failed],
    ['k', newest],
    ['j j', '3 of 3. 10:42:01 succeeded at collect, Email OTP, Contoso Shop, ana@example.org'],
    ['j j j', '3 of 3. 10:42:01 succeeded at collect, Email OTP, Contoso Shop, ana@example.org'],
    ['G', '3 of 3. 10:42:01 succeeded at collect, Email OTP, Contoso Shop, ana@example.org'],
    ['j g', newest],
  ])('%s reads the event that it leads to', (keys, line) => {
    expect(listener().press(keys)).toEqual([line]);
  });

  test('that does nothing says nothing', () => {
    expect(listener().press('Q')).toEqual([]);
  });

  test('with a word to say says it', () => {
    expect(listener().press('q')).toEqual(['Press q again to quit.']);
    expect(listener().press('space')).toEqual(['Paused: nothing is polled. Space goes on, r asks once.']);
  });

  test('that copies shows what is to be copied, since nothing is sent to the terminal', () => {
    expect(listener().press('y')).toEqual(['To be copied:', guid(1_000_002)]);
  });

  test('that asks what to copy reads each thing, and shows the one that is taken', () => {
    const one = listener();
    expect(one.press('c')).toEqual([
      'To be copied. Enter shows it, x leaves out who it was, Esc goes back.',
      'correlation ID, key c. 1 of 7.',
    ]);
    expect(one.press('x')).toEqual(['Who it was is left out.', 'correlation ID, key c. 1 of 7.']);
    expect(one.press('j j')).toEqual(['row, key r. 3 of 7.']);
    expect(one.press('enter')).toEqual([newest, 'To be copied:', expect.stringContaining('Contoso Shop')]);
  });

  test('that shows a text plainly reads it, and line by line again', () => {
    const one = listener();
    const lines = one.press('c j p');
    expect(lines.length).toBeGreaterThan(3);
    expect(one.press('j')).toEqual([lines[1]]);
    expect(one.press('esc')).toEqual([newest]);
  });

  test('that marks a row says so', () => {
    expect(listener().press('m')).toEqual([newest.replace('1 of 3. ', '1 of 3. marked, ')]);
  });

  test('that shows attempts says which have a marked event, whichever it is', () => {
    const one = listener();
    one.press('j m');
    expect(one.press('a').join('\n')).toContain('marked, ');
  });

  test('that sorts says by what', () => {
    const one = listener();
    expect(one.press('x')[1]).toBe('time, shown, sorted by time, newest first. 1 of 9.');
    expect(one.press('S')).toContain('Events, sorted by time, oldest first, no filter, since Sun 10:42:00.');
  });

  test('that searches reads the hit and its place', () => {
    const one = listener();
    expect(one.press('/ a n a')).toEqual([]);
    expect(one.press('enter')).toEqual(['Found 1 of 2.', failed]);
    expect(one.press('n')[0]).toBe('Found 2 of 2.');
    expect(one.press('n')).toEqual([expect.stringContaining('is not below the cursor')]);
  });

  test('that turns to attempts says what a row is now', () => {
    const one = listener();
    expect(one.press('a')).toEqual([
      'Attempts, no filter, since Sun 10:42:00.',
      // Whether one began before the range is not known before the two hours before it are read.
      '2 attempts of those that are loaded.',
      expect.stringMatching(/^1 of 2\. .* created the account/),
    ]);
    expect(one.press('j')).toEqual([
      '2 of 2. 10:42:01 failed at validate, code 50181 wrong e-mail code, path collect succeeded, validate failed, took 1 s, Email OTP, Contoso Shop, ana@example.org',
    ]);
  });
});

describe('the detail', () => {
  test('is read line by line when it opens', () => {
    const lines = listener().press('j enter');
    expect(lines[0]).toBe('Event: failed at validate.');
    expect(lines[1]).toBe('Code: 50181 wrong e-mail code');
    expect(lines).toContain('Identity: ana@example.org');
    expect(lines).toContain('Same correlation ID: 2 events so far.');
    expect(lines).toContain('1. 10:42:01.000 succeeded at collect');
    expect(lines).toContain('2. 10:42:02.000 failed at validate, code 50181 wrong e-mail code, 1 s later, this one');
    expect(lines.at(-1)).toMatch(/^UTC: /);
  });

  test('is read again by j and k, to its last line and no further', () => {
    const one = listener();
    const lines = one.press('j enter');
    expect(one.press('j')).toEqual([lines[1]]);
    expect(one.press('j')).toEqual([lines[2]]);
    expect(one.press('k')).toEqual([lines[1]]);
    expect(one.press('G')).toEqual([lines.at(-1)]);
    expect(one.press('j')).toEqual([lines.at(-1)]);
  });

  test('of another event is read after its row', () => {
    const one = listener();
    one.press('enter');
    expect(one.press('J').slice(0, 2)).toEqual([failed, 'Event: failed at validate.']);
  });

  test('closes to the row', () => {
    expect(listener().press('j enter esc')).toEqual([failed]);
  });

  test('says when the rest of the attempt has come', () => {
    const one = listener();
    one.press('j enter');
    const correlationId = guid(1_000_001);
    const related = (fact: Extract<Action, { type: 'related.told' }>['fact']) =>
      one.do({ type: 'related.told', log: 'signUps', correlationId, fact });
    expect(related({ type: 'related.started' })).toEqual([]);
    expect(related({ type: 'related.completed' })).toEqual([
      'Graph has 2 events of this correlation ID; all are loaded.',
    ]);
  });
});

describe('the filter', () => {
  test('is stepped through in words, each choice with what it leaves', () => {
    const one = listener();
    expect(one.press('f')).toEqual([
      expect.stringContaining('Filter. Left and Right'),
      'Field outcome.',
      'failed, not chosen, 1 event loaded. 1 of 5.',
    ]);
    expect(one.press('space')).toEqual([
      'failed, chosen, 1 event loaded. 1 of 5.',
      'Events, filter outcome:failed, since Sun 10:42:00.',
      '1 event of those that are loaded.',
    ]);
    expect(one.press('right')).toEqual(['Field stage.', expect.stringContaining('1 of 7.')]);
    expect(one.press('esc')).toEqual([expect.stringMatching(/^1 of 1\. .* failed at validate/)]);
  });

  test('has a range that is typed, and says what is wrong with it', () => {
    const one = listener();
    one.press('f');
    expect(one.press('left')).toEqual([
      'Field time.',
      expect.stringContaining('/ types a range'),
      expect.stringContaining('last 24 hours, chosen'),
    ]);
    one.press('/');
    expect(one.press('x')).toEqual([]);
    expect(one.press('enter')).toEqual([expect.stringContaining('"x" is no time')]);
  });

  test('is told again with its count when Graph has been asked for it', () => {
    const one = listener();
    one.press('f space esc');
    expect(one.told(caughtUp)).toEqual([
      expect.stringMatching(/^1 event so far, 2 hidden by the filter\. Read up to /),
    ]);
  });

  test('that is typed wrong says what is wrong', () => {
    const one = listener();
    one.press(': o u t c o m e : x');
    expect(one.press('enter')[0]).toMatch(/outcome/);
  });

  test('that is typed says which completion Tab would take when another is chosen', () => {
    expect(listener().press(': o u t c o m e : down')).toEqual([expect.stringMatching(/^Tab completes: .*2 of 5\.$/)]);
  });

  test('that is picked from an event reads each value', () => {
    const one = listener();
    expect(one.press('j +')).toEqual([
      'Show only what has the same. Enter takes it, Esc goes back.',
      expect.stringMatching(/^error 50181 wrong e-mail code\. 1 of \d+\.$/),
    ]);
    expect(one.press('j')).toEqual([expect.stringMatching(/^app Contoso Shop\. 2 of /)]);
  });

  test('that is a preset reads its name, its query and its count', () => {
    const one = listener();
    expect(one.press('P')[1]).toBe('failed at any point: outcome:failed, 1 event, key f. 1 of 14.');
  });
});

describe('help', () => {
  test('lists the keys of the place that it is asked in', () => {
    const lines = listener().press('?');
    expect(lines).toContain('j or Down: one row down (older)');
    expect(lines).toContain('Everywhere:');
    expect(lines.some((line) => line.includes('get a new code'))).toBe(false);
  });

  test('is read line by line, and closes to the row', () => {
    const one = listener();
    const lines = one.press('?');
    expect(one.press('j')).toEqual([lines[1]]);
    expect(one.press('esc')).toEqual([newest]);
  });
});

describe('news', () => {
  const more = (n: number, code = 0) => ({ n, code });

  test('are told in a word, with the failures among them', () => {
    const one = listener();
    one.pass(NEWS_EVERY_MS);
    expect(one.page([more(10), more(11, 50181), more(12)])).toEqual(['3 new, 1 failed.']);
  });

  test('are collected when they come close behind each other', () => {
    const one = listener();
    one.pass(NEWS_EVERY_MS);
    expect(one.page([more(10)])).toEqual(['1 new.']);
    expect(one.page([more(11)])).toEqual([]);
    expect(one.page([more(12)])).toEqual([]);
    expect(one.pass(NEWS_EVERY_MS)).toEqual(['2 new.']);
    expect(one.pass(NEWS_EVERY_MS)).toEqual([]);
  });

  test('wait until nothing is typed any more', () => {
    const one = listener();
    one.pass(NEWS_EVERY_MS);
    one.press('/');
    expect(one.page([more(10)])).toEqual([]);
    expect(one.press('esc')).toContain('1 new.');
  });

  test('are not what was merely read now', () => {
    const one = listener();
    one.pass(NEWS_EVERY_MS);
    expect(one.page([{ n: -100 }], 'backfill')).toEqual([]);
  });
});

describe('trouble', () => {
  const problem: Problem = {
    kind: 'unreachable',
    title: 'The connection was refused.',
    meaning: 'ECONNREFUSED',
    todo: 'Check the network.',
    code: null,
    requestId: null,
  };

  test('is told once, and when it is over', () => {
    const one = listener();
    const fact: ReadingFact = { type: 'feed.failed', problem, retryInMs: 5_000 };
    expect(one.told(fact)).toEqual([
      'The connection was refused.',
      'ECONNREFUSED',
      'Check the network.',
      'It is tried again in 5 s.',
    ]);
    expect(one.told(fact)).toEqual([]);
    expect(one.told(caughtUp)).toEqual(['Reading again.']);
    expect(one.told({ type: 'feed.throttled', waitMs: 8_000 })).toEqual([
      'Graph asks to wait; it goes on by itself in 8 s.',
    ]);
  });

  test('with the sign-in says that the rows stay, and how to sign in', () => {
    const lines = listener().told({ type: 'feed.failed', problem: { ...problem, kind: 'signIn' }, retryInMs: null });
    expect(lines[0]).toBe('Signed out 10:42:00. The rows stay. L signs in again.');
    expect(lines.filter((line) => line === problem.title)).toHaveLength(1);
  });
});

describe('signing in', () => {
  test('gives address and code on lines of their own', () => {
    const one = new Listener(freshState(parts));
    expect(one.do({ type: 'account.looked', account: null, problem: null })).toEqual(['Asking for a code.']);
    const verificationUri = 'https://microsoft.com/devicelogin';
    const expiresInMs = 900_000;
    const lines = one.signIn({ type: 'signIn.codeReceived', userCode: 'ABCD1234', verificationUri, expiresInMs });
    expect(lines.slice(1, 4)).toEqual([verificationUri, 'and enter this code:', 'ABCD1234']);
    expect(lines[4]).toContain('15 min');
    expect(one.pass(1000)).toEqual([]);
    expect(one.signIn({ type: 'signIn.codeExpired' })).toEqual(['The code has expired. n gets a new one.']);
  });
});

describe('the screen of figures', () => {
  test('is read whole when it opens, without bars, and then by the line that one moves to', () => {
    const one = listener();
    const lines = one.press('i');
    expect(lines[0]).toContain('Figures.');
    expect(lines).toContain('2 attempts 1 created 1 failed 0 no further event 0 in progress');
    expect(lines).toContain('validate 1 1 100.0 % < loses the most');
    expect(lines.at(-1)).toBe('Enter opens 2 attempts.');
    expect(lines.join('')).not.toMatch(/##/);
    expect(one.press('j')[0]).toMatch(/^local 0.0 % of 1 social 100.0 % of 1/);
    expect(one.press('l').at(-1)).toBe('Enter opens social 100.0 % of 1.');
    expect(one.press('esc')).toEqual([newest]);
  });

  test('leads to the attempts behind a figure', () => {
    const one = listener();
    one.press('i l l');
    expect(one.press('enter')[0]).toMatch(/^Attempts, filter outcome:failed, since/);
  });
});

test('text from the log is made visible', () => {
  const one = new Listener(signedInState(parts));
  const who = 'a\u001b[2Jb\u202e@example.org';
  one.page([{ n: 1, who, app: '\u009b31m' }], 'backfill');
  const lines = [...one.told(caughtUp), ...one.press('enter'), ...one.press('esc'), ...one.press('+ j j')].join('\n');
  expect(lines).toContain('␛[2J');
  for (const dangerous of ['\u001b', '\u202e', '\u009b']) expect(lines).not.toContain(dangerous);
});
