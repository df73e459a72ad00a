/** What a person can do while signing in. Each only says what is wanted; the session starts and stops the work. */
import type { SignInMethod } from '../facts/signing-in.ts';
import { copied, noticed } from './notice.ts';
import type { State } from './state.ts';

/** Starts (again) with the given method. */
export function startSignIn(state: State, method: SignInMethod, scopes: readonly string[] = []): State {
  const attempt = state.signInAttempts + 1;
  return {
    ...state,
    overlay: null,
    signInAttempts: attempt,
    signIn: { kind: 'waiting', method, attempt, scopes, code: null, browser: null },
  };
}

/** While the saved account is being looked for, there is nothing to choose yet. */
export function signInWith(method: SignInMethod): (state: State) => State {
  return (state) => (state.signIn.kind === 'checking' ? state : startSignIn(state, method));
}

export function signInNewCode(state: State): State {
  const { signIn } = state;
  if (signIn.kind === 'checking') return state;
  const method =
    signIn.kind === 'waiting' || signIn.kind === 'expired' || signIn.kind === 'failed' ? signIn.method : null;
  return startSignIn(state, method ?? 'device-code');
}

/** After the token ended: signs in the way that was chosen at the start, or asks. */
export function signInAgain(state: State): State {
  return state.signIn.kind === 'signedOut' ? beginSignIn(state) : state;
}

/** The first step of signing in: straight on when the way is clear, otherwise a question. */
export function beginSignIn(state: State): State {
  const { method, canOpenBrowser } = state.settings;
  if (method) return startSignIn(state, method);
  return canOpenBrowser ? { ...state, signIn: { kind: 'choosing' } } : startSignIn(state, 'device-code');
}

/** Esc: back to the choice or, where rows are held, back to them. */
export function signInCancel(state: State): State {
  if (state.signIn.kind === 'checking') return state;
  if (wantsMore(state)) return withoutMore(state, 'Cancelled: the permission is still missing. C asks again.');
  if (state.account) {
    const problem = {
      kind: 'signIn',
      title: 'Signing in was cancelled.',
      meaning: 'The rows that were loaded stay.',
      todo: 'L signs in again.',
      code: null,
      requestId: null,
    } as const;
    return { ...state, signIn: { kind: 'signedOut', sinceMs: state.nowMs, problem } };
  }
  return { ...state, signIn: { kind: 'choosing' } };
}

/** Whether somebody who is signed in signs in only for another permission: then nothing is lost when that fails. */
export function wantsMore({ signIn, account }: State): boolean {
  return account !== null && signIn.kind === 'waiting' && signIn.scopes.length > 0;
}

/** Back to the sign-in as it was, without the permission that was asked for. */
export function withoutMore(state: State, text: string): State {
  return noticed({ ...state, signIn: { kind: 'signedIn' } }, text);
}

/** The code, or the address that the sign-in waits at; after a failure the address that the advice names, such as the consent page. */
export function signInCopy(state: State): State {
  const { signIn } = state;
  if (signIn.kind === 'failed') {
    const address = /https:\/\/\S*[^\s.,;:)]/.exec(signIn.problem.todo)?.[0];
    return address === undefined ? state : copied(state, address, 'address');
  }
  if (signIn.kind !== 'waiting') return state;
  if (signIn.code) return copied(state, signIn.code.userCode, 'code');
  return signIn.browser ? copied(state, signIn.browser.url, 'address') : state;
}
