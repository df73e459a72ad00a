/** Signing in without a screen, for `login` and for the commands that find nobody signed in. */
import { canOpenBrowser } from '../auth/open-browser.ts';
import { defaultClientId, endpointsOf } from '../endpoints.ts';
import type { SignInMethod } from '../facts/signing-in.ts';
import { exitCodeOf, problemText } from '../headless/problem-text.ts';
import { followSignIn, type SignInEnd } from '../headless/sign-in.ts';
import { localTimeZone } from '../options/locale.ts';
import type { ConnectionOptions } from '../options.ts';
import type { Command } from './command.ts';

/** Null when somebody is signed in, now or after signing in; else the exit code, after a word on stderr. */
export async function signedIn(options: ConnectionOptions, command: Command): Promise<number | null> {
  const { account, problem } = await command.connection.findAccount();
  if (account !== null) return null;
  if (problem !== null) command.write(problemText(problem));
  if (!command.hasPerson) {
    command.write(problemText(nobodySignedIn(options)));
    return 3;
  }
  return signInForRun(options, command);
}

/**
 * Signs in for a command that goes on with it, saved or not. Null when that worked, else the exit code. `extraScopes`:
 * permissions besides the log's.
 */
export async function signInForRun(
  options: ConnectionOptions,
  command: Command,
  extraScopes: readonly string[] = [],
): Promise<number | null> {
  const end = await signIn(options.signInMethod ?? 'device-code', command, extraScopes);
  if (end.kind !== 'signedIn') return exitCodeOfSignIn(end);
  if (end.notSaved !== null) {
    const { username } = end.account;
    command.write(
      problemText({ ...end.notSaved, title: `Signed in as ${username} for this run. ${end.notSaved.title}` }),
    );
  }
  return null;
}

/** Signs in, telling the person on stderr what to do. */
export async function signIn(
  method: SignInMethod,
  command: Command,
  extraScopes: readonly string[] = [],
): Promise<SignInEnd> {
  const { connection, interruption, write, logClock } = command;
  const facts = connection.signIn(method, interruption.signal, extraScopes);
  return followSignIn(facts, write, localTimeZone(), logClock.nowMs);
}

/** A sign-in that was not saved is of no use to the next command. */
export function exitCodeOfSignIn(end: SignInEnd): number {
  if (end.kind === 'signedIn') return end.notSaved === null ? 0 : 3;
  return end.kind === 'failed' ? exitCodeOf(end.problem) : 3;
}

/** Whether a browser could be opened here: then the person has a choice. */
export function hasChoice({ program, hasPerson }: Command): boolean {
  return hasPerson && canOpenBrowser(program.io.env, program.edges.platform);
}

/** How to sign in to the same target by hand, with the options that choose it. */
export function loginCommand({ target }: ConnectionOptions): string {
  if (target.kind === 'demo') return 'entra-signups login --demo';
  const { tenant, clientId, cloud, loginUrl, graphUrl } = target;
  const usual = endpointsOf[cloud];
  const options = [
    ` --tenant ${tenant}`,
    clientId === defaultClientId ? '' : ` --client-id ${clientId}`,
    cloud === 'global' ? '' : ` --cloud ${cloud}`,
    loginUrl === usual.loginUrl ? '' : ` --login-url ${loginUrl}`,
    graphUrl === usual.graphUrl ? '' : ` --graph-url ${graphUrl}`,
  ];
  return `entra-signups login${options.join('')}`;
}

function nobodySignedIn(options: ConnectionOptions) {
  return {
    kind: 'signIn',
    title: 'Nobody is signed in, and there is no terminal to sign in at.',
    meaning: '',
    todo: `Sign in once with: ${loginCommand(options)}`,
    code: null,
    requestId: null,
  } as const;
}
