import fc from 'fast-check';
import { renderUnicodeCompact } from 'uqr';
import { describe, expect, it } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import type { Problem } from '../../src/facts/problem.ts';
import { keyTable } from '../../src/store/keys.ts';
import type { State } from '../../src/store/state.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { type Line, lineWidth } from '../../src/ui/line.ts';
import { regionNames, screenRegions } from '../../src/ui/screen-lines.ts';
import { eventOf, eventsBetween, NOON_MS } from '../support/events.ts';
import { freshState, pressed, reduced, signedInState, told, withEvents } from '../support/states.ts';

/** The regions from top to bottom as text; what stands beside each other follows each other. */
function textOf(state: State, ascii = false): string {
  return regionsOf(state, ascii)
    .flat()
    .map((line) => line.map(({ text }) => text).join(''))
    .join('\n');
}

function regionsOf(state: State, ascii: boolean): readonly (readonly Line[])[] {
  const { regions } = screenRegions(state, glyphsOf(ascii));
  return regionNames.map((name) => regions[name].lines);
}

const attempt = [
  eventOf({ n: 1, correlation: 1, app: null }),
  eventOf({ n: 14, correlation: 1, stage: 'credentialValidation', code: 1002013 }),
  eventOf({ n: 32, correlation: 1, stage: 'credentialValidation', code: 50181 }),
  eventOf({
    n: 33,
    correlation: 1,
    stage: 'attributeCollectionAndValidation',
    code: 1003005,
    listeners: [
      {
        eventType: 'attributeCollectionSubmit',
        executedListenerId: 'l',
        handlerResult: { customExtensionId: 'x', numberOfAttempts: 2, httpStatus: 0, errorCode: 1003005 },
      },
    ],
  }),
];

const problem: Problem = {
  kind: 'refused',
  title: 'Graph refused: your role may not read sign-up logs.',
  meaning: 'The permission is there, the directory role is not.',
  todo: 'Have Reports Reader assigned to you, then sign in again.',
  code: 'Authentication_RequestFromUnsupportedUserRole',
  requestId: 'r-1',
};

describe('the screen', () => {
  it.each([
    [100, ' 17 Nov 10:42 '],
    [160, ' 17 Nov 10:42:14 '],
  ])('has dates in place of weekdays when more than six days are shown, %i cells wide', (columns, time) => {
    const event = eventOf({ n: 14, timeMs: NOON_MS + 14_000 - 6 * 86_400_000 });
    const shown = (keys: string) => textOf(pressed(withEvents(signedInState({ columns }), [event]), keys));
    expect(shown('5')).toContain('since Fri 10:42:00');
    const week = shown('6');
    expect(week).toContain('since 16 Nov 10:42:00');
    expect(week).toContain(time);
    expect(week).not.toMatch(/(Mon|Tue) \d\d:/);
  });

  it('fits every terminal in every state that keys can lead to', () => {
    const keys = [...new Set(keyTable.flatMap((binding) => binding.keys))].filter((key) => key !== 'ctrl+z');
    const filled = (columns: number, rows: number) =>
      withEvents(signedInState({ columns, rows }), [...attempt, ...eventsBetween(100, 160)]);
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 220 }),
        fc.integer({ min: 5, max: 70 }),
        fc.array(fc.constantFrom(...keys), { maxLength: 12 }),
        fc.boolean(),
        (columns, rows, presses, ascii) => {
          const state =
            presses.length === 0 ? filled(columns, rows) : pressed(filled(columns, rows), presses.join(' '));
          const { regions, paneBeside } = screenRegions(state, glyphsOf(ascii));
          for (const name of regionNames) {
            for (const line of regions[name].lines) expect(lineWidth(line)).toBeLessThanOrEqual(regions[name].width);
          }
          const height = (name: (typeof regionNames)[number]) => regions[name].lines.length;
          const body = paneBeside ? height('table') : height('table') + height('pane');
          expect(height('page') + height('header') + height('panel') + body + height('footer')).toBe(rows);
          const beside = paneBeside ? regions.table.width + 1 + regions.pane.width : regions.table.width;
          expect(beside).toBeLessThanOrEqual(columns);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('draws nothing but ASCII with --ascii, when the log has nothing else', () => {
    const state = withEvents(signedInState({ rows: 40, settings: { ascii: true } }), attempt);
    for (const keys of ['k', 'enter', 'f', '?', 'enter enter z']) {
      expect(textOf(pressed(state, keys), true)).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  it('says that nothing came, and that events can take minutes', () => {
    const state = told(signedInState(), { type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 15_000 });
    expect(textOf(state)).toMatch(/No sign-up events since .* \(read up to 10:42:00\)/);
    expect(textOf(state)).toContain('can take minutes');
  });

  it('says which conditions hide all that is loaded', () => {
    const state = pressed(withEvents(signedInState({ rows: 30 }), eventsBetween(1, 5)), 'f space enter');
    expect(textOf(state)).toMatch(/Nothing matches outcome:failed yet; .* It hides all 5 loaded/);
  });

  it('says why Graph refused and what to do, and keeps the rows', () => {
    const empty = told(signedInState(), { type: 'feed.failed', problem, retryInMs: null });
    expect(textOf(empty)).toContain('Have Reports Reader assigned to you');
    const filled = told(withEvents(signedInState(), eventsBetween(1, 5)), {
      type: 'feed.failed',
      problem,
      retryInMs: null,
    });
    expect(textOf(filled)).toContain('Graph refused: your role may not read sign-up logs.');
    expect(textOf(filled)).toContain('person5@example');
  });

  it('counts down to the next poll, and to the end of a throttle', () => {
    const state = told(signedInState(), { type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 8_000 });
    expect(textOf(state)).toContain('● live, next in  8 s');
    expect(textOf(told(state, { type: 'feed.throttled', waitMs: 12_000 }))).toContain('throttled, goes on in 12 s');
    expect(textOf(pressed(state, 'space'))).toContain('PAUSED');
  });

  it('says how far behind it is while it reads more news than one page holds', () => {
    const state = told(signedInState({ columns: 140 }), { type: 'feed.behind', upToMs: NOON_MS - 45_000 });
    expect(textOf(state)).toContain('◐ catching up   data to 10:41:15 (45 s behind)');
    const read = told(state, { type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 8_000 });
    expect(textOf(read)).not.toContain('behind');
  });

  it('says that it is paused, not that it goes on, once the wait is over that nothing comes after', () => {
    const paused = pressed(signedInState({ rows: 30 }), 'space');
    const throttled = told(paused, { type: 'feed.throttled', waitMs: 5_000 });
    expect(textOf(throttled)).toContain('throttled, goes on in 5 s');
    expect(textOf({ ...throttled, moment: momentAt(NOON_MS + 5_000) })).toContain('PAUSED');
    const failed = told(paused, { type: 'feed.failed', problem, retryInMs: 5_000 });
    expect(textOf({ ...failed, moment: momentAt(NOON_MS + 5_000) })).toContain('PAUSED');
  });

  it('takes events without a correlation ID for no attempt', () => {
    const events = [1, 2].map((n) => ({ ...eventOf({ n }), correlationId: '' }));
    const open = pressed(withEvents(signedInState({ columns: 120, rows: 40 }), events), 'enter');
    expect(textOf(open)).toContain('No correlation ID');
    expect(pressed(open, 'c').requests.copies.count).toBe(0);
  });

  it('marks what Graph decides and what is decided here', () => {
    const state = pressed(withEvents(signedInState({ rows: 30 }), attempt), 'f space right right space enter');
    expect(textOf(state)).toContain('outcome:failed ᴸ');
    expect(textOf(state)).toContain('provider:"Email OTP" ᴳ');
  });

  it('shows the attempt in the pane: meaning, what to do, gaps, codes and extension results', () => {
    const state = pressed(withEvents(signedInState({ rows: 50 }), attempt), 'enter');
    const text = textOf(state);
    expect(text).toContain('✗ failed at attributes');
    expect(text).toMatch(/Same correlation ID {2}4 events, 32 s/);
    expect(text).toMatch(/10:42:14\.000 +\+13s ◌ validate +1002013/);
    expect(text).toMatch(/→ attributeCollectionSubmit → timed out \(1003005\), 2 calls/);
    expect(text).toContain('Contoso Shop');
  });

  it('cuts each field of the pane to one line and says so, and shows it whole again', () => {
    const open = pressed(withEvents(signedInState({ columns: 90, rows: 60 }), attempt), 'enter');
    const whole = textOf(open);
    const cut = textOf(pressed(open, 'w'));
    const fieldLines = (text: string) => text.split('\n').filter((line) => /^ {13}\S/.test(line)).length;
    expect(fieldLines(whole)).toBeGreaterThan(2);
    // What stands under the extension is a line of its own.
    expect(fieldLines(cut)).toBe(1);
    expect(cut).toContain('cut, w wraps');
    expect(cut).toMatch(/Means .*…$/m);
    expect(textOf(pressed(open, 'w w'))).toBe(whole);
  });

  it('lets the pane follow the cursor, and grow with the attempt', () => {
    const open = pressed(withEvents(signedInState({ rows: 50 }), attempt), 'enter');
    const grown = withEvents(open, [eventOf({ n: 40, correlation: 1, stage: 'userCreation' })]);
    expect(textOf(grown)).toContain('5 events, 39 s');
    expect(textOf(pressed(grown, 'k'))).toContain('✓ succeeded at create');
  });

  it('makes hostile text of the log harmless wherever it is drawn', () => {
    const hostile = eventOf({ n: 1, who: 'x\x1b]0;owned\x07\u202e\n@example.org', app: '\x9b31mred' });
    const state = withEvents(signedInState({ rows: 50 }), [hostile]);
    for (const keys of ['k', 'enter', 'f right right right right']) {
      expect(textOf(pressed(state, keys))).not.toMatch(/[^\P{C}\n]/u);
    }
  });
});

describe('the sign-in screen', () => {
  const waiting = (parts: Parameters<typeof freshState>[0] = {}) => {
    const state = reduced(freshState({ rows: 30, ...parts }), { type: 'account.looked', account: null, problem: null });
    return reduced(state, {
      type: 'signIn.told',
      requestKey: '1',
      fact: {
        type: 'signIn.codeReceived',
        userCode: 'ABCD-EFGH',
        verificationUri: 'https://microsoft.com/devicelogin',
        expiresInMs: 861_000,
      },
    });
  };

  it('has the address and the code on lines of their own, the time left, and what is asked for', () => {
    const lines = textOf(waiting({ columns: 60 })).split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^ +https:\/\/microsoft\.com\/devicelogin *$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ +ABCD-EFGH *$/));
    expect(lines.join('\n')).toContain('14:21 left');
    expect(lines.join('\n')).toContain('AuditLog.Read.All');
  });

  it('shows a QR code of the address where there is room', () => {
    const qrCode = renderUnicodeCompact('https://microsoft.com/devicelogin', { border: 1 }).split('\n');
    for (const columns of [80, 120]) {
      const shown = textOf(waiting({ columns }));
      for (const line of qrCode) expect(shown).toContain(line.trimEnd());
    }
    expect(textOf(waiting({ columns: 120, settings: { ascii: true } }), true)).not.toMatch(/[▀▄█]/);
  });

  it('goes without the QR code when the address is too long for one', () => {
    const verificationUri = `https://login.example.org/${'x'.repeat(4_000)}`;
    const fact = { type: 'signIn.codeReceived', userCode: 'ABCD', verificationUri, expiresInMs: 0 } as const;
    const long = reduced(waiting({ columns: 120 }), { type: 'signIn.told', requestKey: '1', fact });
    expect(textOf(long)).toContain('ABCD');
    expect(textOf(long)).not.toMatch(/[▀▄█]/);
  });

  it('copies the code as it comes, and again with one key', () => {
    expect(waiting().requests.copies).toEqual({ count: 1, text: 'ABCD-EFGH' });
    expect(pressed(waiting(), 'c').requests.copies).toEqual({ count: 2, text: 'ABCD-EFGH' });
  });

  it('copies the address that the advice names when it failed, without what stands around it', () => {
    const failedWith = (todo: string) =>
      reduced(waiting(), {
        type: 'signIn.told',
        requestKey: '1',
        fact: { type: 'signIn.failed', problem: { ...problem, todo }, offerBrowser: false },
      });
    const copiedAfter = (todo: string) => pressed(failedWith(todo), 'c').requests.copies.text;
    const address = 'https://login.example.org/t/v2.0/adminconsent?client_id=x&scope=https%3A%2F%2Fg%2FA.B';
    expect(copiedAfter(`Have somebody open ${address} and accept. Then sign in again.`)).toBe(address);
    expect(copiedAfter('Register one at https://aka.ms/mfasetup, then sign in again.')).toBe('https://aka.ms/mfasetup');
    expect(copiedAfter('Sign in again.')).toBe('ABCD-EFGH');
  });

  it('offers a new code when the old one expired, and the browser when the tenant refuses codes', () => {
    const expired = reduced(waiting(), { type: 'signIn.told', requestKey: '1', fact: { type: 'signIn.codeExpired' } });
    expect(textOf(expired)).toContain('gets a new code');
    const refused = reduced(waiting(), {
      type: 'signIn.told',
      requestKey: '1',
      fact: { type: 'signIn.failed', problem: { ...problem, code: 'AADSTS530035' }, offerBrowser: true },
    });
    expect(textOf(refused)).toMatch(/b +signs in with a browser/);
    expect(textOf(refused)).toContain('AADSTS530035');
  });
});
