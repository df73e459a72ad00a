/** The screen of the other logs: columns and detail of their own, and which log it is. */
import { describe, expect, it } from 'vitest';
import { logNamed } from '../../src/logs/logs.ts';
import type { LogEvent, LogName } from '../../src/signup/event.ts';
import type { State } from '../../src/store/state.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { detailWords } from '../../src/ui/linear/detail-words.ts';
import { rowWords } from '../../src/ui/linear/row-words.ts';
import { regionNames, screenRegions } from '../../src/ui/screen-lines.ts';
import { auditRow, provisioningRow, signInRow } from '../logs/rows.ts';
import { eventsBetween, NOON_MS } from '../support/events.ts';
import { pressed, signedInState, told, withEvents } from '../support/states.ts';

const rowOf = { signIns: signInRow, audits: auditRow, provisioning: provisioningRow };

function entry(log: keyof typeof rowOf, differences = {}): LogEvent {
  const parsed = logNamed(log).parse(rowOf[log](differences));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

function textOf(state: State): string {
  const { regions } = screenRegions(state, glyphsOf(false));
  return regionNames
    .flatMap((name) => regions[name].lines)
    .map((line) => line.map(({ text }) => text).join(''))
    .join('\n');
}

/** The log with one entry, after sign-ups. */
function shown(log: keyof typeof rowOf, differences = {}, columns = 160): State {
  const key = { signIns: '2', audits: '3', provisioning: '4' }[log];
  const start = withEvents(signedInState({ columns, rows: 50 }), eventsBetween(1, 5));
  return withEvents(pressed(start, `V ${key}`), [entry(log, differences)]);
}

describe('the table', () => {
  it.each<[keyof typeof rowOf, RegExp, readonly string[]]>([
    ['signIns', /TIME.*OUTCOME.*WHO.*APP.*ADDRESS.*FROM.*CLIENT.*CODE.*MEANING/, ['203.0.113.7', 'DE', 'Browser']],
    ['audits', /TIME.*OUTCOME.*ACTIVITY.*TARGET.*BY.*REASON/, ['Add user', 'ana@example.org']],
    ['provisioning', /TIME.*OUTCOME.*ACTION.*SOURCE.*TARGET.*SYSTEM.*REASON/, ['create', 'ana.example']],
  ])('of %s has columns of its own', (log, titles, cells) => {
    const text = textOf(shown(log));
    expect(text).toMatch(titles);
    for (const cell of cells) expect(text).toContain(cell);
    expect(text).not.toContain('STAGE');
    expect(text.split('\n')[0]).toContain(logNamed(log).title);
  });

  it.each([40, 60, 79, 80, 100, 170])('is named in the header of %i columns', (columns) => {
    const header = (state: State) => textOf(state).split('\n').slice(0, 2).join(' ');
    expect(header(shown('provisioning', {}, columns))).toContain('Provisioning');
    const filtered = pressed(shown('provisioning', {}, columns), 'f down space enter');
    expect(header(filtered)).toContain('Provisioning');
  });

  it('says that nothing came in words of its log', () => {
    const empty = told(pressed(signedInState(), 'V 3'), {
      type: 'feed.caughtUp',
      upToMs: NOON_MS,
      nextPollInMs: 15_000,
    });
    expect(textOf(empty)).toContain('No audit entries since');
  });
});

describe('the pane', () => {
  it('of a sign-in says what its code means and where it came from, and nothing that only sign-ups have', () => {
    const status = { errorCode: 50126, failureReason: 'Error validating credentials.' };
    const text = textOf(pressed(shown('signIns', { status }, 120), 'enter'));
    for (const word of ['50126', 'Means', 'Error validating credentials.', '203.0.113.7', 'Firefox 140.0', 'DE']) {
      expect(text).toContain(word);
    }
    for (const word of ['Stage', 'Extension', 'none was created', 'Provider']) expect(text).not.toContain(word);
    // It is known where the person was, field by field; the rest is as Graph sent it.
    expect(text).toMatch(/Also +location:/);
  });

  it('of an audit says what was changed', () => {
    const modifiedProperties = [{ displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' }];
    const targetResources = [{ id: 'x', type: 'User', displayName: 'Ana Example', modifiedProperties }];
    const text = textOf(pressed(shown('audits', { targetResources, result: 'failure', resultReason: 'No.' }), 'enter'));
    expect(text).toContain('failed Add user');
    expect(text).toMatch(/Result +failure/);
    expect(text).toMatch(/Reason +No\./);
    expect(text).toContain('AccountEnabled: [true] to [false]');
  });

  it('of a provisioning entry does not pretend to know what belongs to it', () => {
    expect(textOf(pressed(shown('provisioning'), 'enter'))).toContain('No correlation ID');
  });
});

describe('read aloud', () => {
  it.each<[keyof typeof rowOf, string]>([
    ['signIns', '1 of 1. 10:42:09 succeeded Contoso Portal, ana@example.org, 203.0.113.7, DE'],
    ['audits', '1 of 1. 10:42:10 succeeded Add user, ana@example.org, Customers, by Contoso Portal'],
    ['provisioning', '1 of 1. 11:02:00 succeeded create, Ana Example, ana.example'],
  ])('a row of %s says what its table tells', (log, words) => {
    const state = shown(log);
    expect(rowWords(state)).toBe(words);
    const detail = detailWords(pressed(state, 'enter')).join('\n');
    expect(detail).toMatch(/^Entry: succeeded /);
    expect(detail).not.toContain('stage');
  });
});

describe('the list of logs', () => {
  it('says which one is shown and how much of each is loaded', () => {
    const text = textOf(pressed(shown('audits'), 'V'));
    expect(text).toMatch(/Sign-ups +5 loaded/);
    expect(text).toMatch(/▌ 3 {2}Audits +1 loaded/);
    expect(text).toMatch(/Provisioning +\/v1\.0/);
  });
});

it.each<LogName>(['signUps', 'signIns'])('attempts are offered for sign-ups alone: %s', (log) => {
  const start = withEvents(signedInState(), eventsBetween(1, 5));
  const text = textOf(pressed(start, log === 'signUps' ? 'V 1' : 'V 2'));
  expect(text.includes('a attempts')).toBe(log === 'signUps');
  expect(text.includes('i figures')).toBe(log === 'signUps');
});
