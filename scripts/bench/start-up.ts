/** How long the built program takes to start, against Node itself: medians of interleaved runs. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { atMost, type Figure, median, ms, shown, times } from './figures.ts';
import { monotonicMs } from './monotonic.ts';
import { PseudoTerminal } from './pseudo-terminal.ts';

const RUNS = 15;
const SIZE = { columns: 120, rows: 40 };
const MOST_WAIT_MS = 20_000;
const PROGRAM = 'bin/entra-signups.js';

/** The figures of starting; one word when the program is not built. */
export async function startUpFigures(): Promise<readonly Figure[]> {
  if (!existsSync(PROGRAM) || !existsSync('dist/main.js')) return [shown('start-up', 'skipped: not built')];
  const bare: number[] = [];
  const version: number[] = [];
  const frame: number[] = [];
  const rows: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const nodeMs = await runToEnd(['-e', '0']);
    const versionMs = await runToEnd([PROGRAM, '--version']);
    const demo = await runDemo();
    // The first fills the caches of the machine.
    if (run === 0) continue;
    bare.push(nodeMs);
    version.push(versionMs);
    frame.push(demo.frameMs);
    rows.push(demo.rowsMs);
  }
  const floorMs = median(bare);
  return [
    shown('node -e 0', ms(floorMs)),
    shown('--version', ms(median(version))),
    atMost('--version, against node -e 0', median(version) / floorMs, 1.5, times),
    shown('--demo, first frame', ms(median(frame))),
    atMost('--demo, first frame, against node -e 0', median(frame) / floorMs, 4, times),
    shown('--demo, first rows', ms(median(rows))),
  ];
}

/** From start to exit. Rejects when the exit code is not 0. */
async function runToEnd(args: readonly string[]): Promise<number> {
  const startMs = monotonicMs();
  const program = spawn(process.execPath, args, { stdio: 'ignore' });
  const code = await new Promise((resolve) => program.once('exit', resolve));
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
  return monotonicMs() - startMs;
}

/** From start to the first text on the screen, and to the first rows of the table. */
async function runDemo(): Promise<{ readonly frameMs: number; readonly rowsMs: number }> {
  const terminal = new PseudoTerminal(process.execPath, [PROGRAM, '--demo'], SIZE);
  let text = '';
  let frameAtMs = Number.NaN;
  const rows = await terminal.until(({ bytes, atMs }) => {
    text += bytes.toString();
    if (Number.isNaN(frameAtMs) && stripVTControlCharacters(text).trim() !== '') frameAtMs = atMs;
    return hasRows(text);
  }, MOST_WAIT_MS);
  await terminal.kill();
  return { frameMs: frameAtMs - terminal.startedMs, rowsMs: (rows?.atMs ?? Number.NaN) - terminal.startedMs };
}

/** The header has at most two times of day, each row one. */
function hasRows(text: string): boolean {
  return [...text.matchAll(/\d\d:\d\d:\d\d/g)].length > 4;
}
