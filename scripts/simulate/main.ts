/** Runs the cells on two threads, prints each as it is done, and writes the page when all of them were. */
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { allCells, type Cell } from './cells.ts';
import type { CellOutcome } from './outcome.ts';
import { cellText, statisticsPage } from './page.ts';

const THREADS = 2;

const groups = process.argv.slice(2);
const cells = allCells();
const wanted = [...cells.keys()].filter((index) => groups.length === 0 || groups.includes(cells[index]?.group ?? ''));
const outcomes = new Map<Cell, CellOutcome>();

async function work(): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  for (let index = wanted.shift(); index !== undefined; index = wanted.shift()) {
    const cell = cells[index];
    if (!cell) continue;
    const outcome = await new Promise<CellOutcome>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (message: { readonly outcome: CellOutcome }) => resolve(message.outcome));
      worker.postMessage(index);
    });
    worker.removeAllListeners('error');
    outcomes.set(cell, outcome);
    process.stdout.write(`${cellText(cell, outcome)}\n`);
  }
  await worker.terminate();
}

await Promise.all(Array.from({ length: THREADS }, work));

if (groups.length === 0) {
  const inOrder = cells.flatMap((cell) => {
    const outcome = outcomes.get(cell);
    return outcome ? [{ cell, outcome }] : [];
  });
  writeFileSync('docs/statistics.md', statisticsPage(inOrder, new Date()));
  process.stdout.write('docs/statistics.md was written\n');
}
