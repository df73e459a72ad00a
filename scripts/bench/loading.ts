/** How long keys wait while the rest of 1,000,000 events is loaded, and what memory they take. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Report } from './browser.ts';
import type { BrowserSession } from './browser-session.ts';
import { atMost, count, type Figure, largest, megabytes, ms, quantile, shown } from './figures.ts';
import { monotonicMs } from './monotonic.ts';

export const MANY_EVENTS = 1_000_000;
/** Drawn wherever the cursor goes, and nowhere else. */
const CURSOR = Buffer.from('▌');
const MOST_WAIT_MS = 2_000;
const IDLE_MS = 4_000;

interface Waits {
  /** From the key to the moment when the program reads it. */
  readonly readMs: readonly number[];
  /** From the key to the first bytes that show what it did. */
  readonly shownMs: readonly number[];
}

/** The figures of loading. The session has 100,000 events loaded. */
export async function loadingFigures(session: BrowserSession): Promise<readonly Figure[]> {
  const { residentBytes: before } = await session.order({ kind: 'report' });
  // What a key waits for on this machine anyway.
  const idle = await pressUntil(session, pause(IDLE_MS, null));
  const startMs = monotonicMs();
  const loading = session.order({ kind: 'load', events: MANY_EVENTS });
  const waits = await pressUntil(session, loading);
  const tookMs = monotonicMs() - startMs;
  const { residentBytes: after } = await session.order({ kind: 'report' });
  return [
    atMost('loading 1,000,000: a key waits, most', largest(waits.readMs), 20, ms),
    shown('loading 1,000,000: a key waits, p50 / p99', spread(waits.readMs, [0.5, 0.99])),
    shown('loading 1,000,000: key to screen, p50 / p99 / most', spread(waits.shownMs, [0.5, 0.99, 1])),
    shown('loading 1,000,000: keys pressed', count(waits.shownMs.length)),
    shown('loading 1,000,000: events per second', count(Math.round((MANY_EVENTS * 900) / tookMs))),
    shown('not loading: a key waits, p50 / p99 / most', spread(idle.readMs, [0.5, 0.99, 1])),
    shown('resident with 100,000 events', megabytes(before)),
    shown(`resident with ${count(MANY_EVENTS)} events`, megabytes(after)),
  ];
}

/** Moves the cursor to and fro, each time when the last move is on the screen, until `end` has come. */
async function pressUntil(session: BrowserSession, end: Promise<Report | null>): Promise<Waits> {
  const { terminal } = session;
  let ended = false;
  const noted = end.finally(() => {
    ended = true;
  });
  // Whether it failed is asked below, when it is awaited.
  noted.catch(() => {});
  const pressedAtMs: number[] = [];
  const shownMs: number[] = [];
  while (!ended) {
    await pause(5 + Math.random() * 20);
    terminal.take();
    const atMs = monotonicMs();
    pressedAtMs.push(atMs);
    terminal.press(pressedAtMs.length % 2 === 1 ? 'j' : 'k');
    const answer = await terminal.until(({ bytes }) => bytes.includes(CURSOR), MOST_WAIT_MS);
    shownMs.push((answer?.atMs ?? monotonicMs()) - atMs);
  }
  const ending = await noted;
  const { readAtMs } = await session.order({ kind: 'report' });
  // No key was pressed before the one before had been read, so both are in the same order.
  const readMs = [...(ending?.readAtMs ?? []), ...readAtMs].map((atMs, index) => atMs - (pressedAtMs[index] ?? atMs));
  return { readMs, shownMs };
}

function spread(waits: readonly number[], shares: readonly number[]): string {
  return shares.map((share) => ms(quantile(waits, share))).join(' / ');
}
