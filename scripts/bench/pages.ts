/**
 * Writes answers of the sign-up log to stdout, one per line, newest first, each with the address of the next. A process of its
 * own, so that making events costs the measured program neither time nor memory. Arguments: the number of events, a seed.
 */
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { samplePages } from './sample-pages.ts';

const PAGE_ROWS = 1000;

// What is measured comes first.
setPriority(10);
// Whoever read has gone.
process.stdout.on('error', () => process.exit());

const [events, seed] = process.argv.slice(2).map(Number);
let page = 0;
for (const text of samplePages(events ?? 0, PAGE_ROWS, seed ?? 1)) {
  page++;
  const nextLink = `https://graph.example.org/beta/auditLogs/signUps?$skiptoken=${page}`;
  const line = `${text.slice(0, -1)},"@odata.nextLink":"${nextLink}"}\n`;
  if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}
