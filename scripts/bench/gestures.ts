/**
 * What a gesture costs in the browser with 100,000 events loaded: bytes, writes, and time from the key to the last byte. Medians
 * of many, after a warm-up.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserSession } from './browser-session.ts';
import { atMost, bytes, type Figure, largest, median, ms, quantile, shown } from './figures.ts';
import type { Answer, PseudoTerminal, Size } from './pseudo-terminal.ts';

export const PAGE_DOWN = '\x1b[6~';
const WARM_UP = 5;
const TIMES = 40;
const LIVE_ROWS = 20;
/** Graph takes a moment to answer, and the program draws before and after. */
const POLL_SILENCE_MS = 120;
const RESTS = 3;
const REST_MS = 5_000;

interface Measured {
  readonly answers: readonly Answer[];
  /** For each answer, how often the program wrote until its last byte. */
  readonly writes: readonly number[];
}

/** The figures of one size. Targets are those of 120 columns and 40 rows; other sizes have none. */
export async function gestureFigures(
  session: BrowserSession,
  size: Size,
  isTarget: boolean,
): Promise<readonly Figure[]> {
  const { terminal } = session;
  const name = `${size.columns}x${size.rows}:`;
  const figure = isTarget
    ? atMost
    : (what: string, value: number, _: number, show: (value: number) => string) => shown(what, show(value));

  await press(terminal, 'j', 4);
  const move = await measured(session, (index) => (index % 20 < 10 ? 'j' : 'k'));
  await press(terminal, 'j', size.rows);
  const scroll = await measured(session, () => 'j');
  const page = await measured(session, () => PAGE_DOWN);

  await press(terminal, 'g', 1);
  const live: number[] = [];
  for (let row = 0; row < LIVE_ROWS; row++) {
    await awayFromTick();
    const [answer] = await Promise.all([
      terminal.gesture(() => {}, POLL_SILENCE_MS),
      session.order({ kind: 'liveRow' }),
    ]);
    live.push(answer.bytes);
  }
  const rests: number[] = [];
  for (let rest = 0; rest < RESTS; rest++) {
    terminal.take();
    await pause(REST_MS);
    rests.push(terminal.take().reduce((sum, chunk) => sum + chunk.bytes.length, 0));
  }

  const all = [...move.answers, ...scroll.answers, ...page.answers];
  const writes = [...move.writes, ...scroll.writes, ...page.writes];
  const latency = ({ answers }: Measured) => {
    const tookMs = answers.map((answer) => answer.tookMs);
    return `${ms(median(tookMs))} / ${ms(quantile(tookMs, 0.95))}`;
  };
  return [
    figure(`${name} move one row`, medianBytes(move), 300, bytes),
    figure(`${name} scroll one row`, medianBytes(scroll), 300, bytes),
    figure(`${name} a page`, medianBytes(page), 3_500, bytes),
    figure(`${name} a live row, with its poll`, median(live), 300, bytes),
    figure(`${name} 5 s at rest, live`, median(rests), 300, bytes),
    shown(`${name} 5 s at rest, most (with a poll)`, bytes(largest(rests))),
    figure(`${name} writes per key`, median(writes), 1, String),
    figure(
      `${name} key to last byte, p95`,
      quantile(
        all.map((answer) => answer.tookMs),
        0.95,
      ),
      12,
      ms,
    ),
    shown(`${name} move, p50 / p95`, latency(move)),
    shown(`${name} scroll, p50 / p95`, latency(scroll)),
    shown(`${name} page, p50 / p95`, latency(page)),
  ];
}

const medianBytes = ({ answers }: Measured) => median(answers.map((answer) => answer.bytes));

/** Presses keys one by one, each when the answer to the last is complete. */
async function measured(session: BrowserSession, keyAt: (index: number) => string): Promise<Measured> {
  const { terminal } = session;
  const answers: Answer[] = [];
  for (let index = 0; index < WARM_UP + TIMES; index++) {
    if (index === WARM_UP) await session.order({ kind: 'report' });
    await awayFromTick();
    const answer = await terminal.gesture(() => terminal.press(keyAt(index)));
    if (index >= WARM_UP) answers.push(answer);
  }
  const { wroteAtMs } = await session.order({ kind: 'report' });
  const writes = answers.map(
    ({ startMs, tookMs }) => wroteAtMs.filter((atMs) => atMs >= startMs && atMs <= startMs + tookMs).length,
  );
  return { answers, writes };
}

async function press(terminal: PseudoTerminal, key: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await terminal.gesture(() => terminal.press(key));
}

/** The clock on the screen changes with the second: what it writes is not an answer to a key, and is measured at rest. */
async function awayFromTick(): Promise<void> {
  const intoSecondMs = Date.now() % 1000;
  if (intoSecondMs > 850) await pause(1000 - intoSecondMs + 60);
  else if (intoSecondMs < 60) await pause(60 - intoSecondMs);
}
