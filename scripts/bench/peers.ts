/** The same gestures in programs that people read logs with, on a file of the same rows; those that are not installed are skipped. */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseEvent } from '../../src/signup/parse-event.ts';
import { bytes, type Figure, median, ms, shown } from './figures.ts';
import { PAGE_DOWN } from './gestures.ts';
import { type Answer, PseudoTerminal } from './pseudo-terminal.ts';
import { samplePages } from './sample-pages.ts';

interface Peer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What brings it to the first row; '' where it begins there. */
  readonly toTop: string;
  /** Null: it has no cursor. */
  readonly move: readonly [down: string, up: string] | null;
  readonly scroll: string;
  readonly page: string;
}

const viKeys = { toTop: '', move: ['j', 'k'], scroll: 'j' } as const;

const peers: readonly Peer[] = [
  { name: 'less -S', command: 'less', args: ['-S'], toTop: '', move: null, scroll: 'j', page: ' ' },
  { ...viKeys, name: 'vim', command: 'vim', args: vim('nocursorline'), page: '\x06' },
  { ...viKeys, name: 'vim, cursor line', command: 'vim', args: vim('cursorline'), page: '\x06' },
  { name: 'lnav', command: 'lnav', args: [], toTop: 'g', move: null, scroll: 'j', page: ' ' },
  { ...viKeys, name: 'VisiData', command: 'vd', args: ['-f', 'txt'], page: PAGE_DOWN },
];

function vim(cursorLine: string): readonly string[] {
  return ['--clean', '-n', '-R', '-c', `set nowrap noshowcmd scrolloff=0 ${cursorLine}`];
}

const SIZE = { columns: 120, rows: 40 };
const EVENTS = 100_000;
const WARM_UP = 5;
const TIMES = 20;
/** All have read the file by then, and say no more. */
const SETTLED_AFTER_SILENCE_MS = 1_500;

export async function peerFigures(): Promise<readonly Figure[]> {
  const installed = peers.filter(({ command }) => isInstalled(command));
  const skipped = peers.filter((peer) => !installed.includes(peer)).map(({ name }) => shown(name, 'not installed'));
  if (installed.length === 0) return skipped;
  const folder = mkdtempSync(join(tmpdir(), 'entra-signups-peers-'));
  const file = join(folder, 'signups.log');
  try {
    await pipeline(Readable.from(lines()), createWriteStream(file));
    const figures: Figure[] = [];
    for (const peer of installed) figures.push(await figureOf(peer, file, folder));
    return [...figures, ...skipped];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function figureOf(peer: Peer, file: string, home: string): Promise<Figure> {
  const { name, command, args, toTop, move, scroll, page } = peer;
  const terminal = new PseudoTerminal(command, [...args, file], SIZE, { HOME: home, XDG_CONFIG_HOME: home });
  await terminal.silent(SETTLED_AFTER_SILENCE_MS);
  if (toTop !== '') await terminal.gesture(() => terminal.press(toTop));
  const moved = move && (await repeat(terminal, (index) => move[index % 2 === 0 ? 0 : 1]));
  for (let row = 0; row < SIZE.rows; row++) await terminal.gesture(() => terminal.press(scroll));
  const scrolled = await repeat(terminal, () => scroll);
  const paged = await repeat(terminal, () => page);
  await terminal.kill();
  const sizes = [moved, scrolled, paged].map((answers) => answers && bytes(median(answers.map((each) => each.bytes))));
  const scrollMs = median(scrolled.map(({ tookMs }) => tookMs));
  return shown(
    `${name}: move, scroll, page; scroll p50`,
    `${sizes.map((size) => size ?? '–').join(', ')}; ${ms(scrollMs)}`,
  );
}

async function repeat(terminal: PseudoTerminal, keyAt: (index: number) => string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < WARM_UP + TIMES; index++) {
    const answer = await terminal.gesture(() => terminal.press(keyAt(index)));
    if (index >= WARM_UP) answers.push(answer);
  }
  return answers;
}

function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** One line per event, with what the table shows of it. */
function* lines(): Generator<string> {
  for (const page of samplePages(EVENTS, 1000, 1)) {
    const { value }: { value: unknown[] } = JSON.parse(page);
    const rows = value.flatMap((row) => {
      const parsed = parseEvent(row);
      if (!parsed.ok) return [];
      const { timeMs, stage, provider, appName, appId, identifier, errorCode, correlationId } = parsed.event;
      const cells = [
        stage.padEnd(34),
        provider.padEnd(14),
        (appName ?? appId).padEnd(18),
        (identifier ?? '').padEnd(34),
      ];
      return [`${new Date(timeMs).toISOString()} ${cells.join(' ')} ${String(errorCode).padEnd(8)} ${correlationId}\n`];
    });
    yield rows.join('');
  }
}
