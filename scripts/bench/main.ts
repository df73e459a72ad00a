/** Measures how fast the program is and prints a table. It fails nothing: what misses its target is only marked. */
import { cpus, loadavg } from 'node:os';
import { attemptFigures } from './attempts.ts';
import { BrowserSession } from './browser-session.ts';
import { delayFigures } from './delays.ts';
import { type Figure, shown, tableOf } from './figures.ts';
import { gestureFigures } from './gestures.ts';
import { loadingFigures, MANY_EVENTS } from './loading.ts';
import { logFigures } from './log-figures.ts';
import { peerFigures } from './peers.ts';
import type { Size } from './pseudo-terminal.ts';
import { startUpFigures } from './start-up.ts';
import { statisticsFigures } from './statistics.ts';
import { triageFigures } from './triage.ts';

const EVENTS = 100_000;
const usual = { columns: 120, rows: 40 };
const large = { columns: 200, rows: 60 };

const parts: readonly (readonly [name: string, figures: () => Promise<readonly Figure[]>])[] = [
  ['start-up', startUpFigures],
  ['browser', usualSize],
  ['large', largeSize],
  ['event-log', logFigures],
  ['attempts', attemptFigures],
  ['triage', triageFigures],
  ['statistics', statisticsFigures],
  ['delays', delayFigures],
  ['peers', peerFigures],
];

const asked = process.argv.slice(2);
const figures: Figure[] = [];
for (const [name, measure] of parts) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`measuring: ${name}\n`);
  figures.push(...(await measure().catch((error: unknown) => notMeasured(name, error))));
}
const load = loadavg()[0] ?? 0;
console.log(
  `Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} cores, load ${load.toFixed(1)}\n`,
);
console.log(tableOf(figures));

/** A part that cannot be measured does not keep the others from it. */
function notMeasured(name: string, error: unknown): readonly Figure[] {
  console.error(error);
  return [shown(name, 'could not be measured')];
}

function usualSize(): Promise<readonly Figure[]> {
  return withSession(usual, MANY_EVENTS, async (session) => [
    ...(await gestureFigures(session, usual, true)),
    ...(await loadingFigures(session)),
  ]);
}

function largeSize(): Promise<readonly Figure[]> {
  return withSession(large, EVENTS, (session) => gestureFigures(session, large, false));
}

async function withSession(
  size: Size,
  events: number,
  measure: (session: BrowserSession) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const session = await BrowserSession.start(size, events);
  try {
    await session.order({ kind: 'load', events: EVENTS });
    return await measure(session);
  } finally {
    await session.end();
  }
}
