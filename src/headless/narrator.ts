/** Says on stderr what happens while the log is read, each thing once as long as it stays the same. */
import type { ReadingFact } from '../facts/reading.ts';
import { clockText, problemText, sayText } from './problem-text.ts';

export interface Narrator {
  /** Takes every fact; most of them need no words. */
  tell(fact: ReadingFact): void;
  say(text: string): void;
}

/** `write` takes text for stderr; times are told in `timeZone` (IANA name). */
export function narrator(write: (text: string) => void, timeZone: string): Narrator {
  let lastTold = '';
  let isClampTold = false;
  const once = (topic: string, text: string) => {
    if (topic !== lastTold) write(text);
    lastTold = topic;
  };
  const at = (timeMs: number) => clockText(timeMs, timeZone);
  return {
    say: (text) => write(sayText(text)),
    tell: (fact) => {
      switch (fact.type) {
        case 'page.received':
          lastTold = '';
          for (const reason of fact.unreadable) write(sayText(`a row could not be understood: ${reason}`));
          break;
        case 'feed.throttled':
          once('throttled', sayText(`Graph asks to wait; going on at ${at(fact.untilMs)}`));
          break;
        case 'feed.failed': {
          const again = fact.retryAtMs === null ? '' : sayText(`trying again at ${at(fact.retryAtMs)}`);
          once(fact.problem.title, problemText(fact.problem) + again);
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
        case 'feed.caughtUp':
        case 'range.completed':
          break;
      }
    },
  };
}
