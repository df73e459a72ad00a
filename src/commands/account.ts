/** `login`, `logout` and `whoami`. */
import { createInterface } from 'node:readline/promises';
import type { SignInMethod } from '../facts/signing-in.ts';
import { outputOn } from '../headless/output.ts';
import { problemText, sayText } from '../headless/problem-text.ts';
import type { AccountOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { visibleText } from '../signup/visible-text.ts';
import { type Command, runCommand } from './command.ts';
import { openSavedViews } from './saved-views.ts';
import { exitCodeOfSignIn, hasChoice, loginCommand, signIn } from './sign-in.ts';

export function runAccount(options: AccountOptions, program: Program): Promise<number> {
  const works = { login, logout, whoami };
  return runCommand(options, program, (command) => works[options.command](options, command));
}

const demoNeedsNone = 'the demo tenant needs no sign-in';

async function login(options: AccountOptions, command: Command): Promise<number> {
  if (options.target.kind === 'demo') command.write(sayText(`${demoNeedsNone}; this shows what one looks like`));
  // Before anybody types in a code for nothing.
  const obstacle = await command.connection.checkSaving();
  if (obstacle !== null) {
    command.write(problemText({ ...obstacle, title: `Not signed in. ${obstacle.title}` }));
    return 3;
  }
  const method = await methodOf(options, command);
  if (method === null) return 3;
  const end = await signIn(method, command);
  if (end.kind === 'signedIn' && end.notSaved !== null) {
    const { username } = end.account;
    command.write(problemText({ ...end.notSaved, title: `${username} was accepted. ${end.notSaved.title}` }));
  }
  return exitCodeOfSignIn(end);
}

async function logout({ target }: AccountOptions, { connection, program, write }: Command): Promise<number> {
  if (target.kind === 'demo') {
    write(sayText(`${demoNeedsNone}, so there is none to forget`));
    return 0;
  }
  const outcome = await connection.signOut();
  if (!outcome.ok) {
    write(sayText(`the saved sign-in could not be removed: ${outcome.trouble.reason}; ${outcome.trouble.todo}`));
    return 3;
  }
  const { account } = outcome;
  // A filter that was left on the screen can hold addresses of people.
  const views = await openSavedViews(target, program.edges);
  const kept = await views.forget();
  write(sayText(account === null ? 'nobody was signed in' : `${account.username} is signed out here`));
  if (kept === null) return 0;
  write(sayText(`the saved view could not be removed: ${kept.reason}; ${kept.todo}`));
  return 3;
}

async function whoami(options: AccountOptions, { connection, program, write, ends }: Command): Promise<number> {
  const { target } = options;
  const { account, problem } = await connection.findAccount();
  if (account === null) {
    if (problem !== null) write(problemText(problem));
    write(sayText(`nobody is signed in; sign in with: ${loginCommand(options)}`));
    return 3;
  }
  const rows = [
    ['account', account.username],
    ['tenant', account.tenantId],
    ...(target.kind === 'demo'
      ? []
      : [
          ['client', target.clientId],
          ['cloud', target.cloud],
        ]),
  ];
  if (target.kind === 'demo') write(sayText(demoNeedsNone));
  const output = outputOn(program.io.stdout, ends);
  await output.write(rows.map(([name = '', value = '']) => `${name.padEnd(8)}${visibleText(value)}\n`).join(''));
  await output.flush();
  return 0;
}

/** As told; else the code where no browser can be opened, or nobody is there to choose. Null when the person left. */
async function methodOf({ target, signInMethod }: AccountOptions, command: Command): Promise<SignInMethod | null> {
  // The demo's sign-in page exists only in this process, where no browser can reach it.
  if (target.kind === 'demo') return 'device-code';
  if (signInMethod !== null) return signInMethod;
  if (!hasChoice(command)) return 'device-code';
  const { stdin, stderr } = command.program.io;
  // Lines are edited by the terminal itself: so ^C stays a signal, and ends this as it ends everything.
  const question = createInterface({ input: stdin, output: stderr, terminal: false });
  const closed = new AbortController();
  question.once('close', () => closed.abort());
  const signal = AbortSignal.any([command.interruption.signal, closed.signal]);
  try {
    const answer = await question.question('Sign in by [b]rowser here, or by [c]ode on any device? ', { signal });
    return /^\s*c/i.test(answer) ? 'device-code' : 'browser';
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    question.close();
  }
}
