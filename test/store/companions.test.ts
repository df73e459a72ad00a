/** What the other logs have of the attempt in the pane: when they are asked, what is kept, and what a refusal means. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/facts/problem.ts';
import type { RelatedFact } from '../../src/facts/related.ts';
import { parseAudit } from '../../src/logs/parse-audit.ts';
import { parseSignIn } from '../../src/logs/parse-sign-in.ts';
import type { LogEvent } from '../../src/signup/event.ts';
import { selectCompanionsRequest } from '../../src/store/companions.ts';
import type { State } from '../../src/store/state.ts';
import { glyphsOf } from '../../src/ui/glyphs.ts';
import { paneLines } from '../../src/ui/pane-lines.ts';
import { eventOf, guid, NOON_MS } from '../support/events.ts';
import { pressed, reduced, reducedAfter, signedInState, told, withEvents } from '../support/states.ts';

const who = 'ana@example.org';
/** A created attempt (1), and a failed one (2). */
function start(): State {
  const state = withEvents(signedInState({ columns: 170, rows: 45 }), [
    eventOf({ n: 1, correlation: 2, who, timeMs: NOON_MS - 9_000 }),
    eventOf({ n: 2, correlation: 2, who, timeMs: NOON_MS - 8_000, stage: 'userCreation', code: 399279 }),
    eventOf({ n: 3, correlation: 1, who, timeMs: NOON_MS - 7_000 }),
    eventOf({ n: 4, correlation: 1, who, timeMs: NOON_MS - 5_000, stage: 'userCreation' }),
  ]);
  const covered = { fromMs: NOON_MS - 86_400_000, toMs: NOON_MS };
  const readBack = told(state, {
    type: 'page.received',
    settledBelowMs: 0,
    purpose: 'poll',
    events: [],
    unreadable: [],
    covered,
  });
  return told(readBack, { type: 'feed.caughtUp', upToMs: NOON_MS, nextPollInMs: 15_000 });
}

function answered(state: State, ...facts: readonly RelatedFact[]): State {
  const request = selectCompanionsRequest(state) ?? { key: 'none', attempt: 'none' };
  return reduced(state, ...facts.map((fact) => ({ type: 'companions.told', request, fact }) as const));
}

function entry(outcome: { readonly ok: true; readonly event: LogEvent } | { readonly ok: false }): LogEvent {
  if (!outcome.ok) throw new Error('the row cannot be read');
  return outcome.event;
}

const signIn = entry(
  parseSignIn({
    id: guid(71),
    correlationId: guid(1_000_001),
    createdDateTime: new Date(NOON_MS - 3_000).toISOString(),
    appDisplayName: 'Contoso Shop',
    userPrincipalName: who,
    status: { errorCode: 50105, failureReason: 'not assigned' },
  }),
);
const audit = entry(
  parseAudit({
    id: guid(72),
    correlationId: guid(1_000_001),
    activityDateTime: new Date(NOON_MS - 6_000).toISOString(),
    activityDisplayName: 'Add user',
    result: 'success',
  }),
);
const read = (source: RelatedFact['source'], ...entries: readonly LogEvent[]): RelatedFact => ({
  type: 'related.read',
  source,
  entries,
  unreadable: [],
  isComplete: true,
});
const refused: Problem = {
  kind: 'refused',
  title: 'Licence: no sign-ins for you.',
  meaning: '',
  todo: 'Add a licence.',
  code: null,
  requestId: null,
};
const shownIn = (state: State) =>
  paneLines(state, glyphsOf(false))
    .map((line) => line.map(({ text }) => text).join(''))
    .join('\n');

describe('the other logs', () => {
  it('are asked about the attempt in the open pane, by its correlation ID and the account that it made', () => {
    expect(selectCompanionsRequest(start())).toBeNull();
    const created = pressed(start(), 'enter');
    expect(selectCompanionsRequest(created)).toMatchObject({
      correlationId: guid(1_000_001),
      userId: guid(3_000_004),
      signIns: 'interactive',
      without: [],
    });
    expect(selectCompanionsRequest(pressed(created, 'j j'))).toMatchObject({
      correlationId: guid(1_000_002),
      userId: null,
    });
    expect(selectCompanionsRequest(pressed(created, 'tab s'))).toMatchObject({ signIns: 'all' });
    expect(selectCompanionsRequest(pressed(created, 'space'))).toBeNull();
  });

  it('are not asked while the sign-ups of the attempt are', () => {
    const state = withEvents(signedInState(), [eventOf({ n: 1 })]);
    expect(selectCompanionsRequest(pressed(state, 'enter'))).toBeNull();
  });

  it('stand in the timeline where they belong, with the name of their log', () => {
    const open = answered(pressed(start(), 'enter'), read('audits', audit), read('signIns', signIn));
    const text = shownIn(open);
    const places = ['collect', 'Add user', 'create', 'sign-in to Contoso Shop'].map((word) => text.lastIndexOf(word));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toMatch(/sign-in to Contoso Shop {2}sign-ins {2}50105 /);
    expect(text).toMatch(/Add user {2}audits/);
    expect(text).toContain('no proof');
  });

  it('stand apart when they are about the account later on', () => {
    const later = { ...signIn, correlationId: guid(9), timeMs: NOON_MS + 3_600_000 };
    expect(shownIn(answered(pressed(start(), 'enter'), read('laterSignIns', later)))).toContain('Same account, later');
  });

  it('are not asked again while what they told is fresh, and again when it is a minute old', () => {
    const open = pressed(start(), 'enter');
    const done = answered(open, read('signIns'), read('audits'), read('laterSignIns'), read('provisioning'));
    expect(selectCompanionsRequest(done)).toBeNull();
    const later = reducedAfter(done, 61_000, { type: 'clock.ticked' });
    expect(selectCompanionsRequest(later)?.correlationId).toBe(guid(1_000_001));
    const settled = reducedAfter(done, 3 * 3_600_000, { type: 'clock.ticked' });
    expect(selectCompanionsRequest(settled)).toBeNull();
  });

  it('are all waited for when they are asked again, however quick the first of them is', () => {
    const open = pressed(start(), 'enter');
    const done = answered(open, read('signIns'), read('audits'), read('laterSignIns'), read('provisioning'));
    const later = reducedAfter(done, 61_000, { type: 'clock.ticked' });
    const started = (['signIns', 'audits', 'laterSignIns', 'provisioning'] as const).map(
      (source) => ({ type: 'related.started', source }) as const,
    );
    const again = answered(later, ...started, read('signIns'), read('audits'), read('laterSignIns'));
    expect(selectCompanionsRequest(again)).not.toBeNull();
    expect(selectCompanionsRequest(answered(again, read('provisioning')))).toBeNull();
  });

  it('fail alone, in a line that says what to do, and are not asked for the next attempt until the next sign-in', () => {
    const open = pressed(start(), 'enter');
    const failed = answered(
      open,
      { type: 'related.failed', source: 'signIns', problem: refused },
      read('audits', audit),
    );
    expect(shownIn(failed)).toContain('Licence: no sign-ins for you. Add a licence.');
    expect(shownIn(failed)).toContain('Add user');
    const next = pressed(failed, 'j j');
    expect(selectCompanionsRequest(next)).toMatchObject({ without: ['signIns'] });
    expect(shownIn(next)).toContain('Licence: no sign-ins for you.');
    const again = { ...next, signIn: { kind: 'checking' } } as State;
    const account = { username: who, tenantId: 't', homeAccountId: 'h' };
    const signedIn = reduced(again, { type: 'account.looked', account, problem: null });
    expect(selectCompanionsRequest(signedIn)).toMatchObject({ without: [] });
  });

  it('are known to refuse however many attempts are looked at afterwards', () => {
    const failed = answered(pressed(start(), 'enter'), {
      type: 'related.failed',
      source: 'provisioning',
      problem: refused,
    });
    const others = Array.from({ length: 300 }, (_, n) => ({ key: `other ${n}`, attempt: `other ${n}` }));
    const after = reduced(
      failed,
      ...others.map((request) => ({ type: 'companions.told', request, fact: read('audits') }) as const),
    );
    expect(selectCompanionsRequest(pressed(after, 'j j'))).toMatchObject({ without: ['provisioning'] });
    expect(after.companions.size).toBeLessThan(110);
  });

  it('keep what they told when an answer to an older question comes late', () => {
    const open = answered(pressed(start(), 'enter'), read('audits', audit));
    const all = pressed(open, 'tab s');
    const late = reduced(all, {
      type: 'companions.told',
      request: { key: 'another', attempt: guid(1_000_002) },
      fact: read('audits'),
    });
    expect(shownIn(late)).toContain('Add user');
  });
});
