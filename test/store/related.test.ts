import { describe, expect, it } from 'vitest';
import { momentAt } from '../../src/facts/moment.ts';
import type { Problem } from '../../src/facts/problem.ts';
import type { RelatedFact } from '../../src/store/action.ts';
import { selectRelatedRequest } from '../../src/store/select-related-request.ts';
import type { State } from '../../src/store/state.ts';
import { eventOf, NOON_MS } from '../support/events.ts';
import { pressed, reduced, signedInState, withEvents } from '../support/states.ts';

const HOUR_MS = 3_600_000;

const problem: Problem = {
  kind: 'unreachable',
  title: 'No answer.',
  meaning: '',
  todo: '',
  code: null,
  requestId: null,
};

/** The pane is open on an event of this time. */
function opened(timeMs: number, sinceMs = NOON_MS - 24 * HOUR_MS): State {
  const filter = { terms: [], since: { text: '24h', atMs: sinceMs }, until: null };
  return pressed(withEvents(signedInState({ filter }), [eventOf({ n: 7, timeMs })]), 'enter');
}

function told(state: State, ...facts: readonly RelatedFact[]): State {
  const correlationId = selectRelatedRequest(state)?.correlationId ?? 'nothing is asked for';
  return reduced(
    state,
    ...facts.map((fact) => ({ type: 'related.told', log: 'signUps', correlationId, fact }) as const),
  );
}

const failed = (retryInMs: number | null): RelatedFact => ({
  type: 'related.read',
  fact: { type: 'feed.failed', problem, retryInMs },
});

describe('reading by correlation ID', () => {
  it('goes on through a failure that is tried again by itself', () => {
    const before = opened(NOON_MS);
    const waiting = told(before, { type: 'related.started' }, failed(NOON_MS + 1_000));
    expect(selectRelatedRequest(waiting)?.key).toBe(selectRelatedRequest(before)?.key);
    const done = told(waiting, { type: 'related.completed' });
    expect([...done.related.values()]).toMatchObject([{ load: 'done', problem: null }]);
  });

  it('is tried again a minute after it failed, however old the event is', () => {
    const after = told(opened(NOON_MS - 10 * HOUR_MS), { type: 'related.started' }, failed(null));
    expect([...after.related.values()]).toMatchObject([{ load: 'failed', problem }]);
    expect(selectRelatedRequest(after)).toBeNull();
    expect(
      selectRelatedRequest({ ...after, nowMs: NOON_MS + 60_000, moment: momentAt(NOON_MS + 60_000) }),
    ).not.toBeNull();
  });

  it('is over, once it was read, for an event that is too old to get company', () => {
    const after = told(opened(NOON_MS - 10 * HOUR_MS), { type: 'related.started' }, { type: 'related.completed' });
    expect(selectRelatedRequest({ ...after, nowMs: NOON_MS + HOUR_MS })).toBeNull();
  });

  it('asks for a range that holds the event, where a tenant keeps events for longer than a week', () => {
    const timeMs = NOON_MS - 20 * 24 * HOUR_MS;
    const span = selectRelatedRequest(opened(timeMs, NOON_MS - 30 * 24 * HOUR_MS))?.span;
    expect(span).toEqual({ fromMs: timeMs - 24 * HOUR_MS, toMs: timeMs + 24 * HOUR_MS });
  });
});

describe('the clipboard', () => {
  it('gets text from the log with nothing in it that is obeyed where it is pasted', () => {
    const event = { ...eventOf({ n: 7 }), correlationId: 'a\u001b]0;x\u0007\nrm -rf ~\n' };
    const { text } = pressed(withEvents(signedInState(), [event]), 'y').requests.copies;
    expect(text).toContain('rm -rf');
    expect(text).not.toMatch(/\p{Cc}/u);
  });
});
