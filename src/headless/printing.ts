/** What `list` and `tail` share: which events are printed, how, where, and how printing can end. */
import type { Problem } from '../facts/problem.ts';
import type { ReadingFact } from '../facts/reading.ts';
import type { AppNames } from '../signup/app-names.ts';
import type { LogEvent } from '../signup/event.ts';
import type { Format } from './format.ts';
import type { Narrator } from './narrator.ts';
import type { Output } from './output.ts';

export interface Printing {
  /** Reads the log until `signal` is aborted. */
  readonly read: (signal: AbortSignal) => AsyncIterable<ReadingFact>;
  /** The whole filter; what Graph made of its part does not count. */
  readonly keeps: (event: LogEvent) => boolean;
  /** Learns the names that events tell, before any is judged or printed. */
  readonly appNames: AppNames;
  readonly format: Format;
  readonly output: Output;
  readonly narrator: Narrator;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
}

export type PrintingEnd =
  /** All was printed that was asked for, or the reader has gone. */
  | { readonly kind: 'done' }
  /** What was printed is not all; the problem has been told on stderr. */
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'interrupted' };

/** How a command ended whose reading ended: somebody had it end, or everything was read. */
export function endOf({ signal }: Printing): PrintingEnd {
  return signal.aborted ? { kind: 'interrupted' } : { kind: 'done' };
}
