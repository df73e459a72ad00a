/**
 * One fault against one way of using the program: a lab, a home with a saved sign-in, and the built program in it, as a real
 * process in a pipe or on a pseudo-terminal.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hasRows, shownCount } from '../../end-to-end/reading.ts';
import { Stage, trusting } from '../../end-to-end/stage.ts';
import type { PseudoTerminal } from '../../support/pseudo-terminal.ts';
import { until } from '../../support/until.ts';
import { type Background, correlationsOf, fillLog, range, tracedId } from './background.ts';
import { Lab, type LabOptions } from './lab.ts';
import { numberOf } from './lab-log.ts';

export const modes = ['screen', 'tail', 'list', 'stats', 'attempts', 'trace'] as const;
export type Mode = (typeof modes)[number];

/** These go on until they are ended. */
export function goesOn(mode: Mode): boolean {
  return mode === 'screen' || mode === 'tail';
}

export interface SceneOptions extends LabOptions {
  /** How far this computer's clock is ahead when the program starts. */
  readonly aheadMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Options besides those that every mode gets. */
  readonly args?: readonly string[];
  readonly pageSize?: number;
}

/** A started program, whichever way it is used. */
export interface Running {
  readonly pid: number;
  /** What it told a person: stderr, or all words on the screen. */
  told(): string;
  /** Everything that it printed, as it was printed. */
  printed(): string;
  /** Resolves when the condition holds. */
  until(condition: () => boolean, complaint: string): Promise<void>;
  /** Resolves when exactly these rows are there, each once; what ends must have ended with 0. */
  shows(rows: Background): Promise<void>;
  /** The exit code. */
  ended(): Promise<number>;
  /** Ends what goes on, as a person does, and gives the exit code; waits for the end of everything else. */
  end(): Promise<number>;
}

/** Generous: minutes of waiting in the lab's time are seconds, but the computer may be busy. */
const PATIENCE_MS = 90_000;

const readsOn = ['--interval', '5s'] as const;

export class Scene {
  readonly mode: Mode;
  readonly lab: Lab;
  readonly stage: Stage;
  readonly background: Background;
  readonly #options: SceneOptions;
  #environment: Readonly<Record<string, string>> = {};
  #graphUrl: string | null = null;

  private constructor(mode: Mode, lab: Lab, stage: Stage, options: SceneOptions) {
    this.mode = mode;
    this.lab = lab;
    this.stage = stage;
    this.background = fillLog(lab);
    this.#options = options;
  }

  static async open(mode: Mode, options: SceneOptions = {}): Promise<Scene> {
    const lab = await Lab.open(options);
    const stage = new Stage(await mkdtemp(join(tmpdir(), 'fault-lab-')));
    await lab.signIn(stage.home);
    return new Scene(mode, lab, stage, options);
  }

  /** Where the skew of the computer's clock is written while the program runs. */
  get control(): string {
    return join(this.stage.home, 'skew');
  }

  /** The command line that starts the program with these arguments in the lab's time. */
  command(args: readonly string[]): [string, ...string[]] {
    const [node, ...rest] = this.stage.command(args);
    const computer = { skewMs: this.#options.aheadMs ?? 0, control: this.control };
    return [node, ...this.lab.clock.nodeOptions(computer), ...rest];
  }

  get environment(): Readonly<Record<string, string>> {
    return { ...trusting(this.lab.server), ...this.#options.env, ...this.#environment };
  }

  /** Options that lead a command to the lab. */
  get target(): readonly string[] {
    const { loginUrl, graphUrl, tenant } = this.lab.server;
    const urls = ['--login-url', loginUrl, '--graph-url', this.#graphUrl ?? graphUrl];
    return ['--tenant', tenant.tenantDomain, ...urls];
  }

  /** For programs that are started from now on. */
  setEnvironment(env: Readonly<Record<string, string>>): void {
    this.#environment = env;
  }

  /** Leads programs that are started from now on to another Graph. */
  setGraphUrl(url: string): void {
    this.#graphUrl = url;
  }

  /** Starts the mode over the range of the background. `args` come last. */
  start(...args: readonly string[]): Running {
    return this.startMode(this.mode, [...(this.mode === 'trace' ? [] : range), ...args]);
  }

  /** Starts a mode as `args` say. */
  startMode(mode: Mode, args: readonly string[]): Running {
    const { pageSize = 1000, args: more = [] } = this.#options;
    const pages = ['--page-size', String(pageSize)];
    const common = [...args, ...more, ...this.target];
    const words: Readonly<Record<Mode, readonly string[]>> = {
      screen: [...common, ...pages, ...readsOn],
      tail: ['tail', ...common, ...pages, ...readsOn],
      list: ['list', '--limit', '0', ...common, ...pages],
      stats: ['stats', '--output', 'json', ...common, ...pages],
      attempts: ['attempts', ...common, ...pages],
      trace: ['trace', tracedId, ...common],
    };
    return mode === 'screen' ? onScreen(this, words.screen) : inPipe(this, mode, words[mode]);
  }

  /** The command line of a mode other than the screen, over the range of the background. */
  pipedCommand(): [string, ...string[]] {
    const words: readonly string[] = this.mode === 'trace' ? ['trace', tracedId] : [this.mode, ...range];
    return this.command([...words, ...this.target]);
  }

  /** Starts a mode on a pseudo-terminal, over the range of the background. An empty `TERM` is taken for none. */
  onTerminal(mode: Mode, env: Readonly<Record<string, string>> = {}): PseudoTerminal {
    const words: readonly string[] = mode === 'screen' ? [] : mode === 'trace' ? ['trace', tracedId] : [mode];
    const args = [...words, ...(mode === 'trace' ? [] : range), ...(this.#options.args ?? []), ...this.target];
    // A pseudo-terminal always has a kind, which only a shell can take away again.
    const shell = env.TERM === '' ? ['sh', '-c', 'unset TERM; exec "$@"', 'sh'] : [];
    const [file = '', ...rest] = [...shell, ...this.command(args)];
    return this.stage.startCommand([file, ...rest], { env: { ...this.environment, ...env } });
  }

  /** Sets the computer's clock of a running program. */
  async setClock(pid: number, skewMs: number): Promise<void> {
    await writeFile(this.control, String(skewMs));
    process.kill(pid, 'SIGUSR2');
  }

  async close(): Promise<void> {
    await this.stage.close();
    await this.lab.close();
  }
}

type Reading = (text: string, expected: Background, lab: Lab) => { readonly found: unknown; readonly wanted: unknown };

function sortedNumbers(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

const rowsIn: Reading = (text, { inRange }) => ({
  found: sortedNumbers(idsIn(text).map(numberOf)),
  wanted: sortedNumbers(inRange),
});

const readings: Readonly<Record<Exclude<Mode, 'screen'>, Reading>> = {
  tail: rowsIn,
  list: rowsIn,
  trace: (text, { traced }) => ({ found: idsIn(text).map(numberOf), wanted: traced }),
  attempts: (text, expected, lab) => ({
    found: valuesIn(text, 'correlationId').sort(),
    wanted: [...correlationsOf(lab, expected)].sort(),
  }),
  stats: (text, { attempts }) => {
    const { attempts: all, created, failed, noFurtherEvent, inProgress } = JSON.parse(text);
    return {
      found: { all, created, failed, noFurtherEvent, inProgress },
      wanted: { all: attempts, created: attempts, failed: 0, noFurtherEvent: 0, inProgress: 0 },
    };
  },
};

function idsIn(text: string): string[] {
  return valuesIn(text, 'id');
}

/** A field of each line of JSON. */
function valuesIn(text: string, field: string): string[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => String(Reflect.get(JSON.parse(line), field)));
}

function inPipe(scene: Scene, mode: Exclude<Mode, 'screen'>, args: readonly string[]): Running {
  const piped = scene.stage.pipeCommand(scene.command(args), scene.environment);
  const ended = () => piped.end(PATIENCE_MS);
  const read = (expected: Background) => readings[mode](piped.stdout, expected, scene.lab);
  return {
    pid: piped.child.pid ?? 0,
    told: () => piped.stderr,
    printed: () => piped.stdout + piped.stderr,
    until: async (condition, complaint) => {
      await piped.waitUntil(() => condition() || piped.child.exitCode !== null, complaint, PATIENCE_MS);
      expect(condition(), `${complaint}, ended with ${piped.child.exitCode}\n${piped.stderr}`).toBe(true);
    },
    ended,
    end: async () => {
      if (mode === 'tail') piped.child.kill('SIGTERM');
      return ended();
    },
    shows: async (expected) => {
      if (mode === 'tail') {
        const enough = () => piped.lines.length >= expected.inRange.length;
        const all = () => enough() || piped.child.exitCode !== null;
        await piped.waitUntil(all, `not ${expected.inRange.length} rows`, PATIENCE_MS);
      } else {
        expect(await ended(), piped.stderr).toBe(0);
      }
      const { found, wanted } = read(expected);
      expect(found, piped.stderr).toEqual(wanted);
    },
  };
}

function onScreen(scene: Scene, args: readonly string[]): Running {
  const terminal = scene.stage.startCommand(scene.command(args), { env: scene.environment });
  const { screen } = terminal;
  const wait = (condition: () => boolean, complaint: string) =>
    until(
      () => condition() || terminal.exitCode !== null,
      () => `${complaint}\n${screen.text()}`,
      PATIENCE_MS,
    ).then(() => expect(condition(), `${complaint}, ended with ${terminal.exitCode}\n${screen.text()}`).toBe(true));
  return {
    pid: terminal.pid,
    told: () => screen.text().replaceAll(/\s+/g, ' '),
    printed: () => terminal.bytes.toString(),
    until: wait,
    ended: () => terminal.waitForEnd(),
    end: () => {
      // Both at once: the question whether to quit is soon withdrawn in fast time.
      terminal.press('qq');
      return terminal.waitForEnd();
    },
    shows: async ({ inRange }) => {
      const isComplete = () => {
        if (/G reads on/.test(screen.text())) terminal.press('G');
        return hasRows(screen) && (shownCount(screen) ?? 0) >= inRange.length;
      };
      await wait(isComplete, `not ${inRange.length} rows`);
      expect(shownCount(screen), screen.text()).toBe(inRange.length);
      const people = [...screen.text().matchAll(/person(\d+)@/g)].map(([, n]) => Number(n));
      expect(people.length, screen.text()).toBeGreaterThan(0);
      expect(people.filter((n) => !inRange.includes(n))).toEqual([]);
    },
  };
}
