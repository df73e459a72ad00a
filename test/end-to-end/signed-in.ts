/** The shortest way to a screen with rows on it. */
import { expect } from 'vitest';
import type { DemoServer } from '../support/demo-server.ts';
import type { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { hasRows, userCodeOf } from './reading.ts';
import { at, type Stage, type StartOptions, trusting } from './stage.ts';

/** Starts the program at a served tenant and lets the person accept its code. */
export async function startSignedIn(
  stage: Stage,
  server: DemoServer,
  args: readonly string[] = [],
  { env = {}, interval, ...size }: StartOptions = {},
): Promise<PseudoTerminal> {
  const terminal = stage.start([...args, ...at(server, interval)], { ...size, env: { ...trusting(server), ...env } });
  await terminal.waitFor((screen) => userCodeOf(screen) !== null);
  server.tenant.signIn.approve();
  await terminal.waitFor((screen) => userCodeOf(screen) === null);
  return terminal;
}

/** The same, up to the moment when all is read and the next look is awaited. */
export async function startLive(
  stage: Stage,
  server: DemoServer,
  args: readonly string[] = [],
  options: StartOptions = {},
): Promise<PseudoTerminal> {
  const terminal = await startSignedIn(stage, server, args, options);
  await terminal.waitFor((screen) => hasRows(screen) && screen.text().includes(' live, next in '));
  return terminal;
}

/** Signs in without a screen, so that commands in a pipe find somebody. */
export async function login(stage: Stage, server: DemoServer): Promise<void> {
  const program = stage.pipe(['login', ...at(server)], trusting(server));
  await program.waitUntil(() => /^ {2}[A-Z0-9]{9}$/m.test(program.stderr), 'no code');
  server.tenant.signIn.approve();
  expect(await program.end()).toBe(0);
}
