/** What signing in tells, taken into the state. */
import { later } from '../facts/moment.ts';
import type { Problem } from '../facts/problem.ts';
import type { SigningInFact } from '../facts/signing-in.ts';
import type { Action } from './action.ts';
import { beginSignIn, wantsMore, withoutMore } from './commands-sign-in.ts';
import { copied, noticed } from './notice.ts';
import { personAgain } from './person.ts';
import type { State } from './state.ts';
import { restartBackfill } from './table-cursor.ts';

/** The token cache was looked into: go on with the account found there, or sign in. */
export function accountLooked(state: State, action: Extract<Action, { type: 'account.looked' }>): State {
  if (state.signIn.kind !== 'checking') return state;
  if (action.account) return signedIn({ ...state, account: action.account });
  if (!action.problem) return beginSignIn(state);
  const method = state.settings.method ?? 'device-code';
  return { ...state, signIn: { kind: 'failed', method, problem: action.problem, offerBrowser: false } };
}

export function reduceSignIn(state: State, fact: SigningInFact): State {
  const { signIn } = state;
  if (signIn.kind !== 'waiting') return state;
  switch (fact.type) {
    case 'signIn.codeReceived': {
      const { userCode, verificationUri, expiresInMs } = fact;
      const expiresAt = later(state.moment, expiresInMs);
      return copied(
        { ...state, signIn: { ...signIn, code: { userCode, verificationUri, expiresAt } } },
        userCode,
        'code',
      );
    }
    case 'signIn.browserWaiting':
      return { ...state, signIn: { ...signIn, browser: { url: fact.url, opened: fact.opened } } };
    case 'signIn.codeExpired':
      if (wantsMore(state)) return withoutMore(state, 'The code has expired. C gets a new one.');

      return { ...state, signIn: { kind: 'expired', method: signIn.method } };
    case 'signIn.succeeded':
      return toldIfNotSaved(signedIn({ ...state, account: fact.account }), fact.notSaved);
    case 'signIn.failed':
      if (wantsMore(state)) return withoutMore(state, `${fact.problem.title} ${fact.problem.todo}`);

      return {
        ...state,
        signIn: { kind: 'failed', method: signIn.method, problem: fact.problem, offerBrowser: fact.offerBrowser },
      };
  }
}

function toldIfNotSaved(state: State, problem: Problem | null): State {
  return problem === null ? state : noticed(state, `${problem.title} ${problem.meaning} ${problem.todo}`);
}

/** A new token starts a new feed, which fills what was missed meanwhile. */
function signedIn(state: State): State {
  const feed = { ...state.feed, epoch: state.feed.epoch + 1, load: { kind: 'loading' } as const };
  // What was refused may be granted now.
  const flows = state.flows.kind === 'refused' ? ({ kind: 'unknown' } as const) : state.flows;
  return personAgain(restartBackfill({ ...state, signIn: { kind: 'signedIn' }, feed, flows, companions: new Map() }));
}
