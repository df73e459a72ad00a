/** Says on stderr what happens while the log is read, each thing once as long as it stays the same. */
import { clockWords } from '../facts/clock-words.ts';
import type { ReadingFact } from '../facts/reading.ts';
import { leftOutTeller } from './left-out.ts';
import { problemText, sayText, whenText } from './problem-text.ts';

export interface Narrator {
  /** Takes every fact; most of them need no words. */
  tell(fact: ReadingFact): void;
  say(text: string): void;
  /** What is left to say at the end. */
  finish(): void;
}

export interface NarratorOptions {
  /** Takes text for stderr. */
  readonly write: (text: string) => void;
  /** IANA name. */
  readonly timeZone: string;
  /** By the log's clock. */
  readonly nowMs: () => number;
}

/** Rows that could not be understood and are named; the others are counted. */
const MOST_NAMED = 5;

export function narrator({ write, timeZone, nowMs }: NarratorOptions): Narrator {
  let lastTold = '';
  let isClampTold = false;
  let unreadable = 0;
  const leftOutOf = leftOutTeller();
  const once = (topic: string, text: string) => {
    if (topic !== lastTold) write(text);
    lastTold = topic;
  };
  const after = (waitMs: number) => whenText(nowMs() + waitMs, nowMs(), timeZone);
  return {
    say: (text) => write(sayText(text)),
    finish: () => {
      if (unreadable > MOST_NAMED) write(sayText(`${unreadable} rows could not be understood and were left out`));
    },
    tell: (fact) => {
      switch (fact.type) {
        case 'page.received':
          lastTold = '';
          for (const reason of fact.unreadable) {
            if (++unreadable <= MOST_NAMED) write(sayText(`a row could not be understood: ${reason}`));
          }
          for (const sentence of [leftOutOf(fact.events)]) if (sentence !== null) write(sayText(sentence));
          break;
        case 'feed.throttled':
          once('throttled', sayText(`Graph asks to wait; going on at ${after(fact.waitMs)}`));
          break;
        case 'feed.failed': {
          const { problem, retryInMs } = fact;
          const again =
            retryInMs !== null
              ? `trying again at ${after(retryInMs)}`
              : problem.againInMs === undefined
                ? ''
                : `it asks to wait until ${after(problem.againInMs)}, too long for this command; tail and the screen wait`;
          once(problem.title, problemText(problem) + (again === '' ? '' : sayText(again)));
          break;
        }
        case 'range.clamped':
          // What Graph keeps shrinks while it is read.
          if (!isClampTold)
            write(sayText(`Graph keeps nothing older; the range begins at ${new Date(fact.fromMs).toISOString()}`));
          isClampTold = true;
          break;
        case 'filter.narrowed':
          write(sayText('Graph refused a part of the filter, which is decided here instead'));
          break;
        case 'clock.corrected':
          write(sayText(clockWords(fact)));
          break;
        case 'feed.caughtUp':
        case 'feed.behind':
        case 'range.completed':
          break;
      }
    },
  };
}
