/**
 * The screens in docs/screens: the whole program, driven through its edges on the demo tenant with a clock that stands still,
 * drawn on a terminal in memory. The same at each run.
 */
import { PassThrough } from 'node:stream';
import { main } from '../../src/main.ts';
import type { Edges, Io } from '../../src/program.ts';
import type { Host } from '../../src/ui/screen/process-host.ts';
import { ManualClock } from '../../test/support/manual-clock.ts';
import { VirtualTerminal } from '../../test/support/virtual-terminal.ts';

interface ScreenPlan {
  /** Name of the file, without `.txt`. */
  readonly name: string;
  /** What the reader should know about it. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly argv?: readonly string[];
  readonly env?: { readonly [name: string]: string };
  /** Typed one after the other, with time for each to take effect. */
  readonly keys?: readonly string[];
}

export interface DrawnScreen {
  readonly name: string;
  readonly text: string;
}

/** Monday 2026-11-23, 10:42 in Berlin. */
const START_MS = Date.UTC(2026, 10, 23, 9, 42, 10);

const FAILED = ['f', ' ', '\r'];
/** The next failure, and all about it. */
const ONE_FAILED = ['e', '\r'];

const plans: readonly ScreenPlan[] = [
  {
    name: 'overview-112x30',
    title: 'failed sign-ups, and one of them',
    columns: 112,
    rows: 30,
    keys: [...FAILED, 'jj', '\r'],
  },
  { name: 'table-120x40', title: 'the live table', columns: 120, rows: 40 },
  { name: 'table-80x24', title: 'the live table, 80x24', columns: 80, rows: 24 },
  { name: 'table-60x20', title: 'the live table, 60x20', columns: 60, rows: 20 },
  { name: 'too-small', title: 'a terminal that is too small', columns: 38, rows: 9 },
  { name: 'pane-120x40', title: 'an attempt, below the table', columns: 120, rows: 40, keys: [...FAILED, 'jj', '\r'] },
  {
    name: 'pane-80x24',
    title: 'an attempt, instead of the table',
    columns: 80,
    rows: 24,
    keys: [...FAILED, 'jj', '\r'],
  },
  { name: 'pane-170x40', title: 'an attempt, beside the table', columns: 170, rows: 40, keys: [...FAILED, 'jj', '\r'] },
  { name: 'attempts-120x40', title: 'attempts, and one of them', columns: 120, rows: 40, keys: ['a', ...ONE_FAILED] },
  { name: 'attempts-80x24', title: 'attempts, 80x24', columns: 80, rows: 24, keys: ['a'] },
  {
    name: 'attempts-80x24-ascii',
    title: 'attempts, plain glyphs',
    columns: 80,
    rows: 24,
    argv: ['--ascii'],
    keys: ['a'],
  },
  { name: 'attempts-170x45', title: 'attempts, one beside them', columns: 170, rows: 45, keys: ['a', ...ONE_FAILED] },
  { name: 'insight-120x40', title: 'figures', columns: 120, rows: 40, keys: ['i'] },
  { name: 'insight-80x24', title: 'figures, 80x24', columns: 80, rows: 24, keys: ['i'] },
  {
    name: 'insight-80x24-ascii',
    title: 'figures over time, plain glyphs',
    columns: 80,
    rows: 24,
    argv: ['--ascii'],
    keys: ['i', 'G'],
  },
  { name: 'stepper-120x40', title: 'the filter stepper', columns: 120, rows: 40, keys: ['f', ' ', 'lllll'] },
  { name: 'stepper-80x24', title: 'the filter stepper, 80x24', columns: 80, rows: 24, keys: ['f', ' ', 'll'] },
  { name: 'columns-80x24', title: 'choosing columns', columns: 80, rows: 24, keys: ['xj', ' ', 'jjjjj', 'S'] },
  { name: 'help-80x24', title: 'all keys', columns: 80, rows: 24, keys: ['?'] },
  { name: 'table-80x24-ascii', title: 'plain glyphs', columns: 80, rows: 24, argv: ['--ascii'] },
  { name: 'table-80x24-lang-c', title: 'LANG=C', columns: 80, rows: 24, env: { LANG: 'C', LC_ALL: 'C' } },
  { name: 'table-80x24-no-color', title: 'NO_COLOR', columns: 80, rows: 24, env: { NO_COLOR: '1' } },
];

export async function drawScreens(): Promise<readonly DrawnScreen[]> {
  const drawn: DrawnScreen[] = [];
  // The first run loads modules while the clock stands still; only the next ones are the same at each run.
  for (const plan of plans.slice(0, 1)) await draw(plan);
  for (const plan of plans) drawn.push(await draw(plan));
  return drawn;
}

async function draw({ name, columns, rows, argv = [], env = {}, keys = [] }: ScreenPlan): Promise<DrawnScreen> {
  const clock = new ManualClock(START_MS);
  const terminal = new VirtualTerminal(columns, rows);
  const running = main(['--demo', '--tz', 'Europe/Berlin', ...argv], io(env), edges(clock, terminal));
  // The first frame waits for files and modules, which take real time; the clock stands still meanwhile.
  await terminal.waitFor(/Contoso|too small/);
  // Until the demo tenant's last day is read; everything is told by the clock, nothing by real time.
  for (let second = 0; second < 60 && !isLive(terminal, columns); second++) await pass(clock, terminal, 1000);
  await pass(clock, terminal, 2000);
  for (const key of keys) {
    terminal.type(key);
    await pass(clock, terminal, 1000);
    // Another filter is read anew, as far as it has to be, and what belongs to an attempt is asked for.
    for (let second = 0; second < 30 && /loading|asking/.test(terminal.text()); second++)
      await pass(clock, terminal, 1000);
  }
  const text = terminal.lines().join('\n').trimEnd();
  terminal.type('\x03\x03');
  await pass(clock, terminal, 1000);
  await running;
  return { name, text: `${text}\n` };
}

function isLive(terminal: VirtualTerminal, columns: number): boolean {
  return columns < 40 || terminal.text().includes('live');
}

/** In small steps, so that what one request starts is done before the next one is due. */
async function pass(clock: ManualClock, terminal: VirtualTerminal, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) await clock.advance(STEP_MS);
  await terminal.shown();
}

const STEP_MS = 100;

function io(env: { readonly [name: string]: string }): Io {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  return {
    stdin: stream,
    stdout: stream,
    stderr: stream,
    env: { TERM: 'xterm-256color', LANG: 'en_US.UTF-8', ...env },
  };
}

function edges(clock: ManualClock, terminal: VirtualTerminal): Edges {
  let count = 0;
  return {
    clock,
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    platform: 'linux',
    dataFolder: async () => {
      throw new Error('the demo tenant keeps nothing');
    },
    configFolder: async () => 'no-settings',
    host: quietHost,
    terminal: async () => terminal,
  };
}

const nothing = () => () => {};

const quietHost: Host = {
  onSignal: nothing,
  onCrash: nothing,
  onExit: nothing,
  stop: () => {},
  report: (text) => {
    throw new Error(text);
  },
  exit: (code) => {
    throw new Error(`the program wanted to end with ${code}`);
  },
};
