/** What the bench of the event log says about memory, as a figure. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atMost, bytes, type Figure, shown } from './figures.ts';

const EVENTS = 100_000;
const NAME = 'memory per event, raw JSON included';

export async function logFigures(): Promise<readonly Figure[]> {
  const script = fileURLToPath(new URL('event-log.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, String(EVENTS)]);
  const said = new RegExp(`^${NAME}\\s+([\\d.]+) bytes`, 'm').exec(stdout);
  return [said ? atMost(NAME, Number(said[1]), 200, bytes) : shown(NAME, 'not told')];
}
