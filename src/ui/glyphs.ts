/** The few signs of the screen, in Unicode and in ASCII. A sign never stands alone for a meaning: a word goes with it. */
import type { AttemptOutcome } from '../signup/attempt.ts';
import type { EventOutcome } from '../signup/outcome.ts';

export interface Glyphs {
  readonly outcome: { readonly [outcome in EventOutcome]: string };
  readonly attempt: { readonly [outcome in AttemptOutcome]: string };
  readonly cursor: string;
  /** A row that the person marked. */
  readonly mark: string;
  readonly live: string;
  readonly waiting: string;
  readonly stopped: string;
  readonly budgetUsed: string;
  readonly budgetFree: string;
  readonly news: string;
  /** Beside the title of the column that the table is sorted by: the smallest value at the top, or the largest. */
  readonly sorted: { readonly up: string; readonly down: string };
  readonly ellipsis: string;
  readonly none: string;
  /** A bar that is as long as the figure is large. */
  readonly bar: string;
  /** Bars from nothing to the highest. */
  readonly bars: readonly string[];
  readonly arrow: string;
  /** Before a number of times. */
  readonly times: string;
  readonly left: string;
  readonly right: string;
  readonly rule: string;
  readonly ruleAside: string;
  /** Marks of a condition: decided by Graph, decided here. */
  readonly byGraph: string;
  readonly byUs: string;
}

const unicode: Glyphs = {
  outcome: { succeeded: '✓', interrupted: '◌', failed: '✗', unknown: '?' },
  attempt: { created: '✓', failed: '✗', inProgress: '◐', noFurtherEvent: '…' },
  cursor: '▌',
  mark: '•',
  live: '●',
  waiting: '◐',
  stopped: '■',
  budgetUsed: '▮',
  budgetFree: '▯',
  news: '▲',
  sorted: { up: '▲', down: '▼' },
  ellipsis: '…',
  none: '–',
  bar: '█',
  bars: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  arrow: '→',
  times: '×',
  left: '◂',
  right: '▸',
  rule: '─',
  ruleAside: '│',
  byGraph: 'ᴳ',
  byUs: 'ᴸ',
};

const ascii: Glyphs = {
  outcome: { succeeded: 'ok', interrupted: '..', failed: 'XX', unknown: '??' },
  attempt: { created: 'ok', failed: 'XX', inProgress: '~~', noFurtherEvent: '--' },
  cursor: '>',
  mark: '+',
  live: '*',
  waiting: '~',
  stopped: '#',
  budgetUsed: '#',
  budgetFree: '-',
  news: '^',
  sorted: { up: '^', down: 'v' },
  ellipsis: '~',
  none: '-',
  bar: '#',
  bars: [' ', '.', ':', '-', '=', '+', '*', '%', '#'],
  arrow: '->',
  times: 'x',
  left: '<',
  right: '>',
  rule: '-',
  ruleAside: '|',
  byGraph: '(G)',
  byUs: '(L)',
};

export function glyphsOf(isAscii: boolean): Glyphs {
  return isAscii ? ascii : unicode;
}
