/** `login`, `logout` and `whoami`. */
import { createInterface } from 'node:readline/promises';
import type { SignInMethod } from '../facts/signing-in.ts';
import { outputOn } from '../headless/output.ts';
import { sayText } from '../headless/problem-text.ts';
import type { AccountOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { visibleText } from '../signup/visible-text.ts';
import { type Command, runCommand } from './command.ts';
import { hasChoice, signIn } from './sign-in.ts';

export function runAccount(options: AccountOptions, program: Program): Promise<number> {
  const works = { login, logout, whoami };
  return runCommand(options, program, (command) => works[options.command](options, command));
}

async function login(options: AccountOptions, command: Command): Promise<number> {
  return signIn(await methodOf(options, command), command);
}

async function logout(_options: AccountOptions, { connection, write }: Command): Promise<number> {
  const account = await connection.signOut();
  write(sayText(account === null ? 'nobody was signed in' : `${account.username} is signed out here`));
  return 0;
}

async function whoami({ target }: AccountOptions, { connection, program, write }: Command): Promise<number> {
  const { account } = await connection.findAccount();
  if (account === null) {
    write(sayText('nobody is signed in; sign in with: entra-signups login'));
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
  const output = outputOn(program.io.stdout);
  await output.write(rows.map(([name = '', value = '']) => `${name.padEnd(8)}${visibleText(value)}\n`).join(''));
  await output.flush();
  return 0;
}

/** As told; else the code where no browser can be opened, or nobody is there to choose. */
async function methodOf({ target, signInMethod }: AccountOptions, command: Command): Promise<SignInMethod> {
  // The demo's sign-in page exists only in this process, where no browser can reach it.
  if (target.kind === 'demo') return 'device-code';
  if (signInMethod !== null) return signInMethod;
  if (!hasChoice(command)) return 'device-code';
  const { stdin, stderr } = command.program.io;
  const question = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await question.question('Sign in by [b]rowser here, or by [c]ode on any device? ', {
      signal: command.interruption.signal,
    });
    return /^\s*c/i.test(answer) ? 'device-code' : 'browser';
  } finally {
    question.close();
  }
}
