/** What a format of the printing commands is: text for the start, for each batch of events, and for the end. Pure. */
import type { LogEvent } from '../signup/event.ts';

export interface Format {
  /** What comes before the first event; empty for most. */
  start(): string;
  /** The events as text, with a line feed at the end of each line. */
  events(batch: readonly LogEvent[]): string;
  /** What comes after the last event. */
  end(): string;
}
