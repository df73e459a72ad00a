/**
 * Notices that the terminal has gone, from a thread of its own: a process that is busy hears no signal, and one that neither
 * reads nor writes finds out only much later. Must not know what the process does.
 */
import { Worker } from 'node:worker_threads';

/** Both together stay below two seconds. */
const LOOKS_EVERY_MS = 400;
const MERCY_MS = 900;

/** What runs in the thread; plain text, so that it needs no file of its own beside the bundle. */
const watching = `
const { isatty } = require('node:tty');
const { parentPort, workerData } = require('node:worker_threads');
const watch = setInterval(() => {
  if (isatty(workerData.fd)) return;
  clearInterval(watch);
  parentPort.postMessage('gone');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData.mercyMs);
}, workerData.everyMs);
`;

/**
 * Calls `onGone` once when the file descriptor, a terminal now, is none any more. A process that has not ended soon after, for
 * instance because it is too busy to be told, is killed. Does not keep the process running.
 */
export function watchTerminal(fd: number, onGone: () => void): void {
  const thread = new Worker(watching, {
    eval: true,
    workerData: { fd, everyMs: LOOKS_EVERY_MS, mercyMs: MERCY_MS },
    // Nothing that was meant for the program itself.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  thread.on('message', onGone);
  // Without the thread (no memory for it), signals and failing writes still tell.
  thread.on('error', () => {});
  thread.unref();
}
