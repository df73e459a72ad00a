/** The screen of signing in: address and code on lines of their own, a QR code of the address, the time left, what to do. */

import { renderUnicodeCompact } from 'uqr';
import { msBetween } from '../facts/moment.ts';
import type { Problem } from '../facts/problem.ts';
import type { SignIn, State } from '../store/state.ts';
import { type Line, piece, told, wrapText } from './line.ts';
import { countdownText } from './time-text.ts';

export interface SignInPage {
  readonly lines: readonly Line[];
  /** Drawn beside the lines where there is room, under them otherwise, or not at all. */
  readonly qrCode: readonly string[];
}

/** What every way of signing in needs, as the person has to hear it when it is missing. */
const NEEDS = 'Asks for AuditLog.Read.All; your role must be Reports Reader or higher.';

const LABEL_WIDTH = 10;
/** Cells at the edges and between the text and what stands beside it. */
const BETWEEN = 6;
/** Narrower text is no text any more. */
const READABLE = 40;

export function signInPage(state: State): SignInPage {
  const { signIn, settings, size } = state;
  const code = signIn.kind === 'waiting' ? signIn.code : null;
  const qrCode = code && !settings.ascii ? qrLines(code.verificationUri) : [];
  const beside = size.columns - (qrCode[0]?.length ?? 0) - BETWEEN;
  // Text that leaves room for the QR code at its side, where it can be read that way.
  const width = qrCode.length > 0 && beside >= READABLE ? beside : Math.max(20, size.columns - BETWEEN);
  const title: Line = [piece('  Sign in to '), told(settings.tenant, 'strong')];
  const lines = [[], title, [], ...bodyLines(signIn, state, width)];
  return { lines, qrCode };
}

/** A longer address makes a code that no screen has room for; a far longer one makes none at all. */
const LONGEST_QR_ADDRESS = 300;

function qrLines(address: string): readonly string[] {
  return address.length > LONGEST_QR_ADDRESS ? [] : renderUnicodeCompact(address, { border: 1 }).split('\n');
}

function bodyLines(signIn: SignIn, state: State, width: number): readonly Line[] {
  switch (signIn.kind) {
    case 'checking':
      return [[piece('  Looking for an account that is signed in already ...', 'dim')]];
    case 'choosing':
      return [
        [piece('  d', 'strong'), piece('  with a code, on any device that has a browser')],
        [piece('  b', 'strong'), piece('  with the browser of this machine')],
        [],
        ...paragraph(NEEDS, width),
      ];
    case 'waiting':
      return signIn.method === 'device-code' ? codeLines(signIn, state, width) : browserLines(signIn, width);
    case 'expired':
      return [
        [piece('  The code has expired. Nothing is lost.', 'warn')],
        [],
        [piece('  n', 'strong'), piece('  gets a new code')],
        [piece('  b', 'strong'), piece('  signs in with a browser instead')],
      ];
    case 'failed':
      return [
        ...problemLines(signIn.problem, width),
        [],
        ...(signIn.offerBrowser
          ? [[piece('  b', 'strong'), piece('  signs in with a browser, which the tenant may allow')]]
          : []),
        [piece('  n', 'strong'), piece('  tries again')],
      ];
    case 'signedIn':
    case 'signedOut':
      return [];
  }
}

function codeLines(signIn: Extract<SignIn, { kind: 'waiting' }>, state: State, width: number): readonly Line[] {
  const { code } = signIn;
  if (!code) return [[piece('  Asking for a code ...', 'dim')]];
  return [
    // Each on a line of its own, so that it can be selected whole.
    [piece('  Open this address:', 'dim')],
    [piece('  '), told(code.verificationUri, 'strong')],
    [piece('  and enter this code:', 'dim')],
    [piece('  '), told(code.userCode, 'cursor')],
    [],
    [piece(`  waiting for you, ${countdownText(msBetween(state.moment, code.expiresAt))} left`)],
    [],
    ...paragraph(
      'c copies the code by OSC 52, if the terminal allows it. n gets a new code, b signs in with a browser.',
      width,
      'dim',
    ),
    ...paragraph(NEEDS, width, 'dim'),
  ];
}

function browserLines(signIn: Extract<SignIn, { kind: 'waiting' }>, width: number): readonly Line[] {
  const { browser } = signIn;
  if (!browser) return [[piece('  Starting the browser ...', 'dim')]];
  const text = browser.opened
    ? 'The browser is open. Sign in there; this screen goes on by itself. If no window came, open this address:'
    : 'No browser could be started here. Open this address in a browser on this machine, or forward the port of its redirect over SSH first (ssh -L):';
  return [
    ...paragraph(text, width),
    [],
    // In lines without indentation or gaps, so that selecting them gives the address whole.
    ...chunks(browser.url, width).map((part): Line => [told(part, 'strong')]),
    [],
    ...paragraph('c copies the address. d signs in with a code instead, Esc goes back.', width, 'dim'),
  ];
}

export function problemLines(problem: Problem, width: number): readonly Line[] {
  const row = (label: string, text: string, tone: 'plain' | 'dim' | 'bad' = 'plain'): readonly Line[] =>
    text === ''
      ? []
      : wrapText(text, Math.max(10, width - LABEL_WIDTH)).map((part, index) => [
          piece(`  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH - 2)}`, 'dim'),
          told(part, tone),
        ]);
  return [
    ...row('', problem.title, 'bad'),
    ...row('Means', problem.meaning),
    ...row('Do', problem.todo),
    ...row('Code', problem.code ?? '', 'dim'),
    ...row('Request', problem.requestId ?? '', 'dim'),
  ];
}

function paragraph(text: string, width: number, tone: 'plain' | 'dim' = 'plain'): readonly Line[] {
  return wrapText(text, width).map((part) => [piece(`  ${part}`, tone)]);
}

function chunks(text: string, width: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, index) =>
    text.slice(index * width, (index + 1) * width),
  );
}
