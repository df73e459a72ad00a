/** The one way in: every action goes through here and gives the next state. Pure, but for the log that grows in place. */
import { later, msBetween, type Now } from '../facts/moment.ts';
import type { Action, RelatedFact } from './action.ts';
import { continueMatching } from './apply-filter.ts';
import { withRequest } from './calls.ts';
import { focusWhenAlone } from './commands-pane.ts';
import { seekOn } from './commands-search.ts';
import { companionsTold } from './companions.ts';
import { updateFollowers, withFollowers } from './followers.ts';
import { noticed } from './notice.ts';
import { personTold, selectPersonRequest } from './person.ts';
import { presetSaved } from './presets.ts';
import { pasteText, pressKey } from './press-key.ts';
import { addEvents, reduceFeed } from './reduce-feed.ts';
import { accountLooked, reduceSignIn } from './reduce-sign-in.ts';
import { selectFeedRequest } from './select-feed-request.ts';
import { selectSignInRequest } from './select-sign-in-request.ts';
import type { Related, State } from './state.ts';
import { settleCursor } from './table-cursor.ts';
import { flowsTold } from './user-flows.ts';

/** The state after `action`, which happened at `now`. */
export function reduce(before: State, action: Action, { logMs, moment }: Now): State {
  const isSameTime = before.nowMs === logMs && before.moment === moment;
  const state = isSameTime ? before : { ...before, nowMs: logMs, moment };
  const after = withFollowers(apply(state, action));
  // Another event in the pane is read from its top.
  const moved = after.table.cursorId !== before.table.cursorId && after.pane.scroll !== 0;
  return moved ? { ...after, pane: { ...after.pane, scroll: 0 } } : after;
}

function apply(state: State, action: Action): State {
  switch (action.type) {
    case 'key.pressed':
      return pressKey(state, action.key);
    case 'text.pasted':
      return pasteText(state, action.text);
    case 'clock.ticked':
      return ticked(state);
    case 'terminal.resized':
      return settleCursor(focusWhenAlone({ ...state, size: { columns: action.columns, rows: action.rows } }));
    case 'account.looked':
      return accountLooked(state, action);
    case 'signIn.told':
      return selectSignInRequest(state)?.key === action.requestKey ? reduceSignIn(state, action.fact) : state;
    case 'feed.told':
      return selectFeedRequest(state)?.key === action.requestKey ? reduceFeed(state, action.fact) : state;
    case 'feed.toldPart':
      return selectFeedRequest(state)?.key === action.requestKey
        ? addEvents(state, action.events, action.areNews)
        : state;
    case 'related.told':
      return action.log === state.shown ? reduceRelated(state, action.correlationId, action.fact) : state;
    case 'companions.told':
      return companionsTold(state, action.request, action.fact);
    case 'matches.continued':
      return seekOn(continueMatching(state));
    case 'preset.saved':
      return presetSaved(state, action.preset, action.refusal);
    case 'saving.troubled':
      return noticed(state, action.reason);
    case 'person.told':
      return selectPersonRequest(state)?.key === action.requestKey ? personTold(state, action.answer) : state;
    case 'flows.told':
      return flowsTold(state, action.outcome);
    case 'request.told':
      return { ...state, calls: withRequest(state.calls, action.fact, { logMs: state.nowMs, moment: state.moment }) };
  }
}

function ticked(state: State): State {
  const quiet =
    state.notice && msBetween(state.moment, state.notice.until) <= 0
      ? { ...state, notice: null, confirmingQuit: false }
      : state;
  updateFollowers(state);
  if (state.unit === 'events') return quiet;
  // An attempt that was in progress may have no further event by now.
  state.matches.update(state.nowMs);
  return settleCursor({ ...quiet, version: state.version + 1 });
}

/** Entries of a correlation ID are true whatever the cursor is on by now: they are kept under their own ID. */
function reduceRelated(state: State, correlationId: string, fact: RelatedFact): State {
  const put = (change: Pick<Related, 'load' | 'problem'>): State => ({
    ...state,
    related: new Map(state.related).set(correlationId, { correlationId, readAt: state.moment, ...change }),
  });
  switch (fact.type) {
    case 'related.started':
      return put({ load: 'loading', problem: null });
    case 'related.completed':
      return state.related.get(correlationId)?.load === 'failed' ? state : put({ load: 'done', problem: null });
    case 'related.read':
      if (fact.fact.type === 'page.received') return addEvents(state, fact.fact.events, false);
      // Graph counts all requests together: the feed has to wait as well.
      if (fact.fact.type === 'feed.throttled')
        return { ...state, feed: { ...state.feed, heldUntil: later(state.moment, fact.fact.waitMs) } };
      // What is tried again by itself has not failed yet.
      return fact.fact.type === 'feed.failed' && fact.fact.retryInMs === null
        ? put({ load: 'failed', problem: fact.fact.problem })
        : state;
  }
}
