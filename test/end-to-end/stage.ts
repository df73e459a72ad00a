/**
 * What every end-to-end test gets: the built program, a home folder of its own, a demo tenant to talk to, and their end
 * when the test is over. Nothing of the environment that the tests run in gets through to the program but `PATH`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type DemoServer, type DemoServerOptions, startDemoServer } from '../support/demo-server.ts';
import { PseudoTerminal } from '../support/pseudo-terminal.ts';
import { PipedProgram } from './piped-program.ts';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'bin', 'entra-signups.js');
if (!existsSync(join(root, 'dist', 'main.js'))) {
  throw new Error('These tests run the built program, and dist/ is missing: npm run build');
}

/** For `describe`: long enough that a wait in vain fails first, with the screen in its message. */
export const scenario = { timeout: 180_000 };

const ALREADY_BUSY_MS = 20 * 60_000;

export interface StartOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Time between two looks at the log. */
  readonly interval?: string;
}

export class Stage {
  /** Where the program keeps its files. */
  readonly home: string;
  #ends: (() => Promise<unknown>)[] = [];

  constructor(home: string) {
    this.home = home;
  }

  /** A demo tenant over HTTPS: quiet (nobody signs up any more) and quick to sign in to, unless told otherwise. */
  async serve(options: DemoServerOptions = {}): Promise<DemoServer> {
    const { clock = systemClock, ratePerMinute = 0 } = options;
    // Rows take minutes to show: those who come have come for a while.
    const startedAtMs = ratePerMinute === 0 ? clock.now() : clock.now() - ALREADY_BUSY_MS;
    const usual = { ratePerMinute, startedAtMs, eventsPerDay: 600, pollIntervalS: 1 };
    const server = await startDemoServer({ ...usual, ...options });
    this.#ends.push(() => server.close());
    return server;
  }

  /** The program's command line, for a shell as well. */
  command(args: readonly string[]): [string, ...string[]] {
    return [process.execPath, program, ...args];
  }

  /** Starts the program in a pseudo-terminal. */
  start(args: readonly string[], options: StartOptions = {}): PseudoTerminal {
    return this.startCommand(this.command(args), options);
  }

  /** Starts any program, such as a shell, in a pseudo-terminal. */
  startCommand(
    command: readonly [string, ...string[]],
    { columns = 120, rows = 40, env = {} }: StartOptions = {},
  ): PseudoTerminal {
    const environment = { ...this.environment(), ...env };
    const terminal = new PseudoTerminal(command, { columns, rows, folder: this.home, env: environment });
    this.#ends.push(() => terminal.close());
    return terminal;
  }

  /** Starts the program with pipes instead of a terminal. */
  pipe(args: readonly string[], env: Readonly<Record<string, string>> = {}): PipedProgram {
    return this.pipeCommand(this.command(args), env);
  }

  pipeCommand([file, ...args]: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}) {
    const child: ChildProcess = spawn(file, args, { cwd: this.home, env: { ...this.environment(), ...env } });
    const piped = new PipedProgram(child);
    this.#ends.push(() => piped.close());
    return piped;
  }

  /** The same sign-in in a data folder of its own: the processes of one folder share the request budget. */
  async dataOfItsOwn(): Promise<{ readonly XDG_DATA_HOME: string }> {
    const folder = await mkdtemp(join(this.home, 'data-'));
    const signedIn = join(this.home, 'data', 'entra-signups');
    if (!existsSync(signedIn)) return { XDG_DATA_HOME: folder };
    await cp(signedIn, join(folder, 'entra-signups'), {
      recursive: true,
      filter: (path) => !path.includes('requests-'),
    });
    return { XDG_DATA_HOME: folder };
  }

  environment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.home,
      XDG_DATA_HOME: join(this.home, 'data'),
      XDG_CONFIG_HOME: join(this.home, 'config'),
      XDG_CACHE_HOME: join(this.home, 'cache'),
      XDG_STATE_HOME: join(this.home, 'state'),
      TMPDIR: this.home,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      CI: 'false',
    };
  }

  /** Ends what was started, last first. */
  async close(): Promise<void> {
    for (const end of this.#ends.reverse()) await end();
    await rm(this.home, { recursive: true, force: true });
  }
}

/** The options that lead the program to the served tenant, polling as often as it may unless told otherwise. */
export function at({ loginUrl, graphUrl, tenant }: DemoServer, interval = '5s'): string[] {
  return ['--tenant', tenant.tenantDomain, '--login-url', loginUrl, '--graph-url', graphUrl, '--interval', interval];
}

/** Makes the program trust the served tenant. */
export function trusting({ caFile }: DemoServer): { readonly NODE_EXTRA_CA_CERTS: string } {
  return { NODE_EXTRA_CA_CERTS: caFile };
}

/** For a fault: whether the log itself is asked for, and not what else there is at Graph, nor one attempt. */
export function isForLog(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url);
  return /\/auditLogs\/signUps$/.test(pathname) && !/correlationId/.test(searchParams.get('$filter') ?? '');
}

export const test = base.extend('stage', async ({ task: _task }, { onCleanup }) => {
  const stage = new Stage(await mkdtemp(join(tmpdir(), 'end-to-end-')));
  onCleanup(() => stage.close());
  return stage;
});
