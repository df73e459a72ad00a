/** Signing in without a screen, for `login` and for the commands that find nobody signed in. */
import { canOpenBrowser } from '../auth/open-browser.ts';
import type { SignInMethod } from '../facts/signing-in.ts';
import { exitCodeOf, problemText } from '../headless/problem-text.ts';
import { followSignIn } from '../headless/sign-in.ts';
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
  const code = await signIn(options.signInMethod ?? 'device-code', command);
  return code === 0 ? null : code;
}

/** Signs in, telling the person on stderr what to do; gives the exit code. */
export async function signIn(method: SignInMethod, command: Command): Promise<number> {
  const { connection, interruption, write } = command;
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const end = await followSignIn(connection.signIn(method, interruption.signal), write, zone);
  return end.kind === 'failed' ? exitCodeOf(end.problem) : end.kind === 'interrupted' ? 3 : 0;
}

/** Whether a browser could be opened here: then the person has a choice. */
export function hasChoice({ program, hasPerson }: Command): boolean {
  return hasPerson && canOpenBrowser(program.io.env, program.edges.platform);
}

function nobodySignedIn({ target }: ConnectionOptions) {
  const tenant = target.kind === 'tenant' ? ` --tenant ${target.tenant}` : '';
  return {
    kind: 'signIn',
    title: 'Nobody is signed in, and there is no terminal to sign in at.',
    meaning: '',
    todo: `Sign in once with: entra-signups login${tenant}`,
    code: null,
    requestId: null,
  } as const;
}
