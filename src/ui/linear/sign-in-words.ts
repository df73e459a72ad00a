/** Signing in, in words; addresses and codes stand on lines of their own. Pure. */
import { msBetween } from '../../facts/moment.ts';
import type { Problem } from '../../facts/problem.ts';
import { visibleText } from '../../signup/visible-text.ts';
import { shownZone } from '../../store/shown-zone.ts';
import type { SignIn, State } from '../../store/state.ts';
import { clockText, durationText } from '../time-text.ts';

/** What there is to say about the sign-in as it is now, when it has just come to that. */
export function signInWords(state: State): readonly string[] {
  const { signIn, account, settings } = state;
  const b = settings.canOpenBrowser ? ' b signs in with a browser.' : '';
  switch (signIn.kind) {
    case 'checking':
      return ['Looking for an account that is signed in already.'];
    case 'choosing':
      return ['Sign in: d with a code on any device, b with the browser of this machine.'];
    case 'waiting':
      return signIn.method === 'device-code' ? codeWords(signIn, state, b) : browserWords(signIn);
    case 'expired':
      return [`The code has expired. n gets a new one.${b}`];
    case 'failed':
      return [
        ...problemWords(signIn.problem),
        `n tries again.${signIn.offerBrowser ? ' b signs in with a browser.' : ''}`,
      ];
    case 'signedIn':
      return account === null ? [] : [visibleText(`Signed in as ${account.username}.`)];
    case 'signedOut':
      return [
        `Signed out ${clockText(signIn.sinceMs, shownZone(state))}. The rows stay. L signs in again.`,
        ...problemWords(signIn.problem),
      ];
  }
}

function codeWords(signIn: Extract<SignIn, { kind: 'waiting' }>, { moment }: State, b: string): readonly string[] {
  const { code } = signIn;
  if (code === null) return ['Asking for a code.'];
  return [
    'To sign in, open this address on any device:',
    visibleText(code.verificationUri),
    'and enter this code:',
    visibleText(code.userCode),
    `It is good for ${durationText(msBetween(moment, code.expiresAt))}. n gets a new code.${b}`,
  ];
}

function browserWords({ browser }: Extract<SignIn, { kind: 'waiting' }>): readonly string[] {
  if (browser === null) return ['Starting the browser.'];
  const text = browser.opened
    ? 'The browser is open: sign in there. If no window came, open this address:'
    : 'Open this address in a browser on this machine, or forward the port of its redirect first (ssh -L):';
  return [text, visibleText(browser.url), 'd signs in with a code instead, Esc goes back.'];
}

export function problemWords({ title, meaning, todo, code, requestId }: Problem): readonly string[] {
  const reference = [code === null ? '' : `code ${code}`, requestId === null ? '' : `request ${requestId}`];
  return [title, meaning, todo, reference.filter((part) => part !== '').join(', ')]
    .filter((text) => text !== '')
    .map(visibleText);
}
