/**
 * One line on the terminal that tells how far a long reading has come: rewritten at most once a second, out of the way
 * of everything else that is written, and gone at the end. Only for a stderr that is a terminal.
 */
import type { Clock } from '../clock.ts';
import { later, type Moment, msBetween } from '../facts/moment.ts';
import type { ReadingFact } from '../facts/reading.ts';
import { weekdayTells } from '../facts/weekday.ts';
import type { Output } from './output.ts';
import { eventCount } from './problem-text.ts';

export interface ProgressOptions {
  /** Takes text for stderr. */
  readonly write: (text: string) => void;
  readonly clock: Clock;
  /** IANA name. */
  readonly timeZone: string;
  /** Of the terminal behind stderr. */
  readonly widthColumns: number;
  /** What stdout is: the same terminal, a file, or a pipe whose reader may write on the same terminal. */
  readonly stdout: 'terminal' | 'file' | 'pipe';
  /** When Graph can be asked for the next page; null while an answer is awaited. */
  readonly nextRequest: () => Moment | null;
  /** When the line comes: what is done by then needs no progress. */
  readonly firstAfterMs: number;
}

export interface Progress {
  /** Takes every fact of the reading. */
  tell(fact: ReadingFact): void;
  /** As the `write` that was given, after the line has made room. */
  readonly write: (text: string) => void;
  /** The same output, for which the line makes room. */
  besides(output: Output): Output;
  /** Erases the line; nothing is drawn from then on. */
  stop(): void;
}

const REWRITTEN_EVERY_MS = 1000;

/** Shows nothing before `firstAfterMs` have passed. */
export function startProgress(options: ProgressOptions): Progress {
  const { clock, widthColumns, stdout } = options;
  const over = new AbortController();
  const said = reached(options);
  let shown = '';
  let lastPrinted = '';

  const erase = () => {
    // A terminal shows ^C behind the line.
    if (shown !== '') options.write(`\r${' '.repeat(Math.min(shown.length + 2, widthColumns - 1))}\r`);
    shown = '';
  };
  /** Whether the cursor stands at the start of a line that is ours, as far as can be known. */
  const mayDraw = () => {
    if (stdout === 'file' || lastPrinted === '') return true;
    return stdout === 'terminal' && lastPrinted.endsWith('\n');
  };
  const draw = () => {
    // One column is left free: a full line would make some terminals go on to the next.
    const text = mayDraw() ? said.text().slice(0, widthColumns - 1) : '';
    if (text === shown) return;
    const rest = ' '.repeat(Math.max(0, shown.length - text.length));
    options.write(`\r${text}${rest}${text === '' ? '\r' : ''}`);
    shown = text;
  };
  const keepDrawing = async () => {
    for (let waitMs = options.firstAfterMs; ; waitMs = REWRITTEN_EVERY_MS) {
      await clock.wait(waitMs, over.signal);
      if (over.signal.aborted) return;
      draw();
    }
  };
  void keepDrawing();

  return {
    tell: said.tell,
    write: (text) => {
      erase();
      options.write(text);
    },
    besides: (output) => ({
      ...output,
      write: (text) => {
        if (text !== '') {
          erase();
          lastPrinted = text;
        }
        return output.write(text);
      },
    }),
    stop: () => {
      over.abort();
      erase();
    },
  };
}

/** How far the reading is, in words. */
function reached({ timeZone, clock, nextRequest }: ProgressOptions) {
  const time = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const weekdays = new Intl.DateTimeFormat('en-GB', { ...time, weekday: 'short' });
  const dates = new Intl.DateTimeFormat('en-GB', { ...time, day: 'numeric', month: 'short' });
  const dayAndTime = (timeMs: number) =>
    (weekdayTells(timeMs, { nowMs: clock.now() }) ? weekdays : dates)
      .format(timeMs)
      .replace(',', '')
      .replace('Sept', 'Sep');
  let events = 0;
  let oldestMs = Number.POSITIVE_INFINITY;
  let pause: { readonly until: Moment; readonly reason: string } | null = null;
  const leftMs = (until: Moment) => msBetween(clock.moment(), until);
  const wait = () => {
    if (pause !== null && leftMs(pause.until) > 0) return pause;
    const until = nextRequest();
    return until !== null && leftMs(until) > 0 ? { until, reason: "Graph's limit" } : null;
  };
  const pauseFor = (ms: number, reason: string) => {
    pause = { until: later(clock.moment(), ms), reason };
  };
  return {
    tell: (fact: ReadingFact) => {
      if (fact.type === 'page.received') {
        events += fact.events.length;
        for (const { timeMs } of fact.events) oldestMs = Math.min(oldestMs, timeMs);
        pause = null;
      }
      if (fact.type === 'feed.throttled') pauseFor(fact.waitMs, 'Graph asked to wait');
      if (fact.type === 'feed.failed' && fact.retryInMs !== null) pauseFor(fact.retryInMs, 'after a failure');
    },
    text: () => {
      const back = oldestMs === Number.POSITIVE_INFINITY ? '' : `, back to ${dayAndTime(oldestMs)}`;
      const next = wait();
      const coming =
        next === null
          ? 'waiting for the next page'
          : `next page in ${Math.ceil(leftMs(next.until) / 1000)} s (${next.reason})`;
      return `read ${eventCount(events)}${back}; ${coming}`;
    },
  };
}
