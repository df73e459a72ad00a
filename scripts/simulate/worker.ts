/** One thread of the simulation: takes the numbers of cells and answers with what came of them. */
import { parentPort } from 'node:worker_threads';
import { allCells } from './cells.ts';
import { runCell } from './outcome.ts';

const cells = allCells();

parentPort?.on('message', (index: number) => {
  const cell = cells[index];
  if (cell) parentPort?.postMessage({ index, outcome: runCell(cell) });
});
