/**
 * Where the program begins, and the map of it. This file stays small: it finds out what is asked, and loads only that.
 *
 *   options.ts, options/   the command line, the environment and the settings file (config/) → what is asked
 *   commands/              one file per command: puts the parts below together, gives the exit code
 *   connect.ts             real tenant or demo: `Send`, signing in, the Graph client
 *   graph/, auth/, demo/   asking Graph, signing in, the embedded tenant; everything comes from them as facts (facts/)
 *   session.ts, store/     what the browser knows: facts and keys in, one state out, effects follow the state
 *   doctor/                what may be missing or in the way, one check after the other
 *   ui/, headless/         drawing the state on a screen, or saying it (ui/linear/); printing events on stdout
 *   files/                 the program's own files: checked, locked, replaced as a whole
 *   terminal/              what kind of terminal it is, writing to it without being held up, noticing that it has gone
 *   signup/, logs/         what an event is; the four activity logs, and how their rows become events
 *   figures/               what attempts say together: counts, comparisons, what is wrong right now
 *   filter/                which events are wanted; like signup/ and logs/ known to all, knowing nobody else
 */
import { version } from '../package.json';
import { systemClock } from './clock.ts';
import type { Options } from './options.ts';
import type { Edges, Io, Program } from './program.ts';

/** Runs one command line (without the program's name) to its end, and gives the exit code. Rejects only on a fault. */
export async function main(argv: readonly string[], io: Io, edges: Edges): Promise<number> {
  // Nothing is loaded for this.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return print(`${version}\n`, io);
  const { readOptions } = await import('./options.ts');
  const nowMs = edges.clock.now();
  const { loadConfig } = await import('./config/load-config.ts');
  const { configFolder } = edges;
  const outcome = await readOptions(argv, io.env, nowMs, (named) => loadConfig(named, { configFolder, nowMs }));
  switch (outcome.kind) {
    case 'version':
      return print(`${version}\n`, io);
    case 'help':
      return print(outcome.text, io);
    case 'usage':
      await warnOfVariables(io);
      io.stderr.write(outcome.text);
      return 2;
    case 'options':
      // The doctor has a line for that.
      if (outcome.options.command !== 'doctor') await warnOfVariables(io);
      return run(outcome.options, { io, edges, version });
  }
}

async function run(options: Options, program: Program): Promise<number> {
  switch (options.command) {
    case 'browse':
      return (await import('./commands/browse.ts')).runBrowse(options, program);
    case 'list':
      return (await import('./commands/print.ts')).runList(options, program);
    case 'tail':
      return (await import('./commands/print.ts')).runTail(options, program);
    case 'trace':
      return (await import('./commands/trace.ts')).runTrace(options, program);
    case 'attempts':
      return (await import('./commands/attempts.ts')).runAttempts(options, program);
    case 'stats':
      return (await import('./commands/stats.ts')).runStats(options, program);
    case 'login':
    case 'logout':
    case 'whoami':
      return (await import('./commands/account.ts')).runAccount(options, program);
    case 'doctor':
      return (await import('./commands/doctor.ts')).runDoctor(options, program);
    case 'completion':
      return print((await import('./options/completion.ts')).completionScript(options.shell), program.io);
  }
}

/** A misspelt variable changes nothing, and nobody would know. */
async function warnOfVariables({ env, stderr }: Io): Promise<void> {
  const { unknownVariables } = await import('./options/unknown-variables.ts');
  const { sayText } = await import('./headless/problem-text.ts');
  for (const sentence of unknownVariables(env)) stderr.write(sayText(sentence));
}

async function print(text: string, { stdout }: Io): Promise<number> {
  const { outputOn } = await import('./headless/output.ts');
  const output = outputOn(stdout);
  await output.write(text);
  await output.flush();
  return 0;
}

/** What is done by then needs no watching: the thread costs more than it. */
const WATCHED_AFTER_MS = 500;
/** How long a stderr that takes nothing may hold up the end. */
const LAST_WORDS_MS = 200;

/** Runs the program in this process, and ends it. */
export async function start(): Promise<void> {
  const { stdin, stdout, stderr, env, argv, platform } = process;
  const { HUNG_UP, processHost: host } = await import('./ui/screen/process-host.ts');
  const { drained, unblock } = await import('./terminal/unblocked.ts');
  unblock(stdout);
  unblock(stderr);
  // Whoever closed stderr does not want to be told anything, least of all that it is closed.
  stderr.on('error', () => {});
  const edges: Edges = {
    clock: systemClock,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    platform,
    dataFolder: async () => (await import('env-paths')).default('entra-signups', { suffix: '' }).data,
    configFolder: async () => (await import('env-paths')).default('entra-signups', { suffix: '' }).config,
    host,
    terminal:
      stdin.isTTY && stdout.isTTY
        ? async () => (await import('./ui/screen/process-terminal.ts')).processTerminal(stdin, stdout)
        : null,
  };
  if (stdout.isTTY && platform !== 'win32') {
    setTimeout(async () => {
      const { watchTerminal } = await import('./terminal/watchdog.ts');
      watchTerminal(stdout.fd, () => host.exit(HUNG_UP));
    }, WATCHED_AFTER_MS).unref();
  }
  const reportFault = async (error: unknown) => {
    const { faultText } = await import('./headless/fault-text.ts');
    stderr.write(faultText(error));
    return 1;
  };
  // Node ends a process that waits for nothing, and with 0, whatever is still to be done.
  const unfinished = async () => {
    process.exitCode = 1;
    await reportFault(new Error('the program stopped with its work unfinished'));
  };
  process.once('beforeExit', unfinished);
  const code = await main(argv.slice(2), { stdin, stdout, stderr, env }, edges).catch(reportFault);
  process.off('beforeExit', unfinished);
  await drained(stderr, LAST_WORDS_MS);
  host.exit(code);
}
